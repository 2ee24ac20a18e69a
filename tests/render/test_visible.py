"""Text from outside can't steer the terminal, and JSON keeps it as it was."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.render import json_line, visible
from intendance.terms import TimeSpan

ANY_TEXT = st.text(st.characters(blacklist_categories=()))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\x9b31m", "\\u009b31m"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("one\ntwo", "one⏎two"),
        ("a\tb\xa0c", "a b c"),
        ("soft\xadhyphen", "soft\\u00adhyphen"),
        ("\udcff.txt", "\\udcff.txt"),
        ("\U000e0001", "\\udb40\\udc01"),
        ("Київ, “café” — 中", "Київ, “café” — 中"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_what_hides_is_written_out(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(ANY_TEXT)
def test_nothing_shown_controls_or_reorders(raw: str) -> None:
    shown = visible(raw)
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not [c for c in shown if unicodedata.category(c) in hidden and c not in "\u200c\u200d"]
    shown.encode("utf-8")


@given(st.text())
def test_json_lines_read_back_and_hold_no_control(raw: str) -> None:
    line = json_line(TimeSpan(None, None, raw))
    assert json.loads(line)["text"] == raw
    assert line == visible(line[:-1]).replace("⏎", "\n") + "\n" or "\xa0" in raw or "⏎" in raw
    assert line.count("\n") == 1
