"""What the joining of the rooms needs of reading, gathered in one place."""

from intendance.reading import VERSION, Document, Explanation, Reader
from intendance.reading._input import (
    Deadline,
    Limits,
    PassedOver,
    Piece,
    Skipped,
    Source,
    document_from_bytes,
    document_of,
    find_sources,
    holds_several,
    pieces_of,
    web_address,
)

__all__ = [
    "VERSION",
    "Deadline",
    "Document",
    "Explanation",
    "Limits",
    "PassedOver",
    "Piece",
    "Reader",
    "Skipped",
    "Source",
    "document_from_bytes",
    "document_of",
    "find_sources",
    "holds_several",
    "pieces_of",
    "web_address",
]
