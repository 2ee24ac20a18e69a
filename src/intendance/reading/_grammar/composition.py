"""From event, mode and negation to act, certainty and polarity (composition.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, NamedTuple, cast

from intendance.terms import Act, Certainty, Polarity


class Saying(NamedTuple):
    """What a predicate amounts to."""

    act: Act
    certainty: Certainty
    polarity: Polarity


@cache
def _tables() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("composition.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def compose(event: str, mode: str, negated: bool) -> Saying | None:
    """Act, certainty and polarity of an event; None where the composition says nothing certain."""
    tables = _tables()
    act = tables["event"].get(event)
    if act is None:
        return None
    family = {"deliver": "deliver", "receive": "receive"}.get(act)
    if family is not None:
        table = tables[family]
        row = table["negative"].get(mode) if negated else table.get(mode)
        if row is None:
            return None
        polarity = "negative" if row[1] == "denied" else "positive"
        return Saying(cast(Act, row[0]), cast(Certainty, row[1]), cast(Polarity, polarity))
    certainty = tables["other"].get(mode)
    if certainty is None:
        return None
    if mode == "request" and act in ("order", "produce", "expand", "train", "finance", "replace"):
        return Saying("request", "announced", "positive")
    if mode == "need":
        return Saying("need", "announced", "positive")
    if negated or certainty == "denied":
        return Saying(cast(Act, act), "denied", "negative")
    return Saying(cast(Act, act), cast(Certainty, certainty), "positive")
