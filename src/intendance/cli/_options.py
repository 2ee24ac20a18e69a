"""Options that several commands share, each declared once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from intendance.cli._output import Output
from intendance.render import LANGUAGES, Language

DATABASE: Final = "INTENDANCE_DB"
LANGUAGE: Final = "INTENDANCE_LANGUAGE"
CATALOGUE: Final = "INTENDANCE_CATALOGUE"
DEFAULT_DATABASE: Final = "intendance.db"

_F = TypeVar("_F", bound=Callable[..., Any])

db_option = click.option(
    "--db",
    metavar="FILE|URL",
    envvar=DATABASE,
    default=DEFAULT_DATABASE,
    show_default=True,
    help="The ledger: a file, sqlite:///FILE or postgresql://USER@HOST/NAME.",
)

catalogue_option = click.option(
    "--catalogue",
    "catalogue_files",
    metavar="FILE",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A catalogue file of your own, besides the packaged one; may be given several times.",
)

language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar=LANGUAGE,
    default="en",
    show_default=True,
    help="The language of headings and words; identifiers stay as they are.",
)

_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
_csv_option = click.option("--csv", "as_csv", is_flag=True, help="CSV with a heading line.")


def output_options(command: _F) -> _F:
    """``--json``, ``--csv`` and ``--language``, handed on as one ``output``."""

    @language_option
    @_csv_option
    @_json_option
    @functools.wraps(command)
    def with_output(*args: Any, as_json: bool, as_csv: bool, language: str, **rest: Any) -> Any:
        output = Output(as_json=as_json, as_csv=as_csv, language=_language(language))
        return command(*args, output=output, **rest)

    return with_output  # type: ignore[return-value]  # click replaces the signature anyway


def json_option(command: _F) -> _F:
    """``--json`` and ``--language``, for what is no listing."""

    @language_option
    @_json_option
    @functools.wraps(command)
    def with_output(*args: Any, as_json: bool, language: str, **rest: Any) -> Any:
        output = Output(as_json=as_json, as_csv=False, language=_language(language))
        return command(*args, output=output, **rest)

    return with_output  # type: ignore[return-value]  # as above


def _language(name: str) -> Language:
    return next(each for each in LANGUAGES if each == name)
