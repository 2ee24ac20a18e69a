"""The ledger: all commitments that a search lets through, and what can be chosen further."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from intendance.ledger import Filter
from intendance.render import text
from intendance.terms import CERTAINTIES, STAGES, Commitment
from intendance.web._projection import Query
from intendance.web._render import address_with
from intendance.web._shown import Both, tabled
from intendance.web._types import Page, ViewContext
from intendance.web._views._cells import commitment_fields, names_of, witnesses_of
from intendance.web._views._facets import Facet, certainties_of, facets_counted, facets_of
from intendance.web._views._large import is_large
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
    if not fields["text"] and (not (as_of or recorded) or is_large(context)):
        return _counted(context, asked)
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
    facets = facets_of(context, found, certain, given)
    return _made(context, asked, given, both, facets, len(found), number, len(part))


def _made(
    context: ViewContext, asked: dict[str, Any], given: dict[str, Any], both: Both,
    facets: list[Facet], total: int, number: int, shown: int,
) -> Page:  # fmt: skip
    first = (number - 1) * _PAGE
    last = first + _PAGE >= total
    clocks = {"as_of": asked.get("as_of"), "recorded": asked.get("recorded")}
    return made_page(
        "ledger.html",
        text("web.ledger", context.language),
        tables={"commitments": both},
        asked={**asked, **clocks},
        given=given,
        facets=facets,
        total=total,
        first=first + 1,
        last=first + shown,
        before=None if number == 1 else address_with("/ledger", **{**given, "page": number - 1}),
        after=None if last else address_with("/ledger", **{**given, "page": number + 1}),
        stages=[(stage, names_of(context).word("stage", stage)) for stage in STAGES],
        certainties=[(one, names_of(context).word("certainty", one)) for one in CERTAINTIES],
    )


def _counted(context: ViewContext, asked: dict[str, Any]) -> Page:
    """The same from the projection: as quick on a million commitments.

    Of a past day it counts what was spoken of by then, and folds the page that is shown.
    """
    as_of, recorded = asked.get("as_of"), asked.get("recorded")
    chosen = context.projection.select(query_of(asked, as_of))
    number = max(1, asked.get("page") or 1)
    first = (number - 1) * _PAGE

    def rows() -> Iterator[Commitment]:
        at, last = (0, chosen.total) if context.whole else (first, first + _PAGE)
        while at < last:
            ids = chosen.part(at, _PAGE * 10 if context.whole else _PAGE)
            at += len(ids) or last
            if as_of or recorded:
                yield from context.books.then(ids, as_of, recorded)
            else:
                yield from context.books.bare(ids)

    both = tabled(
        context, text("pages.commitments", context.language),
        commitment_fields(context, as_of=as_of, recorded=recorded), rows(),
        empty="none.commitments", most=_PAGE, as_of=as_of,
    )  # fmt: skip
    given = {name: value for name, value in asked.items() if value not in (None, "", 1, False)}
    facets = facets_counted(context, chosen, given)
    return _made(context, asked, given, both, facets, chosen.total, number, len(both.shown.rows))


def query_of(asked: dict[str, Any], as_of: str | None) -> Query:
    """The search as a query of the projection."""
    until = min(filter(None, (asked.get("until"), as_of)), default=None)
    return Query(
        donor=asked.get("donor"), recipient=asked.get("recipient"), item=asked.get("item"),
        stage=asked.get("stage"), certainty=asked.get("certainty"),
        witnesses=asked.get("witnesses"), since=asked.get("since"), until=until,
        candidates=asked.get("candidates") != "none", inferred=asked.get("candidates") == "only",
    )  # fmt: skip


def _passes(each: Commitment, asked: dict[str, Any], certain: dict[str, str]) -> bool:
    """What the ledger's own filter does not ask."""
    if asked.get("certainty") and asked["certainty"] not in certainties_of(each, certain):
        return False
    if witnesses_of(each) < (asked.get("witnesses") or 0):
        return False
    kind = asked.get("candidates")
    return kind not in ("only", "none") or each.live is (kind == "none")
