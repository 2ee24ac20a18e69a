"""``intendance template``: empty tables to fill in."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Final

import click

from intendance.cli._failures import writing
from intendance.cli._options import json_option
from intendance.cli._output import Output
from intendance.planning import EXAMPLES, write_example, write_template
from intendance.render import text
from intendance.terms import IntendanceError

_ROOMS: Final = {
    "fleet": ("intendance.sustainment", "write_fleet_template"),
    "air-defence": ("intendance.forces", "write_air_template"),
    "forces": ("intendance.forces", "write_forces_example"),
    "inventory": ("intendance.forces", "write_inventory_template"),
    "requirements": ("intendance.forces", "write_requirements_template"),
    "priorities": ("intendance.forces", "write_priorities_template"),
}
"""Templates of rooms that are only loaded when asked for: the room and its function."""

_SUPPLIED: Final = ("price", "exchange-rate", "line", "budget")
"""Single tables to fill in for 'import table --as'."""

_KEYS: Final = {
    **dict.fromkeys(_SUPPLIED, "import.template"),
    **dict.fromkeys(("forces", "inventory", "requirements", "priorities"), "forces.template"),
    "fleet": "readiness.template",
    "air-defence": "air-defence.template",
}
"""What is said of each when it is written; of a scenario where it is not here."""


@click.command()
@click.argument("name", metavar="NAME", type=click.Choice(["plan", *EXAMPLES, *_ROOMS, *_SUPPLIED]))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("scenario"),
    show_default=True,
    help="The folder to write to; files that are there are never overwritten.",
)
@json_option
def template(name: str, out: Path, output: Output) -> None:
    """Write tables with example rows, to be replaced by your own.

    \b
    plan       a scenario folder: settings and every table, which together make a small whole
               scenario; only scenario.toml, nations, items, requests and lines are needed, delete
               what you don't need
    coalition  five invented nations over three years, every table in use
    ten-years  the invented nation of 'intendance plan case ten-years'
    fleet      a folder for 'intendance readiness': fleets, parts, rates, shops, spares, batches
    air-defence  a folder for 'intendance air-defence': systems, interceptors, inventories, needs,
               donations
    price, exchange-rate, line, budget
               one table with an example row, for 'intendance import table FILE --as NAME'
    forces     a worked example for 'intendance position', 'match' and 'interoperability': an
               invented coalition with its catalogue, inventory, requirements and reports
    inventory, requirements, priorities
               one table of that, to be filled in
    """
    try:
        with writing(str(out)):
            paths = _written(name, out)
    except IntendanceError as fault:
        if isinstance(fault.__cause__, FileExistsError):
            raise IntendanceError(
                "output.unwritable",
                expected="a folder without these tables",
                got=f"{Path(fault.__cause__.filename).name}, which is there already",
                where=str(out),
                remedy="Name another folder with --out.",
            ) from None
        raise
    if output.as_json:
        output.one({"files": [str(path) for path in paths]})
    else:
        key = _KEYS.get(name, "plan.template")
        output.say(text(key, output.language, path=str(out), count=len(paths), name=name))


def _written(name: str, out: Path) -> list[Path]:
    if name in _SUPPLIED:
        from intendance.exchange import write_supply_template

        return write_supply_template(name, out)
    if name in _ROOMS:
        room, function = _ROOMS[name]
        paths: list[Path] = getattr(import_module(room), function)(out)
        return paths
    return write_example(name, out) if name in EXAMPLES else write_template(out)
