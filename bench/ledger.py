"""How fast and how well the ledger links statements into commitments.

    python bench/ledger.py             10,000 to 1,000,000 statements, the peer, a folder read again
    python bench/ledger.py --quick     the same, small: does it run?

Stage A stores generated statements. Stage B folds what is stored into commitments, stored and
indexed. Stage C adds 1,000 more, twice, and compares with a full fold. The peer links the same
statements. What is generated, and whom that could favour: bench/_generate.py.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import math
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from _measure import Used, machine, run
from _results import replace_section, section
from _scores import Scores, score

_HERE = Path(__file__).parent
_STORE = _HERE / "_store.py"


class Sized(msgspec.Struct):
    """All that was measured at one size."""

    size: int
    stored: dict[str, Any]
    blocks: dict[str, int]
    folded: dict[str, Any]
    used: Used
    scores: dict[str, Scores]
    megabytes: float


class Found(msgspec.Struct):
    """All that was measured; ``added`` and ``full`` belong to the largest size."""

    sizes: list[Sized]
    added: list[dict[str, Any]]
    full: dict[str, Any]
    seed: int
    jobs: int
    peer: Any = None
    peer_size: int = 0
    reread: Any = None

    @property
    def same(self) -> bool:
        """Whether adding gave the digest of a full fold."""
        return bool(self.added and self.added[-1]["digest"] == self.full["digest"])

    def slopes(self) -> list[float]:
        """The exponent of seconds over statements, from each size to the next."""
        pairs = zip(self.sizes, self.sizes[1:], strict=False)
        return [
            math.log(two.folded["fold"] / one.folded["fold"]) / math.log(two.size / one.size)
            for one, two in pairs
        ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with ``--write`` put the figures into RESULTS.md."""
    options = _options(arguments)
    sizes = _sizes(options.size)
    folder = Path(tempfile.mkdtemp(prefix="ledger-bench-", dir=options.work))
    try:
        found = _measure(folder, sizes, options)
    finally:
        shutil.rmtree(folder)
    lines = section(found, f"{machine()}, load average {os.getloadavg()[2]:.1f}")
    print("\n".join(lines))
    if options.write:
        replace_section(_HERE / "RESULTS.md", "ledger", lines)
    return 0 if found.same else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--size", type=int, help="the most statements [1000000; quick: 1000]")
    parser.add_argument("--quick", action="store_true", help="small sizes throughout")
    parser.add_argument("--peer", action=argparse.BooleanOptionalAction, default=None,
                        help="link with Splink too [where it is installed]")  # fmt: skip
    parser.add_argument("--peer-size", type=int, help="statements that both link [100000]")
    parser.add_argument("--reports", type=int, help="reports to read again; 0: none [100000]")
    parser.add_argument("--jobs", type=int, default=2, help="processes that fold")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", help="a folder with room for the databases")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md")
    options = parser.parse_args(arguments)
    quick = options.quick
    options.size = options.size or (1_000 if quick else 1_000_000)
    options.peer_size = min(options.peer_size or (1_000 if quick else 100_000), options.size)
    if options.reports is None:
        options.reports = 200 if quick else 100_000
    if options.peer is None:
        options.peer = importlib.util.find_spec("splink") is not None
    return options


def _sizes(largest: int) -> list[int]:
    return sorted({max(100, largest // 100), max(100, largest // 10), largest})


def _measure(folder: Path, sizes: Sequence[int], options: argparse.Namespace) -> Found:
    found = Found([], [], {}, options.seed, options.jobs)
    for size in sizes:
        database, truth = folder / f"{size}.db", folder / f"{size}.truth"
        found.sizes.append(_one_size(database, truth, size, options))
        if size == sizes[-1]:
            found.added = _told(run([_STORE, "add", database, str(size), str(options.seed)]))
            found.full = _told(run([_STORE, "fold", database, str(options.jobs)]))
        if size != options.peer_size:
            database.unlink()
    if options.peer:
        found.peer_size = options.peer_size
        found.peer = _peer(folder, options)
    if options.reports:
        found.reread = importlib.import_module("_reread").reread(
            folder, options.reports, options.jobs, options.seed
        )
    return found


def _one_size(database: Path, truth: Path, size: int, options: argparse.Namespace) -> Sized:
    stored = _told(run([_STORE, "store", database, str(size), str(options.seed), truth]))
    blocks = _told(run([_STORE, "rows", database]))
    used = run([_STORE, "fold", database, str(options.jobs)])
    folded = _told(used)
    assigned = importlib.import_module("_store").assigned(str(database))
    scores = {name: score(known, assigned) for name, known in _truths(truth).items()}
    megabytes = database.stat().st_size / 1e6
    print(f"{size:,} statements: folded in {folded['fold']:.1f} s", flush=True)
    return Sized(size, stored, blocks, folded, used, scores, megabytes)


def _peer(folder: Path, options: argparse.Namespace) -> Any:
    """The same statements by the peer; those that no linker could place are left out for both."""
    peer, store = importlib.import_module("_peer"), importlib.import_module("_store")
    size = options.peer_size
    database, truth = folder / f"{size}.db", folder / f"{size}.truth"
    if not truth.exists():
        run([_STORE, "store", database, str(size), str(options.seed), truth])
    return peer.link(store.records(str(database)), _truths(truth), seed=options.seed)


def _truths(path: Path) -> dict[str, dict[str, str]]:
    return msgspec.msgpack.decode(path.read_bytes(), type=dict[str, dict[str, str]])


def _told(used: Used) -> Any:
    return msgspec.json.decode(used.output.strip().splitlines()[-1])


if __name__ == "__main__":
    raise SystemExit(main())
