"""One item at a depot and the units that it serves: exact, METRIC and VARI-METRIC."""

from __future__ import annotations

from typing import Final, Literal, get_args

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from intendance.sustainment._arrays import Floats, checked, wrong
from intendance.sustainment._exact import unit_backorders
from intendance.sustainment._moments import moments

Method = Literal["exact", "metric", "vari-metric"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)
MOST_UNITS: Final = 1_000_000


class TwoEchelon(msgspec.Struct, frozen=True):
    """Back-orders of one item at a depot and its units, and the method that they were found by.

    ``backorders`` is the total over the units, ``by_unit`` each unit's; ``pipelines`` and
    ``variances`` are mean and variance of what each unit has outstanding (METRIC takes the mean for
    the variance). ``depot_backorders`` are what the depot owes, ``depot_pipeline`` what it repairs.
    """

    method: Method
    backorders: float
    by_unit: tuple[float, ...]
    pipelines: tuple[float, ...]
    variances: tuple[float, ...]
    depot_backorders: float
    depot_variance: float
    depot_pipeline: float

    def __float__(self) -> float:
        return self.backorders


def two_echelon(
    bases: int | None = None,
    demand: ArrayLike = 0.0,
    depot_repair: float = 0.0,
    shipping: ArrayLike = 0.0,
    depot_stock: int = 0,
    base_stock: ArrayLike = 0,
    method: Method = "vari-metric",
) -> TwoEchelon:
    """Expected back-orders of one item that a depot repairs for ``bases`` units.

    ``demand``: failures in a unit of time, Poisson, at each base; ``depot_repair``: mean time of
    repair, transport to the depot within it; ``shipping``: the fixed time from depot to base, both
    in that unit of time; ``depot_stock`` and ``base_stock``: spares. Of ``demand``, ``shipping``
    and ``base_stock`` each is one number for all bases or one a base; ``bases`` may then be left
    out. Methods, all with one-for-one orders, first come first served:

    - ``exact``: the binomial split of the depot's back-orders (Graves, *Management Science* 31,
      1985), no approximation;
    - ``metric``: what a base has outstanding is taken as Poisson (Sherbrooke, *Operations
      Research* 16, 1968);
    - ``vari-metric``: as negative binomial of the right mean and variance (Graves 1985;
      Sherbrooke, *Operations Research* 34, 1986).

    Raises IntendanceError ``sustainment.value``, and ``sustainment.too-large`` where the exact
    method would need too many points of probability.
    """
    if method not in METHODS:
        raise wrong("one of " + ", ".join(METHODS), repr(method), "method")
    rates, times, spares = _per_base(bases, demand, shipping, base_stock)
    repair = float(_single("depot_repair", depot_repair))
    held = float(_single("depot_stock", depot_stock, whole=True))
    total = float(rates.sum())
    pipeline = total * repair
    checked("demand x depot_repair", pipeline)
    owed, owed_variance = (
        float(each) for each in moments(np.asarray(pipeline), np.asarray(0.0), np.asarray(held))
    )
    shares = rates / total if total else np.zeros(rates.shape)
    own = checked("demand x shipping", rates * times)
    means = own + shares * owed
    variances = own + split_variance(shares, owed, owed_variance)
    if method == "exact":
        found = _exact(pipeline, held, shares, own, spares)
    else:
        fitted = means if method == "metric" else variances
        found = moments(means, excess(means, fitted), spares)[0]
    shown = means if method == "metric" else variances
    return TwoEchelon(
        method=method,
        backorders=float(found.sum()),
        by_unit=tuple(found.tolist()),
        pipelines=tuple(means.tolist()),
        variances=tuple(shown.tolist()),
        depot_backorders=owed,
        depot_variance=owed_variance,
        depot_pipeline=pipeline,
    )


def split_variance(shares: Floats, owed: float | Floats, variance: float | Floats) -> Floats:
    """Variance of one unit's part of the depot's back-orders: f (1 - f) E B + f² Var B."""
    return np.asarray(shares * (1 - shares) * owed + shares * shares * variance)


def excess(mean: Floats, variance: Floats) -> Floats:
    """Variance over mean, less 1, never under 0: Poisson where the variance is no larger."""
    ratio = np.divide(variance, mean, out=np.ones(np.shape(mean)), where=mean > 0)
    return np.asarray(np.maximum(ratio - 1, 0.0))


def _exact(pipeline: float, held: float, shares: Floats, own: Floats, spares: Floats) -> Floats:
    seen: dict[tuple[float, float, float], float] = {}
    found = np.zeros(shares.shape)
    for at, key in enumerate(zip(shares.tolist(), own.tolist(), spares.tolist(), strict=True)):
        if key not in seen:
            seen[key] = unit_backorders(pipeline, held, *key)[0]
        found[at] = seen[key]
    return found


def _per_base(
    bases: int | None, demand: ArrayLike, shipping: ArrayLike, base_stock: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    given = {
        "demand": checked("demand", demand),
        "shipping": checked("shipping", shipping),
        "base_stock": checked("base_stock", base_stock, whole=True),
    }
    lengths = {name: each.size for name, each in given.items() if each.ndim}
    count = next(iter(lengths.values()), 1) if bases is None else bases
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_UNITS:
        raise wrong(f"a whole number from 1 to {MOST_UNITS}", repr(bases), "bases")
    for name, each in given.items():
        if each.ndim > 1 or (each.ndim and each.size != count):
            raise wrong(f"one number, or {count}", f"an array of shape {each.shape}", name)
    rates, times, spares = (np.broadcast_to(each, (count,)).copy() for each in given.values())
    return rates, times, spares


def _single(name: str, value: ArrayLike, *, whole: bool = False) -> Floats:
    found = checked(name, value, whole=whole)
    if found.ndim:
        raise wrong("one number", f"an array of shape {found.shape}", name)
    return found
