"""Which blocks are folded together: those that merges tie (rule 3)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from intendance.ledger._rows import fetch_in
from intendance.ledger._schema import statement
from intendance.ledger._settled import Settled


def grouped(connection: Connection, wanted: Iterable[int], settled: Settled) -> list[list[int]]:
    """The wanted blocks in the groups that are folded together.

    A block stands alone unless a merge names statements of several; then all of those belong to
    its group, wanted or not.
    """
    groups = tied(connection, settled)
    seen: set[int] = set()
    result = []
    for number in sorted(wanted):
        if number not in seen:
            group = groups.get(number, [number])
            seen.update(group)
            result.append(group)
    return result


def tied(connection: Connection, settled: Settled) -> dict[int, list[int]]:
    """Each block that a merge ties to others, with its whole group, sorted."""
    merges = settled.merges()
    if not merges:
        return {}
    ids = {each for statements in merges for each in statements}
    columns = select(statement.c.id, statement.c.block).where(
        (statement.c.active == 1) & statement.c.block.is_not(None)
    )
    block_of = {row.id: row.block for row in fetch_in(connection, columns, statement.c.id, ids)}
    group_of: dict[int, set[int]] = {}
    for statements in merges:
        together = {block_of[each] for each in statements if each in block_of}
        for number in list(together):
            together |= group_of.get(number, set())
        for number in together:
            group_of[number] = together
    return {number: sorted(group) for number, group in group_of.items() if len(group) > 1}
