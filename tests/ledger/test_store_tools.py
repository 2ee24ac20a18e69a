"""The views for other tools: what a person sees who opens the file itself."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from intendance.ledger import Ledger
from intendance.ledger._migrations.versions.v0007_views import VIEWS
from intendance.terms import between, exactly, money

FORBIDDEN = re.compile(r"lat|lon|coord|position|place|site|location|grid")


@pytest.fixture
def path(tmp_path: Path, build, catalogue) -> Path:
    with Ledger.open(tmp_path / "tools.db", catalogue=catalogue) as ledger:
        ledger.add(
            [
                build.reading_of(
                    [("Denmark and the Netherlands promised 10 to 14 Leopard 2A4.",
                      build.promise("DNK", None, "leopard-2a4", joint=True)
                      | {"actors": ("DNK", "NLD"), "quantity": between(10, 14),
                         "money": money(exactly(90), "EUR")})],
                    "2023-04-20", title="Tanks", terms="CC BY 4.0",
                ),
                build.one("Poland has delivered 3 Leopard 2A6.",
                          build.deliver("POL", 3, "leopard-2a6"), "2023-05-02"),
                build.one("Poland has delivered 1 Leopard 2A6.",
                          build.deliver("POL", 1, "leopard-2a6"), "2023-05-02"),
            ]
        )  # fmt: skip
        said = ledger.statements()[0].id
        ledger.decide("grade", [said], "A1", by="An analyst", why="seen")
    return tmp_path / "tools.db"


@pytest.fixture
def rows(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def test_every_view_can_be_read_and_none_says_where_anything_stands(
    rows: sqlite3.Connection,
) -> None:
    for name in VIEWS:
        found = rows.execute(f"select * from {name}").fetchall()
        assert found, name
        assert not [key for key in found[0].keys() if FORBIDDEN.search(key)]  # noqa: SIM118


def test_commitments_have_names_and_numbers(rows: sqlite3.Connection) -> None:
    (tanks,) = rows.execute("select * from commitments where item_code = 'leopard-2a4'")
    assert (tanks["donors"], tanks["recipient"]) == ("Denmark, Netherlands", "Ukraine")
    assert (tanks["promised_low"], tanks["promised_high"]) == (10, 14)
    assert (tanks["item"], tanks["furthest_stage"]) == ("Leopard 2A4", "promised")
    assert tanks["donor_codes"].split() == ["DNK", "NLD"]
    (other,) = rows.execute("select * from commitments where donors = 'Poland'")
    assert (other["delivered_low"], other["delivered_high"], other["conflicts"]) == (1, 3, 1)
    amount = rows.execute("select * from amounts").fetchone()
    assert (amount["stage"], amount["amount_low"], amount["currency"]) == ("promised", 90, "EUR")
    (conflict,) = rows.execute("select * from conflicts")
    assert (conflict["kind"], conflict["sides"]) == ("quantity", "1 (1) / 3 (1)")


def test_statements_say_what_they_rest_on(rows: sqlite3.Connection) -> None:
    query = """select s.quote, s.report_title, s.published, r.terms, c.item
        from statements s join reports r on r.id = s.report
        join commitments c on c.id = s."commitment" where s.quantity_low = 10"""
    assert [tuple(row) for row in rows.execute(query)] == [
        ("Denmark and the Netherlands promised 10 to 14 Leopard 2A4.", "Tanks", "2023-04-20",
         "CC BY 4.0", "Leopard 2A4"),
    ]  # fmt: skip
    (decision,) = rows.execute("select * from decisions")
    assert (decision["decided_by"], decision["value"], decision["why"]) == (
        "An analyst", "A1", "seen",
    )  # fmt: skip


def test_names_are_those_of_the_catalogue_that_is_folded(path: Path, catalogue, tmp_path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('[[kind]]\nid = "leopard-2a9x"\nclass = "tank"\nen = ["Leopard 2A9X"]\n')
    from intendance.catalogue import load_catalogue

    def names() -> dict[str, str]:
        connection = sqlite3.connect(path)
        found = dict(connection.execute("select id, name from label"))
        connection.close()
        return found

    assert names()["DNK"] == "Denmark"
    assert "leopard-2a9x" not in names()
    with Ledger.open(path, catalogue=load_catalogue([mine])) as ledger:
        digest = ledger.digest()
        assert ledger.verify().digest == digest
    assert names()["leopard-2a9x"] == "Leopard 2A9X"


def test_what_is_redacted_is_in_no_view(path: Path, catalogue) -> None:
    with Ledger.open(path, catalogue=catalogue) as ledger:
        (report,) = [each.id for each in ledger.reports() if each.title == "Tanks"]
        ledger.redact(report, "An analyst", "law")
    connection = sqlite3.connect(path)
    held = [str(row) for name in VIEWS for row in connection.execute(f"select * from {name}")]
    connection.close()
    assert held
    assert not [row for row in held if "Denmark" in row or "Tanks" in row]


def test_a_ledger_of_the_version_before_gets_the_views(path: Path, catalogue) -> None:
    connection = sqlite3.connect(path)
    for name in VIEWS:
        connection.execute(f"drop view {name}")
    connection.execute("drop table label")
    connection.execute("update alembic_version set version_num = '0006'")
    connection.execute("delete from setting where name = 'labels'")
    connection.commit()
    connection.close()
    with Ledger.open(path, catalogue=catalogue) as ledger:
        said = ledger.statements()[0].id
        ledger.decide("grade", [said], "B2", by="An analyst", why="again")
        assert ledger.verify().ok
    connection = sqlite3.connect(path)
    (name,) = connection.execute("select donors from commitments where item_code = 'leopard-2a4'")
    connection.close()
    assert name == ("Denmark, Netherlands",)
