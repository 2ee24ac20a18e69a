"""The pure fold of the ledger: evidence and decisions in, commitments and conflicts out."""

from intendance.ledger._fold.block import block_key
from intendance.ledger._fold.corrections import apply_corrections, check_correction
from intendance.ledger._fold.evidence import Evidence, FoldCatalogue, Folded
from intendance.ledger._fold.fold import fold_all, fold_block
from intendance.ledger._fold.witness import witness_key

__all__ = [
    "Evidence",
    "FoldCatalogue",
    "Folded",
    "apply_corrections",
    "block_key",
    "check_correction",
    "fold_all",
    "fold_block",
    "witness_key",
]
