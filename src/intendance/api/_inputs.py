"""What the joining of the rooms needs of reading, gathered in one place."""

from intendance.reading import Document, Explanation, Reader
from intendance.reading._input import (
    Limits,
    Skipped,
    Source,
    document_from_bytes,
    find_sources,
    raw_hash,
    read_source,
    web_address,
)

__all__ = [
    "Document",
    "Explanation",
    "Limits",
    "Reader",
    "Skipped",
    "Source",
    "document_from_bytes",
    "find_sources",
    "raw_hash",
    "read_source",
    "web_address",
]
