"""``intendance brief``: a one-page account as Markdown and self-contained HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from intendance.api import Books
from intendance.cli._account import DEFAULT_ROWS, Account, account_page
from intendance.cli._failures import writing
from intendance.cli._filters import Asked, filter_options, ledger_options
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.ledger import Filter
from intendance.render import Language, page_html, page_markdown, text
from intendance.terms import span_of

NAME: Final = "brief"


@click.command()
@ledger_options
@filter_options
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    show_default="this folder",
    help="Where brief.LANGUAGE.md and brief.LANGUAGE.html go.",
)
@click.option(
    "--rows",
    metavar="N",
    type=click.IntRange(1, 100_000),
    default=DEFAULT_ROWS,
    show_default=True,
    help="How many lines a section has; the rest is counted.",
)
@json_option
def brief(ledger: Books, asked: Asked, out: Path, rows: int, output: Output) -> None:
    """Write a one-page account: totals, promises against deliveries, conflicts, backfills.

    Every line stands with the words that it rests on, their report and its date.
    """
    paths = write_brief(ledger, asked, out, rows, output.language)
    if output.as_json:
        output.one({"files": [str(path) for path in paths]})
    else:
        output.lines(text("brief.written", output.language, path=str(path)) for path in paths)


def write_brief(
    ledger: Books, asked: Asked, out: Path, rows: int, language: Language
) -> list[Path]:
    """Writes the account as Markdown and HTML; gives the two paths."""
    page = account_page(_account(ledger, asked, rows), ledger.catalogue, language, rows)
    written = []
    for suffix, content in (("md", page_markdown(page)), ("html", page_html(page))):
        path = out / f"{NAME}.{language}.{suffix}"
        with writing(str(path)):
            out.mkdir(parents=True, exist_ok=True)
            # Written beside its place and moved there, so that no page is ever half there.
            new = path.with_name(f".{path.name}.new")
            new.write_text(content, encoding="utf-8")
            new.replace(path)
        written.append(path)
    return written


def _account(ledger: Books, asked: Asked, rows: int) -> Account:
    clocks = (asked.as_of, asked.recorded)
    found = ledger.brief(asked.filter, *clocks)
    quoted = {each.report for each in found.quotes.values()}
    assumed = {
        (each.statement, each.what): each
        for commitment in found.commitments[:rows]
        for each in ledger.why(commitment.id, *clocks).assumptions
    }
    return Account(
        brief=found,
        reports={each.id: each for each in ledger.reports(Filter(), *clocks) if each.id in quoted},
        assumptions=[assumed[key] for key in sorted(assumed)],
        as_of=span_of(asked.as_of, "--as-of") if asked.as_of else None,
    )
