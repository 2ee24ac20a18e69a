"""The pure fold of the ledger: evidence and decisions in, commitments and conflicts out."""

from intendance.ledger._fold.block import block_key
from intendance.ledger._fold.corrections import apply_corrections, check_correction
from intendance.ledger._fold.evidence import Evidence, FoldCatalogue, Folded
from intendance.ledger._fold.fold import fold_all, fold_block, fold_rows, rows_in_order
from intendance.ledger._fold.packed import in_order, mark, pack, unpack
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.witness import witness_key

__all__ = [
    "Evidence",
    "FoldCatalogue",
    "Folded",
    "Row",
    "apply_corrections",
    "block_key",
    "check_correction",
    "fold_all",
    "fold_block",
    "fold_rows",
    "in_order",
    "mark",
    "pack",
    "rows_in_order",
    "unpack",
    "witness_key",
]
