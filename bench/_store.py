"""The ledger's side: storing a corpus, folding it, adding to it; each a process of its own.

    python bench/_store.py store DB SIZE SEED TRUTH
    python bench/_store.py fold DB JOBS
    python bench/_store.py add DB SIZE SEED
    python bench/_store.py rows DB

Each prints one line of JSON.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

_BATCH: Final = 4000
"""Readings written at once."""


def store(path: str, size: int, seed: int, truth: str) -> dict[str, Any]:
    """Generate the corpus and store it without folding; write the truth beside it."""
    from _generate import Corpus, named

    from intendance.ledger import Ledger

    start = time.monotonic()
    corpus = Corpus(size, seed)
    told = corpus.stored()
    known: dict[str, dict[str, str]] = {"all": {}, "named": {}}
    reports = statements = 0
    writing = 0.0
    with Ledger.open(path) as ledger:
        while part := list(islice(told, _BATCH)):
            for each in part:
                pairs = zip(each.reading.statements, each.truth, strict=True)
                for said, deal in pairs:
                    if deal is not None:
                        known["all"][said.id] = deal
                        if named(said, corpus.catalogue):
                            known["named"][said.id] = deal
            began = time.monotonic()
            added = ledger.add([each.reading for each in part], fold=False)
            writing += time.monotonic() - began
            reports += added.reports
            statements += added.statements
    Path(truth).write_bytes(msgspec.msgpack.encode(known))
    return {
        "reports": reports,
        "statements": statements,
        "deals": len(corpus.world.deals),
        "writing": writing,
        "generating": time.monotonic() - start - writing,
    }


def fold(path: str, jobs: int) -> dict[str, Any]:
    """Statements in the database to commitments stored and indexed."""
    from intendance.ledger import Ledger

    start = time.monotonic()
    with Ledger.open(path, create=False) as ledger:
        began = time.monotonic()
        ledger.fold_everything(jobs=jobs)
        ended = time.monotonic()
        counts, digest = ledger.counts(), ledger.digest()
    return {"open": began - start, "fold": ended - began, "digest": digest, **counts}


def add(path: str, size: int, seed: int) -> list[dict[str, Any]]:
    """Add each batch to a folded ledger; gives the seconds and the digest after it."""
    from _generate import Corpus

    from intendance.ledger import Ledger

    corpus = Corpus(size, seed)
    found = []
    for name in ("late", "strewn"):
        readings = [each.reading for each in corpus.batch(name)]
        with Ledger.open(path, create=False) as ledger:
            began = time.monotonic()
            added = ledger.add(readings)
            seconds = time.monotonic() - began
            digest = ledger.digest()
        found.append({"batch": name, "reports": added.reports, "statements": added.statements,
                      "seconds": seconds, "digest": digest})  # fmt: skip
    return found


def rows(path: str) -> dict[str, int]:
    """How large the blocks are: how many, the largest, and the mean that a statement meets."""
    sizes = [size for size, in _select(path, "SELECT count(*) FROM statement "
                                             "WHERE block IS NOT NULL GROUP BY block")]  # fmt: skip
    total = sum(sizes)
    return {"blocks": len(sizes), "largest": max(sizes, default=0),
            "met": sum(size * size for size in sizes) // max(1, total)}  # fmt: skip


def assigned(path: str) -> dict[str, str]:
    """Statement -> commitment, as stored."""
    return dict(
        _select(
            path,
            "SELECT statement.id, assignment.commitment FROM assignment "
            "JOIN statement ON statement.number = assignment.statement",
        )
    )


def records(path: str) -> Iterator[dict[str, Any]]:
    """The stored statements that belong to a block, as the peer takes them."""
    from _peer import record

    from intendance.catalogue import load_catalogue
    from intendance.terms import Statement

    catalogue, decode = load_catalogue(), msgspec.json.Decoder(Statement).decode
    query = (
        "SELECT statement.body, report.published_from, report.published_to FROM statement "
        "JOIN report ON report.number = statement.report WHERE statement.block IS NOT NULL "
        "ORDER BY statement.id"
    )
    for body, first, last in _select(path, query):
        yield record(decode(body), (first, last), catalogue)


def _select(path: str, query: str) -> Iterator[Any]:
    from sqlalchemy import create_engine, text

    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        yield from connection.execute(text(query))
    engine.dispose()


def main(arguments: list[str]) -> None:
    """Do what the first argument says."""
    act, path = arguments[:2]
    done: Any
    if act == "store":
        done = store(path, int(arguments[2]), int(arguments[3]), arguments[4])
    elif act == "fold":
        done = fold(path, int(arguments[2]))
    elif act == "add":
        done = add(path, int(arguments[2]), int(arguments[3]))
    else:
        done = rows(path)
    print(msgspec.json.encode(done).decode())


if __name__ == "__main__":
    main(sys.argv[1:])
