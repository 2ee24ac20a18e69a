"""JSON lines and CSV carry the names of design, section 6."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from intendance.render import csv_columns, csv_lines, json_line, json_lines
from intendance.terms import (
    STAGES,
    Commitment,
    Report,
    StageState,
    Statement,
    at_least,
    between,
    exactly,
    money,
    span_of,
)

STATEMENT = Statement(
    id="s1",
    report="r1",
    act="promise",
    certainty="announced",
    actors=("DEU", "NLD"),
    quantity=at_least(4, "at least four"),
    money=money(exactly(Decimal("2400000000.50")), "EUR"),
    time=span_of("2023-01"),
    quote="=HYPERLINK(1)",
)


def _read(kind: type, records: list[object]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_lines(kind, records)), newline="")))


def test_json_has_the_fixed_names_and_exact_amounts() -> None:
    row = json.loads(json_line(STATEMENT))
    assert list(row)[:6] == ["id", "report", "act", "certainty", "polarity", "condition"]
    assert row["time"] == {"from": "2023-01-01", "to": "2023-01-31", "text": "2023-01"}
    assert row["money"]["low"] == "2400000000.50"
    assert row["quantity"]["high"] is None
    assert "".join(json_lines([STATEMENT, STATEMENT])).count("\n") == 2


def test_csv_flattens_intervals_and_joins_names() -> None:
    (row,) = _read(Statement, [STATEMENT])
    assert row["quantity.low"] == "4"
    assert row["quantity.high"] == ""
    assert row["money.low"] == "2400000000.50"
    assert row["money.currency"] == "EUR"
    assert row["time.from"] == "2023-01-01"
    assert row["actors"] == "DEU;NLD"
    assert row["joint"] == "false"
    assert row["part_of.low"] == ""


@pytest.mark.parametrize("opening", ["=", "+", "-", "@"])
def test_a_spreadsheet_runs_no_quote_as_a_formula(opening: str) -> None:
    report = Report("r1", "article", opening + "1+1", "a", "b")
    assert _read(Report, [report])[0]["address"] == f"'{opening}1+1"


def test_a_commitment_has_columns_for_every_stage() -> None:
    names = [name for name, _ in csv_columns(Commitment)]
    for stage in STAGES:
        assert f"stages.{stage}.quantity.low" in names
    state = StageState(
        quantity=between(1, 4), money=(money(exactly(5), "EUR"),), statements=("s1",)
    )
    commitment = Commitment(
        id="c1",
        anchor="s1",
        donors=("DEU",),
        recipient="UKR",
        item="iris-t",
        stages={"delivered": state},
        furthest_stage="delivered",
    )
    (row,) = _read(Commitment, [commitment])
    assert row["stages.delivered.quantity.high"] == "4"
    assert row["stages.promised.quantity.high"] == ""
    assert json.loads(row["stages.delivered.money"])[0]["low"] == "5"


def test_columns_of_a_report_are_its_fields() -> None:
    names = [name for name, _ in csv_columns(Report)]
    assert names[:6] == ["id", "kind", "address", "raw_hash", "text_hash", "publisher"]
    assert {"published.from", "published.to", "published.text"} <= set(names)
