"""The demo ledger, for a server that was given no other.

Reading the demo's reports takes longer than all else of a start. What was read is kept under the
user's cache folder, for this very program: a copy of it is served, and gone when the server stops.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Final

_DEMO: Final = "demo.db"
_OWN_CATALOGUE: Final = "INTENDANCE_CATALOGUE"
_ROOMS: Final = ("api", "catalogue", "demo", "ledger", "reading", "tables", "terms")
"""The rooms that the ledger's bytes depend on."""
_DIGEST: Final = 32


def demo_ledger(folder: Path) -> str:
    """Puts a ledger of the demo's reports into ``folder``, which is made; gives its address."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _DEMO
    place = _place()
    known = None if place is None else _read(place)
    if known is not None:
        path.write_bytes(known)
        return str(path)
    _make(path)
    if place is not None:
        _keep(place, path.read_bytes())
    return str(path)


def demo_folder() -> Path:
    """A new folder for a demo ledger; whoever asks for it removes it."""
    return Path(tempfile.mkdtemp(prefix="intendance-demo-"))


def _make(path: Path) -> None:
    """Reads the demo's reports into a new ledger."""
    from intendance.api import open_ledger, reader_with
    from intendance.web._taken import take

    with open_ledger(path) as ledger:
        reader = reader_with(ledger.catalogue)
        reports = resources.files("intendance.demo").joinpath("reports").iterdir()
        readings = [
            reading
            for each in sorted(reports, key=lambda one: one.name)
            for reading in take(reader, each.name, each.read_bytes()).readings
        ]
        ledger.add(readings)
        ledger.counts()  # folds


def _place() -> Path | None:
    """Where what this very program read is kept; None where it can't or mustn't be kept.

    With a catalogue of the user's own it would be another ledger. A folder that others may write to
    could hold anything.
    """
    if os.environ.get(_OWN_CATALOGUE):
        return None
    named = os.environ.get("XDG_CACHE_HOME")
    with suppress(OSError, RuntimeError):
        folder = (Path(named) if named else Path.home() / ".cache") / "intendance"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        about = folder.stat()
        others = about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if others or about.st_uid != os.getuid():
            return None
        return folder / f"demo-{_fingerprint()}"
    return None


def _fingerprint() -> str:
    """What tells this program's files from those of another version, without reading them."""
    root = Path(__file__).parents[1]
    found = hashlib.sha256()
    for room in _ROOMS:
        for folder, inside, names in os.walk(root / room):
            inside[:] = sorted(each for each in inside if each != "__pycache__")
            for name in sorted(names):
                about = os.stat(os.path.join(folder, name))
                told = f"{folder}/{name} {about.st_size} {about.st_mtime_ns}\n"
                found.update(told.encode("utf-8", "surrogateescape"))
    return found.hexdigest()[:20]


def _read(place: Path) -> bytes | None:
    """What is kept, if it is there whole."""
    try:
        held = place.read_bytes()
    except OSError:
        return None
    digest, body = held[:_DIGEST], held[_DIGEST:]
    return body if hashlib.sha256(body).digest() == digest else None


def _keep(place: Path, body: bytes) -> None:
    """Keeps it whole or not at all, in the place of that of any other version."""
    with suppress(OSError):
        new = place.with_name(f".{place.name}.{os.getpid()}")
        new.write_bytes(hashlib.sha256(body).digest() + body)
        new.replace(place)
        for each in place.parent.glob("demo-*"):
            if each != place:
                each.unlink(missing_ok=True)
