"""Filters and clocks of the listings, declared once and handed on as one object."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from intendance.api import Books, open_ledger
from intendance.cli._options import catalogue_option, db_option
from intendance.ledger import Filter
from intendance.render import LANGUAGES, text
from intendance.terms import STAGES, Stage

_F = TypeVar("_F", bound=Callable[..., Any])


class StageName(click.ParamType[Stage]):
    """A stage by its name in any language that tables are written in."""

    name = "stage"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """What the help shows: the names that always work."""
        del param, ctx
        return f"[{'|'.join(STAGES)}]"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Stage:
        """The stage of that name."""
        names = {text(f"stage.{stage}", each): stage for stage in STAGES for each in LANGUAGES}
        names |= {stage: stage for stage in STAGES}
        if value.casefold() not in names:
            self.fail(f"{value!r} is not one of {', '.join(map(repr, STAGES))}.", param, ctx)
        return names[value.casefold()]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a listing was asked for: a filter and the two clocks."""

    filter: Filter = Filter()
    as_of: str | None = None
    recorded: str | None = None


_FILTERS = (
    click.option("--donor", metavar="NAME", help="Who gives: a code or a name in any language."),
    click.option("--recipient", metavar="NAME", help="Who gets."),
    click.option("--item", metavar="NAME", help="A kind, with all that specialises it."),
    click.option("--class", "class_name", metavar="NAME", help="A class, with all in it."),
    click.option("--stage", type=StageName(), help="Has reached this stage."),
    click.option("--since", metavar="DATE", help="Published or said to happen on or after."),
    click.option("--until", metavar="DATE", help="Published or said to happen on or before."),
    click.option("--live", is_flag=True, help="Leave candidates out: what is inferred, not said."),
    click.option("--text", "words", metavar="WORDS", help="Rests on a quote with these words."),
)

_CLOCKS = (
    click.option("--as-of", metavar="DATE", help="Use only what was published by then."),
    click.option("--recorded", metavar="DATE", help="Use only what this ledger held then."),
)


def ledger_options(command: _F) -> _F:
    """``--db`` and ``--catalogue``: the command gets an open ``ledger``, closed when it ends."""

    @catalogue_option
    @db_option
    @functools.wraps(command)
    def with_ledger(*args: Any, db: str, catalogue_files: tuple[Path, ...], **rest: Any) -> Any:
        with open_ledger(db, create=False, catalogue=catalogue_files) as ledger:
            return command(*args, ledger=ledger, **rest)

    return with_ledger  # type: ignore[return-value]  # click replaces the signature anyway


def clock_options(command: _F) -> _F:
    """``--as-of`` and ``--recorded``."""
    for option in reversed(_CLOCKS):
        command = option(command)
    return command


def filter_options(command: _F) -> _F:
    """All filters and clocks, handed on as ``asked``."""

    @functools.wraps(command)
    def with_filter(*args: Any, ledger: Books, **rest: Any) -> Any:
        asked = _asked({name: rest.pop(name) for name in _NAMES})
        return command(*args, ledger=ledger, asked=asked, **rest)

    wrapped: Any = with_filter
    for option in reversed((*_FILTERS, *_CLOCKS)):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]  # as above


_NAMES = (
    "donor", "recipient", "item", "class_name", "stage", "since", "until", "live", "words", "as_of",
    "recorded",
)  # fmt: skip


def _asked(given: dict[str, Any]) -> Asked:
    if given["item"] and given["class_name"]:
        raise click.UsageError("--item and --class exclude each other: a kind is of one class")
    return Asked(
        filter=Filter(
            donor=given["donor"],
            recipient=given["recipient"],
            item=given["item"] or given["class_name"],
            stage=given["stage"],
            since=given["since"],
            until=given["until"],
            text=given["words"],
            candidates=not given["live"],
        ),
        as_of=given["as_of"],
        recorded=given["recorded"],
    )
