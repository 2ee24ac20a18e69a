"""A first mapping from the headings of a table, for a person to go on from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from intendance.exchange._data import headings, table
from intendance.exchange._mapping.cells import currency_of_heading, point_of, scale_of
from intendance.exchange._mapping.mapping import SCALED
from intendance.exchange._raw import Sheet, open_sheet

_LOOKED_AT: Final = 5000
_PLAIN: Final = re.compile(r"[^a-z0-9]+")


def guess_mapping(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> str:
    """A mapping in TOML: columns by their headings, words of the act column, what is left over.

    What is not recognised stands in it as a comment; nothing is taken for more than it says.
    Raises IntendanceError as ``read_kiel``.
    """
    found = open_sheet(path, headings("table"), encoding=encoding, sheet=sheet)
    columns = {field: found.header[at[0]].strip() for field, at in found.fields.items()}
    name = _PLAIN.sub("-", path.stem.casefold()).strip("-") or "table"
    lines = [f"name = {_quoted(name)}", 'publisher = ""', "", "[columns]"]
    lines += [f"{field} = {_quoted(heading)}" for field, heading in columns.items()]
    left = [each.strip() for each in found.header if each.strip() not in columns.values()]
    lines += [f"# not used: {_quoted(each)}" for each in left if each]
    rows = [cells for _, cells in islice(found.rows(), _LOOKED_AT)]
    lines[2:2] = [*_decimals(rows, found), *_repeated(rows, found)]
    lines += ["", "# What all rows share, where no column says it.", "[constant]"]
    lines += [f'# {field} = ""' for field in ("actor", "recipient") if field not in columns]
    if "act" not in columns:
        lines.append('act = "promise"')
    if "money" in columns and "currency" not in columns:
        currency = currency_of_heading(columns["money"])
        lines.append(f'currency = "{currency}"' if currency else '# currency = "EUR"')
    times = {field: scale_of(columns.get(field, "")) for field in SCALED}
    if any(each != 1 for each in times.values()):
        lines += ["", "# What the headings say that numbers are times.", "[times]"]
        lines += [f"{field} = {each}" for field, each in times.items() if each != 1]
    if "act" in columns:
        lines += ["", "[acts]", *_acts(rows, found.fields["act"][0])]
    return "\n".join(lines) + "\n"


def _acts(rows: Sequence[Sequence[str]], at: int) -> Iterator[str]:
    acts = table("table/words")["acts"]
    said = {cells[at].strip() for cells in rows if len(cells) > at}
    for word in sorted(each for each in said if each)[:40]:
        act = acts.get(word.casefold())
        yield f"{_quoted(word)} = {_quoted(act)}" if act else f'# {_quoted(word)} = ""'


def _decimals(rows: Sequence[Sequence[str]], sheet: Sheet) -> list[str]:
    """What parts decimals, where the cells tell; else a line for a person to decide."""
    columns = [sheet.fields[field][0] for field in SCALED if field in sheet.fields]
    cells = (row[at] for row in rows for at in columns if len(row) > at)
    point = point_of(cells, typed=sheet.typed)
    return [f'point = "{point}"' if point else '# point = ","']


def _repeated(rows: Sequence[Sequence[str]], sheet: Sheet) -> list[str]:
    """A line for a person to decide, where the giver stands only in the first of several rows."""
    at = sheet.fields.get("actor", (None,))[0]
    if at is None:
        return []
    others = [e for field, (e, *_) in sheet.fields.items() if field in ("item", "quantity")]
    empty = sum(
        not row[at].strip() and any(row[each].strip() for each in others)
        for row in rows
        if len(row) > max((at, *others))
    )
    said = f"# {empty} rows have an empty cell there; does it stand for the one above?"
    return [said, '# repeat = ["actor"]'] if empty else []


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
