"""Dates and numbers in cells: intervals, nothing guessed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.exchange._kiel.words import words
from intendance.exchange._values import parse_date, parse_number


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022-03-01 00:00:00", "2022-03-01", "2022-03-01"),
        ("until 12/31/2022", None, "2022-12-31"),
        ("until 17/10/2022", None, "2022-10-17"),
        ("until  5/6/2022", None, "2022-06-05"),
        ("04/10/2022", "2022-04-10", "2022-10-04"),
        ("unclear 03/2024", "2024-03-01", "2024-03-31"),
        ("not specified, 05/22", "2022-05-01", "2022-05-31"),
        ("after 12/21/2022", "2022-12-21", None),
        ("between 3/20/2022 and 7/1/2022", "2022-03-20", "2022-07-01"),
        ("from 13/02/2023 until 20/02/2023", "2023-02-13", "2023-02-20"),
        ("until 06/31/2022", None, "2022-06-30"),
        ("44621", "2022-03-01", "2022-03-01"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("March 2023", "2023-03-01", "2023-03-31"),
        ("5 May 2022", "2022-05-05", "2022-05-05"),
        ("Undisclosed", None, None),
    ],
)
def test_dates_are_intervals(text: str, start: str | None, end: str | None) -> None:
    found = parse_date(text, words().dates)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("text", ["soon", "13/13/2022", "2022-13-01", "until", "between 2023 and"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text, words().dates) is None


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_a_day_lies_within_every_reading_of_it(day: date) -> None:
    shapes = (
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        str((day - date(1899, 12, 30)).days),
    )
    for text in shapes:
        found = parse_date(text, words().dates)
        assert found is not None
        assert found.start is not None
        assert found.end is not None
        assert found.start <= day.isoformat() <= found.end
    month = parse_date(f"until {day.month:02}/{day.year}", words().dates)
    assert month is not None
    assert month.end is not None
    assert month.end >= day.isoformat() > (day - timedelta(days=32)).isoformat()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("1.234.567", "1234567"),
        ("1.234,50", "1234.5"),
        ("5,33", "5.33"),
        ("7.725", "7.725"),
        ("1 000", "1000"),
        ("16.0", "16"),
        ("2e3", "2000"),
        ("-4", "-4"),
    ],
)
def test_numbers_as_spreadsheets_write_them(text: str, value: str) -> None:
    found = parse_number(text)
    assert found is not None
    assert found.exact == Decimal(value)


def test_a_comma_that_may_be_either_is_both() -> None:
    found = parse_number("1,234", comma=True)
    assert found is not None
    assert (found.low, found.high) == (Decimal("1.234"), 1234)


@pytest.mark.parametrize("text", ["", "ten", "1,23,4", "--3", "0x10", "1.2.3", "nan", "inf"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_come_back(value: int) -> None:
    for text in (str(value), f"{value:,}", f"{value}.0"):
        found = parse_number(text)
        assert found is not None
        assert found.exact == value


@given(st.decimals(0, 10**9, places=3).filter(lambda value: value == value.normalize()))
def test_decimals_come_back(value: Decimal) -> None:
    found = parse_number(f"{value:f}")
    assert found is not None
    assert found.exact == value


@given(st.text(max_size=30))
def test_no_text_is_a_failure(text: str) -> None:
    found, day = parse_number(text), parse_date(text, words().dates)
    assert found is None or found.known
    assert day is None or day.text == " ".join(text.split())
