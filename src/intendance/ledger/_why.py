"""Why: the rows, quotes, rules and decisions that a figure was computed from (rule 11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import hexdigits

import msgspec
from sqlalchemy import Connection, select

from intendance.ledger._appearances import appearance_rank
from intendance.ledger._batch import load_settled
from intendance.ledger._filters import Wanted
from intendance.ledger._identify import KINDS, Identified, identify, successors
from intendance.ledger._schema import appearance, report
from intendance.ledger._stored import StoredView
from intendance.ledger._types import Assumption, Figure, Package, Programme, Sourced, Why
from intendance.ledger._view import Held, View, members
from intendance.terms import (
    Commitment,
    Conflict,
    Decision,
    IntendanceError,
    Interval,
    Report,
    Statement,
    canonical,
)


def why_of(view: View, connection: Connection, text: str) -> Why:
    """Everything that what ``text`` names rests on, as the view sees it."""
    programme = _programme_named(view, text)
    if programme is not None:
        return _programme(view, connection, programme)
    found = identify(connection, text)
    if found.kind == "package":
        return _package(view, connection, text)
    if found.kind == "decision":
        return _decision(view, connection, found)
    if found.kind == "statement":
        return _about(view, connection, found, [found.id])
    if found.kind == "report":
        said = [h.said.id for h in view.held(_of_report(view, found.id))]
        places = _appearances(view, connection, found.id)
        return _about(view, connection, found, said, appearances=places)
    if found.kind == "conflict":
        return _conflict(view, connection, found)
    return _commitment(view, connection, found)


def _commitment(view: View, connection: Connection, found: Identified) -> Why:
    commitments = view.complete(view.by_ids([_seen_as(view, connection, found)]))
    if not commitments:
        raise _unseen(found)
    each = commitments[0]
    heirs = successors(connection, found.asked) | successors(connection, found.id)
    whole = Identified(each.id, "commitment", found.asked)
    return _why(
        view,
        connection,
        whole,
        members(each),
        commitments,
        figures=figures(each),
        successors=heirs - {each.id},
    )


def _seen_as(view: View, connection: Connection, found: Identified) -> str:
    """The commitment of the view that holds its statement, else one that is in it by now."""
    anchor = "s" + found.asked[1:]
    now = StoredView(connection, view.catalogue).by_ids([found.id])
    said = [anchor, *(one for each in now for one in members(each))]
    into = view.holders(said)
    return next((into[one] for one in said if one in into), found.id)


def _conflict(view: View, connection: Connection, found: Identified) -> Why:
    conflicts = [each for each in view.conflicts_of(None) if each.id == found.id]
    if not conflicts:
        raise _unseen(found)
    one = conflicts[0]
    said = [s for side in one.sides for s in side.statements]
    commitments = view.complete(view.by_ids([one.commitment]))
    sides = [Figure(f"{one.kind}", side.value, side.statements, ("rule 7",)) for side in one.sides]
    return _why(view, connection, found, said, commitments, figures=sides, only=conflicts)


def _decision(view: View, connection: Connection, found: Identified) -> Why:
    decisions = [e for e in load_settled(connection).shown() if e.id == found.id]
    said = list(decisions[0].statements)
    return _about(view, connection, found, said, decisions)


def _package(view: View, connection: Connection, text: str) -> Why:
    fitting = [each for each in view.packages if each.id.startswith(text)]
    if len(fitting) != 1:
        raise IntendanceError(
            "id.ambiguous" if fitting else "id.unknown",
            expected="the identifier of one package",
            got=f"{text[:60]!r}, which fits {len(fitting)}",
            where="an identifier",
        )
    one = fitting[0]
    totals = _totals(view, one)
    whole = Identified(one.id, "package", one.id)
    commitments = view.complete(view.by_ids(one.parts))
    return _why(
        view, connection, whole, list(one.statements), commitments, figures=totals, package=one
    )


def _programme_named(view: View, text: str) -> Programme | None:
    """The programme of that identifier; one that no report names may begin with ``text``."""
    known = {each.id: each for each in view.programmes} if _may_be_programme(text) else {}
    if text in known:
        return known[text]
    fitting = [id_ for id_ in known if text.startswith("m") and id_.startswith(text)]
    return known[fitting[0]] if len(fitting) == 1 else None


def _may_be_programme(text: str) -> bool:
    # every other kind of identifier is a letter of KINDS and hexadecimal digits
    return text[:1] not in KINDS or not set(text[1:]) <= set(hexdigits)


def _programme(view: View, connection: Connection, one: Programme) -> Why:
    commitments = view.complete(view.by_ids(one.commitments))
    figures = [
        Figure("money", canonical(money).decode(), one.statements, ("rule 8",))
        for money in one.money
    ]
    whole = Identified(one.id, "programme", one.id)
    return _why(view, connection, whole, list(one.statements), commitments, figures=figures)


def _appearances(view: View, connection: Connection, id_: str) -> list[Report]:
    """Where else and when the same text came out, the one that is shown first."""
    shown = view.reports([id_])
    query = (
        select(appearance.c.body, appearance.c.batch)
        .join(report, report.c.number == appearance.c.report)
        .where(report.c.id == id_)
    )
    if view.upto is not None:
        query = query.where(appearance.c.batch <= view.upto)
    found = [msgspec.json.decode(row.body, type=Report) for row in connection.execute(query)]
    also = sorted(found, key=appearance_rank)
    return also if shown else []


def _totals(view: View, one: Package) -> list[Figure]:
    said = [h.now for h in view.held(one.statements)]
    own = tuple(s.id for s in said if s.money is not None and s.item is None)
    return [Figure("total", canonical(money).decode(), own, ("rule 5",)) for money in one.total]


def _about(
    view: View,
    connection: Connection,
    found: Identified,
    said: Sequence[str],
    decisions: Sequence[Decision] = (),
    appearances: Sequence[Report] = (),
) -> Why:
    into = view.holders(said)
    commitments = view.complete(view.by_ids(set(into.values())))
    return _why(view, connection, found, said, commitments, more=decisions, appearances=appearances)


def _why(
    view: View,
    connection: Connection,
    found: Identified,
    said: Iterable[str],
    commitments: Sequence[Commitment],
    *,
    figures: Sequence[Figure] = (),
    only: Sequence[Conflict] | None = None,
    more: Sequence[Decision] = (),
    package: Package | None = None,
    successors: Iterable[str] = (),
    appearances: Sequence[Report] = (),
) -> Why:
    held = view.held(said)
    if not held and not appearances:
        raise _unseen(found)
    into = view.holders(each.said.id for each in held)
    conflicts = view.conflicts_of(commitments) if only is None else only
    ids = {each.said.id for each in held}
    decisions = {
        e.id: e for e in load_settled(connection).shown() if ids.intersection(e.statements)
    }
    decisions.update({each.id: each for each in more})
    return Why(
        id=found.id,
        kind=found.kind,
        figures=tuple(figures),
        commitments=tuple(commitments),
        conflicts=tuple(conflicts),
        statements=tuple(_sourced(each, into) for each in held),
        decisions=tuple(sorted(decisions.values(), key=lambda each: (each.when, each.id))),
        package=package,
        assumptions=tuple(a for each in held for a in assumptions(each.now)),
        successors=tuple(sorted(successors)),
        appearances=tuple(appearances),
    )


def _sourced(each: Held, into: dict[str, str]) -> Sourced:
    corrected = None if each.now == each.said else each.now
    return Sourced(each.said, each.report, each.witness, into.get(each.said.id), corrected)


def figures(each: Commitment) -> list[Figure]:
    """Every figure of a commitment with the statements behind it."""
    found: list[Figure] = []
    for stage, state in each.stages.items():
        found.append(
            Figure(f"{stage} quantity", shown(state.quantity), state.statements, ("rule 5",))
        )
        found += [
            Figure(f"{stage} money", canonical(money).decode(), state.statements, ("rule 8",))
            for money in state.money
        ]
        found.append(
            Figure(f"{stage} witnesses", str(state.witnesses), state.statements, ("rule 4",))
        )
    behind = {s for n in ("promised", "delivered") if n in each.stages
              for s in each.stages[n].statements}  # fmt: skip
    found.append(Figure("outstanding", shown(each.outstanding), tuple(sorted(behind)), ("rule 5",)))
    return found


def shown(interval: Interval) -> str:
    """An interval as a short text: ``4``, ``1..4``, ``4..``, or its state."""
    low, high = interval.low, interval.high
    if low is None and high is None:
        return interval.state
    if low == high:
        return f"about {low}" if interval.approx else str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def assumptions(said: Statement) -> list[Assumption]:
    """What a statement leaves to be assumed, or is kept as assumed (rule 2)."""
    found = []
    if said.item_from != "said":
        reason = "the words around it name the item" if said.item_from == "anaphora" else said.rule
        found.append(Assumption(said.id, f"item {said.item}", reason or "inferred"))
    if said.quantity.approx:
        found.append(
            Assumption(said.id, f"about {shown(said.quantity)}", "kept as said, not widened")
        )
    if said.time.text and not said.time.known:
        found.append(Assumption(said.id, said.time.text, "a relative time in an undated report"))
    if not said.live:
        found.append(Assumption(said.id, "a candidate, in no total", said.rule or "inferred"))
    return found


def _of_report(view: View, id_: str) -> list[str]:
    return [h.said.id for h in view.statements(Wanted(report=id_))]


def _unseen(found: Identified) -> IntendanceError:
    return IntendanceError(
        "id.unknown",
        expected=f"a {found.kind} that is seen at this date",
        got=repr(found.asked),
        where="an identifier",
    )
