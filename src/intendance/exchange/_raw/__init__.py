"""Other people's tables as they come: encodings, delimiters, headings anywhere near the top."""

from intendance.exchange._raw.header import Headings, fold_name
from intendance.exchange._raw.sheet import Lines, Sheet, open_sheet
from intendance.exchange._raw.spill import Row, Spill

__all__ = ["Headings", "Lines", "Row", "Sheet", "Spill", "fold_name", "open_sheet"]
