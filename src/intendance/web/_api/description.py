"""The description of the API, as OpenAPI."""

from __future__ import annotations

import msgspec

from intendance.web._types import One, ViewContext

__all__ = ["document"]


def document(context: ViewContext) -> One:
    """The OpenAPI document, which is made from the table of routes."""
    del context
    from intendance.web import _openapi

    return One(msgspec.Raw(_openapi.document()))
