"""Tables with a schema: CSV, XLSX and Parquet to typed rows, and typed rows to CSV."""

from intendance.tables._limits import MAX_BYTES, MAX_CELL, MAX_CELLS
from intendance.tables._problem import FIRST_ROW, Problem, nearest, repeated
from intendance.tables._read import FORMATS, read_table
from intendance.tables._template import (
    ColumnText,
    TableText,
    table_texts,
    template_text,
    write_new,
)
from intendance.tables._write import write_csv
from intendance.tables._xlsx import read_cells, sheet_names

__all__ = [
    "FIRST_ROW",
    "FORMATS",
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_CELLS",
    "ColumnText",
    "Problem",
    "TableText",
    "nearest",
    "read_cells",
    "read_table",
    "repeated",
    "sheet_names",
    "table_texts",
    "template_text",
    "write_csv",
    "write_new",
]
