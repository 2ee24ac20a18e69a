"""A round's folder: opened once, a file for each nation, closed when its book is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from intendance.planning._demand.rows import Demand, Round
from intendance.planning._inputs.save import toml_text
from intendance.tables import nearest, write_csv
from intendance.terms import IntendanceError

SETTINGS: Final = "round.toml"
SUBMISSIONS: Final = "submissions"
EARLIER: Final = "earlier"
BOOK: Final = "book"
FORM: Final = "form.csv"

YEARS: Final = (1900, 2300)
MOST_YEARS: Final = 50
_NAME: Final = re.compile(r"\w[\w-]{0,63}")


def read_round(folder: Path) -> Round:
    """The settings of the round in ``folder``.

    Raises ``demand.folder`` where there is none and ``demand.settings`` where they are wrong.
    """
    path = folder / SETTINGS
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Round)
    except FileNotFoundError:
        raise IntendanceError(
            "demand.folder", expected=f"a round, with {SETTINGS}", got="none", where=str(folder)
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise IntendanceError(
            "demand.settings", expected="the settings of a round", got=str(fault), where=str(path)
        ) from None
    check_round(found, str(path))
    return found


def check_round(found: Round, where: str) -> None:
    """Raises ``demand.settings`` for the first setting that no round can have."""
    for field, right, expected, got in _checks(found):
        if not right:
            raise IntendanceError(
                "demand.settings", expected=expected, got=got, where=f"{where}, {field}"
            )


def _checks(found: Round) -> Iterator[tuple[str, bool, str, str]]:
    first, last = YEARS
    yield "name", found.name.strip() != "", "a name", repr(found.name)
    years = found.first_year
    yield "first_year", first <= years <= last, f"a year from {first} to {last}", str(years)
    right = 1 <= found.years <= MOST_YEARS
    yield "years", right, f"1 to {MOST_YEARS} years", str(found.years)
    yield "nations", bool(found.nations), "at least one nation", "none"
    for name in found.nations:
        expected = "names of letters, digits, '_' and '-', since they name files"
        yield "nations", _NAME.fullmatch(name) is not None, expected, repr(name)
    alike = {name.casefold() for name in found.nations}
    got = ", ".join(found.nations)
    yield "nations", len(alike) == len(found.nations), "each nation once", got
    right = len(set(found.items)) == len(found.items) and "" not in found.items
    yield "items", right, "each item once", ", ".join(found.items)


def open_round(folder: Path, found: Round) -> Path:
    """Makes the folder of a round: its settings, an empty form, a place for submissions.

    The folder is new or empty, else ``demand.folder``; ``demand.settings`` as ``read_round``.
    Files that can't be written raise OSError.
    """
    check_round(found, "the round")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise IntendanceError(
            "demand.folder",
            expected="a new folder or an empty one",
            got="other files" if folder.is_dir() else "a file",
            where=str(folder),
            remedy="Name another folder.",
        )
    (folder / SUBMISSIONS / EARLIER).mkdir(parents=True)
    (folder / FORM).write_text(write_csv([], Demand), encoding="utf-8")
    path = folder / SETTINGS
    path.write_text(toml_text(found), encoding="utf-8")
    return path


def still_open(folder: Path) -> None:
    """Raises ``demand.closed`` where the round has its book."""
    if (folder / BOOK).exists():
        raise IntendanceError(
            "demand.closed",
            expected="a round that is open",
            got="one that is closed",
            where=str(folder),
        )


def member(found: Round, nation: str) -> None:
    """Raises ``demand.nation`` where the round does not have the nation."""
    if nation not in found.nations:
        raise IntendanceError(
            "demand.nation",
            expected="one of " + ", ".join(found.nations),
            got=repr(nation),
            where=f"the round {found.name}",
            remedy=nearest(nation, found.nations),
        )


def submission(folder: Path, nation: str) -> Path:
    """Where a nation's rows are kept."""
    return folder / SUBMISSIONS / f"{nation}.csv"
