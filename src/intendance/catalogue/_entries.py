"""The tables of the catalogue as types: one struct a table, fields as in the TOML files.

Which table a field refers to stands beside it as ``refers("class", ...)``; docs/catalogue.md tells
users the same.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal, cast

import msgspec

from intendance.catalogue._brackets import base_form

Language = Literal["en", "fr", "de", "uk", "pl"]
Feature = Literal["name", "adjective", "demonym", "metonym"]
Standard = Literal["nato", "soviet", "own"]
Range = Literal["very-short", "short", "medium", "long"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr", "de", "uk", "pl")
ANY: Final = "*"
"""The language of a form that counts in every language."""

DESIGNATED: Final = ("kind", "maker", "official", "outlet")
"""Tables whose entries bear one name everywhere: their English names that begin with a capital or
hold a digit (``Leopard 2``, ``155mm shell``) count in every language."""

NAME_FIELDS: Final = (*LANGUAGES, "names", "weak")
FEATURE_FIELDS: Final = ("adjective", "demonym", "metonym")

Patterns = tuple[str, ...]
ByLanguage = dict[Language, Patterns]


def refers(*tables: str) -> msgspec.Meta:
    """Mark a field as holding identifiers of entries of ``tables``."""
    return msgspec.Meta(extra={"tables": tables})


Nations = Annotated[tuple[str, ...], refers("nation")]
Makers = Annotated[tuple[str, ...], refers("maker")]
Items = Annotated[tuple[str, ...], refers("kind", "class")]
Parties = Annotated[tuple[str, ...], refers("nation", "organisation", "collective", "maker")]
SupplyClass = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2}([0-9]{2})?$")]
"""A group or class of the Federal Supply Classification."""

Calibre = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+([.][0-9]+)?(x[0-9]+)?mm$")]
"""``155mm``, ``5.56x45mm``."""

Month = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$")]
OneNation = Annotated[str, refers("nation")]


class Entry(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"everywhere": "names"},
):
    """What every entry has: an identifier and names as patterns (see _brackets), best name first.

    ``everywhere`` (``names`` in the file) holds names that are the same in every language;
    ``weak`` names that are also ordinary words or other things: they count only where something
    near them supports the reading.
    ``source`` tells where a fact of this entry comes from, if not from its file's sources.
    """

    table: ClassVar[str] = ""

    id: str
    en: Patterns = ()
    fr: Patterns = ()
    de: Patterns = ()
    uk: Patterns = ()
    pl: Patterns = ()
    everywhere: Patterns = ()
    weak: Patterns = ()
    source: str | None = None

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """The names by language, in their base forms; ``*`` for those of every language."""
        found = {language: self.patterns(language) for language in (*LANGUAGES, ANY)}
        return {
            language: tuple(base_form(pattern) for pattern in patterns)
            for language, patterns in found.items()
            if patterns
        }

    def patterns(self, language: str, feature: Feature = "name") -> Patterns:
        """The patterns of one language (``*``: every language) and feature, as in the file."""
        if feature == "name":
            found: Patterns = getattr(self, "everywhere" if language == ANY else language)
            return found
        by_language: dict[str, Patterns] = getattr(self, feature, {})
        return by_language.get(language, ())


class Class(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A class of equipment or services; ``within`` is the wider class."""

    table: ClassVar[str] = "class"
    within: Annotated[str, refers("class")] | None = None
    fsc: SupplyClass | None = None
    unit: str | None = None


class Kind(
    Entry, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"class_": "class"}
):
    """A kind of equipment or a service (rule 6: only kinds specialise)."""

    table: ClassVar[str] = "kind"
    class_: Annotated[str, refers("class")]
    specialises: Annotated[str, refers("kind")] | None = None
    fsc: SupplyClass | None = None
    unit: str | None = None
    standard: Standard | None = None
    calibre: Calibre | None = None
    takes: Items = ()
    replaces: Items = ()
    range: Range | None = None
    against: Annotated[tuple[str, ...], refers("class")] = ()
    makers: Makers = ()
    nation: OneNation | None = None


class Nation(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A nation; the identifier is its ISO 3166-1 alpha-3 code, or XKX."""

    table: ClassVar[str] = "nation"
    adjective: ByLanguage = {}
    demonym: ByLanguage = {}
    metonym: ByLanguage = {}
    alliances: Annotated[tuple[str, ...], refers("organisation")] = ()
    standard: Standard | None = None


class Organisation(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An alliance, union, agency, fund, ministry and the like."""

    table: ClassVar[str] = "organisation"
    kind: Literal[
        "agency", "alliance", "company", "fund", "group", "institution", "ministry", "union"
    ]
    nation: OneNation | None = None
    adjective: ByLanguage = {}
    metonym: ByLanguage = {}
    buys_for: Annotated[str, refers("collective")] | None = None


class Collective(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nations that a text names as one; ``members`` only where they are fixed."""

    table: ClassVar[str] = "collective"
    members: Nations = ()


class Programme(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A plan, fund, coalition, forum or framework; ``parties`` run, lead or founded it."""

    table: ClassVar[str] = "programme"
    kind: Literal["alliance", "coalition", "forum", "framework", "fund", "initiative", "plan"]
    parties: Parties = ()


class Maker(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A company that makes equipment."""

    table: ClassVar[str] = "maker"
    nation: OneNation | None = None


class Official(
    Entry,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"for_": "for", "start": "from", "end": "to"},
):
    """A public office-holder or named spokesperson, and whom they speak ``for``.

    ``start`` and ``end`` (``from`` and ``to`` in the file) are the months, or years, of taking and
    leaving office. Who held two offices has two entries.
    """

    table: ClassVar[str] = "official"
    for_: Annotated[str, refers("nation", "organisation", "maker")]
    office: str
    start: Month | None = None
    end: Month | None = None


class Office(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office without its holder; ``public`` where its holders are named in the ledger."""

    table: ClassVar[str] = "office"
    public: bool


class Outlet(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A newspaper, broadcaster or agency that reports cite."""

    table: ClassVar[str] = "outlet"
    nation: OneNation | None = None


class Place(Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sea or region, or the towns of a nation, which stand for that nation and nothing finer."""

    table: ClassVar[str] = "place"
    kind: Literal["continent", "region", "sea", "town"]
    nation: OneNation | None = None


TABLES: Final[dict[str, type[Entry]]] = {
    struct.table: struct
    for struct in (
        Class, Kind, Nation, Organisation, Collective, Programme, Maker, Official, Office, Outlet,
        Place,
    )
}  # fmt: skip
"""The struct of each table, by the table's name."""


def _references() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for table, struct in TABLES.items():
        fields = cast("msgspec.inspect.StructType", msgspec.inspect.type_info(struct)).fields
        tables = {field.name: _tables_of(field.type) for field in fields}
        found[table] = {name: wanted for name, wanted in tables.items() if wanted}
    return found


def _tables_of(kind: msgspec.inspect.Type) -> tuple[str, ...]:
    if isinstance(kind, msgspec.inspect.Metadata):
        return tuple((kind.extra or {}).get("tables", ()))
    if isinstance(kind, msgspec.inspect.UnionType):
        return next((found for one in kind.types if (found := _tables_of(one))), ())
    return ()


REFERENCES: Final[dict[str, dict[str, tuple[str, ...]]]] = _references()
"""By table and field: the tables that the field's identifiers must stand in."""
