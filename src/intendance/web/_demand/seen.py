"""The rounds of demand as one reader sees them: made of the files that this one may see alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.planning import (
    AllottedRow,
    AskedRow,
    Demand,
    PooledRow,
    Round,
    read_book,
    read_round,
)
from intendance.planning._demand.book import asked_rows, shared_out
from intendance.terms import IntendanceError
from intendance.web._demand.markings import (
    group_of,
    label_of,
    own_label,
    round_label,
    submitted,
)
from intendance.web._failures import operators_folder
from intendance.web._markings import Label, sees, strictest
from intendance.web._users import User

if TYPE_CHECKING:
    from intendance.web._types import ViewContext

_SETTINGS: Final = "round.toml"
_BOOK: Final = "book"
_SUMMARY: Final = "book.json"
_NAME: Final = re.compile(r"[\w][\w.-]{0,99}")


class DemandRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round: who may ask for what, and of whom the reader knows that they have asked or not.

    ``closed`` is the day on which it was closed; None while it is open.
    """

    id: str
    name: str
    first_year: int
    years: int
    nations: tuple[str, ...]
    items: tuple[str, ...]
    rule: str
    whole: bool
    closed: str | None
    sent: tuple[str, ...]
    waiting: tuple[str, ...]


class DemandRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a nation asks for of an item in a year; ``id`` names it in its round."""

    id: str
    round: str
    nation: str
    item: str
    year: int
    firm: str
    likely: str
    optional: str
    funding: str
    priority: int
    variants: tuple[str, ...]
    caveats: str


class SeenRound(msgspec.Struct, frozen=True):
    """A round with the files that its reader sees, and each row made of them with its label.

    ``label`` is that of the round itself, ``files`` those of the nations' files; what is made of
    several has the strictest of all of them.
    """

    place: Path
    settings: Round
    about: DemandRound
    label: Label
    files: dict[str, Label]
    rows: dict[str, tuple[Demand, ...]]
    asked: tuple[AskedRow, ...]
    pooled: tuple[PooledRow, ...] = ()
    shares: tuple[AllottedRow, ...] = ()

    @property
    def all(self) -> Label:
        """The label of what is made of all its rows (W4)."""
        return strictest(self.files.values())

    def of_asked(self, row: AskedRow) -> Label:
        """The label of a nation's row: its file's."""
        return self.files[row.nation]

    def of_pooled(self, row: PooledRow) -> Label:
        """The label of a total: that of the files with rows in it."""
        return strictest(
            self.files[each.nation] for each in self.asked
            if each.year == row.year and row.item in (each.item, *each.variants)
        )  # fmt: skip


def rounds_seen(context: ViewContext) -> list[SeenRound]:
    """The rounds beside the plans that this reader may know of, by the names of their folders.

    Raises what ``read_round`` and ``read_book`` raise for what the reader may see.
    """
    folder = context.settings.plans
    if folder is None or not folder.is_dir():
        return []
    places = sorted(
        each for each in folder.iterdir()
        if _NAME.fullmatch(each.name) and (each / _SETTINGS).is_file()
    )  # fmt: skip
    catalogue, user = context.books.catalogue, context.user
    found: list[SeenRound] = []
    for each in places:
        with operators_folder(), named(each):
            found += _seen(catalogue, user, each)
    return found


def round_seen(context: ViewContext, id_: str) -> SeenRound:
    """The round of that folder; raises ``id.unknown``, the same for one that may not be seen."""
    for each in rounds_seen(context):
        if each.about.id == id_:
            return each
    raise IntendanceError(
        "id.unknown", expected="a round of demand", got=repr(id_[:60]), where="the address"
    )


@contextmanager
def named(place: Path) -> Iterator[None]:
    """Errors of a round's folder with the round called by its name: where it lies is nobody's
    business."""
    try:
        yield
    except IntendanceError as fault:
        held = fault.record()

        def said(words: str) -> str:
            return words.replace(f"{place}{os.sep}", "").replace(str(place), f"round {place.name}")

        raise IntendanceError(
            held.code, expected=said(held.expected), got=said(held.got), where=said(held.where),
            remedy=held.remedy,
        ) from None  # fmt: skip


def may_submit(catalogue: Catalogue, user: User, settings: Round) -> list[str]:
    """The nations of a round that a user may submit for: those that the user is of."""
    return [
        each for each in settings.nations
        if user.full or group_of(catalogue, each) in user.groups
    ]  # fmt: skip


def demand_rows(found: SeenRound) -> list[DemandRow]:
    """What the reader sees of what was asked."""
    return [
        DemandRow(
            id=f"{row.nation} {row.item} {row.year}",
            round=found.about.id,
            nation=row.nation,
            item=row.item,
            year=row.year,
            firm=f"{row.firm:f}",
            likely=f"{row.likely:f}",
            optional=f"{row.optional:f}",
            funding=row.funding,
            priority=row.priority,
            variants=row.variants,
            caveats=row.caveats,
        )
        for row in found.asked
    ]


def _seen(catalogue: Catalogue, user: User, place: Path) -> Iterator[SeenRound]:
    frozen = place / _BOOK if (place / _BOOK).is_dir() else None
    try:
        settings = read_round(frozen or place)
    except IntendanceError:
        # Of one whose nations can't be read it is not known who may see it.
        if user.full:
            raise
        return
    label, found = round_label(catalogue, settings), _files(catalogue, user, place, settings)
    # Its nations know of a round, and so does whoever sees what one of them asks for.
    if not sees(user, label):
        label = strictest(each for _, each in found.values())
    if found or sees(user, round_label(catalogue, settings)):
        yield _made(catalogue, user, place, settings, label, found)


def _files(
    catalogue: Catalogue, user: User, place: Path, settings: Round
) -> dict[str, tuple[tuple[Demand, ...], Label]]:
    frozen = place / _BOOK if (place / _BOOK).is_dir() else None
    found = {}
    for nation in settings.nations:
        # A file that the reader may not see is not opened: it is as one that there is not.
        if not sees(user, label_of(catalogue, place, nation, frozen)):
            continue
        held = submitted(catalogue, place, nation, frozen)
        if held is not None and sees(user, held[1]):
            found[nation] = held
    return found


def _made(
    catalogue: Catalogue,
    user: User,
    place: Path,
    settings: Round,
    label: Label,
    found: dict[str, tuple[tuple[Demand, ...], Label]],
) -> SeenRound:
    frozen = place / _BOOK if (place / _BOOK).is_dir() else None
    rows = {nation: held[0] for nation, held in found.items()}
    files = {nation: held[1] for nation, held in found.items()}
    about = DemandRound(
        id=place.name,
        closed=_closed(frozen),
        sent=tuple(files),
        waiting=tuple(_waiting(catalogue, user, settings, files)),
        **{name: getattr(settings, name) for name in Round.__struct_fields__},
    )
    made: dict[str, Any] = {"asked": asked_rows(rows)}
    if frozen is not None and user.full:
        # What industry is to deliver, and all that follows from it, is the round's keeper's.
        book = read_book(place)
        made = {"asked": book.asked, "pooled": book.demand, "shares": book.shares}
    elif frozen is not None:
        made["pooled"] = shared_out(settings, made["asked"], ())[0]
    return SeenRound(place, settings, about, label, files, rows, **made)


def _waiting(
    catalogue: Catalogue, user: User, settings: Round, files: Iterable[str]
) -> Iterator[str]:
    """Those without a file of whom the reader would, by default, see it if there were one."""
    for nation in settings.nations:
        if nation not in files and sees(user, own_label(catalogue, nation)):
            yield nation


def _closed(frozen: Path | None) -> str | None:
    if frozen is None:
        return None
    try:
        found = msgspec.json.decode((frozen / _SUMMARY).read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError):
        return ""
    return str(found.get("closed", ""))[:10]
