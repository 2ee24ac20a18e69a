"""Framework contracts and orders as OCDS 1.1 releases.

A framework and each of its orders are contracting processes of their own. The framework's ceiling
stands once, as the value of its tender (the most that may be called); only orders have contracts
with a value, so that the sum over all contracts is what was firmly ordered. An order names its
framework as a related process.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._export.words import words_of
from intendance.ledger import Extract, Sourced
from intendance.terms import Commitment, Money, StageState, Statement

OCID_PREFIX: Final = "intendance"
"""Before the identifiers of processes; publishers put their registered prefix there."""

Object = dict[str, Any]


class Process(msgspec.Struct):
    """A commitment under contract, with the statements that say so."""

    commitment: Commitment
    state: StageState
    framework: bool
    statements: list[Sourced]


def release_package(
    extract: Extract, catalogue: Catalogue, *, prefix: str, language: str, day: str
) -> Object:
    """An OCDS 1.1 release package; ``day`` is the day of the export (ISO 8601).

    A release carries the date on which the last of its statements was published; where none of
    them has one, the day of the export, which is when it was first published in this form.
    """
    maker = _Releases(catalogue, prefix, language, day)
    return {
        "uri": f"urn:intendance:ocds:{prefix}",
        "version": "1.1",
        "publishedDate": _instant(day),
        "publisher": {"name": "Intendance"},
        "releases": [maker.release(each) for each in processes(extract)],
    }


def processes(extract: Extract) -> list[Process]:
    """The commitments with a framework contract or an order that is said to be concluded."""
    by_id: dict[str, list[Sourced]] = {}
    for held in extract.statements:
        if held.commitment is not None:
            by_id.setdefault(held.commitment, []).append(held)
    found = []
    for each in extract.commitments:
        state = each.stages.get("contracted")
        mine = [e for e in by_id.get(each.id, []) if _now(e).act in ("frame", "order")]
        if state is not None and mine and each.live:
            framework = any(_now(e).act == "frame" for e in mine)
            found.append(Process(each, state, framework, mine))
    return found


class _Releases:
    def __init__(self, catalogue: Catalogue, prefix: str, language: str, day: str) -> None:
        self._catalogue = catalogue
        self._prefix = prefix
        self._language = language
        self._day = day

    def release(self, each: Process) -> Object:
        """One release of one process."""
        commitment = each.commitment
        days = [e.report.published.end for e in each.statements if e.report.published.end]
        when = max(days, default=self._day)
        buyers = [self._reference(actor) for actor in commitment.donors]
        made: Object = {
            "ocid": self._ocid(commitment.id),
            "id": f"{commitment.id}-{when}",
            "date": _instant(when),
            "tag": ["contract"],
            "initiationType": "tender",
            "language": self._language,
            "parties": self._parties(commitment),
            **({"buyer": buyers[0]} if len(buyers) == 1 else {}),
            "tender": self._tender(each),
            "awards": [self._award(each)],
            "contracts": [self._contract(each)],
        }
        if commitment.framework is not None:
            made["relatedProcesses"] = [
                {
                    "id": "1",
                    "relationship": ["framework"],
                    "scheme": "ocid",
                    "identifier": self._ocid(commitment.framework),
                }
            ]
        return made

    def _ocid(self, id_: str) -> str:
        return f"{self._prefix}-{id_}"

    def _name(self, id_: str) -> str:
        return self._catalogue.label(id_, self._language)

    def _reference(self, actor: str) -> Object:
        return {"id": actor, "name": self._name(actor)}

    def _parties(self, each: Commitment) -> list[Object]:
        roles: dict[str, list[str]] = {}
        named = (
            ("buyer", each.donors),
            ("funder", each.financed_by),
            ("supplier", suppliers(each)),
            ("interestedParty", tuple((each.recipient or "").split("+"))),
        )
        for role, actors in named:
            for actor in actors:
                if actor:
                    roles.setdefault(actor, []).append(role)
        return [{**self._reference(actor), "roles": found} for actor, found in roles.items()]

    def _tender(self, each: Process) -> Object:
        made: Object = {"id": f"{each.commitment.id}-tender", "title": self._title(each.commitment)}
        if each.framework:
            made["procurementMethodDetails"] = "framework agreement"
            ceiling = value_of(each.state.money)
            if ceiling is not None:
                made["value"] = ceiling
            made["items"] = [self._item(each)]
        return made

    def _award(self, each: Process) -> Object:
        found = suppliers(each.commitment)
        made: Object = {"id": f"{each.commitment.id}-award", "status": "active"}
        if found:
            made["suppliers"] = [self._reference(actor) for actor in found]
        return made

    def _contract(self, each: Process) -> Object:
        commitment, time = each.commitment, each.state.time
        made: Object = {
            "id": f"{commitment.id}-contract",
            "awardID": f"{commitment.id}-award",
            "title": self._title(commitment),
            "status": "active",
            "documents": [_document(one) for one in each.statements],
        }
        if time.start and time.start == time.end:
            made["dateSigned"] = _instant(time.start)
        if not each.framework:
            made["items"] = [self._item(each)]
            value = value_of(each.state.money)
            if value is not None:
                made["value"] = value
        return made

    def _title(self, each: Commitment) -> str:
        donors = ", ".join(self._name(actor) for actor in each.donors)
        return f"{self._name(each.item) if each.item else '?'} ({donors})"

    def _item(self, each: Process) -> Object:
        item, quantity = each.commitment.item, each.state.quantity
        made: Object = {"id": "1", "description": self._name(item) if item else "?"}
        if item is not None:
            made["classification"] = {
                "scheme": "x_intendance", "id": item, "description": self._name(item)
            }  # fmt: skip
            kind = self._catalogue.kinds.get(item)
            if kind is not None and kind.unit:
                made["unit"] = {"name": kind.unit}
        if quantity.low is not None and quantity.low == quantity.high:
            made["quantity"] = quantity.low
        elif quantity.known:
            ends = ("?" if end is None else str(end) for end in (quantity.low, quantity.high))
            made["description"] += f" ({'–'.join(ends)})"
        return made


def suppliers(each: Commitment) -> tuple[str, ...]:
    """Who supplies or makes, each once."""
    return tuple(dict.fromkeys((*each.supplied_by, *each.made_by)))


def value_of(money: Iterable[Money]) -> Object | None:
    """The one exact amount, where there is one; a value has no interval and one currency."""
    found = [each for each in money if each.low is not None and each.low == each.high]
    if len(found) != 1 or found[0].low is None:
        return None
    return {"amount": _number(found[0].low), "currency": found[0].currency}


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def _document(each: Sourced) -> Object:
    report, said = each.report, _now(each)
    terms = f" [{report.terms}]" if report.terms else ""
    made: Object = {"id": said.id, "description": words_of(said, report) + terms}
    if report.title:
        made["title"] = report.title
    if "://" in report.address:
        made["url"] = report.address
    if report.published.start and report.published.start == report.published.end:
        made["datePublished"] = _instant(report.published.start)
    if report.language != "und":
        made["language"] = report.language
    return made


def _now(each: Sourced) -> Statement:
    return each.corrected or each.statement


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"
