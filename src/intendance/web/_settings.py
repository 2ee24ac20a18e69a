"""How the server was started."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of ``intendance serve``.

    ``database`` is the ledger's address; ``demo`` says that it is the demo ledger. ``secure``
    says that browsers reach the server over TLS, its own or a proxy's. ``most_upload`` bounds what
    one request may send, in bytes. ``plans`` is a folder with a folder for each plan,
    ``forces`` one with inventories, requirements, and folders of air defence and fleets.
    ``auth`` turns users on, who are kept in the file ``access``. Without users only requests for
    one of ``hosts`` are answered, where any are named.
    """

    database: str
    catalogue: tuple[Path, ...] = ()
    demo: bool = False
    secure: bool = False
    auth: bool = False
    access: Path | None = None
    hosts: tuple[str, ...] = ()
    most_upload: int = 20_000_000
    analyst: str = "analyst"
    plans: Path | None = None
    forces: Path | None = None
