"""The spares list and its curve, as rows."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from intendance.sustainment._arrays import Floats


class CurvePoint(msgspec.Struct, frozen=True):
    """One point of the curve: what was bought last, and what all spares bought so far give."""

    cost: float
    backorders: float
    availability: float
    part: str
    spares: int


class SpareToBuy(msgspec.Struct, frozen=True):
    """One line of the spares list: what to hold of a part at a place, and how many of it to buy."""

    part: str
    place: str
    held: int
    stock: int
    buy: int
    price: float
    cost: float


class Steps(msgspec.Struct, frozen=True):
    """The curve in arrays: step by step what is bought and what it brings; step 0 is no purchase.

    ``family``: the part fitted to a system that the step is for (-1 at step 0); ``choice``: the
    point of that part's own curve.
    """

    cost: Floats
    backorders: Floats
    availability: Floats
    family: NDArray[np.int64]
    choice: NDArray[np.int64]
