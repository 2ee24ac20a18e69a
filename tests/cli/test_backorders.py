"""``intendance backorders``: formulas by command line."""

from __future__ import annotations

import pytest

from .conftest import Call


def test_one_stock_as_table_json_and_csv(call: Call):
    done = call("backorders", "stock", "--pipeline", "4")
    assert done.status == 0
    lines = [line.split() for line in done.out.splitlines()]
    assert [cells[:2] for cells in lines[-6:]] == [
        ["0", "4"],
        ["1", "3.01832"],
        ["2", "2.10989"],
        ["3", "1.348"],
        ["4", "0.78147"],
        ["5", "0.4103"],
    ]
    rows = call("backorders", "stock", "--pipeline", "4", "--stock", "2", "--json").rows()
    assert [round(each["backorders"], 5) for each in rows] == [2.10989]
    assert rows[0]["method"] == "poisson"
    wide = call("backorders", "stock", "--pipeline", "4", "--variance", "9", "--csv")
    assert wide.out.startswith("method,pipeline,variance,stock,backorders,backorder_variance\r\n")
    assert "negative-binomial,4" in wide.out


def test_two_echelons_by_every_method(call: Call):
    case = ["--bases", "3", "--demand", "1", "--depot-repair", "5", "--shipping", "2"]
    case += ["--depot-stock", "12", "--base-stock", "3"]
    rows = call("backorders", "two-echelon", *case, "--json").rows()
    assert {each["method"]: round(each["backorders"], 5) for each in rows} == {
        "exact": 2.52454,
        "metric": 2.27732,
        "vari-metric": 2.51782,
    }
    one = call("backorders", "two-echelon", *case, "--method", "metric", "--language", "fr")
    assert "2,27732" in one.out
    assert "arriérés" in one.out


@pytest.mark.parametrize("stock", ["-1"])
def test_a_negative_stock_is_told(call: Call, stock: str):
    done = call("backorders", "stock", "--pipeline", "1", "--stock", stock, "--json")
    assert done.status == 2
    assert done.error()["code"] == "sustainment.value"
    assert done.error()["where"] == "stock"
    assert done.error()["got"] == "-1"
