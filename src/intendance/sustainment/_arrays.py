"""Numbers that the user gives, as checked arrays; the libraries that the whole room stands on."""

from __future__ import annotations

from typing import Final, TypeAlias

from intendance.terms import IntendanceError

try:
    import numpy as np
    import scipy.special  # noqa: F401  # asked for here, so that its lack is told once
    from numpy.typing import ArrayLike, NDArray
except ImportError as fault:  # pragma: no cover - a process without them is tested
    raise IntendanceError(
        "sustainment.extra-missing",
        expected="NumPy and SciPy, to work out readiness",
        got=f"no {fault.name}",
        where="the installed packages",
    ) from fault

Floats: TypeAlias = NDArray[np.float64]
LARGEST: Final = 1e15
"""No pipeline, rate, time or stock may be larger: whole numbers stay exact in floats."""


def checked(name: str, value: ArrayLike, *, whole: bool = False, most: float = LARGEST) -> Floats:
    """``value`` as an array of floats from 0 to ``most``.

    Raises IntendanceError ``sustainment.value`` that names ``name`` and the first wrong entry.
    """
    kind = "a whole number" if whole else "a number"
    expected = f"{kind} from 0 to {most:g}"
    try:
        given = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise wrong(expected, repr(value)[:80], name) from None
    good = (given >= 0) & (given <= most)
    if whole:
        good &= given == np.floor(given)
    if not good.all():
        at = tuple(int(each) for each in np.argwhere(~good)[0])
        place = f"{name}[{', '.join(map(str, at))}]" if at else name
        raise wrong(expected, f"{given[at]:g}", place)
    return given


def wrong(expected: str, got: str, where: str) -> IntendanceError:
    """A value that can't be."""
    return IntendanceError("sustainment.value", expected=expected, got=got, where=where)


def plain(found: Floats) -> float | Floats:
    """A single number as a float, more as they are."""
    return float(found) if found.ndim == 0 else found
