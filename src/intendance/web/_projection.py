"""The columns of all commitments in memory, for facets and totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intendance.api import Books


class Projection:
    """The commitments of some books as columns."""

    def __init__(self, books: Books) -> None:
        self.books = books
