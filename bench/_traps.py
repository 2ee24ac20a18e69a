"""Facts that a text takes back, and figures that count nothing given: what a reader makes of them.

A dead fact is *grave* where a live statement of giving with its item, actor and quantity overlaps
it and is not denied; one marked conditional, hearsay or alleged is told apart. A statement that
is right about a claim beside the dead fact is no such statement. A figure that counts nothing is
*taken* where a statement over it has it as quantity or money, and no claim there has it, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from _judge import GIVING, Judge, denies, plain
from _passages import Claim, Dead, Figure

from intendance.terms import Statement

Judged = tuple[Claim, frozenset[str]]
"""A claim that a statement overlaps, and the fields in which they agree."""

HEARD = ("conditional", "hearsay", "alleged")
FACT = frozenset(("act", "actor", "item", "quantity"))
SCALES = (1, 1000, 10**6, 10**9)

WORDS = {
    1: "one un une ein eine один одна jeden jedna",
    2: "two deux zwei два дві dwa dwie pair",
    3: "three trois drei три trzy",
    4: "four quatre vier чотири cztery",
    5: "five cinq funf п'ять piec",
    6: "six sechs шість szesc",
    7: "seven sept sieben сім siedem",
    8: "eight huit acht вісім osiem",
    9: "nine neuf neun дев'ять dziewiec",
    10: "ten dix zehn десять dziesiec",
    11: "eleven onze elf",
    12: "twelve douze zwolf dozen douzaine",
    15: "fifteen quinze",
    17: "seventeen",
    18: "eighteen dix-huit",
    20: "twenty vingt zwanzig",
    24: "vingt-quatre twenty-four",
    30: "thirty trente dreissig",
    36: "trente-six thirty-six",
    40: "forty quarante vierzig",
    42: "quarante-deux forty-two",
    47: "forty-seven",
    60: "sixty soixante sechzig",
    100: "hundred cent centaine hundert",
    300: "trois-cents",
}
VALUES = {word: Decimal(value) for value, words in WORDS.items() for word in words.split()}


def numbers(text: str) -> set[Decimal]:
    """The values that a figure may have: digits with signs between them count both ways."""
    if not re.search(r"\d", text):
        said = plain(text)
        words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", said)
        return {VALUES[word] for word in words if word in VALUES} | (
            {Decimal(300)} if "trois cents" in said else set()
        )
    found = set()
    for each in re.findall(r"\d[\d\s.,]*\d|\d", text):
        found.add(Decimal(re.sub(r"[\s.,]", "", each)))
        fraction = re.sub(r"\s", "", each).replace(",", ".")
        if fraction.count(".") <= 1:
            found.add(Decimal(fraction))
    return found


def revived(
    judge: Judge, fact: Dead, said: Statement, judged: Sequence[Judged]
) -> Literal["grave", "conditional", ""]:
    """Whether a statement says a dead fact."""
    apart = min(fact.end, said.end) <= max(fact.start, said.start)
    if apart or not said.live or said.act not in GIVING or denies(said):
        return ""
    if not _same(judge, fact, said) or any(_excused(fact, *each) for each in judged):
        return ""
    return "conditional" if said.certainty in HEARD else "grave"


def _same(judge: Judge, fact: Dead, said: Statement) -> bool:
    """Whether item, actor and quantity may be the dead fact's; what is not said may be."""
    if fact.item and said.item and not _near(judge, fact.item, said.item):
        return False
    if fact.actors and not judge.nations(fact.actors) & judge.nations(said.actors):
        return False
    low, high = said.quantity.low, said.quantity.high
    if fact.quantity is None or (low is None and high is None):
        return True
    return low == fact.quantity[0] or high == fact.quantity[1]


def _near(judge: Judge, one: str, other: str) -> bool:
    catalogue = judge.catalogue
    return one == other or any(
        catalogue.specialises(*pair) or catalogue.includes(*pair)
        for pair in ((one, other), (other, one))
    )


def _excused(fact: Dead, claim: Claim, fields: frozenset[str]) -> bool:
    """Whether the statement is right about a claim that is not the dead fact."""
    if not fields >= FACT or claim.certainty in ("denied", "conditional"):
        return False
    inside = min(claim.end, fact.end) > max(claim.start, fact.start)
    if not inside:
        return True
    if claim.certainty in HEARD:
        return False
    within = claim.start >= fact.start and claim.end <= fact.end
    return within or (fact.quantity is not None and claim.quantity != fact.quantity)


def taken(figure: Figure, said: Statement, claims: Sequence[Claim]) -> Iterator[str]:
    """As what a statement takes a figure that counts nothing: "quantity", "money", live or not."""
    if min(figure.end, said.end) <= max(figure.start, said.start):
        return
    right = {Decimal(end) for claim in claims for end in claim.quantity or () if end is not None}
    right |= {claim.money[0] for claim in claims if claim.money}
    values = numbers(figure.text)
    scaled = {value * scale for value in values for scale in SCALES}
    for kind, found, wrong in (
        ("quantity", said.quantity, values),
        ("money", said.money, scaled),
    ):
        if found is None:
            continue
        wide = {Decimal(end) for end in (found.low, found.high) if end is not None} - right
        words = plain(found.text)
        in_words = bool(words) and not values and words in plain(figure.text)
        if wide and (wide & wrong or in_words):
            yield f"{kind}, {'live' if said.live else 'candidate'}"
