"""docs/catalogue.md tells the truth: its example loads, its tables and fields are the real ones."""

import re
from pathlib import Path

import msgspec

from intendance.catalogue import load_catalogue
from intendance.catalogue._brackets import expand
from intendance.catalogue._entries import TABLES

DOCUMENT = Path(__file__).parents[2] / "docs" / "catalogue.md"
NAMES = {"id", "en", "fr", "de", "uk", "pl", "names", "weak", "source"}


def test_example_loads(write) -> None:
    example = re.search(r"```toml\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert example
    cat = load_catalogue([write(example[1])])
    assert cat.resolve("grands canons") == "grand-canon"
    assert cat.specialises("grand-canon-2", "grand-canon")
    assert cat.label("grand-canon", "fr") == "Grand Canon"
    assert "camion-canon[s] Caesar" in cat.kinds["caesar"].fr


def test_tables_and_fields_are_listed() -> None:
    text = DOCUMENT.read_text("utf-8").split("## Tables")[1]
    rows = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.*) \|$", text, re.MULTILINE))
    for table, struct in TABLES.items():
        fields = {field.encode_name for field in msgspec.structs.fields(struct)} - NAMES
        said = set(re.findall(r"`(\w+)`", rows[table]))
        assert fields == said, table


def test_patterns_stand_for_what_is_said() -> None:
    text = DOCUMENT.read_text("utf-8").split("| pattern | stands for |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", text, re.MULTILINE)
    assert len(rows) == 5
    for pattern, forms in rows:
        assert list(expand(pattern.replace("\\|", "|"))) == forms.split(", ")
