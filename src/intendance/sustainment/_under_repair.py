"""What "a third is under repair at any time" says about repair and operating times."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from intendance.sustainment._arrays import checked, wrong


class RepairTimes(msgspec.Struct, frozen=True):
    """For one mean operating time, the mean repair times that the share allows; None: no end."""

    operating: float
    repair_low: float
    repair_high: float | None


class UnderRepair(msgspec.Struct, frozen=True):
    """The set of mean repair and operating times consistent with a share under repair.

    ``ratio_low`` and ``ratio_high`` bound repair over operating time; None: no end. ``times`` are
    points of the set's edges.
    """

    share_low: float
    share_high: float
    ratio_low: float
    ratio_high: float | None
    times: tuple[RepairTimes, ...]

    def allows(self, operating: float, repair: float) -> bool:
        """Whether the set holds these mean times."""
        least = self.ratio_low * operating
        most = None if self.ratio_high is None else self.ratio_high * operating
        return least <= repair and (most is None or repair <= most)


def under_repair(
    low: float, high: float | None = None, operating: Sequence[float] = ()
) -> UnderRepair:
    """What a share under repair between ``low`` and ``high`` (0 to 1) says.

    In the long run a system is in repair for the share R / (R + O) of its time, with mean repair
    time R and mean operating time O between repairs, whatever their distributions (renewal reward;
    Barlow and Proschan, *Mathematical Theory of Reliability*, 1965). So R / O = p / (1 - p): only
    the ratio is bounded. Each of ``operating`` (days or any unit) gives one row of ``times``.

    Raises IntendanceError ``sustainment.value``.
    """
    first = float(checked("low", low, most=1.0))
    last = first if high is None else float(checked("high", high, most=1.0))
    if last < first:
        raise wrong(f"a share of at least {first:g}", f"{last:g}", "high")
    ratio, most = _ratio(first), _ratio(last)
    if ratio is None:
        raise wrong("a share under 1: some time must be left to operate", f"{first:g}", "low")
    each = [float(checked("operating", one)) for one in operating]
    return UnderRepair(
        share_low=first,
        share_high=last,
        ratio_low=ratio,
        ratio_high=most,
        times=tuple(
            RepairTimes(one, ratio * one, None if most is None else most * one) for one in each
        ),
    )


def _ratio(share: float) -> float | None:
    return None if share >= 1 else share / (1 - share)
