"""Framework contracts and orders as OCDS 1.1 releases.

A framework and each of its orders are contracting processes of their own. The framework's ceiling
stands once, as the value of its tender (the most that may be called); only orders have contracts
with a value, so that the sum over all contracts is what was firmly ordered. An order names its
framework as a related process.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import quote

import msgspec

from intendance.catalogue import Catalogue
from intendance.exchange._export.amounts import Object, ends_of, worth
from intendance.exchange._export.words import words_of
from intendance.ledger import Extract, Sourced
from intendance.terms import (
    Commitment,
    IntendanceError,
    StageState,
    Statement,
)

OCID_PREFIX: Final = "intendance"
"""Before the identifiers of processes; publishers put their registered prefix there."""

_CAME: Final = ("deliver", "receive")
_PREFIX: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_ADDRESS: Final = re.compile(r"https?://", re.IGNORECASE)
_URI: Final = ":/?#[]@!$&'()*+,;=%-._~"
"""What may stand in an address as it is (RFC 3986), beside letters and digits."""


class Process(msgspec.Struct):
    """A commitment under contract, with the statements that say so."""

    commitment: Commitment
    state: StageState
    framework: bool
    statements: list[Sourced]
    deliveries: list[Sourced]


def release_package(
    extract: Extract, catalogue: Catalogue, *, prefix: str, language: str, day: str
) -> Object:
    """An OCDS 1.1 release package; ``day`` is the day of the export (ISO 8601).

    A release carries the date on which the last of its statements was published; where none of
    them has one, the day of the export, which is when it was first published in this form. Its
    identifier names what it says: another content, another release.

    Raises IntendanceError ``setting.invalid`` for a prefix that no address can hold.
    """
    if _PREFIX.fullmatch(prefix) is None:
        raise IntendanceError(
            "setting.invalid",
            expected="letters, digits and hyphens between them, as in ocds-a1b2c3",
            got=repr(prefix),
            where="export ocds, --ocid-prefix",
        )
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
            came = [] if framework else [e for e in by_id[each.id] if _now(e).act in _CAME]
            found.append(Process(each, state, framework, mine, came))
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
        told = (e.report.published.end for e in (*each.statements, *each.deliveries))
        when = max(filter(None, told), default=self._day)
        buyers = [self._reference(actor) for actor in commitment.donors]
        contract = self._contract(each)
        made: Object = {
            "ocid": self._ocid(commitment.id),
            "id": "",
            "date": _instant(when),
            "tag": ["contract", *(["implementation"] if "implementation" in contract else [])],
            "initiationType": "tender",
            "language": self._language,
            "parties": self._parties(commitment),
            **({"buyer": buyers[0]} if len(buyers) == 1 else {}),
            "tender": self._tender(each),
            "awards": [self._award(each)],
            "contracts": [contract],
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
        content = hashlib.sha256(msgspec.json.encode(made)).hexdigest()[:12]
        return made | {"id": f"{commitment.id}-{when}-{content}"}

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
            made |= worth(each.state.money)
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
            made |= worth(each.state.money)
        delivered = commitment.stages.get("delivered")
        if delivered is not None and not each.framework:
            made["implementation"] = {
                "milestones": [self._delivery(each, delivered)],
                "documents": [_document(one) for one in each.deliveries],
            }
        return made

    def _delivery(self, each: Process, delivered: StageState) -> Object:
        """What came of an order so far; it is met once all that was ordered is surely there."""
        came, ordered = delivered.quantity, each.state.quantity
        whole = came.low is not None and ordered.high is not None and came.low >= ordered.high
        name = self._name(each.commitment.item) if each.commitment.item else "?"
        made: Object = {
            "id": f"{each.commitment.id}-delivery",
            "type": "delivery",
            "title": name,
            "description": f"{name}: {ends_of(came)} / {ends_of(ordered)}",
            "status": "met" if whole else "partiallyMet",
        }
        time = delivered.time
        if whole and time.start and time.start == time.end:
            made["dateMet"] = _instant(time.start)
        elif time.text:
            made["description"] += f" ({time.text})"
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
        if quantity.known and quantity.exact is None:
            made["description"] += f" ({ends_of(quantity)})"
        return made


def suppliers(each: Commitment) -> tuple[str, ...]:
    """Who supplies or makes, each once."""
    return tuple(dict.fromkeys((*each.supplied_by, *each.made_by)))


def _document(each: Sourced) -> Object:
    report, said = each.report, _now(each)
    terms = f" [{report.terms}]" if report.terms else ""
    made: Object = {"id": said.id, "description": words_of(said, report) + terms}
    if report.title:
        made["title"] = report.title
    if _ADDRESS.match(report.address):
        made["url"] = quote(report.address, safe=_URI)
    if report.published.start and report.published.start == report.published.end:
        made["datePublished"] = _instant(report.published.start)
    if report.language != "und":
        made["language"] = report.language
    return made


def _now(each: Sourced) -> Statement:
    return each.corrected or each.statement


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"
