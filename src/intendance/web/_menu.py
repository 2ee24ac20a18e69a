"""The menu: the pages that this reader can go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intendance.render import text
from intendance.web._routes import routes
from intendance.web._types import ViewContext
from intendance.web._users import allowed

_ORDER: Final = (
    "overview", "ledger", "conflicts", "reports", "programmes", "nations", "air-defence",
    "interoperability", "readiness", "match", "plans", "add", "decisions",
)  # fmt: skip

_UNDER: Final = {
    "add-job": "add",
    "commitment": "ledger",
    "conflict": "conflicts",
    "decision": "decisions",
    "nation": "nations",
    "package": "programmes",
    "plan": "plans",
    "plan-compare": "plans",
    "programme": "programmes",
    "report": "reports",
    "statement": "reports",
}
"""The entry that a page stands under, where it has none of its own."""


@dataclass(frozen=True)
class Item:
    """One entry: where it leads, what it is called, whether it is where the reader is."""

    address: str
    title: str
    here: bool


def menu(context: ViewContext) -> list[Item]:
    """The entries for which there is a route that the reader may use."""
    held = {each.name: each for each in routes()}
    found = []
    for name in _ORDER:
        route = held.get(name)
        if route is None or not allowed(route.permission, context.user.role):
            continue
        here = name in (context.route, _UNDER.get(context.route))
        found.append(Item(route.path, text(route.text, context.language), here))
    return found
