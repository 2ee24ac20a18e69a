"""What a view is given and what it gives: the seam between the server and the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from intendance.render import Language, text
from intendance.web._markings import EVERYBODY, Label
from intendance.web._settings import Settings
from intendance.web._users import User

if TYPE_CHECKING:
    from intendance.api import Books
    from intendance.web._desk import Desk
    from intendance.web._office import Office
    from intendance.web._projection import Projection
    from intendance.web._queue import Queued
    from intendance.web._shelf import Case


@dataclass(frozen=True)
class TableColumn:
    """One column: the name in files, the heading for people, the unit where there is one."""

    name: str
    title: str
    unit: str = ""


@dataclass(frozen=True)
class TableData:
    """One table of a page, also at ``<address>/<name>.csv``, ``.json`` and ``.metadata.json``.

    ``rows`` are structs or mappings that hold the columns by name; with ``context.whole`` a view
    gives all rows (an iterator will do), else those that the page shows. ``as_of`` is an ISO day,
    ``source`` says where the rows come from, ``terms`` on which terms they may be used.
    """

    title: str
    columns: Sequence[TableColumn]
    rows: Iterable[Mapping[str, Any] | msgspec.Struct]
    source: str = ""
    as_of: str | None = None
    terms: str = ""


@dataclass(frozen=True)
class ChartSpec:
    """One chart: a Vega-Lite specification without its data, and the table that it draws.

    Also at ``<address>/<name>.svg``, and its table as any table of the page.
    """

    title: str
    spec: Mapping[str, Any]
    table: TableData
    caveat: str = ""


@dataclass(frozen=True)
class Page:
    """A page before it is rendered: a template, what it says, its tables and charts by name.

    ``status`` is that of the answer; ``headers`` are added to it; ``label`` is what it shows
    carries beside the markings of the reader's ledger.
    """

    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, TableData] = field(default_factory=dict)
    charts: Mapping[str, ChartSpec] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    label: Label = EVERYBODY


@dataclass(frozen=True)
class Redirect:
    """What a form gives when it is done: the browser goes on to ``to`` (303).

    ``cookies`` are set on the way; an empty value takes one back.
    """

    to: str
    cookies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """Records for the API: a page of them or, with ``stream``, all.

    ``next`` is the cursor of the page after this one; None on the last. ``labels`` gives the
    markings of some of the records; None where there are none to give.
    """

    records: Iterable[msgspec.Struct]
    next: str | None = None
    stream: bool = False
    labels: Callable[[Sequence[Any]], Sequence[Label]] | None = None


@dataclass(frozen=True)
class One:
    """One record for the API. ``status`` is 201 where it was made; ``label`` is its marking."""

    record: Any
    status: int = 200
    location: str | None = None
    label: Label | None = None


@dataclass(frozen=True)
class Upload:
    """A file that came with a form."""

    name: str
    content: bytes
    kind: str = ""


@dataclass(frozen=True)
class ViewContext:
    """What a view works on.

    ``books`` hold only what this reader may see; so does ``projection``. ``desk`` takes what the
    reader writes. ``whole`` is true where all rows of a table are wanted, for a file; ``address``
    is the path and query of the request; ``csrf`` the token that every form carries as the field
    ``csrf``; ``note`` the key of the note that every total carries for a reader without full
    clearance, else None. ``today`` is the day in UTC; ``office`` manages users and the like.
    """

    books: Books
    user: User
    language: Language
    settings: Settings
    route: str
    address: str
    csrf: str
    today: date
    case: Case
    desk: Desk
    office: Office
    whole: bool = False
    note: str | None = None
    last_visit: str | None = None

    @property
    def note_words(self) -> str | None:
        """The words of ``note`` in the language of the API."""
        return None if self.note is None else text(self.note, "en")

    @property
    def projection(self) -> Projection:
        """The columns of all commitments, in step with the ledger, for facets and totals."""
        return self.case.keeper.current()

    @property
    def queue(self) -> Sequence[Queued]:
        """All conflicts in the order in which they are worked off, in step with the ledger."""
        return self.case.queue.current()


View = Callable[..., Page | Redirect | Listing | One]
