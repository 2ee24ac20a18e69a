"""``intendance demand``: rounds in which nations say what they want, pooled and shared out."""

from __future__ import annotations

from pathlib import Path

import click

from intendance.cli._demand.book import show_book, show_open
from intendance.cli._failures import writing
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.planning import (
    Round,
    close_round,
    open_round,
    read_book,
    read_round,
    read_submission,
    submit_demand,
)
from intendance.render import text

_FOLDER = click.Path(path_type=Path)


@click.group()
def demand() -> None:
    """Run a round of demand: open it, take each nation's file, close it for good."""


@demand.command("open", short_help="Open a round in a new folder.")
@click.argument("folder", metavar="ROUND", type=_FOLDER)
@click.option("--name", metavar="NAME", help="What the round is called.  [default: its folder]")
@click.option(
    "--nation",
    "nations",
    metavar="NATION",
    multiple=True,
    required=True,
    help="Who may submit; once for each nation.",
)
@click.option("--first-year", metavar="YEAR", type=int, required=True, help="The first year.")
@click.option("--years", metavar="N", type=int, default=1, show_default=True, help="How many.")
@click.option(
    "--item",
    "items",
    metavar="ITEM",
    multiple=True,
    help="What may be asked for; once for each item.  [default: anything]",
)
@click.option(
    "--rule",
    type=click.Choice(["pro-rata", "priority"]),
    default="pro-rata",
    show_default=True,
    help="How output is shared: in proportion, or by the nations' delivery priority.",
)
@click.option("--fractions", is_flag=True, help="Quantities need not be whole numbers.")
@json_option
def open_command(
    folder: Path,
    name: str | None,
    nations: tuple[str, ...],
    first_year: int,
    years: int,
    items: tuple[str, ...],
    rule: str,
    fractions: bool,
    output: Output,
) -> None:
    """Open a round: ROUND becomes a folder with its settings and an empty form.

    Each nation fills in a copy of form.csv: item, year, firm, likely and optional quantity,
    funding (funded, planned, unfunded), delivery priority, accepted variants (joined by |) and
    caveats.
    """
    found = Round(
        name=folder.resolve().name if name is None else name,
        first_year=first_year,
        years=years,
        nations=nations,
        items=items,
        rule="priority" if rule == "priority" else "pro-rata",
        whole=not fractions,
    )
    with writing(str(folder)):
        open_round(folder, found)
    if output.as_json:
        output.one(found)
    else:
        output.say(text("demand.opened", output.language, name=found.name, path=str(folder)))


@demand.command(short_help="Take a nation's demand.")
@click.argument("folder", metavar="ROUND", type=_FOLDER)
@click.argument("nation", metavar="NATION")
@click.argument("file", metavar="FILE", type=_FOLDER)
@json_option
def submit(folder: Path, nation: str, file: Path, output: Output) -> None:
    """Keep the rows of FILE (CSV, XLSX or Parquet) as what NATION asks for in ROUND.

    Submitting again replaces what was there; the earlier rows are kept beside it. A closed round
    takes nothing more.
    """
    with writing(str(folder)):
        receipt = submit_demand(folder, nation, file)
    if output.as_json:
        output.one(receipt)
        return
    output.say(text("demand.submitted", output.language, nation=nation, count=receipt.rows))
    if receipt.earlier:
        output.say(text("demand.replaced", output.language, path=receipt.earlier))


@demand.command(short_help="Close a round and make its book.")
@click.argument("folder", metavar="ROUND", type=_FOLDER)
@click.option(
    "--output",
    "produced",
    metavar="FILE",
    type=_FOLDER,
    help="A table of item, year, quantity and setup_cost: what industry is to deliver.",
)
@json_option
def close(folder: Path, produced: Path | None, output: Output) -> None:
    """Freeze ROUND and write its demand book to ROUND/book.

    The book holds what was asked, the pooled demand, each nation's share of output and of set-up
    cost, the rules of sharing, a hash for each submission, and requests.csv for a scenario.
    """
    with writing(str(folder)):
        book = close_round(folder, produced)
    if output.as_json:
        output.one(book)
        return
    show_book(book, output)
    output.say("")
    output.say(text("demand.closed", output.language, name=book.name, path=str(folder / "book")))


@demand.command(short_help="Show who has submitted, or the book.")
@click.argument("folder", metavar="ROUND", type=_FOLDER)
@json_option
def show(folder: Path, output: Output) -> None:
    """Show an open round's submissions, or a closed one's book, checked against its hashes."""
    if (folder / "book").exists():
        book = read_book(folder)
        if output.as_json:
            output.one(book)
        else:
            show_book(book, output)
        return
    found = read_round(folder)
    rows = {nation: read_submission(folder, nation) for nation in found.nations}
    counts = {nation: None if each is None else len(each) for nation, each in rows.items()}
    if output.as_json:
        output.one({"name": found.name, "rule": found.rule, "rows": counts})
    else:
        show_open(found, counts, output)
