"""From wide to narrow: which items of a block speak of the same thing (rule 6)."""

from __future__ import annotations

from intendance.ledger._fold.block import Kinds
from intendance.ledger._fold.sketch import Sketch


class Group:
    """Rows about one item, those of wider items that can only mean it included.

    ``loose`` are candidates and retracted rows, which shape nothing; ``open_to`` the groups that
    a wider item's rows could belong to, where that is not exactly one.
    """

    __slots__ = ("firm", "item", "loose", "open_to")

    def __init__(self, item: str | None) -> None:
        self.item = item
        self.firm: list[Sketch] = []
        self.loose: list[Sketch] = []
        self.open_to: list[Group] = []


def group_items(rows: list[Sketch], kinds: Kinds) -> list[Group]:
    """The groups of one strand of one block, in the order of their first rows.

    Live rows decide: an item with nothing narrower among them is a group; a wider one joins it
    where it is the only one below, else it is a group of its own, open to all below it. Nothing
    is joined through a wider item. Candidates then go where exactly one group fits.
    """
    first = rows[0].item
    if all(row.item == first for row in rows):
        group = Group(first)
        for row in rows:
            (group.firm if row.live else group.loose).append(row)
        return [group]
    groups = _firm_groups([row for row in rows if row.live], kinds)
    _place_loose([row for row in rows if not row.live], groups, kinds)
    return list(dict.fromkeys(groups.values()))


def _firm_groups(rows: list[Sketch], kinds: Kinds) -> dict[str | None, Group]:
    items = dict.fromkeys(row.item for row in rows)
    below: dict[str | None, list[str | None]] = {item: [] for item in items}
    for item in items:
        for wide in kinds.above(item) if item is not None else ():
            if wide in below:
                below[wide].append(item)
    leaves = {item: Group(item) for item in items if not below[item]}
    groups: dict[str | None, Group] = {}
    for item in items:
        ends = [leaves[narrow] for narrow in below[item] if narrow in leaves]
        groups[item] = leaves[item] if item in leaves else ends[0]
        if len(ends) > 1:
            groups[item] = Group(item)
    for item, group in groups.items():
        if group.item == item:
            homes = dict.fromkeys(groups[narrow] for narrow in below[item])
            group.open_to = [home for home in homes if home is not group]
    for row in rows:
        groups[row.item].firm.append(row)
    return groups


def _place_loose(rows: list[Sketch], groups: dict[str | None, Group], kinds: Kinds) -> None:
    settled = list(dict.fromkeys(groups.values()))
    for row in rows:
        group = groups.get(row.item)
        if group is None:
            fits = [each for each in settled if _related(row.item, each.item, kinds)]
            if len(fits) == 1:
                group = fits[0]
            else:
                group = Group(row.item)
                group.open_to = fits
            groups[row.item] = group
        group.loose.append(row)


def _related(one: str | None, other: str | None, kinds: Kinds) -> bool:
    if one is None or other is None:
        return one == other
    return one in kinds.above(other) or other in kinds.above(one)
