"""An entry of the catalogue as it is shown: every fact under one name, whatever its table."""

from __future__ import annotations

import msgspec

from intendance.catalogue import Catalogue, Entry


class Known(msgspec.Struct, frozen=True, kw_only=True, rename={"class_": "class"}):
    """One entry of the catalogue as the command shows it; fields that a table lacks are null."""

    id: str
    table: str
    names: dict[str, tuple[str, ...]]
    class_: str | None = None
    specialises: tuple[str, ...] = ()
    standard: str | None = None
    calibre: str | None = None
    fsc: str | None = None
    unit: str | None = None
    takes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    nation: str | None = None
    members: tuple[str, ...] = ()
    source: str | None = None


def known_of(known: Catalogue, entry: Entry) -> Known:
    """The entry as it is shown."""
    facts = {
        name: getattr(entry, name)
        for name in ("standard", "calibre", "fsc", "unit", "takes", "replaces", "makers", "source")
        if hasattr(entry, name)
    }
    return Known(
        id=entry.id,
        table=entry.table,
        names=dict(entry.names),
        class_=getattr(entry, "class_", None) or getattr(entry, "within", None),
        specialises=known.ancestors(entry.id),
        nation=known.nation_of(entry.id) if entry.table != "nation" else None,
        members=known.members(entry.id),
        **facts,
    )
