"""Ties between the statements of one report: backfills, parts of a framework, conditions."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._statements import Draft
from intendance.terms import Link, Statement

_REPLACED_WITHIN: Final = 2
"""Sentences within which a gift is said to replace something, or an order to belong to a whole."""


def link_statements(
    catalogue: Catalogue, drafts: list[Draft], statements: list[Statement]
) -> list[Statement]:
    """The statements with their links; a link never changes a statement's identifier."""
    linked: list[Statement] = []
    for place, (draft, statement) in enumerate(zip(drafts, statements, strict=True)):
        links: list[Link] = []
        if draft.claim.replaces is not None:
            links.extend(_backfilled(catalogue, draft, statements))
        links.extend(_freed_after(drafts, statements, place))
        if draft.claim.part_of_previous:
            whole = _whole(drafts, statements, place)
            if whole is not None:
                links.append(Link("part_of", whole.id))
        linked.append(
            msgspec.structs.replace(statement, links=tuple(links)) if links else statement
        )
    return linked


def _backfilled(catalogue: Catalogue, draft: Draft, statements: list[Statement]) -> list[Link]:
    """The transfers that a replacement makes possible: the owner gives away what is replaced."""
    old = draft.claim.replaces
    if old is None or old.item is None:
        return []
    item = old.item
    found = [
        each
        for each in statements
        if each.act in ("promise", "deliver", "plan", "consider", "receive")
        and each.item is not None
        and (catalogue.specialises(each.item, item) or catalogue.specialises(item, each.item))
        and set(each.actors) & set(draft.claim.replaced_owner)
    ]
    return [Link("backfills", each.id) for each in found]


def _freed_after(drafts: list[Draft], statements: list[Statement], place: int) -> list[Link]:
    """What a gift frees, where the next sentences say that it replaces what its recipient gave."""
    gift = statements[place]
    if gift.act not in ("deliver", "promise", "receive", "backfill"):
        return []
    return [
        Link("backfills", statements[other].id)
        for other, draft in enumerate(drafts)
        if draft.claim.freed
        and other != place
        and 0 <= draft.sentence - drafts[place].sentence <= _REPLACED_WITHIN
        and set(statements[other].actors) & set(gift.recipients)
    ]


def _whole(drafts: list[Draft], statements: list[Statement], place: int) -> Statement | None:
    """The statement that names a framework or a larger whole, here or in the sentences before."""
    draft = drafts[place]
    for other in range(len(drafts) - 1, -1, -1):
        if other == place or drafts[other].sentence != draft.sentence:
            continue
        if statements[other].act == "frame" or (
            drafts[other].first < draft.first and statements[other].money is not None
        ):
            return statements[other]
    for other in range(place - 1, -1, -1):
        if draft.sentence - drafts[other].sentence > _REPLACED_WITHIN:
            break
        if statements[other].act == "frame":
            return statements[other]
    return None
