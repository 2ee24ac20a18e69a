"""``intendance read``: reports into the ledger."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
import msgspec

from intendance.api import Outcome, open_ledger
from intendance.cli._failures import report
from intendance.cli._options import catalogue_option, db_option, json_option
from intendance.cli._output import Output
from intendance.cli._progress import progress_bar
from intendance.render import Language, text
from intendance.terms import ErrorRecord, IntendanceError, TimeSpan, error_kinds, span_of

_SKIPPED = 3
_MISUSED = 2


class Day(click.ParamType[TimeSpan]):
    """A date as YYYY, YYYY-MM or YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> TimeSpan:
        """The days that the date covers."""
        del ctx
        if isinstance(value, TimeSpan):
            return value
        return span_of(str(value), where=param.opts[0] if param else "a date")


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@db_option
@click.option(
    "--published", metavar="DATE", type=Day(), help="The date of reports that state none."
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="How many processes read; one more writes.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read on the Dask cluster with this scheduler (tcp://HOST:PORT); this process writes.",
)
@click.option(
    "--max-bytes",
    metavar="N",
    type=click.IntRange(1, 2**31),
    help="The size of the largest report taken [default: 20000000].",
)
@click.option(
    "--trust-stat",
    is_flag=True,
    help="Take a file of the same size and time as before for unchanged, without opening it.",
)
@click.option("--notes", is_flag=True, help="Say what was passed over in each report, and why.")
@catalogue_option
@json_option
def read(
    paths: tuple[str, ...],
    db: str,
    published: TimeSpan | None,
    jobs: int,
    scheduler: str | None,
    max_bytes: int | None,
    trust_stat: bool,
    notes: bool,
    catalogue_files: tuple[Path, ...],
    output: Output,
) -> int:
    """Read reports into the ledger.

    PATH is a file, a folder with all below it, a glob in quotes, or - for standard input: plain
    text, HTML, Markdown with front matter, a feed (RSS, Atom) or a web archive (WARC). What the
    ledger knows is passed over, so a run that was interrupted continues where it stopped.
    """
    if scheduler is not None and jobs != 1:
        raise IntendanceError(
            "setting.invalid",
            expected="either --scheduler or --jobs",
            got="both",
            where="--jobs",
        )
    with (
        open_ledger(db, catalogue=catalogue_files) as ledger,
        progress_bar() as progress,
        stopping() as stop,
    ):
        outcome = ledger.read(
            list(paths),
            published=published,
            jobs=jobs,
            scheduler=scheduler,
            max_bytes=max_bytes,
            trust_stat=trust_stat,
            stdin=getattr(sys.stdin, "buffer", None),
            progress=progress,
            stop=stop,
        )
    return _tell(outcome, output, notes=notes)


def _tell(outcome: Outcome, output: Output, *, notes: bool) -> int:
    for record in outcome.skipped:
        report(again(record), as_json=output.as_json)
    if notes:
        for each in outcome.notes:
            click.echo(f"{each.address}: {each.note}", err=True)
    if output.as_json:
        output.one(outcome if notes else msgspec.structs.replace(outcome, notes=[]))
    else:
        output.lines(summary(outcome, output.language))
    if outcome.interrupted:
        raise IntendanceError(
            "read.interrupted",
            expected="to read everything",
            got=f"an interruption after {outcome.read + outcome.unchanged} reports",
            where="the signal",
        )
    return status_of(outcome)


def summary(outcome: Outcome, language: Language) -> list[str]:
    """What a run came to, in a few lines."""
    names = ("read", "unchanged", "copies", "statements", "commitments", "conflicts")
    counts = [f"{text(f'outcome.{name}', language)} {getattr(outcome, name)}" for name in names]
    reasons = outcome.reasons()
    counts.append(f"{text('outcome.skipped', language)} {sum(reasons.values())}")
    why = ", ".join(f"{code} {count}" for code, count in sorted(reasons.items()))
    lines = [", ".join(counts) + (f" ({why})" if why else "")]
    if outcome.notes:
        reports = len({each.address for each in outcome.notes})
        lines.append(text("outcome.notes", language, count=str(reports)))
    return lines


def status_of(outcome: Outcome) -> int:
    """3 where something was skipped; 2 where all that was named was named wrongly."""
    if not outcome.skipped:
        return 0
    statuses = {error_kinds()[record.code].status for record in outcome.skipped}
    return _MISUSED if statuses == {_MISUSED} and not _some(outcome) else _SKIPPED


def _some(outcome: Outcome) -> bool:
    return outcome.read + outcome.unchanged + outcome.copies > 0


def again(record: ErrorRecord) -> IntendanceError:
    """The error that a record was made from."""
    said = msgspec.structs.asdict(record)
    return IntendanceError(
        said.pop("code"), **{name: said[name] for name in ("expected", "got", "where", "remedy")}
    )


@contextmanager
def stopping() -> Iterator[_Stop]:
    """While inside, the first Ctrl-C or SIGTERM asks to stop; a second one stops at once."""
    stop = _Stop()
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.signal(kind, stop.ask) for kind in kinds}
    try:
        yield stop
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)


class _Stop:
    def __init__(self) -> None:
        self._asked = False

    def __call__(self) -> bool:
        return self._asked

    def ask(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
