"""Readings for the tests of the store: invented reports in plain sentences."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from intendance.terms import (
    UNKNOWN_TIME,
    Money,
    Reading,
    Report,
    Statement,
    TimeSpan,
    exactly,
    money,
    span_of,
    with_id,
)

READER, CATALOGUE = "reader-1", "catalogue-1"


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report_of(text: str, day: str | None = None, **fields) -> Report:
    published = UNKNOWN_TIME if day is None else span_of(day)
    hash_ = sha(text)
    known = {
        "kind": "article",
        "address": f"https://example.org/{hash_[:8]}",
        "raw_hash": sha("raw" + text + str(fields)),
        "publisher": "Example Courier",
        "language": "en",
    } | fields
    return Report(id="r" + hash_[:20], text_hash=hash_, published=published, **known)


def reading_of(
    sentences: Sequence[tuple[str, dict]],
    day: str | None = None,
    *,
    reader: str = READER,
    catalogue: str = CATALOGUE,
    filler: str = "",
    **fields,
) -> Reading:
    """A report of the sentences, each with the fields of its statement (none: no statement)."""
    text = filler + " ".join(sentence for sentence, _ in sentences)
    report = report_of(text, day, **fields)
    statements, at = [], len(filler)
    for sentence, said in sentences:
        start, end = at, at + len(sentence)
        at = end + 1
        if said:
            statements.append(
                with_id(
                    Statement(
                        report=report.id,
                        quote=sentence,
                        prefix=text[max(0, start - 32) : start],
                        suffix=text[end : end + 32],
                        start=start,
                        end=end,
                        rule="test",
                        language=report.language,
                        **said,
                    )
                )
            )
    return Reading(
        report=report, text=text, statements=tuple(statements), reader=reader, catalogue=catalogue
    )


def promise(donor: str, count: int | None, item: str, recipient: str = "UKR", **more) -> dict:
    quantity = {} if count is None else {"quantity": exactly(count)}
    return {
        "act": "promise", "certainty": "announced", "actors": (donor,), "item": item,
        "recipients": (recipient,), **quantity, **more,
    }  # fmt: skip


def deliver(donor: str, count: int | None, item: str, recipient: str = "UKR", **more) -> dict:
    return promise(donor, count, item, recipient) | {"act": "deliver", "certainty": "done"} | more


def euros(amount: str) -> Money:
    return money(exactly(Decimal(amount)), "EUR")


def one(sentence: str, said: dict, day: str | None = None, **more) -> Reading:
    return reading_of([(sentence, said)], day, **more)


DONORS = ("DEU", "FRA", "POL", "USA", "GBR", "NLD")
ITEMS = ("leopard-2a6", "leopard-2", "caesar", "155mm-shell", "patriot", "iris-t-slm")


def some_readings(count: int, seed: int = 1) -> list[Reading]:
    """Invented readings: a few statements each about few donors and items, some undated."""
    chance = random.Random(seed)
    readings = []
    for number in range(count):
        sentences = []
        for line in range(chance.randint(1, 3)):
            donor, item = chance.choice(DONORS), chance.choice(ITEMS)
            amount = chance.choice((None, 1, 2, 4, 10))
            make = chance.choice((promise, deliver))
            said = make(donor, amount, item)
            if chance.random() < 0.2:
                said["time"] = TimeSpan("2023-05-01", "2023-05-31", "in May")
            words = f"{donor} {said['act']} {amount} {item} ({number}.{line})."
            sentences.append((words, said))
        day = chance.choice((None, f"2023-0{chance.randint(1, 6)}-1{chance.randint(0, 9)}"))
        publisher = chance.choice(("Example Courier", "Daily Example", None))
        readings.append(reading_of(sentences, day, publisher=publisher))
    return readings


def again(reading: Reading, **fields) -> Reading:
    """The same reading with other fields of its own (reader, catalogue, statements)."""
    return msgspec.structs.replace(reading, **fields)


KILLED = 60
"""How many readings the process that is killed would add."""
