"""From claims to statements: what the text supplies, the live gate, and the quote."""

from intendance.reading._statements.draft import Draft, near_swaps
from intendance.reading._statements.making import CONTEXT, make
from intendance.reading._statements.packages import pack
from intendance.reading._statements.resolution import resolve
from intendance.reading._statements.retraction import take_back

__all__ = ["CONTEXT", "Draft", "make", "near_swaps", "pack", "resolve", "take_back"]
