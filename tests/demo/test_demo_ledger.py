"""What the ledger makes of the demo reports, end to end: reading, folding, views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import intendance
from intendance.demo import report_files
from intendance.ledger import Filter
from intendance.terms import Commitment


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[intendance.Books]:
    folder = tmp_path_factory.mktemp("demo")
    for file in report_files():
        (folder / file.name).write_bytes(file.read_bytes())
    with intendance.open_ledger(folder / "demo.db") as ledger:
        ledger.read([str(folder)])
        yield ledger


def _one(books: intendance.Books, donor: str, recipient: str, item: str) -> Commitment:
    asked = Filter(donor=donor, recipient=recipient, item=item)
    found = [each for each in books.commitments(asked) if each.item == item and each.live]
    assert len(found) == 1
    return found[0]


def test_one_then_four_systems_in_three_languages_are_a_history(books: intendance.Books) -> None:
    systems = _one(books, "DEU", "UKR", "iris-t-slm")
    assert systems.furthest_stage == "delivered"
    delivered = systems.stages["delivered"]
    assert [each.exact for each in delivered.values] == [1, 4]
    assert delivered.quantity.exact == 4
    assert not systems.conflicts


def test_two_counts_without_dates_are_a_conflict_with_both_ends(books: intendance.Books) -> None:
    tanks = _one(books, "DEU", "UKR", "leopard-2a6")
    assert (tanks.stages["delivered"].quantity.low, tanks.stages["delivered"].quantity.high) == (
        14,
        18,
    )
    (conflict,) = [each for each in books.conflicts() if each.commitment == tanks.id]
    assert {side.value: side.witnesses for side in conflict.sides} == {"14": 1, "18": 1}


def test_a_backfill_is_linked_and_no_support_to_the_final_recipient(
    books: intendance.Books,
) -> None:
    given = _one(books, "SVK", "UKR", "bvp-1")
    made_up = _one(books, "DEU", "SVK", "leopard-2a4")
    assert given.stages["delivered"].quantity.exact == 30
    assert made_up.recipient == "SVK"
    assert made_up.backfill_for == (given.id,)
    assert given.backfilled_by == (made_up.id,)


def test_a_package_has_its_own_total_and_its_items_beside_it(books: intendance.Books) -> None:
    (package,) = books.packages()
    assert [(str(each.low), each.currency) for each in package.total] == [("2850000000", "USD")]
    assert _one(books, "USA", "UKR", "bradley").package == package.id
    assert _one(books, "USA", "UKR", "bradley").stages["promised"].quantity.exact == 50


def test_a_framework_never_goes_to_the_recipient_that_the_text_is_about(
    books: intendance.Books,
) -> None:
    framework = _one(books, "nspa", "nato-allies", "ammunition")
    assert [str(each.low) for each in framework.stages["contracted"].money] == ["2400000000"]


def test_a_copy_adds_no_witness(books: intendance.Books) -> None:
    joint = _one(books, "DNK", "UKR", "leopard-1a5")
    assert joint.donors == ("DEU", "DNK", "NLD")
    assert joint.stages["promised"].witnesses == 1
    assert sum(each.copy_of is not None for each in books.reports()) == 1


def test_the_digest_is_the_same_read_one_by_one(books: intendance.Books, tmp_path: Path) -> None:
    for file in report_files():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with intendance.open_ledger(tmp_path / "other.db") as other:
        for file in sorted(tmp_path.glob("[a-z]*-*"), reverse=True):
            other.read([str(file)])
        assert other.digest() == books.digest()
