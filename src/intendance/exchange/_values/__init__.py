"""Cells that people filled in: dates and numbers as intervals, nothing guessed."""

from intendance.exchange._values.dates import Wording, parse_date
from intendance.exchange._values.numbers import parse_number

__all__ = ["Wording", "parse_date", "parse_number"]
