"""What people see of requests and offers."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.cli._forces.views import cell, forces_table
from intendance.forces import Match
from intendance.render import Language, Row, Table, interval_cell, text


def match_table(found: Sequence[Match], language: Language) -> Table:
    """Requests with what covers them and who could."""
    names = (
        "priority", "recipient", "item", "state", "requested", "covered", "left", "delivered",
        "holders", "request",
    )  # fmt: skip
    rows = [
        Row(
            (
                "" if each.priority is None else str(each.priority),
                each.recipient,
                each.item,
                text(f"forces.state-{each.state}", language),
                cell(each.requested, language),
                cell(each.covered, language),
                cell(each.left, language),
                cell(each.delivered, language),
                _holders(each, language),
                each.request[:10],
            )
        )
        for each in found
    ]
    return forces_table(names, rows, language)


def _holders(each: Match, language: Language) -> str:
    return ", ".join(
        f"{one.nation} {one.item} {interval_cell(one.above, language) if one.above.known else '?'}"
        for one in each.holders
    )
