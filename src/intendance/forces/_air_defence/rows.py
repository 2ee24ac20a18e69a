"""The rows of an air-defence folder; no row has a place finer than a nation."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

import msgspec

EVERY: Final = "*"


class AirSystem(msgspec.Struct, frozen=True):
    """A kind of system: its class, the interceptors that it needs to count, what it is against."""

    system: str
    range: str
    load: int = 1
    counters: tuple[str, ...] = ()
    price: float | None = None

    @property
    def against(self) -> tuple[str, ...]:
        """The classes of threat that it is against."""
        return self.counters or range_classes()[self.range]


class Interceptor(msgspec.Struct, frozen=True):
    """A kind of interceptor and the systems that it fits."""

    interceptor: str
    systems: tuple[str, ...]
    price: float | None = None


class AirHolding(msgspec.Struct, frozen=True):
    """What a nation holds of a system or an interceptor, and what is used and arrives a month."""

    nation: str
    item: str
    number: int
    used: float = 0.0
    arriving: float = 0.0


class AirNeed(msgspec.Struct, frozen=True):
    """Systems that a nation needs against a threat, and interceptors: a day, for so many days."""

    nation: str
    threat: str
    range: str = EVERY
    systems: int = 0
    per_day: float = 0.0
    days: float = 0.0
    priority: int = 1


class AirDonation(msgspec.Struct, frozen=True):
    """A part of a donation on offer."""

    donation: str
    nation: str
    item: str
    number: int


class AirTables(msgspec.Struct, frozen=True):
    """The tables of an air-defence folder."""

    systems: tuple[AirSystem, ...]
    interceptors: tuple[Interceptor, ...]
    inventories: tuple[AirHolding, ...]
    needs: tuple[AirNeed, ...]
    donations: tuple[AirDonation, ...] = ()


ROWS: Final[dict[str, type[msgspec.Struct]]] = {
    "systems": AirSystem,
    "interceptors": Interceptor,
    "inventories": AirHolding,
    "needs": AirNeed,
    "donations": AirDonation,
}
REQUIRED: Final = ("systems", "interceptors", "inventories", "needs")


@cache
def threat_classes() -> tuple[str, ...]:
    """The classes of threat."""
    return tuple(_data("threats"))


@cache
def range_classes() -> dict[str, tuple[str, ...]]:
    """The classes of system by range, each with the threats that it is usually against."""
    return {name: tuple(found["counters"]) for name, found in _data("ranges").items()}


def class_name(name: str, language: str) -> str:
    """The words for a class of threat or of system."""
    found = _data("threats") | _data("ranges")
    return str(found[name][language]) if name in found else name


@cache
def _data(name: str) -> dict[str, Any]:
    folder = resources.files("intendance.forces").joinpath("_air_defence/data")
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
