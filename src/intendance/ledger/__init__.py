"""The ledger: who promised, ordered and delivered what, in a database (docs/storage.md)."""

from intendance.ledger._appearances import Excerpt
from intendance.ledger._archive import Appearance, Archive, ReadingRecord, Told
from intendance.ledger._brief import Backfill, Brief, Framework, Line, Quote, Tally
from intendance.ledger._cited import cited_as
from intendance.ledger._extract import Crossing, Extract
from intendance.ledger._fold import unit_family
from intendance.ledger._ledger import Ledger
from intendance.ledger._replica import Preview
from intendance.ledger._settled import TRANSLATION
from intendance.ledger._types import (
    Added,
    Assumption,
    Figure,
    Filter,
    Overdue,
    Package,
    Programme,
    Projected,
    Proposal,
    Rejected,
    Sourced,
    Supplied,
    Tombstone,
    Verification,
    Version,
    Why,
)
from intendance.ledger._why import assumptions

__all__ = [
    "TRANSLATION",
    "Added",
    "Appearance",
    "Archive",
    "Assumption",
    "Backfill",
    "Brief",
    "Crossing",
    "Excerpt",
    "Extract",
    "Figure",
    "Filter",
    "Framework",
    "Ledger",
    "Line",
    "Overdue",
    "Package",
    "Preview",
    "Programme",
    "Projected",
    "Proposal",
    "Quote",
    "ReadingRecord",
    "Rejected",
    "Sourced",
    "Supplied",
    "Tally",
    "Told",
    "Tombstone",
    "Verification",
    "Version",
    "Why",
    "assumptions",
    "cited_as",
    "unit_family",
]
