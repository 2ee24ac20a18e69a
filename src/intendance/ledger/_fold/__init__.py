"""The pure fold of the ledger: evidence and decisions in, commitments and conflicts out."""

from intendance.ledger._fold.again import Again, Asking, fold_again, placing_of, state_of
from intendance.ledger._fold.block import block_key
from intendance.ledger._fold.corrections import apply_corrections, check_correction
from intendance.ledger._fold.evidence import Evidence, FoldCatalogue, Folded
from intendance.ledger._fold.fold import fold_all, fold_block, fold_rows, rows_in_order
from intendance.ledger._fold.packed import (
    Placing,
    pack_placing,
    pack_rows,
    pack_sketches,
    stamp,
    unpack_placing,
    unpack_rows,
    unpack_sketches,
)
from intendance.ledger._fold.rows import Row
from intendance.ledger._fold.sketch import sketch_of
from intendance.ledger._fold.vocabulary import unit_family
from intendance.ledger._fold.witness import outlet_of, witness_key

__all__ = [
    "Again",
    "Asking",
    "Evidence",
    "FoldCatalogue",
    "Folded",
    "Placing",
    "Row",
    "apply_corrections",
    "block_key",
    "check_correction",
    "fold_again",
    "fold_all",
    "fold_block",
    "fold_rows",
    "outlet_of",
    "pack_placing",
    "pack_rows",
    "pack_sketches",
    "placing_of",
    "rows_in_order",
    "sketch_of",
    "stamp",
    "state_of",
    "unit_family",
    "unpack_placing",
    "unpack_rows",
    "unpack_sketches",
    "witness_key",
]
