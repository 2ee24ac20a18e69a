"""Dates of metadata: what is no date, or could be two, is unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.reading._input import leading_date, parse_date
from intendance.terms import UNKNOWN_TIME

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


FORMS = st.sampled_from(
    ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S+02:00", "%Y%m%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y",
     "%a, %d %b %Y 10:00:00 GMT", "%Y/%m/%d"]
)  # fmt: skip


@given(DAYS, FORMS)
def test_a_day_in_any_form_is_that_day(day, form):
    words = day.strftime(form)
    span = parse_date(f"  {words} ")
    assert (span.start, span.end) == (day.isoformat(), day.isoformat())
    assert span.text == " ".join(words.split())


@given(DAYS)
def test_a_month_is_all_its_days(day):
    span = parse_date(day.strftime("%Y-%m"))
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    assert span.start == day.replace(day=1).isoformat()
    assert span.end == (following - timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    "words",
    [
        "", "x", "2023-02-30", "2023-13", "2023-00", "2023-1-1", "2022-W10", "20231301",
        "1899-12-31",
        "03/04/2022", "13/13/2022", "31.02.2022", "16 Foo 2022", "May 32, 2022", "1647437298",
        "2022-03-16-", "-2022", "today", "0001-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_no_dates(words):
    assert parse_date(words) == UNKNOWN_TIME


def test_the_same_number_twice_is_one_day():
    assert parse_date("04/04/2022").start == "2022-04-04"


@given(st.text(max_size=60))
def test_any_words_give_a_span(words):
    span = parse_date(words)
    assert span.known is (span != UNKNOWN_TIME)
    assert leading_date(words) is None or words.lstrip()[:4].lower() == "date"
