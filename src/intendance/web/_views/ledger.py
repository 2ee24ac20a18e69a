"""The ledger: all commitments that a search lets through, and what can be chosen further."""

from __future__ import annotations

from typing import Any, Final

from intendance.ledger import Filter
from intendance.render import text
from intendance.terms import CERTAINTIES, STAGES, Commitment
from intendance.web._render import address_with
from intendance.web._shown import tabled
from intendance.web._types import Page, ViewContext
from intendance.web._views._cells import commitment_fields, names_of, witnesses_of
from intendance.web._views._facets import certainties_of, facets_of
from intendance.web._views._made import made_page

__all__ = ["page"]

_PAGE: Final = 50
_FILTER: Final = ("donor", "recipient", "item", "stage", "since", "until", "text")


def page(context: ViewContext, **asked: Any) -> Page:
    """The commitments of a search, a page of them at a time, with the facets beside them."""
    books, language = context.books, context.language
    as_of, recorded = asked.get("as_of"), asked.get("recorded")
    clocks = {"as_of": as_of, "recorded": recorded}
    fields: dict[str, Any] = {name: asked.get(name) for name in _FILTER}
    found = books.commitments(Filter(**fields), as_of, recorded)
    said = books.statements(as_of=as_of, recorded=recorded)
    certain: dict[str, str] = {each.id: each.certainty for each in said}
    found = [each for each in found if _passes(each, asked, certain)]
    found.sort(key=lambda each: (not each.live, each.general, -witnesses_of(each), each.id))
    number = max(1, asked.get("page") or 1)
    first = (number - 1) * _PAGE
    part = found if context.whole else found[first : first + _PAGE]
    both = tabled(
        context,
        text("pages.commitments", language),
        commitment_fields(context, **clocks),
        part,
        empty="none.commitments",
        most=_PAGE,
        as_of=clocks["as_of"],
    )
    given = {name: value for name, value in asked.items() if value not in (None, "", 1, False)}
    return made_page(
        "ledger.html",
        text("web.ledger", language),
        tables={"commitments": both},
        asked={**asked, **clocks},
        given=given,
        facets=facets_of(context, found, certain, given),
        total=len(found),
        first=first + 1,
        last=first + len(part),
        before=None if number == 1 else address_with("/ledger", **{**given, "page": number - 1}),
        after=(
            address_with("/ledger", **{**given, "page": number + 1})
            if first + _PAGE < len(found)
            else None
        ),
        stages=[(stage, names_of(context).word("stage", stage)) for stage in STAGES],
        certainties=[(one, names_of(context).word("certainty", one)) for one in CERTAINTIES],
    )


def _passes(each: Commitment, asked: dict[str, Any], certain: dict[str, str]) -> bool:
    """What the ledger's own filter does not ask."""
    if asked.get("certainty") and asked["certainty"] not in certainties_of(each, certain):
        return False
    if witnesses_of(each) < (asked.get("witnesses") or 0):
        return False
    kind = asked.get("candidates")
    return kind not in ("only", "none") or each.live is (kind == "none")
