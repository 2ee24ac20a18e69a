"""Web archives: a document for each page, and damage that costs only what it hit."""

from __future__ import annotations

import gzip
import io
import re
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intendance.reading._input import (
    DEFAULT_LIMITS,
    Document,
    Limits,
    PassedOver,
    Piece,
    Skipped,
    Source,
    document_of,
    find_sources,
    pieces_of,
)
from intendance.reading._input.warc import Archive
from intendance.terms import UNKNOWN_TIME, IntendanceError

from .archives import HTML, packed, record

LIMITS = Limits(max_bytes=2_000, ratio_from=200, max_ratio=20)


def found(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[Piece | Skipped | PassedOver]:
    return list(Archive(io.BytesIO(data), "a.warc", limits).pieces())


def told(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """Numbers of the pages, codes of what was skipped, counts of what was passed over."""
    words = []
    for each in found(data, limits):
        if isinstance(each, Piece):
            words.append(each.address.rpartition("/")[2])
        elif isinstance(each, Skipped):
            words.append(f"{each.error.code} {each.error.where}")
        else:
            words.append(each.note())
    return words


def document(body: bytes, head: bytes = HTML, **options) -> Document:
    (piece,) = found(record(1, body, head=head, **options))
    assert isinstance(piece, Piece)
    return document_of(piece)


def error(body: bytes, head: bytes, limits: Limits = LIMITS) -> str:
    (piece,) = found(record(1, body, head=head), limits)
    assert isinstance(piece, Piece)
    with pytest.raises(IntendanceError) as caught:
        document_of(piece, limits=limits)
    return f"{caught.value.code}: {caught.value}"


@pytest.mark.parametrize(
    "pack", [b"".join, lambda each: packed(*each), lambda each: packed(b"".join(each))]
)
def test_each_page_is_a_document_with_its_own_address(pack):
    data = pack([record(n, b"<p>%d guns.</p>" % n) for n in (1, 2, 3)])
    documents = [document_of(each) for each in found(data) if isinstance(each, Piece)]
    assert [each.text for each in documents] == ["1 guns.", "2 guns.", "3 guns."]
    assert documents[2].address == "https://example.org/3"
    assert {each.published for each in documents} == {UNKNOWN_TIME}
    assert len({each.raw_hash for each in documents}) == 3


def test_the_address_is_the_one_that_was_fetched_and_the_hash_that_of_the_body():
    page = b"<link rel=canonical href='https://example.com/home'><p>Two guns.</p>"
    one, two = (found(record(n, page))[0] for n in (1, 2))
    assert isinstance(one, Piece)
    assert isinstance(two, Piece)
    assert document_of(one).address == "https://example.org/1"
    assert one.raw_hash == two.raw_hash
    (again,) = found(packed(record(1, page)))
    assert isinstance(again, Piece)
    assert one.raw_hash == again.raw_hash


def test_the_page_states_its_own_date():
    page = b"<meta property='article:published_time' content='2023-05-04'><p>Two guns.</p>"
    assert document(page).published.start == "2023-05-04"


def test_the_encoding_of_http_is_used():
    head = HTML.replace(b"utf-8", b"windows-1251")
    assert document("<p>дві гармати</p>".encode("cp1251"), head).text == "дві гармати"


def test_plain_text_and_resources_are_read():
    head = HTML.replace(b"text/html", b"text/plain")
    assert document(b"Two <b> guns", head).text == "Two <b> guns"
    assert document(b"<p>Two guns", b"", kind="resource").text == "Two guns"
    assert document(b"<p>Two guns", b"", kind="conversion").kind == "page"


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    parts = (body[:half], body[half:])
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(each), each) for each in parts) + b"0\r\n\r\n"


PAGE = b"<p>Two guns and four trucks were sent.</p>"
RAW = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (b"gzip", gzip.compress(PAGE, mtime=0)),
        (b"x-gzip", gzip.compress(PAGE, mtime=0)),
        (b"deflate", zlib.compress(PAGE)),
        (b"deflate", RAW.compress(PAGE) + RAW.flush()),
        (b"deflate", gzip.compress(PAGE, mtime=0)),
        (b"br", brotli.compress(PAGE)),
        (b"identity", PAGE),
        (b"gzip, br", brotli.compress(gzip.compress(PAGE, mtime=0))),
        (b"gzip", PAGE),
        (b"br", PAGE),
        (b"deflate", PAGE),
    ],
)
def test_what_http_wrapped_is_unwrapped(name, body):
    head = HTML + b"Content-Encoding: " + name + b"\r\n"
    assert document(body, head).text == "Two guns and four trucks were sent."
    assert document(chunked(body), head + b"Transfer-Encoding: chunked\r\n").text.startswith("Two")


def test_a_body_without_chunks_is_taken_as_it_is():
    assert document(PAGE, HTML + b"Transfer-Encoding: chunked\r\n").text.startswith("Two guns")


@pytest.mark.parametrize(
    ("header", "body", "words"),
    [
        (b"Content-Encoding: zstd", b"x",
         "input.encoding: Expected gzip, deflate or br, got 'zstd' - at a.warc, byte 0"),
        (b"Content-Encoding: br,br,br,br", b"x",
         "input.encoding: Expected at most 3 content encodings, got 4"),
        (b"Content-Encoding: br", b"\xff\xff\xff",
         "input.unreadable: Expected intact Brotli data, got other bytes"),
        (b"Content-Encoding: deflate", b"\xff\xff\xff",
         "input.unreadable: Expected intact deflate data, got other bytes"),
        (b"Content-Encoding: br", brotli.compress(PAGE)[:-4],
         "input.truncated: Expected Brotli data with its end, got data that stops early"),
        (b"Content-Encoding: deflate", zlib.compress(PAGE)[:-9],
         "input.truncated: Expected deflate data with its end, got data that stops early"),
        (b"Content-Encoding: br", brotli.compress(b"0" * 100_000),
         "input.too-large: Expected at most 2000 bytes a report, got more once unpacked"),
        (b"Content-Encoding: deflate", zlib.compress(b"0" * 1_900),
         "input.too-large: Expected a compressed body that grows at most 20 times, got 1900 "),
        (b"Content-Encoding: gzip", gzip.compress(b"0" * 1_900, mtime=0),
         "input.too-large: Expected a compressed file that grows at most 20 times, got 1900 "),
        (b"Transfer-Encoding: chunked", b"5\r\nabcde\r\n",
         "input.truncated: Expected a chunk's length, got none at byte 10"),
        (b"Transfer-Encoding: chunked", b"5\r\nabcde\r\nff\r\nx",
         "input.truncated: Expected a chunk of 255 bytes, got 1"),
    ],
)  # fmt: skip
def test_bodies_that_cannot_be_unwrapped(header, body, words):
    assert error(body, HTML + header + b"\r\n").startswith(words)


def test_errors_name_the_record():
    data = packed(record(1), record(2, b"<p> - </p>"))
    piece = found(data)[1]
    assert isinstance(piece, Piece)
    with pytest.raises(IntendanceError) as caught:
        document_of(piece)
    place = len(packed(record(1)))
    assert caught.value.where == f"a.warc, byte {place} (https://example.org/2)"


def test_what_holds_no_report_is_counted():
    data = (
        record(0, kind="warcinfo", head=b"") + record(1, kind="request") + record(2)
        + record(3, head=b"HTTP/1.1 404 Not Found\r\n")
        + record(4, head=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n")
        + record(5, head=b"") + record(6, kind="resource", head=b"") + record(7, kind="strange")
    )  # fmt: skip
    assert told(data) == [
        "2",
        "6",
        (
            "passed over: 1 answers 404, 1 of type image/png, 1 request records, "
            "1 responses that are not HTTP, 1 unknown records, 1 warcinfo records"
        ),
    ]


A, B, C, D = record(0), record(1), record(2), record(3)
PA, PB = len(A), len(packed(A))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (A + record(1, length=500) + C + D, ["0", f"input.record a.warc, byte {PA}", "2", "3"]),
        (A + record(1, length=90) + C + D, ["0", f"input.record a.warc, byte {PA}", "2", "3"]),
        (A + record(1, length=-5) + C, ["0", f"input.record a.warc, byte {PA}", "2"]),
        (A + record(1, length=10**25) + C, ["0", f"input.record a.warc, byte {PA}", "2"]),
        (A + record(1, length=10**12) + C, ["0", f"input.too-large a.warc, byte {PA}", "2"]),
        (packed(A, record(1, length=10**12), C), ["0", f"input.too-large a.warc, byte {PB}", "2"]),
        (packed(A, record(1, length=500), C), ["0", f"input.truncated a.warc, byte {PB}", "2"]),
        (packed(A, record(1, length=90), C), ["0", f"input.record a.warc, byte {PB}", "2"]),
        (packed(A, B, C)[:-20], ["0", "1", f"input.truncated a.warc, byte {len(packed(A, B))}"]),
        ((A + B)[:-30], ["0", f"input.truncated a.warc, byte {PA}"]),
        (A + b"no record\r\n" + B, ["input.record a.warc, byte 0", "1"]),
        (packed(A) + bytes(100) + packed(B), ["0", "input.record a.warc, behind byte 0", "1"]),
        (record(0, head=b"no HTTP\r\n") + B, ["input.record a.warc, byte 0", "1"]),
        (A + record(1, extra=b"X: " + b"y" * 100_000 + b"\r\n") + C,
         ["0", "input.record a.warc, behind byte 0", f"input.record a.warc, byte {PA}", "2"]),
    ],
)  # fmt: skip
def test_a_damaged_record_costs_only_itself(data, words):
    assert told(data) == words


def test_a_packed_record_with_a_wrong_check_sum_is_not_read():
    bad = bytearray(packed(record(1, b"<p>" + b"two guns " * 50)))
    bad[-6] ^= 1
    words = told(packed(A) + bytes(bad) + packed(C))
    assert (words[0], words[-1]) == ("0", "2")
    assert f"input.record a.warc, byte {PB}" in words
    assert "1" not in words


def test_a_record_above_the_limit_is_passed_and_the_next_is_read():
    bomb = record(1, b"0" * 30_000_000)
    assert told(packed(A, bomb, C)) == ["0", f"input.too-large a.warc, byte {PB}", "2"]


def test_what_is_no_archive_is_one_error():
    with pytest.raises(IntendanceError) as caught:
        found(b"no archive")
    assert caught.value.code == "input.record"
    assert str(caught.value) == (
        "Expected a well-formed record of a web archive, got other bytes - at a.warc, byte 0"
    )


def test_damage_without_end_is_told_in_part_and_counted():
    words = told(b"".join(record(n, head=b"no HTTP\r\n") for n in range(130)))
    assert len(words) == 101
    assert words[-1] == "passed over: 30 damaged records more"


@pytest.mark.parametrize(
    ("head", "extra"),
    [(HTML, b"WARC-Truncated: length\r\n"), (HTML + b"Content-Length: 900\r\n", b"")],
)
def test_the_last_line_of_a_page_that_was_cut_off_is_passed_over(head, extra):
    page = document(b"<p>Four guns were sent.</p><p>Then 5", head, extra=extra)
    ((start, end),) = page.skip
    assert page.text[start:end] == "Then 5"
    assert page.notes == ("the record's end is missing; its last line was passed over",)


def test_memory_does_not_grow_with_the_archive(tmp_path):
    def peak(count: int) -> int:
        path = tmp_path / f"{count}.warc.gz"
        with path.open("wb") as file:
            for number in range(count):
                file.write(packed(record(number, b"<p>%d</p>" % number * 400)))
        tracemalloc.start()
        seen = sum(isinstance(each, Piece) for each in pieces_of(Source("a.warc.gz", str(path))))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert seen == count
        return most

    peak(10)  # what is loaded once
    assert peak(2_000) < peak(100) * 1.5 + 100_000


def test_archives_are_found_in_folders_and_read_from_standard_input(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(packed(A, B))
    (tmp_path / "b.warc").write_bytes(A)
    sources = list(find_sources([str(tmp_path)]))
    counts = [len(list(pieces_of(each))) for each in sources if isinstance(each, Source)]
    assert counts == [2, 1]
    (source,) = find_sources(["-"], io.BytesIO(packed(A, B)))
    assert isinstance(source, Source)
    assert len(list(pieces_of(source))) == 2


def test_an_archive_that_is_not_there_is_one_error():
    (skipped,) = pieces_of(Source("a.warc", "no/such.warc"))
    assert isinstance(skipped, Skipped)
    assert skipped.error.code == "input.missing"


@settings(max_examples=150, deadline=None)
@given(
    gz=st.booleans(),
    at=st.integers(0, 10_000),
    marks=st.lists(st.integers(1, 255), min_size=1, max_size=40),
)
def test_whatever_is_damaged_the_records_well_before_and_behind_are_read(gz, at, marks):
    records = [record(n, b"<p>%d guns</p>" % n * 20) for n in range(5)]
    parts = [packed(each) for each in records] if gz else records
    data = bytearray(b"".join(parts))
    first = 5 + at % (len(data) - 5)  # the first bytes say that this is an archive
    last = min(first + len(marks), len(data)) - 1
    # a length that became greater takes in the records behind it: that cannot be told
    lengths = [each.span() for each in re.finditer(rb"Content-Length: \d+", bytes(data))]
    lied = not gz and any(one <= last and first < other for one, other in lengths)
    for place, mark in zip(range(first, last + 1), marks, strict=False):
        data[place] ^= mark
    starts = [sum(map(len, parts[:n])) for n in range(6)]
    words = told(bytes(data))
    for number in range(5):
        before = starts[min(number + 2, 5)] <= first
        behind = starts[max(number - 1, 0)] > last and not lied
        if before or behind:
            assert str(number) in words


@pytest.mark.parametrize("flag", [4, 8, 16, 12])
@pytest.mark.parametrize("number", range(3))
def test_a_flag_that_makes_the_rest_a_part_of_a_head_costs_one_record(flag, number):
    parts = [packed(record(n, b"<p>%d guns</p>" % n * 20)) for n in range(4)]
    data = bytearray(b"".join(parts))
    data[sum(map(len, parts[:number])) + 3] |= flag
    words = told(bytes(data))
    assert {each for each in words if each.isdecimal()} >= {"0", "1", "2", "3"} - {str(number)}
    assert flag == 8 or any(each.startswith("input.record") for each in words)
