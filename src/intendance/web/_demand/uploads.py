"""A nation's demand that was uploaded: checked against its round, compared, put into its folder."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import msgspec

from intendance.planning import Demand, read_round, submit_demand
from intendance.planning._demand.folder import still_open
from intendance.planning._demand.submit import demand_problems
from intendance.tables import write_csv
from intendance.terms import IntendanceError
from intendance.web._demand.markings import mark, own_label
from intendance.web._demand.seen import may_submit, named, round_seen
from intendance.web._markings import Label

if TYPE_CHECKING:
    from intendance.web._types import ViewContext

Row = dict[str, Any]

_LOCK: Final = threading.Lock()
"""One file at a time: its marking and its rows are two writes."""


class DemandFor(msgspec.Struct, frozen=True, kw_only=True):
    """The round and the nation that a file is for; ``own`` is the nation's own label.

    ``held`` are the rows that whoever uploads it sees of the file that it would take the place of.
    """

    round: str
    nation: str
    place: Path
    own: Label
    held: tuple[Row, ...]


def demand_for(context: ViewContext, round_: str | None, nation: str | None) -> DemandFor:
    """What a file of demand is for: a round that its sender sees, a nation that this one is of.

    Without ``nation`` the only one that it can be. Raises ``web.parameter`` where no round is
    named, ``id.unknown``, ``demand.nation`` or ``demand.closed``.
    """
    if not round_:
        raise IntendanceError(
            "web.parameter", expected="the round that the demand is for", got="none",
            where="'round'",
        )  # fmt: skip
    found = round_seen(context, round_)
    own = may_submit(context.books.catalogue, context.user, found.settings)
    chosen = nation or (own[0] if len(own) == 1 else "")
    if chosen not in own:
        raise IntendanceError(
            "demand.nation",
            expected="one of " + ", ".join(own) if own else "a user of one of its nations",
            got=repr(chosen[:60]), where=f"the round {found.settings.name}",
            remedy="Name a nation of the round that you are of.",
        )  # fmt: skip
    with named(found.place):
        still_open(found.place)
    return DemandFor(
        round=round_,
        nation=chosen,
        place=found.place,
        own=own_label(context.books.catalogue, chosen),
        held=msgspec.json.decode(
            msgspec.json.encode(found.rows.get(chosen, ())), type=tuple[Row, ...]
        ),
    )


def check_demand(place: Path, rows: Sequence[Row], where: str) -> None:
    """Raises ``demand.value`` for the first row that the round in ``place`` does not take."""
    with named(place):
        settings = read_round(place)
    for problem in demand_problems(settings, _typed(rows), where):
        raise problem.error()


def put(place: Path, nation: str, rows: Sequence[Row], label: Label | None) -> None:
    """Puts a nation's demand with its label, None for the nation's own, into a round's folder.

    Raises what ``submit_demand`` raises, and ``output.unwritable`` where it can't be written; then
    the nation's demand is what it was.
    """
    content = write_csv(_typed(rows), Demand)
    with _LOCK, named(place), TemporaryDirectory(prefix="intendance-demand-") as folder:
        file = Path(folder) / f"{nation}.csv"
        try:
            file.write_text(content, encoding="utf-8")
            still_open(place)
            if label is not None:
                mark(place, nation, content, label)
            submit_demand(place, nation, file)
        except OSError as fault:
            full = fault.errno == 28
            raise IntendanceError(
                "ledger.full" if full else "output.unwritable",
                expected="a folder of rounds that can be written to",
                got=fault.strerror or type(fault).__name__, where=f"the round {place.name}",
            ) from fault  # fmt: skip


def _typed(rows: Sequence[Row]) -> tuple[Demand, ...]:
    return tuple(msgspec.convert(list(rows), list[Demand], strict=False))
