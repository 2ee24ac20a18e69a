"""Which block a statement belongs to: recipient, root of the item, donors (rule 6, rule 9)."""

from __future__ import annotations

from typing import Final

from intendance.ledger._fold.evidence import FoldCatalogue
from intendance.ledger._fold.vocabulary import ACT_RULES, BLOCK_RULES, Party
from intendance.terms import Statement

UNKNOWN: Final = "?"
MONEY: Final = "money"


class Kinds:
    """What the fold asks a catalogue again and again, remembered: one object a catalogue."""

    def __init__(self, catalogue: FoldCatalogue) -> None:
        self.catalogue = catalogue
        self._roots: dict[str, str | None] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        self._tables: dict[str, str] = {}

    def root(self, item: str) -> str | None:
        """The root of the item's tree; None where the item never forms a commitment."""
        try:
            return self._roots[item]
        except KeyError:
            excluded = set(BLOCK_RULES.excluded_classes).intersection(self.catalogue.classes(item))
            known = None if excluded else self.catalogue.root(item)
            self._roots[item] = known
            return known

    def above(self, item: str) -> tuple[str, ...]:
        """The kinds that the item specialises, nearest first."""
        try:
            return self._above[item]
        except KeyError:
            known = self._above[item] = tuple(self.catalogue.ancestors(item))
            return known

    def table(self, id_: str) -> str:
        """The table of an entry; empty for one that the catalogue does not know."""
        try:
            return self._tables[id_]
        except KeyError:
            entry = self.catalogue.entry(id_)
            known = self._tables[id_] = "" if entry is None else entry.table
            return known


_last: list[Kinds] = []


def kinds_of(catalogue: FoldCatalogue) -> Kinds:
    """The remembered answers of this catalogue; only those of the one used last are kept."""
    for known in _last:
        if known.catalogue is catalogue:
            return known
    fresh = Kinds(catalogue)
    _last[:] = [fresh]
    return fresh


def party(statement: Statement, fields: tuple[Party, ...], kinds: Kinds | None = None) -> str:
    """The first of the fields that names somebody, sorted and joined by ``+``; else ``?``.

    With ``kinds``, makers do not count: a payer, not the industry that it pays, is the donor.
    """
    for field in fields:
        named: tuple[str, ...] = getattr(statement, field)
        if kinds is not None and named:
            named = tuple(each for each in named if kinds.table(each) != "maker")
        if named:
            return named[0] if len(named) == 1 else "+".join(sorted(set(named)))
    return UNKNOWN


def block_key(statement: Statement, catalogue: FoldCatalogue) -> str | None:
    """``recipient|root of the item|donors``, or None where the statement forms no commitment.

    Recipients and donors are sorted and joined by ``+``; ``?`` stands for what is not said. The
    root is ``money`` where only an amount is stated, the class itself for a class (rule 6). Which
    field of the statement names the donors and the recipient hangs on the act (data/acts.toml).
    """
    return key_of(statement, kinds_of(catalogue))


def key_of(statement: Statement, kinds: Kinds) -> str | None:
    """``block_key`` with the catalogue's answers at hand."""
    rule = ACT_RULES.get(statement.act)
    if rule is None:
        return None
    root: str | None
    if statement.item is not None:
        root = kinds.root(statement.item)
        if root is None:
            return None
    else:
        root = MONEY if statement.money is not None else UNKNOWN
    recipient = party(statement, rule.recipients)
    donors = party(statement, rule.donors, kinds if rule.pays else None)
    return f"{recipient}|{rule.root or root}|{donors}"
