"""The figures as a section of RESULTS.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _scores import Scores

    from ledger import Found


def section(found: Found, machine: str) -> list[str]:
    """The lines of the ledger's section."""
    return [
        "## Ledger: statements to commitments",
        "",
        f"`python bench/ledger.py`, seed {found.seed}, {found.jobs} processes. {machine}.",
        "What is generated, and whom its choices could favour, stands at the top of",
        "`bench/_generate.py`. Seconds are wall-clock of one run. The block of each statement",
        "is worked out as it is stored (under a microsecond each); all else is folding.",
        "",
        *_folding(found),
        *_adding(found),
        *_quality(found),
        *_rereading(found),
    ]


def replace_section(path: Path, name: str, lines: Sequence[str]) -> None:
    """Put the lines between the marks of that name; the rest of the file stays."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    old = path.read_text("utf-8") if path.exists() else "# Results\n"
    new = "\n".join([begin, *lines, end])
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.S)
    text = pattern.sub(lambda _: new, old) if pattern.search(old) else f"{old}\n{new}\n"
    path.write_text(text, "utf-8")


def _folding(found: Found) -> Iterator[str]:
    yield (
        "| statements | reports | commitments | conflicts | blocks (largest; met) | storing, s "
        "| folding, s | whole command, processor s | peak memory, MiB | of it no file pages, MiB "
        "| database, MB |"
    )
    rows = ["|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for each in found.sizes:
        blocks = each.blocks
        rows.append(
            f"| {each.size:,} | {each.stored['reports']:,} | {each.folded['commitments']:,} "
            f"| {each.folded['conflicts']:,} "
            f"| {blocks['blocks']:,} ({blocks['largest']:,}; {blocks['met']:,}) "
            f"| {each.stored['writing']:.1f} | **{each.folded['fold']:.1f}** "
            f"| {each.used.processor:.1f} | {each.used.peak:,.0f} | {each.used.own:,.0f} "
            f"| {each.megabytes:,.0f} |"
        )
    yield from rows
    slopes = ", ".join(f"{each:.2f}" for each in found.slopes())
    yield ""
    last = found.sizes[-1]
    met = last.folded["fold"] <= 60 and last.used.peak <= 4096
    yield f"Folding {last.size:,}: {_target(met)}: 60 s and 4 GiB for 1,000,000 on two cores."
    yield f"Folding goes with the statements to the power {slopes} (size to size; 1 is linear)."
    yield "*Met* is the size of the block that a statement drawn at random is in. Peak memory adds"
    yield "up the resident pages of all processes; pages of the database file count in each."
    yield ""


def _target(met: bool) -> str:
    return "target met" if met else "target missed"


def _adding(found: Found) -> Iterator[str]:
    names = {"late": "the last reports by date", "strewn": "reports drawn from all years"}
    size = found.sizes[-1].size
    for each in found.added:
        yield (
            f"- Adding {each['statements']:,} statements ({names[each['batch']]}, "
            f"{each['reports']} reports) to {size:,}: **{each['seconds']:.2f} s** "
            f"({_target(each['seconds'] <= 2)}: 2 s)."
        )
    same = "the same" if found.same else "ANOTHER"
    yield f"- A full fold after both has {same} digest (`{found.full['digest'][:16]}…`)."
    yield ""


def _quality(found: Found) -> Iterator[str]:
    yield (
        "| linker | statements | scored on | seconds | precision | recall | F1 | B³ precision "
        "| B³ recall | B³ F1 |"
    )
    yield "|--|--:|--|--:|--:|--:|--:|--:|--:|--:|"
    peer = found.peer
    for name in ("all", "named"):
        for each in found.sizes:
            yield _scored("Intendance", each.size, name, each.folded["fold"], each.scores[name])
        if peer is not None:
            yield _scored("Splink 5", found.peer_size, name, peer.seconds, peer.scores[name])
    yield ""
    yield "*Named* leaves out the statements that name no kind, no donor or no recipient. The"
    yield "larger the corpus, the more deals of one donor, recipient and kind lie close together."
    if peer is not None:
        yield from _peer_told(found)
    yield ""


def _peer_told(found: Found) -> Iterator[str]:
    peer = found.peer
    chosen = ", ".join(f"{threshold} for {name}" for name, threshold in peer.thresholds.items())
    yield (
        f"Splink: {peer.pairs:,} pairs scored; training {peer.training:.1f} s, prediction "
        f"{peer.predicting:.1f} s, clustering {peer.clustering:.1f} s; its thresholds ({chosen}) "
        "are the best by pairwise F1 against the truth itself; the search is not timed."
    )
    for each in found.sizes:
        if each.size == found.peer_size:
            ratio = peer.seconds / each.folded["fold"]
            yield f"It takes {ratio:.1f} times as long as folding the same statements."


def _scored(name: str, size: int, on: str, seconds: float, scores: Scores) -> str:
    return (
        f"| {name} | {size:,} | {on} | {seconds:.1f} | {scores.precision:.3f} "
        f"| {scores.recall:.3f} | {scores.f1:.3f} | {scores.b3_precision:.3f} "
        f"| {scores.b3_recall:.3f} | {scores.b3_f1:.3f} |"
    )


def _rereading(found: Found) -> Iterator[str]:
    reread: Any = found.reread
    if reread is None:
        return
    yield (
        f"`intendance read` on {reread.reports:,} text files ({reread.size / 1e6:.0f} MB), whole "
        "command with its start, the files in the system's cache:"
    )
    yield ""
    for name, used in (
        (f"first reading (`--jobs {found.jobs}`)", reread.first),
        ("again, content hashed", reread.second),
        ("again with `--trust-stat`", reread.trusting),
    ):
        rate = reread.reports / used.seconds
        yield f"- {name}: {used.seconds:.1f} s, **{rate:,.0f} reports/s**, {used.peak:,.0f} MiB"
    rate = reread.reports / reread.second.seconds
    yield ""
    yield f"Reading again: {_target(rate >= 5000)}: 5,000 reports/s with contents hashed."
    yield ""
