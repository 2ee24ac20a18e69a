"""Conflicts, decisions, packages, programmes and the like over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from intendance.ledger import Package, Programme, Proposal
from intendance.terms import Conflict, IntendanceError
from intendance.web._api.asked import filter_of, paged, sliced
from intendance.web._markings import EVERYBODY, Label
from intendance.web._types import Listing, One, ViewContext

__all__ = [
    "conflict", "conflicts", "decide", "decisions", "package", "packages", "programme",
    "programmes", "proposals", "tombstones", "undo",
]  # fmt: skip


def conflicts(context: ViewContext, settled: bool, **asked: Any) -> Listing:
    """Statements that can't all be true: both sides, with their witnesses."""
    books, wanted = context.books, filter_of(asked)
    names = ("donor", "recipient", "item", "stage", "since", "until", "text", "live")
    if asked["as_of"] or asked["recorded"] or any(asked[name] for name in names):
        found = books.conflicts(wanted, asked["as_of"], asked["recorded"])
        page = sliced([each for each in found if settled or each.settled_by is None])
    else:
        page = lambda after, limit: books.conflicts_after(after, limit, settled=settled)  # noqa: E731
    given = {**asked, "settled": settled}
    return paged(context, given, page, lambda rows: _conflict_labels(context, rows))


def conflict(context: ViewContext, id: str) -> One:  # noqa: A002
    """One conflict."""
    found = context.books.why(id)
    held = [each for each in found.conflicts if each.id == found.id]
    if found.kind != "conflict" or not held:
        raise _unknown("conflict", id)
    return One(held[0], label=_conflict_labels(context, held)[0])


def decisions(context: ViewContext, **asked: Any) -> Listing:
    """What analysts decided."""
    known = context.case.decisions
    return paged(
        context, asked, sliced(context.books.decisions()),
        lambda rows: [known.get(each.id, EVERYBODY) for each in rows],
    )  # fmt: skip


def decide(context: ViewContext, kind: Any, ids: list[str], value: Any, why: str) -> One:
    """Settles something: merge, split, prefer, retract, correct or grade."""
    if value is not None and not isinstance(value, str):
        value = msgspec.json.encode(value).decode()
    made = context.desk.decide(kind, ids, value, why)
    return One(made, 201, f"/api/v1/why/{made.id}")


def undo(context: ViewContext, id: str, why: str) -> One:  # noqa: A002
    """Lifts a decision; that is a decision too."""
    made = context.desk.undo(id, why)
    return One(made, 201, f"/api/v1/why/{made.id}")


def packages(context: ViewContext, **asked: Any) -> Listing:
    """What was announced together, with its total and its parts."""
    found = context.books.packages(filter_of(asked), asked["as_of"], asked["recorded"])
    return paged(context, asked, sliced(found), lambda rows: _statement_labels(context, rows))


def package(context: ViewContext, id: str) -> One:  # noqa: A002
    """One package."""
    found = context.books.why(id).package if id[:1] == "p" else None
    if found is None:
        raise _unknown("package", id)
    return One(found, label=_statement_labels(context, [found])[0])


def programmes(context: ViewContext, **asked: Any) -> Listing:
    """Plans, funds, alliances and forums, and what is linked to them."""
    found = context.books.programmes(asked["as_of"], asked["recorded"])
    return paged(context, asked, sliced(found), lambda rows: _statement_labels(context, rows))


def programme(context: ViewContext, id: str) -> One:  # noqa: A002
    """One programme."""
    found = [each for each in context.books.programmes() if each.id == id]
    if not found:
        raise _unknown("programme", id)
    return One(found[0], label=_statement_labels(context, found)[0])


def proposals(context: ViewContext, **asked: Any) -> Listing:
    """Pairs of reports that may be a text and its translation."""

    def name(each: Proposal) -> str:
        return f"{each.one} {each.other}"

    known = context.case.reports
    return paged(
        context, asked, sliced(context.books.proposals(), name),
        lambda rows: [known.get(e.one, EVERYBODY) | known.get(e.other, EVERYBODY) for e in rows],
        name,
    )  # fmt: skip


def tombstones(context: ViewContext, **asked: Any) -> Listing:
    """What was redacted: when, on what ground, and which figures it touched."""
    kept = dict(context.case.tombstones)
    found = [*context.books.tombstones(), *kept]
    labels = {each.id: label for each, label in kept.items()}
    if context.settings.auth and context.user.role != "administrator":
        found = [msgspec.structs.replace(each, by="administrator") for each in found]
    return paged(
        context, asked, sliced(found),
        lambda rows: [labels.get(each.id, EVERYBODY) for each in rows],
    )  # fmt: skip


def _conflict_labels(context: ViewContext, rows: Sequence[Conflict]) -> Sequence[Label]:
    said = ([one for side in each.sides for one in side.statements] for each in rows)
    return [context.case.label_of_statements(each) for each in said]


def _statement_labels(context: ViewContext, rows: Sequence[Package | Programme]) -> Sequence[Label]:
    return [context.case.label_of_statements(each.statements) for each in rows]


def _unknown(kind: str, id_: str) -> IntendanceError:
    return IntendanceError(
        "id.unknown", expected=f"the identifier of a {kind}", got=repr(id_[:60]),
        where="an identifier",
    )  # fmt: skip
