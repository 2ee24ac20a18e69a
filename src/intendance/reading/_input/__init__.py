"""Reports as files, pages and bytes, made into documents: text, metadata, what to pass over."""

from intendance.reading._input.boilerplate import boilerplate
from intendance.reading._input.dates import leading_date, parse_date
from intendance.reading._input.document import (
    Document,
    document_from_bytes,
    language_of,
    load_document,
    read_source,
)
from intendance.reading._input.language import detect_language, possible_languages
from intendance.reading._input.limits import DEFAULT_LIMITS, Deadline, Limits
from intendance.reading._input.metadata import web_address
from intendance.reading._input.paths import Skipped, Source, find_sources
from intendance.reading._input.piece import PassedOver, Piece, document_of
from intendance.reading._input.pieces import holds_several, pieces_of
from intendance.reading._input.raw import raw_hash

__all__ = [
    "DEFAULT_LIMITS",
    "Deadline",
    "Document",
    "Limits",
    "PassedOver",
    "Piece",
    "Skipped",
    "Source",
    "boilerplate",
    "detect_language",
    "document_from_bytes",
    "document_of",
    "find_sources",
    "holds_several",
    "language_of",
    "leading_date",
    "load_document",
    "parse_date",
    "pieces_of",
    "possible_languages",
    "raw_hash",
    "read_source",
    "web_address",
]
