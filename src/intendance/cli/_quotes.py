"""The sentences behind a line: quote, report and date, looked up only where they are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from intendance.api import Books
from intendance.cli._cells import short, side_text
from intendance.cli._output import Output
from intendance.cli._sources import Quoted, source_name, sources
from intendance.cli._views import Notes, no_notes
from intendance.render import date_text, text
from intendance.terms import Commitment, Conflict, Statement


class Quotes:
    """Makes the notes that stand under rows; none where nobody asked or a program reads."""

    def __init__(self, ledger: Books, output: Output, *, wanted: bool) -> None:
        self._ledger = ledger
        self._language = output.language
        self._wanted = wanted and output.for_people

    def of_commitments(self, found: Sequence[Commitment]) -> Notes:
        """Under each commitment, the quotes of each stage."""
        held = self._held(
            id_ for each in found for state in each.stages.values() for id_ in state.statements
        )

        def notes(each: Commitment) -> tuple[str, ...]:
            return tuple(
                f"{text(f'stage.{stage}', self._language)}: {line}"
                for stage, state in each.stages.items()
                for line in self._lines(state.statements, held)
            )

        return notes if self._wanted else no_notes

    def of_conflicts(self, found: Sequence[Conflict]) -> Notes:
        """Under each conflict, each side's value, witnesses and quotes."""
        held = self._held(id_ for each in found for side in each.sides for id_ in side.statements)

        def notes(each: Conflict) -> tuple[str, ...]:
            lines = []
            for side in each.sides:
                value = side_text(each, side, self._language)
                count = side.witnesses
                lines.append(text("brief.side", self._language, value=value, count=count))
                lines += [f"  {line}" for line in self._lines(side.statements, held)]
            return tuple(lines)

        return notes if self._wanted else no_notes

    def of_statements(self, found: Sequence[Statement]) -> Notes:
        """Under each statement, its own quote."""
        held = self._held(each.id for each in found)

        def notes(each: Statement) -> tuple[str, ...]:
            return tuple(self._lines([each.id], held))

        return notes if self._wanted else no_notes

    def _held(self, ids: Iterable[str]) -> Mapping[str, Quoted]:
        return sources(self._ledger, ids) if self._wanted else {}

    def _lines(self, ids: Iterable[str], held: Mapping[str, Quoted]) -> list[str]:
        return [self._line(held[id_]) for id_ in ids if id_ in held]

    def _line(self, each: Quoted) -> str:
        report = each.report
        published = date_text(report.published, self._language)
        where = f"{source_name(report)}, {published}, {short(each.statement.id)}"
        return f"“{each.statement.quote}” ({where})"
