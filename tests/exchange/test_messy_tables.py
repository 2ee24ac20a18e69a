"""Tables as ministries and journalists keep them: every cell read as it is meant, or set aside."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from intendance.catalogue import Catalogue
from intendance.cli._main import run
from intendance.exchange import Import, guess_mapping, read_any, read_mapping
from intendance.exchange._kiel.donors import Donors
from intendance.exchange._kiel.line import Fault
from intendance.exchange._mapping.cells import Point, counted, paid, point_of, scale_of
from intendance.exchange._mapping.parties import Parties
from intendance.terms import IntendanceError, Statement

MAP = """name = "list"
[columns]
actor = "Donor"
item = "Item"
quantity = "Number"
[constant]
recipient = "Ukraine"
act = "promise"
"""
Reader = Callable[..., Import]


@pytest.fixture
def read(tmp_path: Path, catalogue: Catalogue) -> Reader:
    """Reads a table of a text by a mapping."""

    def reads(text: str | bytes, mapping: str = MAP, name: str = "list.csv") -> Import:
        path, rules = tmp_path / name, tmp_path / "map.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        rules.write_text(mapping, "utf-8")
        return read_any(path, read_mapping(rules), catalogue)

    return reads


def told(made: Import) -> list[Statement]:
    return [said for reading in made for said in reading.statements]


def aside(made: Import) -> list[tuple[int, str, str, str]]:
    return [(each.row, each.column, each.reason, each.got) for each in made.rejected]


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("Germany, Netherlands", ("DEU", "NLD")),
        ("Germany and the Netherlands", ("DEU", "NLD")),
        ("Danemark et Pays-Bas", ("DNK", "NLD")),
        ("Dänemark, Norwegen und Schweden", ("DNK", "NOR", "SWE")),
        ("US/UK", ("USA", "GBR")),
        ("Germany & Netherlands & Denmark", ("DEU", "NLD", "DNK")),
        ("Germany (with Norway)", ("DEU", "NOR")),
        ("Norway, Norway", ("NOR",)),
        ("Germany*", ("DEU",)),
        ("the Netherlands", ("NLD",)),
        ("the Baltic states", ("baltic-states",)),
        ("Bosnia and Herzegovina", ("BIH",)),
        ("Trinidad and Tobago", ("TTO",)),
        ("EBRD", ("ebrd",)),
        ("EIB; World Bank", ("eib", "world-bank")),
        ("BERD et Banque mondiale", ("ebrd", "world-bank")),
        ("Nordic Investment Bank", ("nordic-investment-bank",)),
    ],
)
def test_several_givers_in_one_cell(
    cell: str, parties: tuple[str, ...], catalogue: Catalogue
) -> None:
    assert Parties(Donors(catalogue)).of(cell) == (parties, None)


@pytest.mark.parametrize(
    ("cell", "unknown"),
    [
        ("Germany, Atlantis", "Atlantis"),
        ("Germany (with Atlantis)", "Atlantis"),
        ("Atlantis", "Atlantis"),
        ("", ""),
        (" , ", " , "),
    ],
)
def test_who_is_not_known_is_told(cell: str, unknown: str, catalogue: Catalogue) -> None:
    assert Parties(Donors(catalogue)).of(cell)[1] == unknown


@pytest.mark.parametrize(
    ("cell", "low", "high", "unit"),
    [
        ("3 batteries", 3, 3, "battery"),
        ("1 Batterie", 1, 1, "battery"),
        ("two batteries", 2, 2, "battery"),
        ("~10 tonnes", 10, 10, "tonne"),
        ("90 vehicles", 90, 90, None),
        ("20x", 20, 20, None),
        ("100 Stück", 100, 100, None),
        ("3 (three)", 3, 3, None),
        ("12 (used)", 12, 12, None),
        ("four", 4, 4, None),
        ("zwölf", 12, 12, None),
        ("une dizaine", 10, 10, None),
        ("~200", 200, 200, None),
        ("2 or 3 batteries", 2, 3, "battery"),
        ("10 or more", 10, None, None),
        ("40 or so", 40, 40, None),
        ('"at least" 100', 100, None, None),
        ("'1200", 1200, 1200, None),
        ("200+", 200, None, None),
        ("10-12", 10, 12, None),
        ("de 10 à 14", 10, 14, None),
        ("10 bis 12", 10, 12, None),
        ("up to 50", None, 50, None),
        ("jusqu’à 50", None, 50, None),
        ("über 200", 200, None, None),
        ("240 env.", 240, 240, None),
        ("1.5 mn", 1_500_000, 1_500_000, None),
        ("k. A.", None, None, None),
        ("non communiqué", None, None, None),
        ("geheim", None, None, None),
    ],
)
def test_numbers_with_words_around(
    cell: str, low: int | None, high: int | None, unit: str | None
) -> None:
    found = counted(cell, "quantity", "either", 1)
    assert (found.number.low, found.number.high, found.unit) == (low, high, unit)


@pytest.mark.parametrize("cell", ["une dizaine", "a dozen", "~200", "rund 50", "approx. 30-40"])
def test_about_is_kept(cell: str) -> None:
    assert counted(cell, "quantity", "either", 1).number.approx


@pytest.mark.parametrize(
    "cell",
    [
        "40 (of 122 planned)",
        "3 brigades",
        "many",
        "several batteries",
        "2 of 4",
        "3 + 4",
        "4, later 10",
    ],
)
def test_a_number_that_is_open_is_set_aside(cell: str) -> None:
    with pytest.raises(Fault) as caught:
        counted(cell, "quantity", "either", 1)
    assert (caught.value.field, caught.value.reason) == ("quantity", "units")


@pytest.mark.parametrize(
    ("cell", "point", "low", "high"),
    [
        ("10.000", ",", 10_000, 10_000),
        ("10.000", ".", 10, 10),
        ("10.000", "english", 10, 10_000),
        ("10.000", "either", 10, 10_000),
        ("10,000", ",", 10, 10),
        ("10,000", ".", 10_000, 10_000),
        ("10,000", "english", 10_000, 10_000),
        ("10,000", "either", 10, 10_000),
        ("10,000-12,000", ".", 10_000, 12_000),
        ("rd. 1.000", ",", 1000, 1000),
        ("1.234,50", ",", Decimal("1234.5"), Decimal("1234.5")),
        ("1 234,5", ",", Decimal("1234.5"), Decimal("1234.5")),
        ("7.7250", ",", Decimal("7.725"), Decimal("7.725")),
    ],
)
def test_decimal_commas(cell: str, point: Point, low: Decimal, high: Decimal) -> None:
    found = counted(cell, "quantity", point, 1).number
    assert (found.low, found.high) == (low, high)


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["english", "either", "own"]))
def test_what_a_number_may_be_is_never_left_out(value: Decimal, known: str) -> None:
    styles: Sequence[tuple[str, Point]] = (
        (f"{value:,}", "."),
        (f"{value:,}".translate({44: 46, 46: 44}), ","),
        (f"{int(value):,}".replace(",", " "), "."),
    )
    for text, own in styles:
        wanted = value if own in text or "," in text else Decimal(int(value))
        point: Point = own if known == "own" else "either"
        found = counted(text, "quantity", point, 1).number
        assert found.low is not None
        assert found.high is not None
        assert found.low <= wanted <= found.high
        if known == "own":
            assert found.low == found.high


@pytest.mark.parametrize(
    ("cell", "given", "amount", "currency"),
    [
        ("EUR 1.5 mn", None, 1_500_000, "EUR"),
        ("1.5 bn EUR", None, 1_500_000_000, "EUR"),
        ("€100 mn", "EUR", 100_000_000, "EUR"),
        ("12 Mio. Euro", None, 12_000_000, "EUR"),
        ("$ 500m", "CAD", 500_000_000, "CAD"),
        ("US$ 5", None, 5, "USD"),
        ("500 kr", "SEK", 500, "SEK"),
        ("3 Mrd.", "CHF", 3_000_000_000, "CHF"),
        ("chf 20", None, 20, "CHF"),
    ],
)
def test_amounts_with_their_currency(
    cell: str, given: str | None, amount: int, currency: str
) -> None:
    found, said = paid(cell, given, "money", "english", 1)
    assert (found.low, found.high, said) == (amount, amount, currency)


@pytest.mark.parametrize(
    ("cell", "given", "reason"),
    [("$5", None, "currency"), ("$5", "EUR", "currencies"), ("GBP 5", "EUR", "currencies")],
)
def test_a_currency_is_not_guessed(cell: str, given: str | None, reason: str) -> None:
    with pytest.raises(Fault) as caught:
        paid(cell, given, "money", "english", 1)
    assert caught.value.reason == reason


def test_headings_say_millions() -> None:
    assert scale_of("Montant (M€)") == scale_of("Value, EUR mn") == 1_000_000
    assert scale_of("Betrag in Tsd.") == 1000
    assert scale_of("Number of medium tanks") == scale_of("") == 1
    assert point_of(["1,5", "10.000", "x"], typed=False) == ","
    assert point_of(["1.5", "10,000"], typed=False) == "."
    assert point_of(["1.5", "1,5"], typed=False) is None
    assert point_of(["1.5", "1,5"], typed=True) == ","
    assert point_of(["10,000", "10.000"], typed=False) is None


def test_rows_that_are_no_data_are_listed_and_stop_nothing(
    read: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "Gifts of an invented year,,\n,,\nDonor,Item,Number\nPoland,T-72,\"1,200\"\n,,\n"
        "Donor,Item,Number\nFrance,Caesar,30\nSub-total,,1230\nTotal 2023:,,1230\n"
        "* as told by the givers,,\nNumbers may have changed since this was printed,,\n"
    )  # fmt: skip
    made = read(text)
    assert [(said.actors, said.quantity.exact) for said in told(made)] == [
        (("POL",), 1200), (("FRA",), 30)
    ]  # fmt: skip
    assert [(row, reason) for row, _, reason, _ in aside(made)] == [
        (6, "headings"), (8, "total"), (9, "total"), (10, "note"), (11, "note")
    ]  # fmt: skip
    where = [str(tmp_path / "list.csv"), "--map", str(tmp_path / "map.toml")]
    db = ["--db", str(tmp_path / "ledger.db")]
    assert run(["import", "table", *where, *db]) == 0
    assert "set aside 5" in capsys.readouterr().out
    assert run(["rejected", *db]) == 0
    assert "a sum of other rows" in capsys.readouterr().out


def test_a_giver_whose_name_is_a_word_for_sums_is_none(read: Reader) -> None:
    made = read("Donor,Item,Number\nTotal Defence Fund,helmet,5\n")
    assert not told(made)
    assert aside(made) == [(2, "Donor", "donor", "Total Defence Fund")]


def test_a_file_cut_between_rows_has_the_rows_above(read: Reader) -> None:
    made = read("Donor,Item,Number\nPoland,T-72,200\nFrance,Caes")
    assert [said.actors for said in told(made)] == [("POL",)]
    assert aside(made) == [(3, "", "cells", "2 cells")]


@pytest.mark.parametrize(
    "end", ['France,Caesar,"1', 'France,"Cae', '"France,Caesar,1\nItaly,T-72,3\n']
)
def test_a_file_cut_within_quotes_is_refused(read: Reader, end: str) -> None:
    with pytest.raises(IntendanceError) as caught:
        read(f"Donor,Item,Number\nPoland,T-72,200\n{end}")
    assert caught.value.message == (
        "Expected every quote closed: the file may have been cut, got a quote that row 3 opens, or "
        "one above it, and nothing closes - at list.csv"
    )


def test_a_quote_closed_on_the_last_line_is_closed(read: Reader) -> None:
    (said,) = told(read('Donor,Item,Number\nPoland,T-72,"1,200"'))
    assert said.quantity.exact == 1200


def test_joint_rows_are_one_donation(read: Reader) -> None:
    first, second = told(
        read('Donor,Item,Number\n"Germany, Netherlands",PzH 2000,12\nUS,Patriot,3 batteries\n')
    )
    assert (first.actors, first.joint) == (("DEU", "NLD"), True)
    assert (second.joint, second.unit, second.quantity.exact) == (False, "battery", 3)


def test_a_unit_in_the_cell_and_another_in_its_column(read: Reader) -> None:
    rules = MAP.replace('quantity = "Number"', 'quantity = "Number"\nunit = "Unit"')
    made = read(
        "Donor,Item,Number,Unit\nUS,Patriot,3 batteries,battery\nUS,Patriot,3 batteries,launchers\n"
        "US,Patriot,3,batteries\n",
        rules,
    )
    assert [said.unit for said in told(made)] == ["battery", "batteries"]
    assert aside(made) == [(3, "Number", "units", "3 batteries")]


FRENCH = """Ministère inventé;;;;;
Pays donateur;Matériel;Quantité;Livré;Date d'annonce;Montant (M€)
France;Caesar;49;environ 30;printemps 2022;
Allemagne;obus de 155 mm;10 000;au moins 5 000;T3 2024;1,5
Danemark et Pays-Bas;Leopard 2A4;14;;2e semestre 2023;2.165,25
Total général;;;;;2.166,75
"""


def test_a_french_list_from_its_guess(read: Reader, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(FRENCH, "utf-8")
    rules = guess_mapping(path)
    found = tomllib.loads(rules)
    assert found["point"] == ","
    assert found["times"] == {"money": 1_000_000}
    assert found["constant"] == {"act": "promise", "currency": "EUR"}
    rules = rules.replace('# recipient = ""', 'recipient = "Ukraine"')
    said = told(read(FRENCH, rules))
    amounts = [each.money.low for each in said if each.money is not None]
    assert amounts == [1_500_000, 2_165_250_000]
    assert [each.time.start for each in said if each.act == "promise"] == [
        "2022-03-01", "2024-07-01", "2023-07-01"
    ]  # fmt: skip
    assert [each.quantity.low for each in said if each.act == "deliver"] == [30, 5000]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("money = 1000000", "", "Expected times.money = 1000000, as 'Montant (M€)' says, got noth"),
        ("money = 1000000", "money = 1000", "got {'money': 1000}"),
        ('currency = "EUR"', 'currency = "USD"', "Expected currency EUR, as 'Montant (M€)' says"),
        ("money = 1000000", "money = 0", "got times.money = 0"),
        ("money = 1000000", "act = 10", "got times.act = 10"),
    ],
)
def test_what_a_heading_says_must_be_in_the_mapping(
    read: Reader, tmp_path: Path, old: str, new: str, words: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(FRENCH, "utf-8")
    rules = guess_mapping(path).replace('# recipient = ""', 'recipient = "Ukraine"')
    with pytest.raises(IntendanceError) as caught:
        read(FRENCH, rules.replace(old, new))
    assert caught.value.code == "import.mapping"
    assert words in caught.value.message


def test_a_workbook_with_a_cover_and_merged_headings(read: Reader, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Deckblatt").write(0, 0, "Land")
        sheet = book.add_worksheet("Liste")
        sheet.merge_range(0, 0, 0, 5, "Abgaben eines erfundenen Amtes")
        for column, name in (
            (0, "Geberland"),
            (1, "Gerät"),
            (4, "Zeitraum"),
            (5, "Betrag (Mio. €)"),
        ):
            sheet.merge_range(1, column, 2, column, name)
        sheet.merge_range(1, 2, 1, 3, "Anzahl")
        sheet.write_row(2, 2, ["zugesagt", "geliefert"])
        sheet.write_row(
            3, 0, ["Norwegen, Dänemark", "Leopard 2A4", "ca. 14", 8, "Frühjahr 2023", 7.725]
        )
        sheet.write_row(
            4, 0, ["Österreich", "Helm", "10.000", "bis zu 5.000", "3. Quartal 2022", "1,5"]
        )
        sheet.write_row(5, 0, ["Summe", "", 10014, 5008, "", 9.225])
        sheet.merge_range(6, 0, 6, 5, "1) ohne Gewähr")
    rules = guess_mapping(path)
    assert tomllib.loads(rules)["columns"] == {
        "actor": "Geberland", "item": "Gerät", "quantity": "Anzahl zugesagt",
        "delivered": "Anzahl geliefert", "time": "Zeitraum", "money": "Betrag (Mio. €)",
    }  # fmt: skip
    rules = rules.replace('# recipient = ""', 'recipient = "Ukraine"')
    made = read(path.read_bytes(), rules, "liste.xlsx")
    said = told(made)
    promised = [each for each in said if each.act == "promise"]
    assert [(each.actors, each.quantity.low, each.quantity.approx) for each in promised] == [
        (("NOR", "DNK"), 14, True), (("AUT",), 10_000, False)
    ]  # fmt: skip
    assert [each.quantity.high for each in said if each.act == "deliver"] == [8, 5000]
    assert [each.money.low for each in promised if each.money] == [7_725_000, 1_500_000]
    assert [(row, reason) for row, _, reason, _ in aside(made)] == [(6, "total"), (7, "note")]


def test_a_giver_over_several_rows(read: Reader, tmp_path: Path) -> None:
    text = (
        "Donor,Item,Number\n,T-72,1\nPoland,T-72,200\n,PT-91,30\n\nItaly,,\nditto,,\n"
        "idem,Leopard 2A4,5\n,helmet,\n"
    )
    made = read(text)
    assert [said.actors for said in told(made) if said.item] == [("POL",), ("ITA",)]
    assert [(row, reason, got) for row, _, reason, got in aside(made)] == [
        (2, "donor", ""), (4, "donor", ""), (9, "donor", "")
    ]  # fmt: skip
    rules = guess_mapping(tmp_path / "list.csv")
    assert "# 3 rows have an empty cell there; does it stand for the one above?" in rules
    made = read(text, MAP.replace("[columns]", 'repeat = ["actor"]\n[columns]'))
    said = [(each.source_row, each.actors, each.item) for each in told(made) if each.item]
    assert [each[1:] for each in said] == [
        (("POL",), "t-72"), (("POL",), "pt-91"), (("ITA",), "leopard-2a4"), (("ITA",), "helmet")
    ]  # fmt: skip
    assert all("Donor: " in each.quote for each in told(made))
    assert [row for row, *_ in aside(made)] == [2]


def test_only_columns_repeat(read: Reader) -> None:
    with pytest.raises(IntendanceError, match="Expected repeat for fields that are columns"):
        read("Donor,Item,Number\n", MAP.replace("[columns]", 'repeat = ["act"]\n[columns]'))
