"""A ledger of very many commitments: donors, recipients and kinds in every combination.

    python bench/_web_ledger.py DB COMMITMENTS SEED

bench/_generate.py grows denser with size (a million statements are about ninety thousand
commitments); here each commitment has donors, recipient and kind of its own, so that facets have as
many rows to count as there are commitments. One in four has a second statement of another report, a
contract or a delivery; one in fifty of those contradicts the first.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, Final

import msgspec

from intendance.catalogue import Catalogue, load_catalogue
from intendance.ledger import Ledger
from intendance.terms import Reading, Report, Statement, exactly, span_of, statement_id

_EACH: Final = 40
"""Statements of one report."""
_BATCH: Final = 400
_FIRST: Final = date(2022, 2, 24).toordinal()
_DAYS: Final = 1700
_LATER: Final = (("order", "done"), ("deliver", "done"), ("deliver", "announced"))


def readings(count: int, seed: int, catalogue: Catalogue) -> Iterator[Reading]:
    """Readings that come to about ``count`` commitments."""
    chance = random.Random(seed)
    nations = sorted(catalogue.nations)
    kinds = sorted(each for each in catalogue.kinds if catalogue.classes(each))
    weights = [1 / (at + 3) for at in range(len(nations))]
    known: set[tuple[tuple[str, ...], str, str]] = set()
    held: list[dict[str, Any]] = []
    number = 0
    while len(known) < count:
        donors = tuple(sorted(set(chance.choices(nations, weights, k=chance.choice((1, 1, 1, 2))))))
        key = (donors, chance.choice(nations), chance.choice(kinds))
        if key in known or key[1] in donors:
            continue
        known.add(key)
        day, amount = chance.randrange(_DAYS), chance.randint(1, 400)
        held.append(_fields(key, "promise", "announced", amount, day))
        if chance.random() < 0.25:
            act, sure = chance.choice(_LATER)
            less = amount if chance.random() < 0.98 else amount + 5
            held.append(_fields(key, act, sure, less, day + chance.randrange(1, 200)))
        while len(held) >= 3 * _EACH:
            chance.shuffle(held)
            number += 1
            yield _reading(number, held[:_EACH], chance)
            del held[:_EACH]
    yield _reading(number + 1, held, chance)


def _fields(key: Any, act: str, sure: str, amount: int, day: int) -> dict[str, Any]:
    donors, recipient, item = key
    return {
        "act": act, "certainty": sure, "actors": donors, "joint": len(donors) > 1,
        "recipients": (recipient,), "item": item, "quantity": exactly(amount),
        "time": span_of(date.fromordinal(_FIRST + day).isoformat()[:7]),
    }  # fmt: skip


def _reading(number: int, held: list[dict[str, Any]], chance: random.Random) -> Reading:
    quotes = [
        f"{'+'.join(each['actors'])} {each['act']} {each['quantity'].text} {each['item']} "
        f"{each['recipients'][0]} {chance.randrange(1_000_000)}."
        for each in held
    ]
    text = " ".join(quotes)
    hash_ = hashlib.sha256(text.encode()).hexdigest()
    day = date.fromordinal(_FIRST + chance.randrange(_DAYS)).isoformat()
    report = Report(
        id="r" + hash_[:20], kind="article", address=f"https://example.org/{number}",
        raw_hash=hashlib.sha256(f"raw {number}".encode()).hexdigest(), text_hash=hash_,
        publisher=f"Outlet {chance.randrange(50)}", published=span_of(day), date_from="text",
        language="en", title=f"Report {number}",
    )  # fmt: skip
    at, found = 0, []
    for quote, fields in zip(quotes, held, strict=True):
        said = Statement(
            report=report.id, quote=quote, start=at, end=at + len(quote), rule="bench",
            language="en", prefix=text[max(0, at - 32) : at],
            suffix=text[at + len(quote) : at + len(quote) + 32], **fields,
        )  # fmt: skip
        found.append(msgspec.structs.replace(said, id=statement_id(said)))
        at += len(quote) + 1
    return Reading(
        report=report, text=text, statements=tuple(found), reader="bench-1", catalogue="bench"
    )


def make(path: str, count: int, seed: int) -> dict[str, Any]:
    """Makes the ledger; gives its counts and the seconds taken."""
    start = time.monotonic()
    told = readings(count, seed, load_catalogue())
    with Ledger.open(path) as ledger:
        while part := list(islice(told, _BATCH)):
            ledger.add(part, fold=False)
        ledger.fold_everything(jobs=1)
        return {**ledger.counts(), "seconds": round(time.monotonic() - start, 1)}


if __name__ == "__main__":
    print(msgspec.json.encode(make(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))).decode())
