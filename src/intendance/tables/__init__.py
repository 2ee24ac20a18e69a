"""Tables with a schema: CSV, XLSX and Parquet to typed rows, and typed rows to CSV."""

from intendance.tables._limits import MAX_BYTES, MAX_CELL, MAX_CELLS
from intendance.tables._read import FORMATS, read_table
from intendance.tables._write import write_csv
from intendance.tables._xlsx import read_cells, sheet_names

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_CELLS",
    "read_cells",
    "read_table",
    "sheet_names",
    "write_csv",
]
