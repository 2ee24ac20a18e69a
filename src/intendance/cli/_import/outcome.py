"""What an import came to, told to people and to programs."""

from __future__ import annotations

from collections import Counter

import msgspec

from intendance.api import Books
from intendance.cli._output import Output
from intendance.exchange import BESIDE, Import
from intendance.ledger import Added, Rejected
from intendance.render import text
from intendance.terms import IntendanceError

_SHOWN = 5
_SKIPPED = 3


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """One import: what was in the file, what the ledger made of it, what was set aside."""

    file: str
    rows: int
    packages: int
    statements: int
    commitments: int
    conflicts: int
    rejected: int
    reasons: dict[str, int] = {}
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def bring(ledger: Books, made: Import, output: Output, *, keep_going: bool) -> int:
    """Takes an import into the ledger and tells what came of it; gives the exit status.

    Raises IntendanceError ``import.rows`` where rows of data were set aside, unless
    ``keep_going``: then the ledger is as it was. Totals, notes and headings stop nothing.
    """

    def rejected() -> list[Rejected]:
        if _of_data(made) and not keep_going:
            raise _rows(made)
        return made.rejected

    added = ledger.bring(made, rejected)
    tell(_imported(made, added), output)
    return _SKIPPED if _of_data(made) else 0


def _of_data(made: Import) -> list[Rejected]:
    return [each for each in made.rejected if each.reason not in BESIDE]


def _imported(made: Import, added: Added) -> Imported:
    return Imported(
        file=made.file,
        rows=made.counts.rows,
        packages=made.counts.packages,
        statements=added.statements,
        commitments=added.commitments,
        conflicts=added.conflicts,
        rejected=len(made.rejected),
        reasons=dict(sorted(Counter(each.reason for each in made.rejected).items())),
        dropped=made.dropped,
        notes=tuple(made.notes),
    )


def tell(found: Imported, output: Output) -> None:
    """Says what an import came to."""
    if output.as_json:
        output.one(found)
        return
    names = ("rows", "packages", "statements", "commitments", "conflicts", "rejected")
    counts = [f"{text(f'import.{name}', output.language)} {getattr(found, name)}" for name in names]
    lines = [f"{found.file}: {', '.join(counts)}"]
    if found.dropped:
        lines.append(text("import.dropped", output.language, columns=", ".join(found.dropped)))
    if found.statements == 0:
        lines.append(text("import.known", output.language))
    lines += [text(f"import.{note}", output.language) for note in found.notes]
    output.lines(lines)


def _rows(made: Import) -> IntendanceError:
    found = _of_data(made)
    first = found[:_SHOWN]
    shown = "; ".join(
        f"row {each.row}{f', {each.column}' if each.column else ''}: {each.reason} {each.got!r}"
        for each in first
    )
    more = len(found) - len(first)
    return IntendanceError(
        "import.rows",
        expected="rows that can all be understood",
        got=shown + (f"; and {more} more" if more else ""),
        where=made.file,
    )
