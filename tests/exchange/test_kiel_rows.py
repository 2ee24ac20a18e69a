"""Rows of the tracker as statements: figures, dates, packages, money, what lies outside."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from intendance.catalogue import Catalogue
from intendance.exchange import Import, read_kiel
from intendance.terms import Statement, span_of

Writer = Callable[..., Path]
HEADS = ("ID", "Countries", "Announcement Date", "Type of Aid General", "Explanation", "Items",
         "No. of Units")  # fmt: skip


def statements(made: Import) -> list[Statement]:
    readings = list(made)
    for reading in readings:
        for said in reading.statements:
            assert reading.text[said.start : said.end] == said.quote
    return [said for reading in readings for said in reading.statements]


def by_rule(found: list[Statement], rule: str) -> list[Statement]:
    return [said for said in found if said.rule == rule]


def test_a_row_becomes_a_promise_and_a_delivery(kiel_file: Writer, catalogue: Catalogue) -> None:
    path = kiel_file(
        [{"Items": "M777 howitzer", "No. of Units": "12",
          "No. of Units Delivered (in-kind military aid)": "5"}]
    )  # fmt: skip
    found = statements(read_kiel(path, catalogue))
    promise, deliver = found
    assert (promise.act, promise.item, promise.quantity.exact) == ("promise", "m777", 12)
    assert promise.actors == ("LUX",)
    assert promise.recipients == ("UKR",)
    assert promise.package == "kiel:LUM1"
    assert (promise.time.start, promise.time.end) == ("2022-05-02", "2022-05-02")
    assert promise.source_row == "row 2: Items, No. of Units"
    assert promise.attribution == ("example.org/news/1",)
    assert "Items: M777 howitzer" in promise.quote
    assert (deliver.act, deliver.quantity.exact, deliver.live) == ("deliver", 5, True)


def test_the_report_is_a_dataset_dated_by_its_own_column(
    kiel_file: Writer, catalogue: Catalogue
) -> None:
    (reading,) = read_kiel(kiel_file([{"Items": "helmet"}]), catalogue)
    assert reading.report.kind == "dataset"
    assert reading.report.published.start == "2023-02-01"
    assert reading.report.date_from == "metadata"
    named = read_kiel(kiel_file([{}]), catalogue, published=span_of("2024-06"))
    assert next(iter(named)).report.published.end == "2024-06-30"


@pytest.mark.parametrize(
    ("cell", "state", "exact"),
    [("undisclosed", "undisclosed", None), (".", "unspecified", None), ("7", "stated", 7)],
)
def test_undisclosed_is_not_unspecified(
    cell: str, state: str, exact: int | None, kiel_file: Writer, catalogue: Catalogue
) -> None:
    path = kiel_file([{"Items": "helmet", "No. of Units": cell}])
    (promise,) = statements(read_kiel(path, catalogue))
    assert (promise.quantity.state, promise.quantity.exact) == (state, exact)


def test_none_delivered_is_not_yet(kiel_file: Writer, catalogue: Catalogue) -> None:
    path = kiel_file(
        [{"Items": "helmet", "No. of Units": "3",
          "No. of Units Delivered (in-kind military aid)": "0"}]
    )  # fmt: skip
    deliver = statements(read_kiel(path, catalogue))[1]
    assert (deliver.polarity, deliver.quantity.known) == ("negative", False)


def test_undisclosed_deliveries_count_where_a_source_tells_of_them(
    kiel_file: Writer, catalogue: Catalogue
) -> None:
    said = {"Items": "helmet", "No. of Units Delivered (in-kind military aid)": "undisclosed"}
    path = kiel_file([said, {**said, "Source for Delivery": "https://example.org/d"}])
    bare, sourced = by_rule(statements(read_kiel(path, catalogue)), "kiel:delivered")
    assert not bare.live
    assert sourced.live
    assert sourced.attribution == ("example.org/d",)


def test_a_package_has_its_own_total_once(kiel_file: Writer, catalogue: Catalogue) -> None:
    rows = [
        {"Items": "helmet", "No. of Units": "100", "Total ": "5000000",
         "Monetary Value as Given by Source": "5000000"},
        {"Items": "generator", "No. of Units": "4",
         "Monetary Value as Given by Source": "5000000"},
    ]  # fmt: skip
    found = statements(read_kiel(kiel_file(rows), catalogue))
    (total,) = by_rule(found, "kiel:total")
    assert total.money is not None
    assert (total.money.low, total.money.currency) == (Decimal(5000000), "EUR")
    items = by_rule(found, "kiel:item")
    assert [said.money for said in items] == [None, None]
    assert {said.package for said in found if said.act == "promise"} == {"kiel:LUM1"}


def test_what_the_tracker_worked_out_is_an_assessment(
    kiel_file: Writer, catalogue: Catalogue
) -> None:
    rows = [{"Items": "helmet", "No. of Units": "9", "Total ": "700", "Unit Price in USD": "77",
             "value_source_commitments": "Value is calculated with prices"}]  # fmt: skip
    found = statements(read_kiel(kiel_file(rows), catalogue))
    (total,) = by_rule(found, "kiel:total")
    (price,) = by_rule(found, "kiel:price")
    assert (total.act, total.live) == ("assess", False)
    assert price.money is not None
    assert (price.act, price.money.currency, price.per) == ("assess", "USD", "item")


def test_other_aid_is_typed_outside_military_totals(
    kiel_file: Writer, catalogue: Catalogue
) -> None:
    rows = [
        {"ID": "LUH1", "Type of Aid General": "Humanitarian ", "Items": "ton of blankets",
         "No. of Units": "3"},
        {"ID": "LUF1", "Type of Aid General": "Financial", "Type of Aid Specific": "Loan",
         "Total ": "250"},
    ]  # fmt: skip
    goods, loan = statements(read_kiel(kiel_file(rows), catalogue))
    assert (goods.item, goods.unit, goods.item_text) == (
        "humanitarian-aid", "tonne", "ton of blankets",
    )  # fmt: skip
    assert loan.item == "loan"
    for said in (goods, loan):
        assert said.item is not None
        assert not catalogue.includes("equipment", said.item)


def test_coordinates_are_left_out(kiel_file: Writer, catalogue: Catalogue) -> None:
    path = kiel_file(
        [{"Items": "helmet", "Coordinates": "48.9111, 24.7222", "Building or Facility": "Depot 9",
          "Explanation": "Near (49.8397, 24.0297) they say."}],
        header=(*HEADS, "Coordinates", "Building or Facility"),
    )  # fmt: skip
    made = read_kiel(path, catalogue)
    (reading,) = made
    assert made.dropped == ("Coordinates", "Building or Facility")
    assert "column not kept: Coordinates" in reading.notes
    for hidden in ("48.9111", "Depot 9", "49.8397"):
        assert hidden not in reading.text


def test_the_same_words_ask_for_the_same_item(kiel_file: Writer, catalogue: Catalogue) -> None:
    named = {
        "ammunition for M777 howitzer": "155mm howitzer ammunition",
        "spare barrels for M777 howitzer": "155mm howitzer",
        "M777 howitzer (repair)": "155mm howitzer",
        "155 mm shell for field guns": "155mm howitzer ammunition",
        "something for sappers": "Military equipment",
    }
    rows = [{"Items": name, "Sub-type of item": kind} for name, kind in named.items()]
    found = statements(read_kiel(kiel_file(rows), catalogue))
    assert [said.item for said in found] == [
        "artillery-ammunition", "spare-parts", "repair", "155mm-shell", "equipment",
    ]  # fmt: skip
