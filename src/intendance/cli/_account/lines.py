"""The lines of an account: one finding each, with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from intendance.catalogue import Catalogue
from intendance.cli._cells import side_text
from intendance.cli._sources import source_name
from intendance.ledger import Assumption, Backfill, Brief, Framework
from intendance.render import (
    Citation,
    Language,
    Line,
    date_text,
    interval_text,
    money_text,
    text,
)
from intendance.terms import STAGES, Commitment, Conflict, Money, Report, StageState

_QUOTES_A_STAGE: Final = 1


class Lines:
    """Makes the lines of one brief in one language."""

    def __init__(
        self,
        brief: Brief,
        reports: Mapping[str, Report],
        catalogue: Catalogue,
        language: Language,
    ) -> None:
        self._quotes = brief.quotes
        self._held = {each.id: each for each in brief.commitments}
        self._reports = reports
        self._catalogue = catalogue
        self._language = language

    def owed(self, each: Commitment, level: int = 0) -> Line:
        """A commitment: each stage with its figure and time, and what is outstanding."""
        stages = [
            self._stage(stage, state)
            for stage in STAGES
            if (state := each.stages.get(stage)) is not None
        ]
        if each.outstanding.known:
            left = interval_text(each.outstanding, self._language)
            stages.append(self._text("brief.outstanding", left=left))
        said = self._text("brief.line", head=self._head(each), stages="; ".join(stages))
        return Line(said, self._of_stages(each), level)

    def general(self, each: Commitment) -> Line:
        """A commitment of a class or of money alone, with what it may include."""
        line = self.owed(each)
        if not each.may_include:
            return line
        more = self._text("brief.may_include", count=len(each.may_include))
        return Line(f"{line.text} {more}", line.citations)

    def conflict(self, each: Conflict) -> Iterator[Line]:
        """A conflict and, under it, each side with its quotes and witnesses."""
        commitment = self._held.get(each.commitment)
        head = self._head(commitment) if commitment is not None else each.commitment
        kind = self._text(f"conflict.{each.kind}")
        yield Line(self._text("brief.conflict", head=head, kind=kind))
        for side in each.sides:
            value = side_text(each, side, self._language)
            said = self._text("brief.side", value=value, count=side.witnesses)
            yield Line(said, self._cited(side.statements), level=1)

    def backfill(self, each: Backfill) -> Iterator[Line]:
        """What a donor gets in return, and what that frees."""
        gift = self._held.get(each.commitment)
        if gift is None:
            return
        freed = [self._head(self._held[id_]) for id_ in each.frees if id_ in self._held]
        what = "; ".join(freed) or ", ".join(each.frees)
        said = self._text("brief.backfill", head=self._head(gift), freed=what)
        yield Line(said, self._of_stages(gift))

    def framework(self, each: Framework) -> Iterator[Line]:
        """A framework contract with its ceiling and, under it, the firm orders."""
        contract = self._held.get(each.commitment)
        if contract is None:
            return
        ceiling = self._amounts(each.ceiling)
        said = self._text("brief.framework", head=self._head(contract), ceiling=ceiling)
        yield Line(said, self._of_stages(contract))
        for id_ in each.orders:
            if id_ in self._held:
                yield self.owed(self._held[id_], level=1)

    def assumed(self, each: Assumption) -> Line:
        """Something that no report says and a figure rests on."""
        said = self._text("brief.line", head=each.what, stages=each.reason)
        return Line(said, self._cited([each.statement]))

    def _head(self, each: Commitment) -> str:
        donors = self._labels(each.donors) or self._text("brief.someone")
        to = self._catalogue.label(each.recipient, self._language) if each.recipient else "?"
        return f"{donors} → {to}, {self._item(each.item)}"

    def _item(self, item: str | None) -> str:
        return self._catalogue.label(item, self._language) if item else self._text("brief.money")

    def _labels(self, actors: Iterable[str]) -> str:
        return ", ".join(self._catalogue.label(actor, self._language) for actor in actors)

    def _stage(self, stage: str, state: StageState) -> str:
        figures = [self._amounts(state.money)] if state.money else []
        if state.quantity.known or not figures:
            figures.insert(0, interval_text(state.quantity, self._language))
        timed = state.time.known or bool(state.time.text)
        time = f" ({date_text(state.time, self._language)})" if timed else ""
        return f"{self._text(f'stage.{stage}')} {', '.join(figures)}{time}"

    def _amounts(self, amounts: Iterable[Money]) -> str:
        return " + ".join(money_text(amount, self._language) for amount in amounts) or "?"

    def _of_stages(self, each: Commitment) -> tuple[Citation, ...]:
        ids: dict[str, None] = {}
        for stage in STAGES:
            state = each.stages.get(stage)
            if state is not None:
                # the last one gives the figure that counts; both ends where they are apart
                ids |= dict.fromkeys(state.statements[-_QUOTES_A_STAGE:])
                if len(state.values) > 1 and state.quantity.exact is None:
                    ids |= dict.fromkeys(state.statements[:_QUOTES_A_STAGE])
        return self._cited(ids)

    def _cited(self, statements: Iterable[str]) -> tuple[Citation, ...]:
        return tuple(self._citation(id_) for id_ in statements if id_ in self._quotes)

    def _citation(self, id_: str) -> Citation:
        found = self._quotes[id_]
        report = self._reports[found.report]
        return Citation(
            quote=found.quote,
            source=source_name(report),
            published=date_text(report.published, self._language),
            address=report.address,
            statement=id_,
        )

    def _text(self, key: str, **values: object) -> str:
        return text(key, self._language, **values)
