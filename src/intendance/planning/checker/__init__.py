"""What checks a plan: every rule recomputed from rows, without the solver and without its matrix.

Nothing here is imported by, or imports, what builds or solves the model (an import contract holds
it): a mistake there can't hide here.
"""

from intendance.planning.checker._bound import certified_bound
from intendance.planning.checker._check import TOLERANCE, check_plan
from intendance.planning.checker._horizon import Horizon
from intendance.planning.checker._recount import Recount, recount

__all__ = [
    "TOLERANCE",
    "Horizon",
    "Recount",
    "certified_bound",
    "check_plan",
    "recount",
]
