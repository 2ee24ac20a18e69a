"""Bad input: one error that says what was expected, what was found and where."""

from __future__ import annotations

import gzip
import io
import os
import zipfile

import pytest

from intendance.reading._input import Limits, Source, document_from_bytes, load_document
from intendance.terms import IntendanceError

SMALL = Limits(max_bytes=1_000, ratio_from=200, max_ratio=20)


def error(data: bytes, address: str = "a.txt", limits: Limits = SMALL) -> IntendanceError:
    with pytest.raises(IntendanceError) as caught:
        document_from_bytes(data, address, limits=limits)
    return caught.value


def zipped(name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 text", "a PDF document"),
        (zipped("a.txt"), "a ZIP archive"),
        (zipped("word/document.xml"), "a Word document (DOCX)"),
        (zipped("xl/workbook.xml"), "an Excel workbook (XLSX)"),
        (b"\x89PNG\r\n\x1a\n0", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"GIF89a", "a GIF image"),
        (b"RIFF0000WEBPVP8", "a WebP image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
         "an Office document of the old format (DOC, XLS, PPT)"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"WARC/1.1\r\n", "a web archive (WARC)"),
        (b"two\0guns", "a NUL byte, at byte 3"),
        ("two guns".encode("utf-16-le"),
         "a NUL byte, at byte 1 (UTF-16 without a byte order mark?)"),
        (b"\xff\xfea\0\0\0", "a NUL character, at character 1"),
        (b"\x01\x02\x03 guns", "3 control characters in 8 bytes"),
    ],
)  # fmt: skip
def test_binary(data, what):
    found = error(data)
    assert found.code == "input.binary"
    assert str(found) == f"Expected text, HTML or Markdown, got {what} - at a.txt"


@pytest.mark.parametrize("address", ["a.txt", "a.html", "a.md"])
@pytest.mark.parametrize(
    ("data", "got"), [(b"", "nothing"), (b" \n\t\n", "no letter and no digit"), (b"-- !", None)]
)
def test_empty(data, got, address):
    found = error(data, address)
    assert found.code == "input.empty"
    assert str(found) == f"Expected some text, got {got or 'no letter and no digit'} - at {address}"


def test_a_page_without_text():
    found = error(b"<html><body><script>let a = 1</script></body></html>", "a.html")
    assert found.code == "input.empty"
    assert str(found) == "Expected some text, got nothing - at a.html"


@pytest.mark.parametrize(
    "data",
    [
        "Les systèmes livrés à l’été, dit-on, sont là".encode() + b" \xe9\xff",
        "Німеччина передала дві системи".encode("cp1251"),
        "przekazała działa i czołgi, które są".encode("cp1250"),
        "大炮已经交付给邻国".encode("gbk"),
        "prévu, décidé et livré".encode("mac-roman"),
        b"ab \x81\x8d\x8f",
    ],
)
def test_bytes_in_no_encoding_that_fits(data):
    found = error(data)
    assert found.code == "input.encoding"
    assert str(found).startswith("Expected text in UTF-8, got bytes that are none (")


def test_lone_surrogates():
    found = error(b"\xff\xfe" + b"a\0" + b"\x00\xd8" + b"b\0")
    assert found.code == "input.encoding"
    assert str(found) == (
        "Expected text in utf-16-le, got bytes that are none (00 d8 62 00 at byte 2) - at a.txt"
    )
    assert error(b"two \xed\xa0\x80 guns").code == "input.encoding"


def test_a_declared_encoding_that_nothing_fits():
    found = error(b'<meta charset="gbk"><p>two \xff\xff guns \x81', "a.html")
    assert found.code == "input.encoding"
    assert str(found).startswith("Expected text in gbk, got bytes that are none (")


def test_too_large(tmp_path):
    found = error(b"x" * 1_001)
    assert found.code == "input.too-large"
    assert str(found) == "Expected at most 1000 bytes a report, got 1001 - at a.txt"
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1_001)
    with pytest.raises(IntendanceError, match="Expected at most 1000 bytes a report, got more"):
        load_document(Source("a.txt", str(path)), limits=SMALL)


def test_a_stream_without_end_stops_at_the_limit():
    with pytest.raises(IntendanceError, match="Expected at most 1000 bytes a report, got more"):
        load_document(Source("/dev/zero", "/dev/zero"), limits=SMALL)


def test_gzip_is_unpacked_and_the_hash_is_of_the_file():
    packed = gzip.compress(b"Two ", mtime=0) + gzip.compress(b"guns.", mtime=0) + b"\0\0"
    document = document_from_bytes(packed, "a.txt.gz")
    assert document.text == "Two guns."
    assert document.raw_hash == document_from_bytes(packed, "b.gz").raw_hash
    assert document.raw_hash != document_from_bytes(b"Two guns.", "a.txt").raw_hash
    page = gzip.compress(b"<p>Two &amp; two", mtime=0)
    assert document_from_bytes(page, "a.html.gz").text == "Two & two"


def test_gzip_cut_off():
    found = error(gzip.compress(b"Two guns.", mtime=0)[:-9], "a.gz")
    assert found.code == "input.truncated"
    assert str(found).startswith("Expected a gzip file with its end, got one that stops after ")


def test_gzip_damaged():
    found = error(b"\x1f\x8b\x08\0\0\0\0\0\0\0 no deflate at all", "a.gz")
    assert found.code == "input.unreadable"
    assert str(found).startswith("Expected an intact gzip file, got Error -3")


def test_gzip_bombs():
    found = error(gzip.compress(b"0" * 900, mtime=0), "a.gz")
    assert found.code == "input.too-large"
    assert "a compressed file that grows at most 20 times" in str(found)
    found = error(gzip.compress(os.urandom(400) * 4), "a.gz")
    assert str(found) == ("Expected at most 1000 bytes a report, got more once unpacked - at a.gz")
    found = error(gzip.compress(b"ab", mtime=0) * 1_001, "a.gz", Limits())
    assert str(found) == "Expected a gzip file of at most 1000 members, got more - at a.gz"
    found = error(gzip.compress(gzip.compress(b"Two guns.", mtime=0)), "a.gz")
    assert str(found) == (
        "Expected text, HTML or Markdown, got a gzip file inside a gzip file - at a.gz"
    )


@pytest.mark.parametrize("path", ["no/such/file", "nul\0byte"], ids=["none", "nul"])
def test_a_file_that_is_not_there(path):
    with pytest.raises(IntendanceError) as caught:
        load_document(Source("shown", path))
    assert caught.value.code in ("input.missing", "input.unreadable")
    assert caught.value.where == "shown"


def test_a_folder_is_no_report(tmp_path):
    with pytest.raises(IntendanceError) as caught:
        load_document(Source("folder", str(tmp_path)))
    assert caught.value.code == "input.unreadable"
    assert str(caught.value) == "Expected a readable file, got 'Is a directory' - at folder"
