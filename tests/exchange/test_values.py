"""Dates and numbers in cells: intervals, nothing guessed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.exchange._kiel.words import words
from intendance.exchange._values import parse_date, parse_figure, parse_number


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
        ("2024-02-24T00:00:00Z", "2024-02-24", "2024-02-24"),
        ("2024-02-24 00:00:00+00:00", "2024-02-24", "2024-02-24"),
        ("Feb-22", "2022-02-01", "2022-02-28"),
        ("Q1 2023", "2023-01-01", "2023-03-31"),
        ("2023 Q4", "2023-10-01", "2023-12-31"),
        ("H2 2024", "2024-07-01", "2024-12-31"),
        ("2022-2024", "2022-01-01", "2024-12-31"),
        ("2024-02-24 - 2024-03-01", "2024-02-24", "2024-03-01"),
        ("01/2024-03/2024", "2024-01-01", "2024-03-31"),
        ("2023-02 to 2023-04", "2023-02-01", "2023-04-30"),
        ("until Q2 2023", None, "2023-06-30"),
        ("spring 2023", "2023-03-01", "2023-05-31"),
        ("Frühjahr 2023", "2023-03-01", "2023-05-31"),
        ("été 2023", "2023-06-01", "2023-08-31"),
        ("spring/summer 2022", "2022-03-01", "2022-08-31"),
        ("autumn/winter 2022", "2022-09-01", "2023-02-28"),
        ("winter/spring 2023", "2022-12-01", "2023-05-31"),
        ("winter 2022/23", "2022-12-01", "2023-02-28"),
        ("winter 2022", "2021-12-01", "2023-02-28"),
        ("2023 spring", "2023-03-01", "2023-05-31"),
        ("by spring 2023", None, "2023-05-31"),
        ("March-April 2023", "2023-03-01", "2023-04-30"),
        ("mars-avril 2023", "2023-03-01", "2023-04-30"),
        ("Dec-Jan 2023", "2022-12-01", "2023-01-31"),
        ("de mars à avril 2023", "2023-03-01", "2023-04-30"),
        ("entre mars 2023 et juin 2023", "2023-03-01", "2023-06-30"),
        ("March 2023 to June 2023", "2023-03-01", "2023-06-30"),
        ("1er mars 2024", "2024-03-01", "2024-03-01"),
        ("3. März 2024", "2024-03-03", "2024-03-03"),
        ("14.–16.02.2022", "2022-02-14", "2022-02-16"),
        ("14-16 février 2022", "2022-02-14", "2022-02-16"),
        ("Feb 14-16, 2022", "2022-02-14", "2022-02-16"),
        ("2022/02/14", "2022-02-14", "2022-02-14"),
        ("H1/2024", "2024-01-01", "2024-06-30"),
        ("H2/22", "2022-07-01", "2022-12-31"),
        ("summer '22", "2022-06-01", "2022-08-31"),
        ("Oct. 2022 onwards", "2022-10-01", None),
        ("April 2022?", "2022-04-01", "2022-04-30"),
        ("2023.0", "2023-01-01", "2023-12-31"),
        ("T3 2024", "2024-07-01", "2024-09-30"),
        ("2022 Q4", "2022-10-01", "2022-12-31"),
        ("3. Quartal 2022", "2022-07-01", "2022-09-30"),
        ("2e semestre 2023", "2023-07-01", "2023-12-31"),
        ("first half of 2024", "2024-01-01", "2024-06-30"),
        ("2022/23", "2022-01-01", "2023-12-31"),
        ("2011-12", "2011-12-01", "2011-12-31"),
        ("FY2023", "2022-07-01", "2024-03-31"),
        ("FY 2023/24", "2023-04-01", "2024-06-30"),
        ("mid-2024", "2024-01-01", "2024-12-31"),
        ("bis Ende 2024", None, "2024-12-31"),
        ("ab Juni 2023", "2023-06-01", None),
        ("k. A.", None, None),
        ("non communiqué", None, None),
        ("TBA", None, None),
    ],
)
def test_dates_are_intervals(text: str, start: str | None, end: str | None) -> None:
    found = parse_date(text, words().dates)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "13/13/2022",
        "2022-13-01",
        "until",
        "between 2023 and",
        "Q5 2023",
        "T5 2024",
        "3. Halbjahr 2024",
        "spring",
        "spring 2022/23",
        "winter 2022/25",
        "FY2023/25",
        "2022/25",
        "Feb 30-31, 2022",
        "16-14 March 2022",
        "summer/spring 2022",
        "H3 2023",
        "2024-2022",
        "Foo-22",
        "2024-03-01 - 2024-02-24",
    ],
)
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


@pytest.mark.parametrize(
    ("text", "low", "high", "approx"),
    [
        ("12", 12, 12, False),
        ("about 50", 50, 50, True),
        ("~ 1,200", 1200, 1200, True),
        ("50+", 50, None, False),
        ("at least 30", 30, None, False),
        ("more than 30", 30, None, False),
        ("up to 20", None, 20, False),
        ("10-15", 10, 15, False),
        ("10 to 15", 10, 15, False),
        ("1-2 million", 1_000_000, 2_000_000, False),
        ("€1.5 million", 1_500_000, 1_500_000, False),
        ("$1,000,000", 1_000_000, 1_000_000, False),
        ("over 20 mio", 20_000_000, None, False),
    ],
)
def test_words_around_a_number_widen_it(
    text: str, low: int | None, high: int | None, approx: bool
) -> None:
    found = parse_figure(text, words().around)
    assert found is not None
    assert (found.low, found.high, found.approx, found.text) == (low, high, approx, text)
    assert found.low_open == text.startswith(("more", "over"))


@pytest.mark.parametrize(
    "text", ["many", "15-10", "3 batteries", "(500)", "20/30", "100%", "+", "~"]
)
def test_words_that_are_no_figure_are_none(text: str) -> None:
    assert parse_figure(text, words().around) is None
