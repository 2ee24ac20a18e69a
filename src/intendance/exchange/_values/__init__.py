"""Cells that people filled in: dates and numbers as intervals, nothing guessed."""

from intendance.exchange._values.dates import Wording, parse_date
from intendance.exchange._values.figures import Around, parse_figure
from intendance.exchange._values.numbers import parse_number, whole_number

__all__ = ["Around", "Wording", "parse_date", "parse_figure", "parse_number", "whole_number"]
