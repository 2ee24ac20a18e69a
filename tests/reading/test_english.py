"""English beside its tables of rows (rows/en-*.toml): lists, packages, money, fact sheets."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from intendance.reading import Document, Reader
from intendance.terms import Statement


def read(reader: Reader, text: str) -> tuple[Statement, ...]:
    document = Document(text=text, kind="article", address="", raw_hash="0", language="en")
    return reader.read_document(document).statements


def test_list_of_items(reader: Reader) -> None:
    text = (
        "Germany has promised to deliver 40 Marder infantry fighting vehicles, "
        "14 Leopard 2 tanks and one Patriot battery to Ukraine."
    )
    found = {(each.item, each.quantity.exact, each.actors) for each in read(reader, text)}
    assert found == {
        ("marder", 40, ("DEU",)), ("leopard-2", 14, ("DEU",)), ("patriot", 1, ("DEU",)),
    }  # fmt: skip


def test_package_with_contents(reader: Reader) -> None:
    text = (
        "The Netherlands announced a package of $400 million for Ukraine, "
        "including 45 T-72 tanks and two Patriot launchers."
    )
    found = read(reader, text)
    assert {(each.act, each.item, each.quantity.exact) for each in found} >= {
        ("promise", "t-72", 45), ("promise", "patriot", 2),
    }  # fmt: skip
    (money,) = {each.money for each in found if each.money is not None}
    assert money.low == 400_000_000
    assert money.currency == "USD"


@pytest.mark.parametrize(
    ("text", "low", "currency"),
    [
        ("Canada allocated $500 million for Ukraine.", 500_000_000, "USD"),
        ("Norway allocated 1.5 billion euros for Ukraine.", 1_500_000_000, "EUR"),
        ("Britain ordered 5,000 NLAW missiles worth £229 million from Saab.", 229_000_000, "GBP"),
    ],
)
def test_money(reader: Reader, text: str, low: int, currency: str) -> None:
    (found,) = read(reader, text)
    assert found.money is not None
    assert found.money.low == low
    assert found.money.high == low
    assert found.money.currency == currency


def test_supplier_of_an_order(reader: Reader) -> None:
    (found,) = read(reader, "Lithuania ordered 44 Leopard 2A8 tanks from Rheinmetall.")
    assert found.suppliers == ("rheinmetall",)


def test_speaker_and_first_person(reader: Reader) -> None:
    (found,) = read(reader, '"We will send 20 Marder infantry fighting vehicles," Scholz said.')
    assert (found.act, found.actors, found.item) == ("promise", ("DEU",), "marder")
    assert found.speaker == "olaf-scholz"


def test_first_of_several(reader: Reader) -> None:
    (found,) = read(reader, "The first of four IRIS-T SLM systems has arrived in Ukraine.")
    assert (found.quantity.exact, found.part_of and found.part_of.exact) == (1, 4)


def test_quotes_slice_the_text(reader: Reader) -> None:
    table = Path(__file__).parent / "rows" / "en-plain.toml"
    texts = [each["text"] for each in tomllib.loads(table.read_text(encoding="utf-8"))["read"]]
    text = " ".join(texts)
    document = Document(text=text, kind="article", address="", raw_hash="0", language="en")
    found = reader.read_document(document).statements
    assert len(found) >= len(texts)
    assert all(text[each.start : each.end] == each.quote for each in found)


SHEET = """Washington today announced an additional $300 million in security assistance to Ukraine.

The new package includes:

-   40 Stinger missiles;
-   2,500 Javelin missiles, 700 night vision devices and 30 machine
    guns; and
-   1,200 helmets.

In addition, previous United States assistance committed to Ukraine includes:

-   Over 90 Stinger missiles; and
-   Seven Mi-17 helicopters.
"""


def test_a_fact_sheet_promises_what_is_new_and_counts_what_went_before(reader: Reader) -> None:
    found = [each for each in read(reader, SHEET) if each.quantity.known]
    assert all(each.actors == ("USA",) and each.live for each in found)
    assert [(each.act, each.item, each.quantity.low, each.basis) for each in found] == [
        ("promise", "fim-92-stinger", 40, None),
        ("promise", "fgm-148-javelin", 2500, None),
        ("promise", "night-vision-device", 700, None),
        ("promise", "machine-gun", 30, None),
        ("promise", "helmet", 1200, None),
        ("deliver", "fim-92-stinger", 90, "cumulative"),
        ("deliver", "mi-17", 7, "cumulative"),
    ]
