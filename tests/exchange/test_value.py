"""Totals of value: exact, nothing counted twice, every line with what it rests on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import intendance
from intendance.api import Books
from intendance.cli import run
from intendance.exchange import Line, Total, read_supply, value
from intendance.exchange._value.rates import shipped
from intendance.ledger import Filter
from intendance.ledger._fold.money import EURO, RATES
from intendance.terms import IntendanceError, Money, TimeSpan, at_least, exactly, money

PRICES = """item,price,currency,date,kind,source,high,unit
leopard-2,5000000,EUR,2022,replacement,Invented list,,
leopard-2a6,11000000,USD,2023,replacement,Invented list,,
leopard-2a6,400000,EUR,2023,book,Invented books,,
patriot,900000000,EUR,2021,replacement,One source,,
patriot,950000000,EUR,2021,replacement,Another source,1000000000,
"""
INDEX = "year,index,source\n2021,100,Invented\n2022,110,Invented\n2024,121,Invented\n"


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, Path]:
    found = {"prices": tmp_path / "prices.csv", "index": tmp_path / "index.csv"}
    found["prices"].write_text(PRICES)
    found["index"].write_text(INDEX)
    return found


def line(lines: list[Line], item: str | None, stage: str, counted: str | None = None) -> Line:
    (found,) = [
        each
        for each in lines
        if (each.item, each.stage) == (item, stage) and counted in (None, each.counted)
    ]
    return found


def ends(amount: Money | None) -> tuple[Decimal | None, Decimal | None]:
    assert amount is not None
    return amount.low, amount.high


def by_stage(totals: list[Total], stage: str) -> Total:
    (found,) = [each for each in totals if each.stage == stage]
    return found


def test_a_framework_and_its_orders_are_not_counted_twice(books: Books) -> None:
    found = value(books, by=("stage",), filter=Filter(donor="FRA"))
    total = by_stage(found.totals, "contracted")
    assert ends(total.stated) == (Decimal("96000000.50"), Decimal("96000000.50"))
    assert ends(total.apart["ceiling"]) == (Decimal(900000000), Decimal(900000000))
    assert (total.lines, total.lines_stated, total.lines_apart) == (2, 2, 1)


def test_prices_are_used_where_nothing_is_stated(books: Books, tables: dict[str, Path]) -> None:
    found = value(books, prices=tables["prices"])
    promised = line(found.lines, "leopard-2a6", "promised")
    rate = Decimal("1.0813")
    assert ends(promised.amount)[0] == (4 * Decimal(11000000) / rate).quantize(Decimal("0.01"))
    assert (promised.counted, promised.from_) == ("priced", "priced")
    assert [(used.from_, used.to, used.date) for used in promised.rates] == [("USD", "EUR", "2023")]
    assert promised.prices[0].source == "Invented list"
    delivered = line(found.lines, "leopard-2a6", "delivered")  # 1 or 3: a conflict shows both ends
    low, high = ends(delivered.amount)
    assert low is not None
    assert high == (3 * Decimal(11000000) / rate).quantize(Decimal("0.01"))
    assert low < high


def test_a_wider_kind_lends_its_price_and_says_so(books: Books, tables: dict[str, Path]) -> None:
    found = value(books, prices=tables["prices"])
    joint = line(found.lines, "leopard-2a4", "promised")
    assert joint.assumptions == ("price-of-wider-kind",)
    assert joint.donors == ("DNK", "NLD")
    assert ends(joint.amount) == (Decimal(70000000), Decimal(70000000))
    donors = [each.donors for each in found.totals if each.priced is not None]
    assert donors.count(("DNK", "NLD")) == 1
    assert ("DNK",) not in donors


def test_book_value_is_another_figure(books: Books, tables: dict[str, Path]) -> None:
    found = value(books, prices=tables["prices"], method="book")
    assert ends(line(found.lines, "leopard-2a6", "promised").amount)[0] == Decimal(1600000)
    assert line(found.lines, "leopard-2a4", "promised").reason == "no-price"


def test_several_sources_give_an_interval(books: Books, tables: dict[str, Path]) -> None:
    found = value(books, prices=tables["prices"])
    order = line(found.lines, "patriot", "contracted")
    assert ends(order.amount) == (Decimal(9000000000), Decimal(12000000000))


def test_prices_of_another_year_are_brought_by_the_index(
    books: Books, tables: dict[str, Path]
) -> None:
    plain = value(books, prices=tables["prices"], year=2024)
    assert "no-index-2021" in line(plain.lines, "patriot", "contracted").assumptions
    found = value(books, prices=tables["prices"], year=2024, index=tables["index"])
    order = line(found.lines, "patriot", "contracted")
    assert ends(order.amount) == (Decimal(10890000000), Decimal(14520000000))
    assert order.assumptions == ("index-2021",)
    assert {each.year for each in found.totals} == {2024}


def test_lines_without_a_figure_are_a_share(books: Books) -> None:
    found = value(books, by=("stage",))
    total = by_stage(found.totals, "promised")
    assert (total.stated, total.priced, total.share_without) == (None, None, Decimal(1))
    assert total.without == total.lines > 3
    assert {each.reason for each in found.lines if each.counted == "neither"} == {"no-price"}


def test_amounts_are_converted_at_the_rate_of_their_own_time(
    build: ModuleType, tmp_path: Path
) -> None:
    dollars = money(exactly(Decimal(105300000)), "USD")
    more = money(at_least(Decimal("108130000")), "USD")
    with intendance.open_ledger(tmp_path / "money.db") as ledger:
        ledger.add(
            [
                build.one(
                    "The United States promised HIMARS for 105.3 million dollars.",
                    build.promise("USA", None, "himars", money=dollars),
                    "2022-06-01",
                ),
                build.one(
                    "The United States promised Patriot for at least 108.13 million dollars.",
                    build.promise("USA", None, "patriot", money=more),
                    "2023-06-01",
                ),
                build.one(
                    "The United States promised NASAMS for 105.3 million dollars.",
                    build.promise("USA", None, "nasams", money=dollars),
                ),
                build.one(
                    "The United States promised Bradley for 105.3 million dollars.",
                    build.promise("USA", None, "bradley", money=dollars),
                    "1995-06-01",
                ),
            ]
        )  # fmt: skip
        found = value(ledger, by=("donor", "stage"))
        (total,) = found.totals
        assert ends(total.stated) == (Decimal(200000000), None)
        assert line(found.lines, "nasams", "promised").reason == "no-date"
        assert line(found.lines, "bradley", "promised").reason == "no-rate"
        assert total.share_without == Decimal("0.5")
        own = value(ledger, by=("stage",), currency="USD")
        assert ends(own.totals[0].stated) == (Decimal(424030000), None)
        table = tmp_path / "rates.csv"
        table.write_text("date,currency,per_euro,source\n2022-06,USD,2,Mine\n1995,USD,1.5,Mine\n")
        mine = value(ledger, rates=table)
        assert ends(line(mine.lines, "himars", "promised").amount)[0] == Decimal(52650000)
        assert ends(line(mine.lines, "bradley", "promised").amount)[0] == Decimal(70200000)
        assert line(mine.lines, "himars", "promised").rates[0].source == "Mine"


def test_what_is_no_further_aid_stands_apart(build: ModuleType, tmp_path: Path) -> None:
    def euros(amount: int) -> Money:
        return money(exactly(Decimal(amount)), "EUR")

    package = {"package": "p1"}
    told = [
        build.reading_of(
            [
                ("Norway announced a package of 500 million euros.",
                 build.promise("NOR", None, None, money=euros(500), **package)),
                ("It holds 10 Caesar worth 200 million euros.",
                 build.promise("NOR", 10, "caesar", money=euros(200), **package)),
            ],
            "2023-01-05",
        ),
        build.one("The Netherlands repaid Norway 50 euros.",
                  {"act": "reimburse", "certainty": "done", "actors": ("NLD",),
                   "recipients": ("NOR",), "money": euros(50)}, "2023-02-01"),
        build.one("Sweden backfilled Norway with 4 Archer for 40 euros.",
                  {"act": "backfill", "certainty": "done", "actors": ("SWE",), "item": "archer",
                   "recipients": ("NOR",), "quantity": exactly(4), "money": euros(40)},
                  "2023-02-02"),
        build.one("Italy promised artillery for 30 euros.",
                  build.promise("ITA", None, "artillery", money=euros(30)), "2023-03-01"),
        build.one("Italy promised 5 Caesar for 20 euros.",
                  build.promise("ITA", 5, "caesar", money=euros(20)), "2023-03-01"),
        build.one("That brings what Spain has promised to 60 euros.",
                  build.promise("ESP", None, "military-aid", money=euros(60), basis="total"),
                  "2023-03-02"),
        build.one("The allies have promised 70 euros.",
                  build.promise("allies", None, "military-aid", money=euros(70)), "2023-03-03"),
    ]  # fmt: skip
    with intendance.open_ledger(tmp_path / "apart.db") as ledger:
        ledger.add(told)
        found = value(ledger)
        sums: dict[str, Decimal] = {}
        for each in found.lines:
            if each.amount is not None and each.amount.low is not None:
                sums[each.counted] = sums.get(each.counted, Decimal(0)) + each.amount.low
    assert sums == {
        "stated": 520, "inside": 200, "reimbursement": 50, "backfill": 40, "general": 30,
        "sum": 60, "collective": 70,
    }  # fmt: skip


def test_rows_count_with_their_own_days_and_alike_with_and_without_a_filter(
    kiel_file: Callable[..., Path], tmp_path: Path
) -> None:
    """A package that is nothing but its total counts, whatever else its donor is said to give."""
    usd = {"Original Currency": "USD", "Monetary Value as Given by Source": "105300000"}
    path = kiel_file(
        [
            usd | {"Total ": "105300000", "ID": "LUM2", "Announcement Date": "2022-05-02 00:00:00"},
            usd | {"Total ": "105300000", "ID": "LUM3", "Announcement Date": "until 12/31/2022"},
            {"Items": "Leopard 2 tank", "Type of Item": "Heavy weapon", "No. of Units": "3"},
        ]
    )
    db = str(tmp_path / "rows.db")
    assert run(["import", "kiel", str(path), "--db", db]) == 0
    with intendance.open_ledger(tmp_path / "rows.db") as ledger:
        found = value(ledger)
        counted = [each for each in found.lines if each.counted == "stated"]
        assert [ends(each.amount)[0] for each in counted] == [Decimal(100000000)] * 2
        assert [each.rates[0].date for each in counted] == ["2022", "2022"]
        assert sorted(each.assumptions for each in counted) == [(), ("open-date",)]
        assert value(ledger, filter=Filter(donor="LUX")).totals == found.totals


def test_tables_that_the_ledger_keeps_count(
    build: ModuleType, tmp_path: Path, tables: dict[str, Path]
) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text("date,currency,per_euro,source\n2022-06,USD,2,Kept\n")
    dollars = money(exactly(Decimal(50)), "USD")
    with intendance.open_ledger(tmp_path / "kept.db") as ledger:
        ledger.add(
            [
                build.one("Norway promised 2 Leopard 2.", build.promise("NOR", 2, "leopard-2"),
                          "2022-06-01"),
                build.one("Norway promised HIMARS for 50 dollars.",
                          build.promise("NOR", None, "himars", money=dollars), "2022-06-01"),
            ]
        )  # fmt: skip
        assert line(value(ledger).lines, "leopard-2", "promised").reason == "no-price"
        read_supply(ledger, "price", tables["prices"])
        read_supply(ledger, "exchange-rate", rates)
        found = value(ledger)
        assert ends(line(found.lines, "leopard-2", "promised").amount)[0] == Decimal(10000000)
        assert ends(line(found.lines, "himars", "promised").amount)[0] == Decimal(25)
        other = tmp_path / "mine.csv"
        other.write_text(PRICES.split("\n")[0] + "\nleopard-2,7,EUR,2022,replacement,Mine,,\n")
        assert ends(line(value(ledger, prices=other).lines, "leopard-2", "promised").amount) == (
            Decimal(14), Decimal(14),
        )  # fmt: skip
        rates.write_text("date,currency,per_euro,source\n2022-06,USD,-2,Kept\n")
        read_supply(ledger, "exchange-rate", rates)
        with pytest.raises(IntendanceError) as caught:
            value(ledger)
    assert caught.value.message == "Expected a rate above zero, got -2 - at rates, row 2"


def test_units_of_another_kind_take_no_price_of_single_items(
    build: ModuleType, tmp_path: Path, tables: dict[str, Path]
) -> None:
    with intendance.open_ledger(tmp_path / "units.db") as ledger:
        ledger.add(
            [
                build.one("Germany promised 2 Patriot batteries.",
                          build.promise("DEU", 2, "patriot", unit="batteries"), "2023-01-01")
            ]
        )  # fmt: skip
        assert value(ledger, prices=tables["prices"]).lines[0].reason == "no-price"
        with tables["prices"].open("a") as stream:
            stream.write("patriot,3,EUR,2023,replacement,Invented,,battery\n")
        assert ends(value(ledger, prices=tables["prices"]).lines[0].amount)[0] == Decimal(6)


def test_the_shipped_rates_are_those_of_the_ledger() -> None:
    mine = {(rate.date, rate.currency): rate.per_euro for rate in shipped()}
    assert all(rate.source for rate in shipped())
    for year, rates in RATES.items():
        for currency, rate in rates.items():
            if currency != EURO:
                assert mine[(year, currency)] == rate


BAD = {
    "prices": [
        ("unheard,1,EUR,2022,book,S,,", "an item of the catalogue, got 'unheard'"),
        ("caesar,1,euro,2022,book,S,,", "a currency of three capital letters, got 'euro'"),
        ("caesar,0,EUR,2022,book,S,,", "a price above zero, got 0"),
        ("caesar,1,EUR,22,book,S,,", "YYYY, YYYY-MM or YYYY-MM-DD, got '22'"),
        ("caesar,9,EUR,2022,book,S,8,", "a high price that is not below the price, got 8"),
        ("caesar,1,EUR,2022,book,',,", "the source of the price, got none"),
    ],
    "rates": [("2022,USD,-1,S", "a rate above zero, got -1")],
    "index": [
        ("2022,0,S", "an index above zero, got 0"),
        ("2022,1,S\n2022,2,S", "each year once, got 2022 again"),
    ],
}
HEADS = {
    "prices": PRICES.split("\n")[0],
    "rates": "date,currency,per_euro,source",
    "index": "year,index,source",
}


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [(table, row, message) for table, rows in BAD.items() for row, message in rows],
)
def test_a_table_that_is_wrong_is_named_with_its_row(
    books: Books, tmp_path: Path, table: str, row: str, message: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{HEADS[table]}\n{row}\n")
    with pytest.raises(IntendanceError) as caught:
        value(books, **{table: path})  # type: ignore[arg-type]  # each takes a path
    assert caught.value.code == "table.value"
    number = 2 + row.count("\n")
    assert caught.value.message == f"Expected {message} - at {path}, row {number}"


def test_a_call_that_is_wrong_is_refused(books: Books) -> None:
    cases: dict[str, dict[str, Any]] = {
        "an ISO 4217 code of three capital letters, got 'eur' - at the currency of a value": {
            "currency": "eur"
        },
        "one of replacement, book, got new - at value, method": {"method": "new"},
        "donor, class or stage, got 'item' - at value, by": {"by": ("stage", "item")},
    }
    for message, more in cases.items():
        with pytest.raises(IntendanceError) as caught:
            value(books, **more)
        assert caught.value.message == f"Expected {message}"


def test_the_command_gives_the_same_figures(
    books: Books, tmp_path: Path, tables: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["value", "--db", str(tmp_path / "books.db"), "--prices", str(tables["prices"])]
    assert run([*call, "--by", "stage", "--json"]) == 0
    rows = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    contracted = next(row for row in rows if row["stage"] == "contracted")
    assert contracted["stated"]["low"] == "96000000.50"
    assert contracted["apart"]["ceiling"]["currency"] == "EUR"
    assert run([*call, "--csv"]) == 0
    sheet = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["stated_low"] for row in sheet if row["donors"] == "FRA"} == {"96000000.50"}
    assert run([*call, "--lines", "--csv", "--donor", "POL"]) == 0
    sheet = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert sheet[0]["prices"].startswith(
        "leopard-2a6 11000000 USD 2023 replacement (Invented list)"
    )
    assert run([*call, "--language", "fr", "--by", "stage,donor"]) == 0
    assert "plafond d’un accord-cadre 900 M EUR" in " ".join(capsys.readouterr().out.split())
    assert run([*call, "--language", "fr", "--lines"]) == 0
    assert "prix d’un type plus large" in " ".join(capsys.readouterr().out.split())


def test_prices_that_a_data_set_reckons_with(books: Books, build: ModuleType) -> None:
    dollars = money(exactly(Decimal(2106000)), "USD")
    said = {
        "act": "assess", "certainty": "announced", "actors": ("FRA",), "item": "leopard-2a4",
        "money": dollars, "per": "item", "live": False,
        "time": TimeSpan("2022-03-01", "2022-03-01", ""),
    }  # fmt: skip
    books.add([build.one("A Leopard 2A4 is reckoned at 2,106,000 dollars.", said, "2022-03-02")])
    assert line(value(books).lines, "leopard-2a4", "promised").reason == "no-price"
    joint = line(value(books, reported=True).lines, "leopard-2a4", "promised")
    assert ends(joint.amount) == (Decimal(28000000), Decimal(28000000))
    assert joint.prices[0].source.startswith("test, s")


def test_a_row_is_worth_the_price_that_it_reckons_with(
    kiel_file: Callable[..., Path], tmp_path: Path
) -> None:
    """Its own price first; that of another row only for the same kind, never for a class.

    The package's total counts as promised; what was delivered of its parts counts by itself.
    """
    part = {"ID": "LUM2", "Monetary Value as Given by Source": ".", "No. of Units": "4",
            "No. of Units Delivered (in-kind military aid)": "2"}  # fmt: skip
    path = kiel_file(
        [
            part | {"Total ": "9000000", "Items": "Leopard 2 tank", "Unit Price in USD": "1053000"},
            part | {"Items": "special machine", "Type of Item": "Military equipment",
                    "Unit Price in USD": "2106000"},
            part | {"Items": "other machine", "Type of Item": "Military equipment",
                    "Unit Price in USD": "."},
            {"ID": "LUM3", "Countries": "Norway", "Items": "Leopard 2 tank",
             "Monetary Value as Given by Source": ".", "No. of Units": "3"},
        ]
    )  # fmt: skip
    assert run(["import", "kiel", str(path), "--db", str(tmp_path / "rows.db")]) == 0
    with intendance.open_ledger(tmp_path / "rows.db") as ledger:
        found = value(ledger, reported=True)
        held = {each.id: each.source_row or "" for each in ledger.statements()}
    amounts = {
        (held[said].split(":")[0], each.stage): (each.counted, ends(each.amount)[0])
        for each in found.lines
        for said in each.statements[:1]
        if each.amount is not None
    }  # fmt: skip
    million = Decimal(1000000)
    assert amounts[("row 2", "delivered")] == ("priced", 2 * million)
    assert amounts[("row 3", "delivered")] == ("priced", 4 * million)
    assert amounts[("row 5", "promised")] == ("priced", 3 * million)
    assert ("row 4", "delivered") not in amounts
    promised = {each.counted for each in found.lines if each.stage == "promised"}
    assert promised >= {"stated", "inside", "priced"}
    total = by_stage([each for each in found.totals if each.class_ is None], "promised")
    assert ends(total.stated) == (Decimal(9000000), Decimal(9000000))
