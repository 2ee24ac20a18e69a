"""The OpenAPI 3.1 document of the API, made from the table of routes."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import msgspec

from intendance.ledger import (
    Brief,
    Overdue,
    Package,
    Programme,
    Proposal,
    Rejected,
    Supplied,
    Tombstone,
    Why,
)
from intendance.planning import AllottedRow, PooledRow
from intendance.render import text
from intendance.terms import (
    Commitment,
    Conflict,
    Decision,
    ErrorRecord,
    Reading,
    Report,
    Statement,
)
from intendance.web._accounts import Account, Token
from intendance.web._api.commitments import Counts, Facets
from intendance.web._api.office import Ended
from intendance.web._api.sources import ReportText
from intendance.web._api.supplied import KeptTable
from intendance.web._audit import Trace
from intendance.web._demand.seen import DemandRound, DemandRow
from intendance.web._desk import Outcome
from intendance.web._failures import statuses
from intendance.web._imports.changes import CommitmentChange
from intendance.web._imports.compared import RowChange
from intendance.web._imports.steps import ImportState
from intendance.web._known import Known
from intendance.web._routes import Parameter, Route, routes

TYPES: Final[dict[str, type]] = {
    each.__name__: each
    for each in (
        Account, Brief, Commitment, CommitmentChange, Conflict, Counts, Decision, Ended, Facets,
        ImportState, Known, Outcome, Overdue, Package, Programme, Proposal, Reading, Rejected,
        Report, ReportText, RowChange, Statement, Supplied, Token, Tombstone, Trace, Why,
        AllottedRow, DemandRound, DemandRow, KeptTable, PooledRow,
    )
}  # fmt: skip
"""What ``gives`` in the table of routes can name."""

_ALWAYS: Final = ("web.parameter", "ledger.locked", "ledger.full", "internal", "web.host")
_GUARDED: Final = ("web.signed-out", "web.forbidden")
_WRITES: Final = ("web.forgery", "web.too-large", "web.media-type", "web.slow", "web.key-reused")
_KINDS: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "day": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "moment": {"type": "string"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "choice": {"type": "string"},
    "json": {},
    "file": {"type": "string", "contentMediaType": "application/octet-stream"},
}


@cache
def document() -> bytes:
    """The document as JSON."""
    return msgspec.json.encode(described())


def described() -> dict[str, Any]:
    """The document."""
    _, schemas = msgspec.json.schema_components(
        [*TYPES.values(), ErrorRecord], ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, dict[str, Any]] = {}
    for each in routes():
        if each.kind == "api":
            paths.setdefault(each.path, {})[each.method.lower()] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Intendance",
            "version": version("intendance"),
            "description": "The ledger over HTTP: the same words and shapes as on the command line",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}, {"session": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "intendance_session"},
            },
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": route.name.removeprefix("api-"),
        "summary": text(route.text, "en"),
        "parameters": [_parameter(each) for each in route.parameters if each.place != "form"],
        "responses": _responses(route),
    }
    if route.method == "POST":
        made["parameters"].append(_KEY)
        made["requestBody"] = _body([each for each in route.parameters if each.place == "form"])
    return made


_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A request that is sent again with its key is done once and answered alike.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


def _parameter(each: Parameter) -> dict[str, Any]:
    return {
        "name": each.name,
        "in": each.place,
        "required": each.required,
        "description": each.about,
        "schema": _schema(each),
    }


def _schema(each: Parameter) -> dict[str, Any]:
    made = dict(_KINDS[each.kind])
    if each.kind == "whole":
        made |= {"minimum": each.least, "maximum": each.most}
    elif each.kind in ("text", "moment"):
        made |= {"maxLength": 200 if each.many else each.most, "minLength": int(each.required)}
    if each.choices:
        made["enum"] = list(each.choices)
    if each.default is not None:
        made["default"] = each.default
    if each.many:
        least = int(each.required)
        return {"type": "array", "items": made, "maxItems": each.most, "minItems": least}
    return made


def _body(fields: list[Parameter]) -> dict[str, Any]:
    """A JSON object, or a form with the same fields where files go along."""
    plain = [each for each in fields if each.kind != "file"]
    content = {"application/json": {"schema": _object(plain)}}
    if len(plain) < len(fields):
        content["multipart/form-data"] = {"schema": _object(fields)}
    return {"required": True, "content": content}


def _object(fields: list[Parameter]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {each.name: {**_schema(each), "description": each.about} for each in fields},
        "required": [each.name for each in fields if each.required],
        "additionalProperties": False,
    }


def _responses(route: Route) -> dict[str, Any]:
    good: dict[str, Any] = {"description": text(route.text, "en"), "content": _content(route)}
    if route.links:
        good["links"] = {
            link.route.removeprefix("api-"): {
                "operationId": link.route.removeprefix("api-"),
                "parameters": {link.parameter: link.value},
            }
            for link in route.links
        }
    made: dict[str, Any] = {str(route.status): good}
    if any(each.name == "dry" for each in route.parameters):
        made["200"] = {**good, "links": {}}
    for status in sorted(_failing(route)):
        made[str(status)] = _FAILURE
    return made


_FAILURE: Final = {
    "description": "What was expected, what was found, where, and what to do.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorRecord"}}},
}


def _content(route: Route) -> dict[str, Any]:
    if not route.gives:
        return {"application/json": {"schema": {"type": "object"}}}
    schema = {"$ref": f"#/components/schemas/{route.gives}"}
    if not route.many:
        return {"application/json": {"schema": schema}}
    page = {
        "type": "object",
        "properties": {
            "records": {"type": "array", "items": schema},
            "next": {"type": ["string", "null"]},
            "note": {"type": "string"},
        },
        "required": ["records", "next"],
    }
    return {
        "application/json": {"schema": page},
        "application/x-ndjson": {"schema": {"type": "string"}},
    }


def _failing(route: Route) -> set[int]:
    """The statuses that a route can fail with."""
    codes = {*_ALWAYS, *route.fails}
    if route.permission != "open":
        codes |= set(_GUARDED)
    if route.method == "POST":
        codes |= {*_WRITES, "web.body", "id.unknown", "statement.field"}
    names = {each.name for each in route.parameters}
    if re.search(r"\{\w+\}", route.path):
        codes.add("id.unknown")
    if names & {"donor", "cursor", "as_of", "day"}:
        codes |= {"filter.invalid", "web.cursor", "date.invalid"}
    if names & {"name", "within"}:
        codes.add("catalogue.unknown")
    known = statuses()
    return {422 if code.startswith("input.") else known[code] for code in codes}
