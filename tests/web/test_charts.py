"""Charts: drawn here, with the caveat in the picture, and safe inside a page."""

from __future__ import annotations

import json

from intendance.web._charts import bars, drawn, labelled, specification, whole
from intendance.web._render import _picture
from intendance.web._types import ChartSpec, TableColumn, TableData

_COLUMNS = tuple(TableColumn(name, name) for name in ("name", "count", "stage"))


def _chart(name: str = "Someland") -> ChartSpec:
    rows = [{"name": name, "count": 3, "stage": "promised"}]
    body = bars("name", "count", "stage", {"count": "commitments"}, ["promised"], 1)
    spec = specification(body, "Counts by donor", "Counts, not units.", "en")
    return ChartSpec("Counts by donor", spec, TableData("t", _COLUMNS, rows), "Counts, not units.")


def test_the_picture_holds_title_caveat_and_values() -> None:
    svg = drawn(_chart())
    assert svg.startswith("<svg ")
    for words in ("Counts by donor", "Counts, not units.", "Someland", "commitments"):
        assert words in svg
    assert " style=" not in svg  # an inline style would break the policy of the pages


def test_the_same_chart_is_drawn_once() -> None:
    assert drawn(_chart()) is drawn(_chart())


def test_a_label_names_the_picture_and_replaces_the_roles_inside() -> None:
    made = labelled(drawn(_chart()), 'Of "A" & <B>')
    assert made.count("role=") == 1
    assert 'aria-label="Of &quot;A&quot; &amp; &lt;B>"' in made


def test_hostile_names_can_not_end_the_script_element_or_become_markup() -> None:
    name = "</script><img src=x onerror=alert(1)>"
    made = _picture(_chart(name))
    assert "<" not in made["json"]
    assert "<img" not in made["svg"]
    values = json.loads(made["json"])["data"]["values"]
    assert values == whole(_chart(name))["data"]["values"]
    assert values[0]["name"] == name
