"""A first mapping from the headings of a table, for a person to go on from."""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path
from typing import Final

from intendance.exchange._data import headings, table
from intendance.exchange._raw import open_sheet

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
    lines += ["", "# What all rows share, where no column says it.", "[constant]"]
    lines += [f'# {field} = ""' for field in ("actor", "recipient") if field not in columns]
    if "act" in columns:
        at = found.fields["act"][0]
        said = {cells[at].strip() for _, cells in islice(found.rows(), 5000) if len(cells) > at}
        acts = table("table/words")["acts"]
        lines += ["", "[acts]"]
        for word in sorted(each for each in said if each)[:40]:
            act = acts.get(word.casefold())
            lines.append(f"{_quoted(word)} = {_quoted(act)}" if act else f'# {_quoted(word)} = ""')
    else:
        lines.append('act = "promise"')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
