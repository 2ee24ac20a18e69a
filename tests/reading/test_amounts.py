"""Money: amount, currency, magnitude and bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.reading._grammar.amounts import Amount
from intendance.reading._grammar.figures import Figures, read_figures
from intendance.reading._language import load_grammar
from intendance.reading._text import fold_case, normalise
from intendance.reading._tokens import Hit, tokenise
from intendance.terms import UNKNOWN_TIME

FRENCH = load_grammar("fr")
_WORDS = {10**6: "millions", 10**9: "milliards", 10**12: "billions"}


def figures_of(text: str) -> Figures:
    normal = normalise(text)
    low = fold_case(normal)
    hits: list[Hit] = []
    for phrase in sorted(FRENCH.phrases, key=len, reverse=True):
        at = low.find(phrase)
        if at >= 0 and not any(at < hit.end and hit.start < at + len(phrase) for hit in hits):
            hits.append(Hit(at, at + len(phrase), ()))
    tokens = tokenise(FRENCH, normal, low, 0, len(normal), sorted(hits))
    return read_figures(FRENCH, tokens, UNKNOWN_TIME)


def amount_of(text: str) -> Amount:
    amounts = figures_of(text).amounts
    assert len(amounts) == 1, amounts
    return amounts[0]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("2,6 milliards d'euros", 2_600_000_000, "EUR"),
        ("2,6\u00a0milliards d\u2019euros", 2_600_000_000, "EUR"),
        ("300 millions de dollars", 300_000_000, "USD"),
        ("300\u202f000 euros", 300_000, "EUR"),
        ("300.000 euros", 300_000, "EUR"),
        ("1,5 milliard de dollars américains", 1_500_000_000, "USD"),
        ("un milliard d'euros", 10**9, "EUR"),
        ("dix millions de livres sterling", 10**7, "GBP"),
        ("500 millions de dollars canadiens", 500_000_000, "CAD"),
        ("500 millions de dollars australiens", 500_000_000, "AUD"),
        ("6,2 milliards de couronnes suédoises", 6_200_000_000, "SEK"),
        ("75 milliards de couronnes norvégiennes", 75_000_000_000, "NOK"),
        ("1,7 milliard de couronnes danoises", 1_700_000_000, "DKK"),
        ("12 millions de francs suisses", 12_000_000, "CHF"),
        ("20 000 €", 20_000, "EUR"),
        ("20 M€", 20_000_000, "EUR"),
        ("3 Md€", 3_000_000_000, "EUR"),
        ("$300 millions", 300_000_000, "USD"),
        ("300 millions USD", 300_000_000, "USD"),
        ("1,1 milliard d'euros", 1_100_000_000, "EUR"),
        ("0,5 million d'euros", 500_000, "EUR"),
    ],
)
def test_amounts(text: str, value: int, currency: str) -> None:
    money = amount_of(text).money
    amount = Decimal(value)
    assert (money.low, money.high, money.currency) == (amount, amount, currency)
    assert isinstance(money.low, Decimal)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("plus de 40 milliards de dollars", 40 * 10**9, None),
        ("plus de $40 milliards", 40 * 10**9, None),
        ("au moins 5 millions d'euros", 5 * 10**6, None),
        ("jusqu'à 50 milliards d'euros", None, 50 * 10**9),
        ("moins de 50 milliards d'euros", None, 50 * 10**9),
        ("entre 2 et 3 milliards d'euros", 2 * 10**9, 3 * 10**9),
        ("2 à 3 milliards d'euros", 2 * 10**9, 3 * 10**9),
    ],
)
def test_bounds_and_ranges(text: str, low: int | None, high: int | None) -> None:
    money = amount_of(text).money
    assert money.low == low
    assert money.high == high


def test_about_is_kept_as_about() -> None:
    money = amount_of("environ 600 millions d'euros").money
    assert money.approx
    assert money.low == money.high == 600_000_000


def test_each_amount_stands_alone_and_no_number_is_left_over() -> None:
    figures = figures_of("2 milliards d'euros, dont 500 millions de dollars et dix chars")
    assert [each.money.currency for each in figures.amounts] == ["EUR", "USD"]
    assert [each.plain for each in figures.numbers] == [10]


@pytest.mark.parametrize(
    "text",
    [
        "300 millions",
        "trente chars",
        "euros",
        "des milliards",
        "9" * 30 + " euros",
        "1 000 000 milliards de milliards d'euros",
        "155 mm",
    ],
)
def test_no_amount(text: str) -> None:
    assert figures_of(text).amounts == []


@given(
    st.integers(1, 999),
    st.integers(0, 99),
    st.sampled_from(sorted(_WORDS)),
    st.sampled_from([("euros", "d'", "EUR"), ("dollars", "de ", "USD"), ("zlotys", "de ", "PLN")]),
)
def test_an_amount_is_read_back(
    whole: int, part: int, magnitude: int, currency: tuple[str, str, str]
) -> None:
    name, link, code = currency
    text = f"{whole},{part:02d} {_WORDS[magnitude]} {link}{name}"
    money = amount_of(text).money
    assert money.low == (Decimal(whole) + Decimal(part) / 100) * magnitude
    assert money.currency == code


@given(st.integers(1, 10**15), st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"]))
def test_spaces_in_an_amount_change_nothing(value: int, space: str) -> None:
    money = amount_of(f"{value:,} euros".replace(",", space)).money
    assert money.low == money.high == value
