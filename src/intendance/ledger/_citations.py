"""Rows that cite a report which the ledger holds: they share its witness (rule 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, select

from intendance.ledger._cited import cited_as
from intendance.ledger._rows import fetch_in, insert
from intendance.ledger._schema import cited, citing, statement
from intendance.terms import Report, Statement

Known = Callable[[int], str | None]
"""The witness of what a report itself says; None where it is not seen."""


class Citations:
    """The witness of the report that a row cites, where that is in the ledger."""

    def __init__(self, connection: Connection, known: Known) -> None:
        self._connection = connection
        self._known = known
        self._found: dict[str, str | None] = {}

    def witness(self, said: Statement, shown: Report) -> str | None:
        """The witness of the report that a row of a data set cites; None where there is none."""
        if shown.kind != "dataset" or not said.attribution:
            return None
        address = said.attribution[-1]
        if address not in self._found:
            self._found[address] = self._look(address)
        return self._found[address]

    def _look(self, address: str) -> str | None:
        query = select(cited.c.report).where(cited.c.address == address)
        found = (self._known(number) for number in self._connection.execute(query).scalars())
        return min((each for each in found if each is not None), default=None)


def note_reports(connection: Connection, reports: Iterable[tuple[int, Report]]) -> set[str]:
    """Remember the addresses of reports that rows may cite; gives those that are new."""
    wanted = {
        (cited_as(shown.address), number) for number, shown in reports if shown.kind != "dataset"
    }
    rows = fetch_in(connection, select(cited), cited.c.address, {each for each, _ in wanted})
    fresh = wanted - {(row.address, row.report) for row in rows}
    insert(connection, cited, sorted(fresh))
    return {address for address, _ in fresh}


def note_rows(connection: Connection, rows: Iterable[tuple[int, Statement]]) -> None:
    """Remember what rows of data sets cite, by the numbers of their statements."""
    fresh = [
        (said.attribution[-1], number)
        for number, said in rows
        if said.attribution and said.source_row is not None
    ]
    insert(connection, citing, sorted(fresh))


def citing_rows(connection: Connection, addresses: Iterable[str]) -> dict[int, int]:
    """The statements (number -> block) that cite one of the addresses and are folded."""
    query = select(statement.c.number, statement.c.block).join(
        citing, citing.c.statement == statement.c.number
    )
    query = query.where(statement.c.block.is_not(None) & (statement.c.active == 1))
    return {
        row.number: row.block for row in fetch_in(connection, query, citing.c.address, addresses)
    }


def addresses_of(connection: Connection, number: int) -> set[str]:
    """The addresses by which a report may be cited."""
    query = select(cited.c.address).where(cited.c.report == number)
    return set(connection.execute(query).scalars())
