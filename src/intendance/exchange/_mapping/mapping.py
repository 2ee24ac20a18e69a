"""Mappings: which column of a table holds what, written by a person in TOML."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, Literal

import msgspec

from intendance.exchange._raw import Headings
from intendance.terms import ACTS, IntendanceError

FIELDS: Final = (
    "actor", "recipient", "item", "quantity", "unit", "delivered", "money", "currency", "time",
    "act", "package", "source",
)  # fmt: skip
"""What a column can hold."""

SCALED: Final = ("quantity", "delivered", "money")
"""What can be told in thousands or millions."""

_MOST_TIMES: Final = 10**12
_CONSTANT: Final = ("actor", "recipient", "item", "currency", "act", "unit", "package")


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the columns of a table hold.

    ``name`` is what the rules of its statements begin with; ``columns`` gives the heading of each
    field, ``constant`` what all rows share, ``acts`` what the words of the ``act`` column mean,
    ``times`` what the numbers of a field are times (1,000,000 where the heading says millions),
    ``point`` what parts decimals: a point, a comma, or nothing where that is open; ``repeat`` the
    fields whose empty cells stand for the cell above.
    """

    name: str
    columns: dict[str, str]
    publisher: str | None = None
    title: str | None = None
    terms: str | None = None
    constant: dict[str, str] = {}
    acts: dict[str, str] = {}
    times: dict[str, int] = {}
    point: Literal["", ".", ","] = ""
    repeat: tuple[str, ...] = ()

    def headings(self) -> Headings:
        """The columns as headings of a table, all of them required."""
        return Headings(
            names={field: (name,) for field, name in self.columns.items()},
            required=tuple(self.columns),
        )


def read_mapping(path: Path) -> Mapping:
    """The mapping of a TOML file. Raises IntendanceError ``import.mapping``, ``input.*``."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise IntendanceError(
            "input.missing", expected="a mapping", got="nothing", where=str(path)
        ) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise IntendanceError(
            "input.unreadable", expected="a mapping that can be read", got=str(fault)[:120],
            where=str(path),
        ) from None  # fmt: skip
    try:
        found = msgspec.convert(tomllib.loads(text), Mapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise _wrong(path, "a mapping in TOML: name, columns, constant, acts", str(fault)) from None
    _check(path, found)
    return found


def _check(path: Path, found: Mapping) -> None:
    for field in found.columns:
        if field not in FIELDS:
            raise _wrong(path, "columns for " + ", ".join(FIELDS), f"'{field}'")
    for field in found.constant:
        if field not in _CONSTANT:
            raise _wrong(path, "constants for " + ", ".join(_CONSTANT), f"'{field}'")
    _check_cells(path, found)
    for act in (*found.acts.values(), *filter(None, [found.constant.get("act")])):
        if act not in ACTS:
            raise _wrong(path, "one of the acts " + ", ".join(ACTS), repr(act))
    if not found.name or ":" in found.name:
        raise _wrong(path, "a name without a colon", repr(found.name))
    given = {*found.columns, *found.constant}
    lacking = [field for field in ("actor", "recipient", "act") if field not in given]
    if not given & {"item", "money"}:
        lacking.append("item (or money)")
    if lacking:
        raise _wrong(path, "a column or a constant for " + ", ".join(lacking), "none")


def _check_cells(path: Path, found: Mapping) -> None:
    for field in found.repeat:
        if field not in found.columns:
            raise _wrong(path, "repeat for fields that are columns", f"'{field}'")
    for field, times in found.times.items():
        if field not in SCALED or not 1 <= times <= _MOST_TIMES:
            expected = f"a number from 1 to {_MOST_TIMES} for " + ", ".join(SCALED)
            raise _wrong(path, expected, f"times.{field} = {times}")


def _wrong(path: Path, expected: str, got: str) -> IntendanceError:
    return IntendanceError("import.mapping", expected=expected, got=got[:200], where=path.name)
