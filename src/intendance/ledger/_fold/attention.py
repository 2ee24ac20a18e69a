"""How much a deal is spoken of at a day: what tells which of several deals is meant (rule 5)."""

from __future__ import annotations

from typing import Final

from intendance.ledger._fold.vocabulary import BLOCK_RULES

NEWS: Final = BLOCK_RULES.package_days
"""Days that are added to a deal's age when it is asked which one is promised again: the first
week is all one announcement."""

PROGRESS_NEWS: Final = BLOCK_RULES.tranche_days
"""The same when it is asked which deal something came of; the first month is all one."""

LONG: Final = 8000
"""Days after which nobody speaks of a deal any more."""

FADED: Final = tuple(10**18 // max(1, age) ** 3 for age in range(LONG))
"""The square of what is left of the attention for something so many days old, in whole numbers, so
that every machine finds the same deal.

What is said of an event falls with a power of its age: by 1.4 where it came from outside and was
not passed on for its own sake (R. Crane and D. Sornette, "Robust dynamic classes revealed by
measuring the response function of a social system", 2008); here it is 1.5: whole numbers do.
"""
