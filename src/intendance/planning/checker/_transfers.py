"""Who may give what to whom (P12)."""

from __future__ import annotations

from intendance.planning._plan import TransferRow
from intendance.planning._rows import TransferRule
from intendance.planning.checker._books import Books


def rule_for(books: Books, row: TransferRow) -> TransferRule | None:
    """The most specific rule for a transfer: a named item beats a sender beats a recipient."""
    best: tuple[tuple[bool, bool, bool], TransferRule] | None = None
    for rule in books.scenario.transfers:
        if rule.sender not in ("*", row.sender) or rule.recipient not in ("*", row.recipient):
            continue
        if rule.item not in ("*", row.item):
            continue
        rank = rule.item != "*", rule.sender != "*", rule.recipient != "*"
        if best is None or rank > best[0]:
            best = rank, rule
    return None if best is None else best[1]


def check_transfers(books: Books) -> None:
    """P12: each transfer is allowed, takes its time, and carries the consent recorded."""
    for row in books.decisions.transfers:
        where = f"{row.sender} to {row.recipient} {row.item} {row.month}"
        rule = rule_for(books, row)
        if row.sender == row.recipient:
            books.findings.wrong("P12", where, "sent to itself")
        elif rule is None or not rule.allowed:
            books.findings.wrong("P12", where, "no rule allows it")
        else:
            arrival = books.horizon.number(row.month) + rule.lead
            if row.arrives != books.horizon.label(arrival):
                books.findings.wrong("P12", where, f"arrives {row.arrives or 'never'}")
            if row.consent != rule.consent:
                books.findings.wrong("P12", where, f"consent {row.consent!r}")
