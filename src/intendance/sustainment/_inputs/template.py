"""The readiness folder that ``intendance template fleet`` writes, and what its columns mean."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from intendance.sustainment._rows import ROWS
from intendance.tables import TableText, table_texts, template_text, write_new


@cache
def fleet_table_texts() -> dict[str, TableText]:
    """What each table and column of a readiness folder means."""
    return table_texts(resources.files("intendance.sustainment").joinpath("data/tables"), ROWS)


def write_fleet_template(folder: Path) -> list[Path]:
    """Writes every table with example rows of an invented force; gives the paths.

    Nothing is overwritten: where any of the files is there FileExistsError is raised and nothing
    is written.
    """
    texts = fleet_table_texts().items()
    return write_new(
        {folder / f"{name}.csv": template_text(ROWS[name], table.examples) for name, table in texts}
    )
