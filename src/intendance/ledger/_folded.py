"""The ledger as it stood at another time (rule 10), folded on the fly from what is stored.

``as_of`` leaves out what was published later; ``recorded`` what the ledger came to hold later:
reports, appearances, readings, statements, decisions, and which reading it folded then. What such
a view gives is what a ledger would give that held nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import Connection, or_, select

from intendance.catalogue import Catalogue
from intendance.ledger._batch import load_settled
from intendance.ledger._citations import Citations
from intendance.ledger._editions import Editions
from intendance.ledger._evidence import Witnesses, said_on
from intendance.ledger._filters import (
    Wanted,
    block_condition,
    days_of,
    lets_through,
    report_condition,
    statement_condition,
)
from intendance.ledger._fold import Evidence, block_key, fold_block
from intendance.ledger._packages import Piece
from intendance.ledger._rows import chunks, fetch_in
from intendance.ledger._schema import block, link, report, statement
from intendance.ledger._sight import Sight
from intendance.ledger._stored import held_order, in_order, passes
from intendance.ledger._view import Held, Pair, Tie, View
from intendance.terms import Commitment, Conflict, Report, Statement


class FoldedView(View):
    """The ledger by what was published until ``as_of`` and held until batch ``upto``."""

    def __init__(
        self, connection: Connection, catalogue: Catalogue, as_of: str | None, upto: int | None
    ) -> None:
        super().__init__(catalogue)
        self.connection = connection
        self.as_of = as_of
        self.upto = upto
        self.settled = load_settled(connection, upto)
        self._witnesses = Witnesses(connection, catalogue, self.settled)
        self._decode = msgspec.json.Decoder(Statement).decode
        self._sight = Sight(connection, self.settled, as_of, upto)
        self._witnesses.editions = Editions(connection, self._shown)
        self._witnesses.citations = Citations(connection, self._own)
        self._done: set[int] = set()
        self._commitments: dict[str, Commitment] = {}
        self._conflicts: dict[str, list[Conflict]] = defaultdict(list)
        self._assigned: dict[str, str] = {}
        self._days: dict[str, list[str]] = defaultdict(list)

    def select(self, wanted: Wanted) -> list[Commitment]:
        query = select(block.c.number).where(block_condition(wanted, self.catalogue))
        self._fold(set(self.connection.execute(query).scalars()))
        if wanted.text is None:
            return self._passing(wanted)
        saying = {each.said.id for each in self.statements(Wanted(text=wanted.text))}
        inside = {self._assigned[said] for said in saying if said in self._assigned}
        return [each for each in self._passing(wanted) if each.id in inside]

    def spoken(self, wanted: Wanted) -> list[tuple[Commitment, str | None]]:
        return [(c, min(self._days[c.id], default=None)) for c in self.select(wanted)]

    def by_ids(self, ids: Iterable[str]) -> list[Commitment]:
        wanted = set(ids)
        self.holders("s" + id_[1:] for id_ in wanted)
        return [self._commitments[id_] for id_ in sorted(wanted) if id_ in self._commitments]

    def conflicts_of(self, commitments: Sequence[Commitment] | None) -> list[Conflict]:
        found = self.select(Wanted()) if commitments is None else commitments
        conflicts = [one for each in found for one in self._conflicts.get(each.id, ())]
        return sorted(conflicts, key=lambda each: each.id)

    def ties(self, statements: Sequence[str] | None) -> list[Tie]:
        query = select(link.c.statement, link.c.target)
        if statements is None:
            rows: list[Any] = list(self.connection.execute(query))
        else:
            source = query.join(statement, statement.c.number == link.c.statement)
            rows = list(fetch_in(self.connection, source, statement.c.id, statements))
            rows += fetch_in(self.connection, query, link.c.target, statements)
        held = self._visible(self._rows(statement.c.number, {row.statement for row in rows}))
        wanted = None if statements is None else set(statements)
        found = {
            (each.kind, said.now.id, each.statement)
            for said in held
            for each in said.now.links
            if wanted is None or said.now.id in wanted or each.statement in wanted
        }
        into = self.holders({said for _, *both in found for said in both})
        return sorted(
            (Tie(kind, one, other, into.get(one), into.get(other)) for kind, one, other in found),
            key=lambda tie: (tie.source, tie.kind, tie.target),
        )

    def siblings(self, pairs: Iterable[Pair]) -> dict[Pair, list[tuple[str, str | None]]]:
        wanted = set(pairs)
        names = {recipient or "?" for _, recipient in wanted}
        query = select(block.c.number)
        self._fold(
            {row.number for row in fetch_in(self.connection, query, block.c.recipient, names)}
        )
        found: dict[Pair, list[tuple[str, str | None]]] = defaultdict(list)
        for each in self._commitments.values():
            if not each.general and (each.donors, each.recipient) in wanted:
                found[(each.donors, each.recipient)].append((each.id, each.item))
        return found

    def holders(self, statements: Iterable[str]) -> dict[str, str]:
        ids = set(statements)
        query = select(statement.c.block).where(statement.c.block.is_not(None))
        missing = ids - set(self._assigned)
        self._fold({r.block for r in fetch_in(self.connection, query, statement.c.id, missing)})
        return {said: self._assigned[said] for said in ids if said in self._assigned}

    def in_packages(self, statements: Sequence[str]) -> bool:
        return any(each.now.package is not None for each in self.held(statements))

    def packed(self) -> list[Piece]:
        return [
            piece
            for piece in self._pieces(statement.c.package.is_not(None))
            if piece.statement.package is not None
        ]

    def announced(self) -> list[Piece]:
        names = sorted(self.catalogue.programmes)
        found = self._pieces(or_(statement.c.act == "announce", statement.c.item.in_(names)))
        return [piece for piece in found if self.about_programme(piece.statement) is not None]

    def statements(self, wanted: Wanted) -> list[Held]:
        # Which reading counts and what is corrected can differ from now: only the text is left
        # to the database, the rest is looked at here.
        condition = statement_condition(Wanted(text=wanted.text, report=wanted.report))
        if self.upto is not None:
            condition = report_condition(wanted)
        found = self._visible(self.connection.execute(_STATEMENTS.where(condition)).all())
        found = [each for each in found if _passes(wanted, each)]
        if wanted.stage is None:
            return found
        into = self.holders(each.said.id for each in found)
        return [
            each
            for each in found
            if each.said.id in into
            and self._in_stage(wanted.stage, into[each.said.id], each.said.id)
        ]

    def held(self, ids: Iterable[str]) -> list[Held]:
        return self._visible(self._rows(statement.c.id, set(ids)))

    def reports(self, ids: Iterable[str] | None = None) -> list[Report]:
        query = select(report.c.number)
        if ids is None:
            numbers = list(self.connection.execute(query).scalars())
        else:
            numbers = [r.number for r in fetch_in(self.connection, query, report.c.id, set(ids))]
        self._sight.look(numbers)
        counts = self._counts(numbers)
        found = []
        for number in numbers:
            seen = self._sight.seen[number]
            if seen is not None:
                head = seen.source.representative.id
                copy_of = None if head == seen.source.report.id else head
                found.append(
                    msgspec.structs.replace(
                        seen.source.report, copy_of=copy_of, statements=counts.get(number, 0)
                    )
                )
        return in_order(found)

    def _shown(self, numbers: Iterable[int]) -> dict[int, Report]:
        """The reports that this view sees."""
        wanted = set(numbers)
        self._sight.look(wanted)
        found = {number: self._sight.seen[number] for number in wanted}
        return {number: seen.source.report for number, seen in found.items() if seen is not None}

    def _own(self, number: int) -> str | None:
        """The witness of what a report itself says, if this view sees it."""
        self._sight.look([number])
        seen = self._sight.seen[number]
        return None if seen is None else self._witnesses.own(seen.source)

    def _in_stage(self, stage: str, into: str, said: str) -> bool:
        stages = self._commitments[into].stages
        return any(name == stage and said in state.statements for name, state in stages.items())

    def _passing(self, wanted: Wanted) -> list[Commitment]:
        def days(id_: str) -> tuple[str | None, str | None]:
            known = self._days[id_]
            return min(known, default=None), max(known, default=None)

        found = [c for c in self._commitments.values() if lets_through(wanted, c, days(c.id))]
        return sorted(found, key=lambda each: each.id)

    def _counts(self, numbers: Iterable[int]) -> dict[int, int]:
        counts: dict[int, int] = defaultdict(int)
        for row in self._rows(statement.c.report, set(numbers), _PLAIN):
            seen = self._sight.seen[row.report]
            held = self.upto is None or row.batch <= self.upto
            counts[row.report] += seen is not None and row.reading in seen.readings and held
        return counts

    def _pieces(self, condition: Any) -> list[Piece]:
        # A correction since then may have changed what the columns say.
        columns = or_(condition, statement.c.id.in_(sorted(self._ever_corrected)))
        held = self._visible(self.connection.execute(_STATEMENTS.where(columns)).all())
        into = self.holders(each.said.id for each in held)
        return [Piece(each.now, each.report, into.get(each.said.id)) for each in held]

    @cached_property
    def _ever_corrected(self) -> set[str]:
        everything = load_settled(self.connection)
        return {s for e in everything.all if e.kind == "correct" for s in e.statements}

    def _rows(self, column: Any, values: Iterable[Any], query: Any = None) -> list[Any]:
        return list(
            fetch_in(self.connection, _STATEMENTS if query is None else query, column, values)
        )

    def _visible(self, rows: Sequence[Any]) -> list[Held]:
        """The rows that this view sees, each statement once, in the ledger's order."""
        self._sight.look({row.report for row in rows})
        found: dict[str, Held] = {}
        for row in rows:
            seen = self._sight.seen[row.report]
            if seen is None or row.reading not in seen.readings:
                continue
            if self.upto is not None and row.batch > self.upto:
                continue
            said = self._decode(row.body)
            now = self.settled.corrected(said)
            witness = self._witnesses.witness(now, seen.source)
            found[said.id] = Held(said, now, seen.source.report, witness)
        return sorted(found.values(), key=held_order)

    def _fold(self, blocks: set[int]) -> None:
        """Fold blocks that were not folded yet, with those that merges tie to them."""
        wanted = blocks - self._done
        if not wanted:
            return
        rows = [
            row for part in chunks(sorted(wanted)) for row in self._rows(statement.c.block, part)
        ]
        # What decisions move between blocks or tie across them is looked at in every fold.
        tied = {said for group in self.settled.merges() for said in group} | self._ever_corrected
        rows += self._rows(statement.c.id, tied)
        rows = list({row.number: row for row in rows}.values())
        self._fold_rows(rows, wanted)

    def _fold_rows(self, rows: Sequence[Any], wanted: set[int]) -> None:
        held = self._visible(rows)
        keys = {each.said.id: block_key(each.now, self.catalogue) for each in held}
        groups = self._grouped(keys)
        names = {
            row.key: row.number
            for row in fetch_in(self.connection, select(block.c.key, block.c.number), block.c.key,
                                {key for key in keys.values() if key is not None})
        }  # fmt: skip
        numbers = {
            key: {names[each] for each in group if each in names} for key, group in groups.items()
        }
        missing = {
            number
            for key, group in numbers.items()
            for number in group
            if group & wanted and number not in wanted and number not in self._done
        }
        if missing:  # a merge ties a block that was not asked for: fold the whole group
            self._fold(wanted | missing)
            return
        members: dict[str, list[Evidence]] = defaultdict(list)
        for each in held:
            key = keys[each.said.id]
            if key is not None and numbers[key] & wanted:
                published = said_on(each.now, each.report)
                now = self._witnesses.current(each.now, each.report)
                members[min(groups[key])].append(
                    Evidence(now, published, each.report.text_hash, each.witness)
                )
        self._done |= wanted
        for evidence in members.values():
            self._keep(evidence)

    def _grouped(self, keys: dict[str, str | None]) -> dict[str, frozenset[str]]:
        """Every key with those that merges tie it to."""
        group_of: dict[str, set[str]] = {key: {key} for key in keys.values() if key is not None}
        for statements in self.settled.merges():
            tied: set[str] = set()
            for said in statements:
                key = keys.get(said)
                if key is not None:
                    tied |= group_of[key]
            for key in tied:
                group_of[key] = tied
        return {key: frozenset(group) for key, group in group_of.items()}

    def _keep(self, evidence: Sequence[Evidence]) -> None:
        decisions = self.settled.among(each.statement.id for each in evidence)
        folded = fold_block(evidence, decisions, self.catalogue)
        for each in folded.commitments:
            self._commitments[each.id] = each
            self._conflicts[each.id] = []
        for one in folded.conflicts:
            self._conflicts[one.commitment].append(one)
        self._assigned.update(folded.assigned)
        for piece in evidence:
            into = folded.assigned.get(piece.statement.id)
            if into is not None:
                self._days[into] += days_of(piece.published, piece.statement.time)


_STATEMENTS = select(
    statement.c.number, statement.c.id, statement.c.report, statement.c.reading,
    statement.c.batch, statement.c.body,
)  # fmt: skip
_PLAIN = select(statement.c.report, statement.c.reading, statement.c.batch)


def _passes(wanted: Wanted, each: Held) -> bool:
    now = each.now
    return (
        (wanted.donor is None or wanted.donor in now.actors)
        and (wanted.recipient is None or wanted.recipient in now.recipients)
        and (wanted.items is None or now.item in wanted.items)
        and (wanted.candidates or now.live)
        and passes(wanted, each)
    )
