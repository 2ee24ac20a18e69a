"""Figures are shown exactly, in both languages."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.render import (
    date_short,
    date_text,
    interval_cell,
    interval_text,
    money_text,
    number_text,
)
from intendance.terms import (
    UNDISCLOSED,
    UNSPECIFIED,
    Interval,
    TimeSpan,
    at_least,
    at_most,
    between,
    exactly,
    money,
    span_of,
)

BILLION = Decimal(10) ** 9


@pytest.mark.parametrize(
    ("interval", "english", "french"),
    [
        (exactly(4), "4", "4"),
        (between(1, 4), "[1, 4]", "[1 ; 4]"),
        (between(Decimal("1.5"), Decimal("2.4")), "[1.5, 2.4]", "[1,5 ; 2,4]"),
        (Interval(1, 4, low_open=True, high_open=True), "]1, 4[", "]1 ; 4["),
        (at_least(100), "≥ 100", "≥ 100"),
        (at_least(100, above=True), "> 100", "> 100"),
        (at_most(3), "≤ 3", "≤ 3"),
        (at_most(3, below=True), "< 3", "< 3"),
        (exactly(12000, approx=True), "≈ 12,000", "≈ 12\u202f000"),
        (UNSPECIFIED, "not stated", "non précisé"),
        (UNDISCLOSED, "undisclosed", "non communiqué"),
        (exactly(0), "0", "0"),
    ],
)
def test_an_interval_in_both_languages(interval: Interval, english: str, french: str) -> None:
    assert interval_text(interval) == english
    assert interval_text(interval, "fr") == french


@pytest.mark.parametrize(
    ("interval", "english", "french"),
    [
        (at_least(100 * BILLION), "≥ 100 bn USD", "≥ 100 Md USD"),
        (exactly(Decimal("2.4") * BILLION), "2.4 bn USD", "2,4 Md USD"),
        (exactly(Decimal(155_000_000)), "155 M USD", "155 M USD"),
        (
            between(Decimal(500_000_000), BILLION),
            "[500, 1,000] M USD",
            "[500 ; 1\u202f000] M USD",
        ),
        (exactly(Decimal(2_412_345_678)), "2,412,345,678 USD", "2\u202f412\u202f345\u202f678 USD"),
        (exactly(Decimal("0.5")), "0.5 USD", "0,5 USD"),
        (exactly(BILLION, approx=True), "≈ 1 bn USD", "≈ 1 Md USD"),
        (UNDISCLOSED, "undisclosed USD", "non communiqué USD"),
    ],
)
def test_money_is_scaled_only_where_that_is_exact(
    interval: Interval, english: str, french: str
) -> None:
    amount = money(interval, "USD")
    assert money_text(amount) == english
    assert money_text(amount, "fr") == french


def test_an_amount_of_thirty_digits_keeps_them_all() -> None:
    amount = money(exactly(Decimal("123456789012345678901234567.891")), "EUR")
    assert money_text(amount) == "123,456,789,012,345,678,901,234,567.891 EUR"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_no_digit_of_a_number_is_lost(value: Decimal) -> None:
    english = number_text(value, "en")
    french = number_text(value, "fr")
    assert Decimal(english.replace(",", "")) == value
    assert Decimal(french.replace("\u202f", "").replace(",", ".")) == value


@given(st.decimals(min_value=0, max_value=10**29, places=2))
def test_money_reads_back_as_the_same_amount(value: Decimal) -> None:
    shown = money_text(money(exactly(value), "EUR"))
    figure = re.fullmatch(r"([\d,.]+)(?: (bn|M))? EUR", shown)
    assert figure is not None
    scale = {"bn": 9, "M": 6, None: 0}[figure[2]]
    digits = Decimal(figure[1].replace(",", ""))
    sign, coefficient, exponent = digits.as_tuple()
    assert isinstance(exponent, int)
    assert Decimal((sign, coefficient, exponent + scale)) == value


@pytest.mark.parametrize(
    ("span", "short", "english", "french"),
    [
        (span_of("2023"), "2023", "2023", "2023"),
        (span_of("2023-01"), "2023-01", "January 2023", "janvier 2023"),
        (span_of("2024-02"), "2024-02", "February 2024", "février 2024"),
        (span_of("2023-12"), "2023-12", "December 2023", "décembre 2023"),
        (span_of("2023-01-25"), "2023-01-25", "25 January 2023", "25 janvier 2023"),
        (span_of("2023-05-01"), "2023-05-01", "1 May 2023", "1er mai 2023"),
        (
            TimeSpan("2023-01-25", "2023-02-03"),
            "2023-01-25/02-03",
            "25 January 2023 – 3 February 2023",
            "25 janvier 2023 – 3 février 2023",
        ),
        (
            TimeSpan(None, "2023-03-31"),
            "../2023-03-31",
            "until 31 March 2023",
            "jusqu’au 31 mars 2023",
        ),
        (
            TimeSpan("2023-03-31", None),
            "2023-03-31/..",
            "since 31 March 2023",
            "depuis le 31 mars 2023",
        ),
        (TimeSpan(None, None, "next week"), "“next week”", "“next week”", "“next week”"),
        (TimeSpan(), "-", "undated", "sans date"),
        (span_of("9999-12"), "9999-12", "December 9999", "décembre 9999"),
    ],
)
def test_a_span_of_days(span: TimeSpan, short: str, english: str, french: str) -> None:
    assert (date_short(span), date_text(span), date_text(span, "fr")) == (short, english, french)


def test_the_end_of_a_span_leaves_out_what_it_shares_with_the_start() -> None:
    assert date_short(TimeSpan("2023-01-05", "2023-01-09")) == "2023-01-05/09"
    assert date_short(TimeSpan("2022-12-05", "2023-01-09")) == "2022-12-05/2023-01-09"


def test_a_cell_marks_what_is_not_stated_and_tells_it_from_what_is_secret() -> None:
    cells = [interval_cell(each, "fr") for each in (UNSPECIFIED, UNDISCLOSED, between(1, 4))]
    assert cells == ["?", "non communiqué", "[1 ; 4]"]
