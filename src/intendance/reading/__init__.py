"""The reader: documents in, statements with exact quotes out (docs/reading.md)."""

from intendance.reading._input import Document
from intendance.reading._reader import VERSION, Reader
from intendance.reading._watch import Explanation, Passage

__all__ = ["VERSION", "Document", "Explanation", "Passage", "Reader"]
