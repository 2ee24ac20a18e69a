"""The process that reads one file: started by ``read_apart``, it ends when that is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from intendance.catalogue import Catalogue, load_catalogue
from intendance.exchange._apart.asked import (
    AsMapping,
    AsStatements,
    AsTable,
    Done,
    Failed,
    Job,
    Step,
    Told,
)
from intendance.exchange._types import Import
from intendance.terms import IntendanceError, Reading, span_of

LENGTH: Final = 8
"""Bytes before each reading that say how long it is."""


def main() -> None:
    """Reads what standard input asks for and tells standard output of it."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    _bound(job.memory)
    try:
        _tell(_read(job))
    except IntendanceError as error:
        _tell(Failed(error.record()))
    except MemoryError:
        _tell(Failed(_larger(job, f"a file that {job.memory:,} bytes of memory hold").record()))


def _bound(memory: int) -> None:
    """Keeps the process within its memory; where a system can't, its time bounds it."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(job: Job) -> Done:
    if isinstance(job.asked, AsMapping):
        return _guess(job.asked)
    catalogue = load_catalogue([Path(each) for each in job.asked.catalogue])
    if isinstance(job.asked, AsTable):
        return _table(job, job.asked, catalogue)
    return _statements(job, job.asked, catalogue)


def _guess(asked: AsMapping) -> Done:
    from intendance.exchange._mapping import guess_mapping

    made = guess_mapping(Path(asked.file), encoding=asked.encoding, sheet=asked.sheet)
    return Done(file_hash="", rows=0, mapping=made)


def _table(job: Job, asked: AsTable, catalogue: Catalogue) -> Done:
    from intendance.exchange._supplied.tables import read_rows

    rows, digest = read_rows(
        catalogue, asked.kind, Path(asked.file), encoding=asked.encoding, sheet=asked.sheet
    )
    if len(rows) > job.rows:
        raise _many(job)
    return Done(file_hash=digest, rows=len(rows), table=tuple(rows))


def _statements(job: Job, asked: AsStatements, catalogue: Catalogue) -> Done:
    made = _opened(asked, catalogue)
    with Path(job.readings).open("xb") as out:
        for reading in made:
            if made.counts.rows > job.rows:
                raise _many(job)
            _write(out, reading)
            _tell(Step(made.counts.rows))
    return Done(
        file_hash=made.file_hash,
        rows=made.counts.rows,
        packages=made.counts.packages,
        statements=made.counts.statements,
        rejected=tuple(made.rejected),
        dropped=made.dropped,
        notes=tuple(made.notes),
    )


def _opened(asked: AsStatements, catalogue: Catalogue) -> Import:
    path = Path(asked.file)
    day = span_of(asked.published, "published") if asked.published else None
    if asked.source == "kiel":
        from intendance.exchange._kiel import read_kiel as reader
    elif asked.source == "sipri":
        from intendance.exchange._sipri import read_sipri as reader
    else:
        from intendance.exchange._mapping import read_any, read_mapping

        return read_any(
            path, read_mapping(Path(asked.mapping or "")), catalogue, published=day,
            encoding=asked.encoding, sheet=asked.sheet,
        )  # fmt: skip
    return reader(path, catalogue, published=day, encoding=asked.encoding, sheet=asked.sheet)


def _write(out: BinaryIO, reading: Reading) -> None:
    body = msgspec.msgpack.encode(reading)
    out.write(len(body).to_bytes(LENGTH, "big") + body)


def readings_in(path: Path) -> Iterator[Reading]:
    """The readings that were written to a file, one after the other."""
    decode = msgspec.msgpack.Decoder(Reading).decode
    with path.open("rb") as held:
        while head := held.read(LENGTH):
            yield decode(held.read(int.from_bytes(head, "big")))


def _tell(told: Told) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.buffer.flush()


def _many(job: Job) -> IntendanceError:
    return _larger(job, f"{job.rows:,} rows at most")


def _larger(job: Job, expected: str) -> IntendanceError:
    return IntendanceError(
        "table.too-large", expected=expected, got="more", where=Path(job.asked.file).name
    )
