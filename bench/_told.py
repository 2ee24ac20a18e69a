"""What a tally of held-out passages says: lines to print, and the section of RESULTS.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from _passages import HALVES
from _shares import wilson
from _tally import FIELDS, LEVELS, Tally

NAMES = {
    "fr": "French",
    "en": "English",
    "de": "German",
    "uk": "Ukrainian",
    "pl": "Polish",
    "all": "All five",
}
WRONG = (
    "wrong ", "no-claim", "live false", "quantity in", "money in", "not-quantity", "money where",
    "speaker where", "tier A",
)  # fmt: skip
TAKEN = "NOT-QUANTITY "


def lines(name: str, tally: Tally, ids: bool = False) -> Iterator[str]:
    """All counts with their intervals; with ``ids`` what is wrong in which passage."""
    n = tally.n
    yield (
        f"== {name}: {n['passages']} passages, {n['claims']} claims (A {n['claims A']}, "
        f"B {n['claims B']}, C {n['claims C']}; explicit {n['claims explicit']}), "
        f"{n['dead']} dead, {n['not_quantities']} not-quantities; "
        f"{n['said']} statements, {n['said live']} live"
    )
    yield from _levels(n)
    yield f"LIVE precision (act, actor, item, quantity, recipient) {_live_precision(n)}"
    yield f"LIVE recall over tier A {_live_recall(n, 'A')}  over explicit " + (
        _live_recall(n, "explicit")
    )
    yield (
        "statements that overlap a claim "
        f"{wilson(n['said, of an overlapping claim'], n['said'], 3)}; live duplicates of a claim: "
        f"{n['live duplicate of a claim found otherwise']}"
    )
    yield (
        f"items of right ones: exact {n['right item exact']}, ancestor {n['right item ancestor']}"
    )
    yield "fields of the paired:"
    for field in FIELDS:
        yield f"  {field:10} {wilson(n[f'right {field}'], n[f'of {field}'], 3)}"
    yield from _traps(n)
    yield from (f"  {kind}: {n[kind]}" for kind in sorted(n) if kind.startswith(WRONG))
    yield "by act (claims, paired, act+actor+item right; statements said):"
    for act, count in sorted(tally.acts.items(), key=lambda each: -each[1]["claims"]):
        yield (
            f"  {act:12} {count['claims']:4} {count['paired']:4} {count['right']:4} ; "
            f"{count['said']:4}"
        )
    if ids:
        yield from _errors(tally)


def _levels(n: Counter[str]) -> Iterator[str]:
    most = n["claims A"] + n["claims B"]
    for level, _ in LEVELS:
        a, b = n[f"recall {level} A"], n[f"recall {level} B"]
        yield f"{level:15} recall all {wilson(n[f'recall {level}'], n['claims'], 3)}"
        yield (f"{'':15} recall A+B {wilson(a + b, most, 3)}  A {wilson(a, n['claims A'], 3)}")
        yield f"{'':15} precision  {wilson(n[f'precision {level}'], n['said'], 3)}"
        yield (
            f"{'':15} live: precision {wilson(n[f'precision {level} live'], n['said live'], 3)}"
            f"  recall all {wilson(n[f'recall {level} live'], n['claims'], 3)}"
        )


def _traps(n: Counter[str]) -> Iterator[str]:
    kinds = {kind: count for kind, count in sorted(n.items()) if kind.startswith(TAKEN)}
    marked = n["dead fact live, marked conditional or hearsay"]
    yield (
        f"DEAD facts that came out live: {n['DEAD FACT LIVE']}/{n['dead']}"
        f" (and marked conditional or hearsay: {marked})"
    )
    yield f"NOT-QUANTITIES taken: {sum(kinds.values())}/{n['not_quantities']} {kinds}"


def _errors(tally: Tally) -> Iterator[str]:
    for id_, kinds in sorted(tally.errors.items()):
        counted = sorted(Counter(kinds).items())
        yield f"{id_} " + "; ".join(f"{kind} x{n}" if n > 1 else kind for kind, n in counted)


def _live_precision(n: Counter[str], places: int = 3) -> str:
    return wilson(n["live right"], n["said live"], places)


def _live_recall(n: Counter[str], claims: str, places: int = 3) -> str:
    return wilson(n[f"live recall {claims}"], n[f"claims {claims}"], places)


def section(halves: Mapping[tuple[str, str], Tally], version: str) -> list[str]:
    """The section of RESULTS.md: a table a language, the halves side by side."""
    found = [
        "## Reading: held-out passages",
        "",
        f"`python bench/heldout.py --write`, reader {version}. Short passages in five languages,",
        "written and annotated for the purpose by somebody who had not seen the rules;",
        "`bench/heldout/README.md` tells how they were made and how they are judged. The kinds of",
        "error of half A were told to the rules' authors, and from 22 November 2026 they read its",
        "passages in English, German, Ukrainian and Polish: it is *development*. Half B is the",
        "blind half. Counts with 95 % intervals (Wilson); recall is of claims, precision of",
        "statements. A live statement counts as right if act, actor, item, quantity and",
        "recipient are.",
    ]
    for name, called in NAMES.items():
        columns = [halves[name, half].n for half in HALVES]
        told = [
            f"{n['passages']} passages, {n['claims']} claims, {n['said']} statements, "
            f"{n['said live']} live"
            for n in columns
        ]
        found += ["", f"| {called} | half A | half B |", "|--|--|--|"]
        found.append(f"| | {told[0]} | {told[1]} |")
        rows = [dict(_rows(n)) for n in columns]
        found += [f"| {row} | {rows[0][row]} | {rows[1][row]} |" for row in rows[0]]
    return [*found, ""]


def _rows(n: Counter[str]) -> Iterator[tuple[str, str]]:
    for level, _ in LEVELS:
        yield f"{level}: recall", wilson(n[f"recall {level}"], n["claims"])
        yield f"{level}: precision", wilson(n[f"precision {level}"], n["said"])
    yield "live precision", _live_precision(n, 2)
    yield "live recall, tier A", _live_recall(n, "A", 2)
    yield "live recall, explicit", _live_recall(n, "explicit", 2)
    yield "dead facts live", wilson(n["DEAD FACT LIVE"], n["dead"])
    taken = sum(count for kind, count in n.items() if kind.startswith(TAKEN))
    yield "figures wrongly taken", wilson(taken, n["not_quantities"])
    yield "speaker, of the paired", wilson(n["right speaker"], n["of speaker"])
