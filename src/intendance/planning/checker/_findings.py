"""What the checker has found so far, and how large a difference must be to be a violation."""

from __future__ import annotations

import math

from intendance.planning._plan import Violation

TOLERANCE = 1e-6
"""A difference counts from this share of the larger of 1 and the figures compared."""


class Findings:
    """Collects violations; ``worst`` is the largest scaled difference seen, broken or not."""

    def __init__(self) -> None:
        self.violations: list[Violation] = []
        self.worst = 0.0

    def equal(self, rule: str, where: str, got: float, wanted: float, what: str) -> None:
        """``got`` must be ``wanted``."""
        self._judge(
            rule, where, got, wanted, abs(got - wanted), f"{what} is {got:g}, not {wanted:g}"
        )

    def least(self, rule: str, where: str, got: float, limit: float, what: str) -> None:
        """``got`` must not be below ``limit``."""
        self._judge(rule, where, got, limit, limit - got, f"{what} is {got:g}, below {limit:g}")

    def most(self, rule: str, where: str, got: float, limit: float, what: str) -> None:
        """``got`` must not be above ``limit``."""
        self._judge(rule, where, got, limit, got - limit, f"{what} is {got:g}, above {limit:g}")

    def wrong(self, rule: str, where: str, text: str) -> None:
        """Something that no tolerance excuses: an unknown name, a forbidden transfer."""
        self.worst = math.inf
        self.violations.append(Violation(rule=rule, where=where, amount=math.inf, text=text))

    def _judge(
        self, rule: str, where: str, got: float, limit: float, over: float, text: str
    ) -> None:
        if not math.isfinite(got):
            self.wrong(rule, where, text)
            return
        scaled = over / max(1.0, abs(got), abs(limit) if math.isfinite(limit) else 1.0)
        self.worst = max(self.worst, scaled)
        if scaled > TOLERANCE:
            self.violations.append(Violation(rule=rule, where=where, amount=over, text=text))
