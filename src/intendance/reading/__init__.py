"""The reader: documents in, statements with exact quotes out (docs/reading.md)."""

from intendance.reading._input import Document
from intendance.reading._reader import VERSION, Reader

__all__ = ["VERSION", "Document", "Reader"]
