"""Which fields of a statement agree with a claim."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from _passages import Claim

from intendance.catalogue import Catalogue, Office, Official, Organisation, Place
from intendance.terms import Statement

GIVING = frozenset(
    ("deliver", "promise", "order", "allocate", "receive", "finance", "produce", "backfill")
)
"""The acts that move something, or say that it will move."""

FOR_ONESELF = frozenset(("need", "request", "receive", "order", "hold", "repair", "produce"))
"""The acts whose actor may stand as the recipient, too."""


def plain(text: str | None) -> str:
    """Small letters without their marks."""
    folded = unicodedata.normalize("NFKD", text or "").lower()
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def overlap(claim: Claim, said: Statement) -> int:
    """Characters that a statement shares with that span of a claim that it shares most with."""
    return max(min(end, said.end) - max(start, said.start) for start, end in claim.spans)


def denies(said: Statement) -> bool:
    """Whether the statement says that something is not so."""
    return said.certainty == "denied" or said.polarity == "negative"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", plain(text)))


class Judge:
    """Compares one statement with one claim."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def agreement(self, claim: Claim, said: Statement) -> frozenset[str]:
        """The fields that agree; "exact item" beside "item" where it is no ancestor."""
        item = self._item(claim, said)
        agrees = {
            "act": self._act(claim, said),
            "certainty": said.certainty in claim.certainties,
            "actor": self._actor(claim, said),
            "item": bool(item),
            "exact item": item == "exact",
            "quantity": _quantity(claim, said),
            "money": _money(claim, said),
            "recipient": self._recipient(claim, said),
            "speaker": self._speaker(claim, said),
        }
        return frozenset(name for name, right in agrees.items() if right)

    def nations(self, names: Iterable[str]) -> set[str]:
        """The actors, each ministry, official and place as its nation."""
        return {self._nation(name) for name in names}

    def _nation(self, name: str) -> str:
        if isinstance(self.catalogue.entry(name), Organisation | Official | Place | Office):
            return self.catalogue.nation_of(name) or name
        return name

    @staticmethod
    def _act(claim: Claim, said: Statement) -> bool:
        if said.act not in (claim.act, *claim.acts_ok):
            return False
        if said.act not in GIVING:
            return True
        if denies(said):
            return "denied" in claim.certainties
        return claim.certainty != "denied"

    def _actor(self, claim: Claim, said: Statement) -> bool:
        have = self.nations(said.actors)
        others = [[name for name in each.split(",") if name] for each in claim.actors_ok]
        return any(have == self.nations(each) for each in (claim.actors, *others))

    def _item(self, claim: Claim, said: Statement) -> Literal["exact", "ancestor", ""]:
        wanted = (claim.item, *claim.items_ok)
        if said.item in wanted:
            return "exact"
        for each in wanted:
            if each is None:
                continue
            if each.startswith("unknown:"):
                if found := self._unknown(each.removeprefix("unknown:"), said):
                    return found
            elif said.item and (
                self.catalogue.specialises(each, said.item)
                or self.catalogue.includes(said.item, each)
            ):
                return "ancestor"
        return ""

    def _unknown(self, wanted: str, said: Statement) -> Literal["exact", "ancestor", ""]:
        """For an item that the catalogue lacks, its words or a class count."""
        have = plain(said.item_text)
        if not any(word[:5] in have for word in _words(wanted)):
            return ""
        if said.item is None or said.item.startswith("unknown"):
            return "exact"
        return "ancestor" if self.catalogue.is_class(said.item) else ""

    def _recipient(self, claim: Claim, said: Statement) -> bool:
        wanted, have = self.nations(claim.recipients), self.nations(said.recipients)
        if wanted:
            return wanted == have or (claim.recipient_free and not have)
        if claim.act in FOR_ONESELF:
            have -= self.nations(claim.actors)
        return not have or said.recipient_from != "said" or claim.recipient_free

    def _speaker(self, claim: Claim, said: Statement) -> bool:
        if not claim.speaker:
            return said.speaker is None
        have = plain(said.speaker).replace("-", " ")
        links = [have, *(plain(each) for each in said.attribution)]
        words = _words(claim.speaker) or {plain(claim.speaker)}
        if any(word[:6] in link for word in words for link in links):
            return True
        entry = self.catalogue.entry(said.speaker or "")
        if entry is None:
            return False
        names = [plain(name) for several in entry.names.values() for name in several]
        return any(len(name) > 2 and name in plain(claim.speaker) for name in names)


def _quantity(claim: Claim, said: Statement) -> bool:
    low, high = said.quantity.low, said.quantity.high
    unsaid = low is None and high is None
    if claim.quantity is None:
        return unsaid or (_vague(said) if claim.quantity_vague else (low, high) == (1, 1))
    first, last = claim.quantity
    if unsaid:
        return claim.quantity == (1, 1) or claim.quantity_vague
    if claim.quantity_vague:
        return low == first or high == last
    if first is None:
        return high == last and low in (None, 0, 1)
    if last is None:
        return low == first and high is None
    return low == first and high == last


def _vague(said: Statement) -> bool:
    found = said.quantity
    return found.low_open or found.high_open or found.approx or found.low != found.high


def _money(claim: Claim, said: Statement) -> bool:
    if claim.money is None:
        return said.money is None or (said.money.low is None and said.money.high is None)
    amount, currency = claim.money
    return (
        said.money is not None
        and said.money.currency == currency
        and amount in (said.money.low, said.money.high)
    )
