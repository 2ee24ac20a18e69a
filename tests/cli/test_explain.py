"""``intendance explain`` on the terminal, as a page and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

TEXT = (
    "date 2023-02-03\n"
    "La Lettonie a livré six obusiers à l'Ukraine. Les missiles Kalibr ont frappé la ville.\n\n"
    "Il faisait beau <b>à Riga</b>.\n"
)


def test_a_text_with_its_statements_and_what_gave_none(call: Any, home: Path) -> None:
    (home / "a.txt").write_text(TEXT, encoding="utf-8")
    ran = call("explain", "a.txt")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "a.txt"
    assert lines[1].startswith("fr, 3 February 2023 (text), statements: 1")
    assert lines[2:4] == ["· date 2023-02-03", "▌ La Lettonie a livré six obusiers à l'Ukraine."]
    assert "deliver, done | LVA → UKR | howitzer | 6 | live | fr.deliver." in lines[4]
    assert lines[5:7] == [
        "? Les missiles Kalibr ont frappé la ville.",
        "    nothing given, promised or ordered is said of it (missiles Kalibr)",
    ]
    assert lines[7] == "  Il faisait beau <b>à Riga</b>."
    assert not (home / "intendance.db").exists()


def test_in_french(call: Any, home: Path) -> None:
    (home / "a.txt").write_text(TEXT, encoding="utf-8")
    said = call("explain", "a.txt", "--language", "fr").out
    assert "livraison" in said or "livre" in said
    assert "rien n’est dit qui soit donné" in said


def test_as_a_page_no_text_becomes_markup(call: Any, home: Path) -> None:
    (home / "a.txt").write_text(TEXT + "<script>alert(1)</script>\n", encoding="utf-8")
    ran = call("explain", "a.txt", "--html", "a.html")
    assert (ran.status, ran.out) == (0, "")
    page = (home / "a.html").read_text(encoding="utf-8")
    assert '<div class="stretch said">' in page
    assert '<div class="stretch none">' in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_as_json_with_offsets(call: Any, home: Path) -> None:
    (home / "a.txt").write_text(TEXT, encoding="utf-8")
    (found,) = call("explain", "a.txt", "--json").rows()
    whole = found["reading"]["text"]
    quoted = [whole[each["start"] : each["end"]] for each in found["passages"]]
    assert quoted[1:] == [
        "La Lettonie a livré six obusiers à l'Ukraine.",
        "Les missiles Kalibr ont frappé la ville.",
    ]
    assert found["passages"][2]["reason"] == "no-act"


def test_a_file_that_cannot_be_read_is_one_error_and_the_rest_is_shown(
    call: Any, home: Path
) -> None:
    (home / "a.txt").write_text(TEXT, encoding="utf-8")
    (home / "b.txt").write_bytes(b"")
    ran = call("explain", "a.txt", "b.txt")
    assert ran.status == 3
    assert ran.err.startswith("error input.empty: Expected some text, got nothing - at b.txt.")
    assert "LVA → UKR" in ran.out
