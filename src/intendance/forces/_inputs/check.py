"""What a supplied table may hold: names that are known, numbers in bounds, months in order."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NoReturn

import msgspec

from intendance.catalogue import Catalogue
from intendance.tables import FIRST_ROW, nearest
from intendance.terms import IntendanceError

_HUNDRED: Final = Decimal(100)
_LARGEST: Final = Decimal(10) ** 15


class Spot(msgspec.Struct, frozen=True):
    """A row of a file, to say where something is wrong."""

    file: str
    index: int

    @property
    def row(self) -> str:
        """``FILE:ROW``, the heading counted as row 1."""
        return f"{self.file}:{self.index + FIRST_ROW}"

    def fail(
        self, code: str, field: str, expected: str, got: str, remedy: str | None = None
    ) -> NoReturn:
        """Raise IntendanceError ``code`` with file, row and field."""
        raise IntendanceError(
            code,
            expected=expected,
            got=got,
            where=f"{self.file}, row {self.index + FIRST_ROW}, field '{field}'",
            remedy=remedy,
        )

    def not_negative(self, field: str, value: Decimal | None) -> Decimal | None:
        """The value, if it is none, 0 or more."""
        if value is not None and value < 0:
            self.fail("forces.value", field, "0 or more", str(value))
        if value is not None and value >= _LARGEST:
            self.fail("forces.value", field, "less than 10 to the 15th", str(value))
        return value

    def percent(self, field: str, value: Decimal | None) -> Decimal | None:
        """The value, if it is none or from 0 to 100."""
        if value is not None and not 0 <= value <= _HUNDRED:
            self.fail("forces.value", field, "a percentage from 0 to 100", str(value))
        return value

    def nation(self, name: str, catalogue: Catalogue, field: str = "nation") -> str:
        """The code of a nation by any of its names."""
        known = catalogue.known(name)
        if known is None or known not in catalogue.nations:
            remedy = nearest(name, catalogue.nations)
            self.fail("forces.unknown-name", field, "a nation of the catalogue", repr(name), remedy)
        return known

    def item(self, name: str, catalogue: Catalogue, field: str = "item") -> str:
        """The identifier of a kind by any of its names."""
        known = catalogue.known(name)
        if known is None or known not in catalogue.kinds:
            remedy = nearest(name, catalogue.kinds)
            self.fail(
                "forces.unknown-name", field, "a kind of equipment of the catalogue", repr(name),
                remedy,
            )  # fmt: skip
        return known

    def item_or_class(self, name: str, catalogue: Catalogue, field: str = "item") -> str:
        """The identifier of a kind or class by any of its names."""
        known = catalogue.known(name)
        if known is None or not (catalogue.is_kind(known) or catalogue.is_class(known)):
            remedy = nearest(name, [*catalogue.kinds, *catalogue.classes_by_id])
            self.fail(
                "forces.unknown-name", field, "a kind or class of the catalogue", repr(name), remedy
            )
        return known

    def in_order(self, field: str, now: str, before: str | None, what: str) -> None:
        """Refuse a month or year that is not after the one before for the same nation and item."""
        if before is not None and now == before:
            self.fail("forces.duplicate", field, f"one row for {what}", f"{now} a second time")
        if before is not None and now < before:
            self.fail("forces.month", field, f"a later one than {before} for {what}", now)
