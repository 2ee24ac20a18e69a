"""The marking of what a nation asks for in a round: kept beside its file, its own by default.

``submissions/NATION.marking.json`` holds the label of each file that was given one, by the hash of
its bytes; of a file without one, the nation alone sees it.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.planning import Demand, Round, read_submission
from intendance.web._markings import Label, Marking, plain

_SUBMISSIONS: Final = "submissions"
_NOBODY: Final[Label] = frozenset({frozenset()})
_Kept = dict[str, list[list[str]]]


def group_of(catalogue: Catalogue, nation: str) -> str:
    """The group of a nation of a round: its code where the catalogue has one, else its name."""
    found = catalogue.known(nation)
    return found if found is not None and found in catalogue.nations else nation


def own_label(catalogue: Catalogue, nation: str) -> Label:
    """The marking that a nation's demand has by default: the nation's own."""
    return frozenset({frozenset({group_of(catalogue, nation)})})


def round_label(catalogue: Catalogue, found: Round) -> Label:
    """Who may know of a round: all nations that it asks."""
    asked: Marking = frozenset(group_of(catalogue, each) for each in found.nations)
    return frozenset({asked})


def submitted(
    catalogue: Catalogue, folder: Path, nation: str, frozen: Path | None = None
) -> tuple[tuple[Demand, ...], Label] | None:
    """What a nation has submitted to the round in ``folder``, and its label; None for nothing.

    ``frozen`` is the folder of the book, which has its own copy once the round is closed.
    """
    place = frozen or folder
    path = place / _SUBMISSIONS / f"{nation}.csv"
    while True:
        before = _mark(path)
        rows = None if before is None else read_submission(place, nation)
        # Rows and label are of one file, even where it is replaced meanwhile.
        if before == _mark(path):
            break
    if before is None or rows is None:
        return None
    return rows, _label(catalogue, folder, nation, before)


def label_of(catalogue: Catalogue, folder: Path, nation: str, frozen: Path | None = None) -> Label:
    """The label of what a nation has submitted, without its rows."""
    before = _mark((frozen or folder) / _SUBMISSIONS / f"{nation}.csv")
    return _NOBODY if before is None else _label(catalogue, folder, nation, before)


def mark(folder: Path, nation: str, content: str, label: Label) -> None:
    """Gives a file of that content its label, before it is put in place; OSError where it can't."""
    path = _beside(folder, nation)
    kept = _read(path) or {}
    kept[_hash(content.encode())] = plain(label)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    new.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")
    new.replace(path)


def _label(catalogue: Catalogue, folder: Path, nation: str, digest: str) -> Label:
    kept = _read(_beside(folder, nation))
    if kept is None:
        return _NOBODY
    if digest not in kept:
        return own_label(catalogue, nation)
    return frozenset(frozenset(each) for each in kept[digest])


def _read(path: Path) -> _Kept | None:
    """What is kept of a nation's markings; None where it can't be read: it lets nobody through."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Kept)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError):
        return None


def _beside(folder: Path, nation: str) -> Path:
    return folder / _SUBMISSIONS / f"{nation}.marking.json"


def _mark(path: Path) -> str | None:
    try:
        return _hash(path.read_bytes())
    except FileNotFoundError:
        return None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
