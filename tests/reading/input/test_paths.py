"""Where reports come from: files, folders, globs and the standard input, in a fixed order."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import msgspec
import pytest

from intendance.reading._input import Limits, Skipped, Source, find_sources, load_document


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a/z.html", "a/c.md", "a/b/d", "C.txt", ".hidden.txt", ".git/x.txt"):
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Two guns in {name}.", encoding="utf-8")
    return tmp_path


def found(*paths: str, stdin=None) -> list[str]:
    return [each.address for each in find_sources(paths, stdin) if isinstance(each, Source)]


def skipped(*paths: str, **options) -> list[tuple[str, str, str]]:
    return [
        (each.address, each.error.code, each.error.message)
        for each in find_sources(paths, **options)
        if isinstance(each, Skipped)
    ]


def test_a_folder_in_order_of_names_without_hidden_entries(folder):
    assert found("reports") == [
        "reports/C.txt", "reports/a/b/d", "reports/a/c.md", "reports/a/z.html", "reports/b.txt",
    ]  # fmt: skip
    assert skipped("reports") == []


def test_files_as_they_are_named_each_once(folder):
    assert found("reports/b.txt", "reports/.hidden.txt", "reports", "reports/b.txt")[:3] == [
        "reports/b.txt", "reports/.hidden.txt", "reports/C.txt",
    ]  # fmt: skip


def test_globs(folder):
    assert found("reports/*.txt") == ["reports/C.txt", "reports/b.txt"]
    assert found("reports/**/*.md") == ["reports/a/c.md"]
    assert found("reports/[ab]") == ["reports/a/b/d", "reports/a/c.md", "reports/a/z.html"]
    Path("reports/x[1].txt").write_text("Two guns.", encoding="utf-8")
    assert found("reports/x[1].txt") == ["reports/x[1].txt"]


@pytest.mark.parametrize("path", ["none.txt", "reports/*.pdf", "", "a\0b"])
def test_what_is_missing_is_said_and_the_rest_read(folder, path):
    assert [each[:2] for each in skipped(path, "reports/b.txt")] == [(path, "input.missing")]
    assert skipped(path)[0][2] == f"Expected an existing file or folder, got none - at {path}"
    assert found(path, "reports/b.txt") == ["reports/b.txt"]


def test_the_standard_input(folder):
    (source,) = find_sources(["-"], io.BytesIO(b"<!doctype html><p>Two guns."))
    assert isinstance(source, Source)
    document = load_document(source)
    assert (document.text, document.kind, document.address) == ("Two guns.", "page", "-")
    assert found("-", "-", stdin=io.BytesIO(b"x")) == ["-"]
    assert [each[:2] for each in skipped("-")] == [("-", "input.missing")]
    large = skipped("-", stdin=io.BytesIO(b"x" * 11), limits=Limits(max_bytes=10))
    assert [each[:2] for each in large] == [("-", "input.too-large")]


def test_a_standard_input_that_breaks_off(folder):
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    assert skipped("-", stdin=Broken()) == [
        ("-", "input.unreadable", "Expected a readable file, got 'Input/output error' - at -")
    ]


def test_other_kinds_are_passed_over_in_a_folder_and_read_when_named(folder):
    Path("reports/a.csv").write_text("a,b", encoding="utf-8")
    Path("reports/p.png").write_bytes(b"x")
    assert skipped("reports") == [
        ("reports/a.csv", "input.kind",
         "Expected text, HTML or Markdown, got a table - at reports/a.csv"),
        ("reports/p.png", "input.kind",
         "Expected text, HTML or Markdown, got a picture, sound or film - at reports/p.png"),
    ]  # fmt: skip
    assert found("reports/a.csv") == ["reports/a.csv"]


def test_links_are_followed_and_loops_are_not(folder):
    os.symlink("..", "reports/a/loop")
    os.symlink("a/b", "reports/link")
    os.symlink("gone", "reports/z.txt")
    os.symlink("self", "reports/self")
    assert found("reports") == [
        "reports/C.txt", "reports/a/b/d", "reports/a/c.md", "reports/a/z.html", "reports/b.txt",
    ]  # fmt: skip
    assert [each[:2] for each in skipped("reports")] == [
        ("reports/self", "input.unreadable"), ("reports/z.txt", "input.unreadable"),
    ]  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_passed_over(folder):
    os.mkfifo("reports/pipe")
    assert skipped("reports") == [
        ("reports/pipe", "input.kind",
         "Expected a regular file, got a pipe, socket or device - at reports/pipe"),
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are Unicode here")
def test_a_name_that_is_no_unicode_can_be_written(folder):
    with open(b"reports/\xff.txt", "wb") as file:
        file.write(b"Two guns.")
    (source,) = [each for each in find_sources(["reports"]) if "\\xff" in each.address]
    assert isinstance(source, Source)
    assert source.address == "reports/\\xff.txt"
    assert msgspec.json.encode(load_document(source).address) == b'"reports/\\\\xff.txt"'


def test_sources_cross_to_another_process(folder):
    import pickle

    for each in find_sources(["reports", "none"]):
        assert pickle.loads(pickle.dumps(each)) == each
