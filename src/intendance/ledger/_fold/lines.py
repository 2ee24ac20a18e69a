"""Rows of data sets: each is a deal of its own, and what it says of later stages belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.ledger._fold.deal import Deal
from intendance.ledger._fold.linker import Linker
from intendance.ledger._fold.sketch import BY_PACKAGE, FIGURE, OPENED, PACKAGE, UNDATED, Sketch

_Rows = list[Sketch]


def place_lines(
    linker: Linker, promises: Sequence[Sketch], others: Sequence[Sketch], later: Sequence[Sketch]
) -> tuple[_Rows, _Rows, _Rows]:
    """Place the promises of rows, then all else that the same rows say; gives what is left.

    No two rows of one data set are one deal, whatever their figures: a table lists a thing twice
    where it was promised twice. Rows of another data set join where figure and time agree.
    """
    sets: dict[int, set[str]] = {}
    deals: dict[str, Deal] = {}
    for row in promises:
        if row.line in deals:  # another share of the same whole
            row.route = PACKAGE
            linker.join(deals[row.line], row)
        elif row.line is not None:
            deals[row.line] = _put(row, row.line, linker, sets)
    for row in (*others, *later):
        if row.line is not None and row.line not in deals and row.affirms:
            # A row that promises nothing, but tells of something allocated or delivered.
            row.route = OPENED
            deals[row.line] = linker.open(row, adds=False)
    return (
        [row for row in promises if row.line is None],
        [row for row in others if not _belongs(row, deals)],
        [row for row in later if not _belongs(row, deals)],
    )


def _put(row: Sketch, line: str, linker: Linker, sets: dict[int, set[str]]) -> Deal:
    known = line.split("|", 1)[0]
    route, deal = linker.of_promise(row) if row.day != UNDATED else (OPENED, None)
    if route == FIGURE and deal is not None and known not in sets.get(id(deal), set()):
        row.route = FIGURE
        linker.join(deal, row)
    else:
        row.route = OPENED
        deal = linker.open(row, adds=False)
    sets.setdefault(id(deal), set()).add(known)
    return deal


def _belongs(row: Sketch, deals: dict[str, Deal]) -> bool:
    """Place what the row of a deal says beside its promise; false where there is no such deal."""
    deal = deals.get(row.line) if row.line is not None else None
    if deal is None:
        return False
    if deal.anchor is row:
        return True
    deal.rows.append(row)
    row.route, row.home = BY_PACKAGE, deal.anchor.number
    return True
