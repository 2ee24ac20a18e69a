"""Quotes as W3C Web Annotations: each statement is one, its target the words in the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from intendance.exchange._export.words import row_of
from intendance.ledger import Sourced
from intendance.terms import Statement

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"

ROWS: Final = "http://tools.ietf.org/rfc/rfc7111"
"""Fragments of text/csv: rows are counted from 1, the headings' among them (RFC 7111)."""


def quote_annotations(statements: Iterable[Sourced], version: str) -> Iterator[dict[str, Any]]:
    """One annotation a statement (Web Annotation Data Model, 2017).

    The target's source is the report's address; its selectors are the quote with what stands
    around it and the offsets in the text that was read; of a row of a table its number.
    """
    for each in statements:
        said, report = each.corrected or each.statement, each.report
        target: dict[str, Any] = {
            "source": report.address,
            "selector": _selectors(said, row_of(said, report)),
        }
        if report.language != "und":
            target["language"] = report.language
        if report.terms:
            target["rights"] = report.terms
        made: dict[str, Any] = {
            "id": f"urn:intendance:statement:{said.id}",
            "type": "Annotation",
            "motivation": "describing",
            "generator": {"type": "Software", "name": f"Intendance {version}"},
            "body": {
                "type": "TextualBody",
                "format": "text/plain",
                "language": "en",
                "value": _summary(each),
            },
            "target": target,
        }
        if said.author:
            made["creator"] = {"type": "Person", "name": said.author}
        yield made


def page(items: list[dict[str, Any]]) -> dict[str, Any]:
    """All annotations as one collection with one page."""
    return {
        "@context": CONTEXT,
        "id": "urn:intendance:statements",
        "type": "AnnotationCollection",
        "label": "Statements",
        "total": len(items),
        "first": {
            "id": "urn:intendance:statements:1",
            "type": "AnnotationPage",
            "partOf": "urn:intendance:statements",
            "startIndex": 0,
            "items": items,
        },
    }


def _selectors(said: Statement, row: int | None) -> list[dict[str, Any]]:
    if row is not None:
        return [{"type": "FragmentSelector", "conformsTo": ROWS, "value": f"row={row}"}]
    return [
        {
            "type": "TextQuoteSelector",
            "exact": said.quote,
            "prefix": said.prefix,
            "suffix": said.suffix,
        },
        {"type": "TextPositionSelector", "start": said.start, "end": said.end},
    ]


def _summary(each: Sourced) -> str:
    said = each.corrected or each.statement
    quantity = said.quantity
    figure = (
        f"{quantity.low}" if quantity.low == quantity.high else f"{quantity.low}..{quantity.high}"
    )
    pieces = [
        said.act, said.certainty, "+".join(said.actors), figure if quantity.known else "",
        said.item or said.item_text, f"to {'+'.join(said.recipients)}" if said.recipients else "",
    ]  # fmt: skip
    summary = " ".join(piece for piece in pieces if piece)
    return f"{summary} ({each.commitment})" if each.commitment else summary
