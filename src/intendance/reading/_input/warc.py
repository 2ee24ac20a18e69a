"""Web archives (WARC, ISO 28500), packed or not: a piece for each record that holds a report.

Records are read one after the other, so memory holds one of them whatever the archive's size. A
record that is damaged costs itself: the next one is looked for, and what was lost is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from typing import BinaryIO, Final

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord

from intendance.reading._input._data import table
from intendance.reading._input.limits import DEFAULT_LIMITS, Limits
from intendance.reading._input.paths import Skipped
from intendance.reading._input.piece import PassedOver, Piece
from intendance.reading._input.raw import raw_hash
from intendance.reading._input.resync import left_behind, next_record, whole_member
from intendance.terms import IntendanceError

_GZIP: Final = b"\x1f\x8b"
_HEADS: Final = (b"WARC/", _GZIP)
_HEADERS: Final = 32_768  # bytes of a record's headers, and of its HTTP headers
_FAR: Final = 2**31  # bytes of a record that are still walked through to find the next one
_MOST_DAMAGED: Final = 100  # damaged records that are told one by one
# What FastWARC says where no record begins, and where a gzip member is damaged.
_NO_BEGINNING: Final = "Invalid WARC header"
_UNPACKING: Final = "decompression"
_WANTED: Final = frozenset({"response", "resource", "conversion"})


class _Held(msgspec.Struct):
    """A record that is given once the one behind it is seen to begin where it should."""

    position: int
    outcome: Piece | str | IntendanceError


class Archive:
    """One web archive, open as a file that can be sought in."""

    def __init__(self, file: BinaryIO, address: str, limits: Limits = DEFAULT_LIMITS) -> None:
        self._file = file
        self._address = address
        self._limits = limits
        file.seek(0)
        head = file.read(len(_HEADS[0]))
        self._packed = head.startswith(_GZIP)
        self._counts: Counter[str] = Counter()
        self._damaged = 0
        if not head.startswith(_HEADS):
            raise self._malformed(0, "other bytes")

    def pieces(self) -> Iterator[Piece | Skipped | PassedOver]:
        """What each record gives, in order; at the end the counts of those that are no reports."""
        position: int | None = 0
        while position is not None:
            position = yield from self._run(position)
        more = self._damaged - _MOST_DAMAGED
        if more > 0:
            self._counts["damaged records more"] = more
        if self._counts:
            yield PassedOver(self._address, dict(self._counts))

    def _run(self, start: int) -> Generator[Piece | Skipped, None, int | None]:
        """The records from ``start`` on up to damage; where to go on, or None at the end."""
        self._file.seek(start)
        records = iter(ArchiveIterator(self._file, parse_http=False, max_header_len=_HEADERS))
        held: _Held | None = None
        last = start
        while True:
            try:
                record = next(records, None)
                if record is not None:
                    last = record.stream_pos
            except (OSError, ValueError) as error:
                return (yield from self._after_damage(held, last, str(error)))
            if held is not None:
                yield from self._give(held)
                held = None
            if record is None:
                return (yield from self._after_end(last))
            try:
                held = _Held(last, self._outcome(record))
            except (OSError, ValueError) as error:
                yield from self._tell(self._malformed(last, str(error)))
                return next_record(self._file, last + 1, packed=self._packed)
            if _strays(held.outcome, record.content_length):
                yield from self._give(held)
                return next_record(self._file, last + 1, packed=self._packed)

    def _after_damage(
        self, held: _Held | None, last: int, reason: str
    ) -> Generator[Piece | Skipped, None, int | None]:
        """What to make of the record before a place where none begins; where the next one does.

        Its length may be what is wrong, and then its text is cut short or runs into another one;
        only a packed record with a right check sum is known to be whole.
        """
        whole = held is not None and self._is_whole(held.position, reason)
        if held is not None and whole:
            yield from self._give(held)
        yield from self._tell(self._malformed(last, f"'{reason}'", behind=whole))
        return next_record(self._file, last + 1, packed=self._packed)

    def _after_end(self, last: int) -> Generator[Skipped, None, int | None]:
        """None at the archive's end; where records follow that were not seen, the first of them."""
        found = left_behind(self._file, last) if self._packed else None
        if found is not None:
            yield from self._tell(self._malformed(last, "a damaged head of a member", behind=True))
        return found

    def _is_whole(self, position: int, reason: str) -> bool:
        if _UNPACKING in reason:
            return whole_member(self._file, position)
        return _NO_BEGINNING not in reason

    def _give(self, held: _Held) -> Iterator[Piece | Skipped]:
        if isinstance(held.outcome, Piece):
            yield held.outcome
        elif isinstance(held.outcome, str):
            self._counts[held.outcome] += 1
        else:
            yield from self._tell(held.outcome)

    def _tell(self, error: IntendanceError) -> Iterator[Skipped]:
        self._damaged += 1
        if self._damaged <= _MOST_DAMAGED:
            yield Skipped(self._address, error.record())

    def _outcome(self, record: WarcRecord) -> Piece | str | IntendanceError:
        """The piece of a record, or what it is instead, or why it can't be read."""
        kind = str(record.record_type).rpartition(".")[2]
        if kind not in _WANTED:
            return f"{kind} records"
        declared = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if declared == "application/http":
            record.parse_http(max_header_len=_HEADERS, strict_mode=False)
            headers = record.http_headers
            if headers is None or headers.status_code is None:
                return self._malformed(record.stream_pos, "a response without an HTTP status")
            if headers.status_code != 200:
                return f"answers {headers.status_code}"
            media = headers.get("Content-Type")
        elif kind == "response":
            return "responses that are not HTTP"
        else:
            media = record.headers.get("Content-Type")
        return self._piece(record, media)

    def _piece(self, record: WarcRecord, media: str | None) -> Piece | str | IntendanceError:
        type_ = (media or "").partition(";")[0].strip().lower()
        if type_ and type_ not in table("formats")["media"]:
            return f"of type {type_[:60]}"
        length = record.content_length
        where = f"{self._address}, byte {record.stream_pos}"
        if length > self._limits.max_bytes:
            return IntendanceError(
                "input.too-large",
                expected=f"at most {self._limits.max_bytes} bytes a report",
                got=f"a record of {length}",
                where=where,
            )
        data = _all_of(record, length)
        if len(data) != length:
            return IntendanceError(
                "input.truncated",
                expected=f"a record of {length} bytes",
                got=str(len(data)),
                where=where,
            )
        address = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
        http = record.http_headers if record.is_http_parsed else None
        return Piece(
            address=address or where,
            data=data,
            raw_hash=raw_hash(data),
            where=f"{where} ({address})" if address else where,
            media=media,
            transfer=(http.get("Transfer-Encoding") or "") if http is not None else "",
            encoding=(http.get("Content-Encoding") or "") if http is not None else "",
            own=bool(address),
            cut=_is_cut(record, length),
        )

    def _malformed(self, position: int, got: str, *, behind: bool = False) -> IntendanceError:
        place = f"behind byte {position}" if behind else f"byte {position}"
        return IntendanceError(
            "input.record",
            expected="a well-formed record of a web archive",
            got=got,
            where=f"{self._address}, {place}",
        )


def _all_of(record: WarcRecord, length: int) -> bytes:
    parts: list[bytes] = []
    while length > 0 and (part := record.reader.read(length)):
        parts.append(part)
        length -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _is_cut(record: WarcRecord, length: int) -> bool:
    """Whether the crawler kept only the beginning: it says so, or HTTP promised more bytes."""
    if record.headers.get("WARC-Truncated") is not None:
        return True
    promised = record.http_headers.get("Content-Length") if record.is_http_parsed else None
    return bool(promised and promised.isdecimal() and len(promised) < 20 and int(promised) > length)


def _strays(outcome: Piece | str | IntendanceError, length: int) -> bool:
    """Whether the next record is to be looked for, as the length of this one leads nowhere near."""
    if isinstance(outcome, IntendanceError) and outcome.code == "input.truncated":
        return True
    return not isinstance(outcome, Piece) and length > _FAR


def is_archive(address: str) -> bool:
    """Whether a file is a web archive by the ending of its name."""
    return address.lower().removesuffix(".gz").endswith(".warc")
