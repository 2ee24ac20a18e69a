"""The room of readiness: fleets, failure and repair rates, spares; availability and what to buy."""

from intendance.sustainment._arrays import LARGEST
from intendance.sustainment._backorders import (
    negative_binomial_backorder_variance,
    negative_binomial_backorders,
    poisson_backorder_variance,
    poisson_backorders,
    poisson_fill_rate,
    poisson_probability,
)
from intendance.sustainment._two_echelon import METHODS, Method, TwoEchelon, two_echelon

__all__ = [
    "LARGEST",
    "METHODS",
    "Method",
    "TwoEchelon",
    "negative_binomial_backorder_variance",
    "negative_binomial_backorders",
    "poisson_backorder_variance",
    "poisson_backorders",
    "poisson_fill_rate",
    "poisson_probability",
    "two_echelon",
]
