"""Fractions: shares of a joint donation, parts of one donor's own whole, measures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intendance.catalogue import Catalogue
from intendance.exchange import read_kiel
from intendance.terms import Statement

Writer = Callable[..., Path]


def told(path: Path, catalogue: Catalogue) -> list[Statement]:
    return [said for reading in read_kiel(path, catalogue) for said in reading.statements]


def test_a_joint_donation_is_paid_by_all_partners_and_given_by_another(
    kiel_file: Writer, catalogue: Catalogue
) -> None:
    words = "Estonia, Latvia and Portugal jointly finance a Croatian donation of 14 of them."
    rows = [
        {"ID": "EEM1", "Countries": "Estonia", "Explanation": words},
        {"ID": "LVM1", "Countries": "Latvia", "Explanation": "A joint project, see the others."},
    ]
    same = {"Items": "D-30 howitzer", "No. of Units": "4.666666666666667"}
    found = told(kiel_file([{**row, **same} for row in rows]), catalogue)
    assert [said.act for said in found] == ["finance", "finance"]
    for said in found:
        assert said.joint
        assert said.actors == said.financers == ("EST", "LVA", "PRT")
        assert said.suppliers == ("HRV",)
        assert said.part_of is not None
        assert said.part_of.exact == 14
        assert said.quantity.text == "4.666666666666667"


def test_a_donor_can_spread_its_own_whole_over_rows(
    kiel_file: Writer, catalogue: Catalogue
) -> None:
    words = "They gave 500 rounds in total, which we divided equally over three rows."
    rows = [
        {"ID": "LUM1", "Announcement Date": day, "Items": "120mm mortar round",
         "No. of Units": "166.66666666666666", "Explanation": words,
         "No. of Units Delivered (in-kind military aid)": "166.66666666666666"}
        for day in ("2022-05-02", "2022-07-02", "2022-09-02")
    ]  # fmt: skip
    found = told(kiel_file(rows), catalogue)
    promised = [said for said in found if said.act == "promise"]
    delivered = [said for said in found if said.act == "deliver"]
    assert {said.part_of and said.part_of.exact for said in promised} == {500}
    assert {said.actors for said in promised} == {("LUX",)}
    assert {said.quantity.exact for said in delivered} == {500}


def test_what_is_weighed_may_be_a_fraction(kiel_file: Writer, catalogue: Catalogue) -> None:
    (said,) = told(kiel_file([{"Items": "ton of fuel", "No. of Units": "7.5"}]), catalogue)
    assert (str(said.quantity.exact), said.unit, said.part_of) == ("7.5", "tonne", None)


def test_a_fraction_that_nothing_explains_is_set_aside(
    kiel_file: Writer, catalogue: Catalogue
) -> None:
    made = read_kiel(kiel_file([{"Items": "helmet", "No. of Units": "2.4"}]), catalogue)
    assert not [said for reading in made for said in reading.statements]
    assert [(each.row, each.reason, each.got) for each in made.rejected] == [(2, "share", "2.4")]
