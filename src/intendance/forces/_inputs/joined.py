"""Tables of several owners as one: each nation and item as the last of them tells it."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.catalogue import Catalogue
from intendance.forces._inputs.load import Supplied, held_of, required_of
from intendance.forces._inputs.rows import Held, InventoryRow, Required, RequirementRow


def join_supplied(
    first: Supplied,
    catalogue: Catalogue,
    inventories: Sequence[tuple[str, Sequence[InventoryRow]]] = (),
    requirements: Sequence[tuple[str, Sequence[RequirementRow]]] = (),
) -> Supplied:
    """Checked tables with further ones, each a name and its rows; a later one takes the place of
    all that earlier ones say of the same nation and item.

    A requirement without an inventory among them is left out: it may be another's to see. Raises
    as ``read_supplied`` for what else is wrong.
    """
    held = list(first.inventory)
    for name, rows in inventories:
        come = held_of(rows, catalogue, name)
        about = {(each.nation, each.item) for each in come}
        held = [*(each for each in held if (each.nation, each.item) not in about), *come]
    needed = list(first.requirements)
    for name, wanted in requirements:
        more = _required(wanted, catalogue, name, held)
        about = {(each.nation, each.item) for each in more}
        needed = [*(each for each in needed if (each.nation, each.item) not in about), *more]
    return Supplied(tuple(held), tuple(needed))


def _required(
    rows: Sequence[RequirementRow], catalogue: Catalogue, name: str, held: Sequence[Held]
) -> tuple[Required, ...]:
    stocked = {(each.nation, each.item) for each in held}
    fit = [
        each for each in rows
        if (catalogue.known(each.nation), catalogue.known(each.item)) in stocked
    ]  # fmt: skip
    return required_of(fit, catalogue, name, held)
