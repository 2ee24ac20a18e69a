"""The air-defence folder that ``intendance template air-defence`` writes."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from intendance.forces._air_defence.rows import ROWS
from intendance.tables import TableText, table_texts, template_text, write_new


@cache
def air_table_texts() -> dict[str, TableText]:
    """What each table and column of an air-defence folder means."""
    return table_texts(
        resources.files("intendance.forces").joinpath("_air_defence/data/tables"), ROWS
    )


def write_air_template(folder: Path) -> list[Path]:
    """Writes every table with example rows of invented systems and nations; gives the paths.

    Nothing is overwritten: where any of the files is there FileExistsError is raised and nothing
    is written.
    """
    texts = air_table_texts().items()
    return write_new(
        {folder / f"{name}.csv": template_text(ROWS[name], table.examples) for name, table in texts}
    )
