"""What the ledger shows: filters, ties across blocks, packages, programmes, what is overdue."""

from __future__ import annotations

from typing import Any

import pytest

from intendance.ledger import Filter
from intendance.terms import IntendanceError, Link, TimeSpan, exactly


def items(commitments) -> list[str]:
    return sorted(each.item or "money" for each in commitments)


@pytest.fixture
def filled(ledger, build):
    said = [
        ("Germany promised four howitzers.", build.promise("DEU", 4, "caesar"), "2023-01-10"),
        ("France delivered two tanks.", build.deliver("FRA", 2, "leopard-2a6"), "2023-02-10"),
        ("Poland promised tanks to Moldova.", build.promise("POL", 3, "leopard-2", "MDA"), None),
        ("The Dutch may send one.", build.promise("NLD", 1, "caesar", live=False), "2023-03-10"),
    ]
    ledger.add([build.one(words, fields, day) for words, fields, day in said])
    return ledger


FILTERS: list[tuple[dict, list[str]]] = [
    ({}, ["caesar", "caesar", "leopard-2", "leopard-2a6"]),
    ({"donor": "DEU"}, ["caesar"]),
    ({"donor": "Germany"}, ["caesar"]),
    ({"donor": "Allemagne"}, ["caesar"]),
    ({"recipient": "Ukraine"}, ["caesar", "caesar", "leopard-2a6"]),
    ({"recipient": "MDA"}, ["leopard-2"]),
    ({"item": "leopard-2"}, ["leopard-2", "leopard-2a6"]),
    ({"item": "leopard-2a6"}, ["leopard-2a6"]),
    ({"stage": "delivered"}, ["leopard-2a6"]),
    ({"since": "2023-02"}, ["caesar", "leopard-2", "leopard-2a6"]),
    ({"until": "2023-01"}, ["caesar", "leopard-2"]),
    ({"since": "2023-02-01", "until": "2023-02-28"}, ["leopard-2", "leopard-2a6"]),
    ({"text": "HOWITZERS"}, ["caesar"]),
    ({"text": "tanks"}, ["leopard-2", "leopard-2a6"]),
    ({"text": "nothing like it"}, []),
    ({"candidates": False}, ["caesar", "leopard-2", "leopard-2a6"]),
    ({"donor": "DEU", "stage": "delivered"}, []),
]


@pytest.mark.parametrize("clock_used", [{}, {"as_of": "2024"}, {"recorded": "2100"}])
def test_filters(filled, clock_used):
    for fields, found in FILTERS:
        assert items(filled.commitments(Filter(**fields), **clock_used)) == found, fields
        statements = filled.statements(Filter(**fields), **clock_used)
        assert sorted(each.item for each in statements) == found, fields
        assert len(filled.reports(Filter(**fields), **clock_used)) == len(found), fields


def test_a_class_includes_its_kinds(filled, catalogue):
    tanks = catalogue.class_of("leopard-2a6")
    assert items(filled.commitments(Filter(item=tanks))) == ["leopard-2", "leopard-2a6"]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"donor": "Atlantis"}, "donor"),
        ({"recipient": "Nowhere"}, "recipient"),
        ({"item": "death star"}, "item"),
        ({"stage": "imagined"}, "stage"),
        ({"since": "2023-05", "until": "2023-01"}, "dates"),
    ],
)
def test_a_filter_with_an_unknown_word_is_refused(filled, fields, where):
    with pytest.raises(IntendanceError, match=f"the filter's {where}") as caught:
        filled.commitments(Filter(**fields))
    assert caught.value.code == "filter.invalid"


def test_a_date_that_is_none_is_refused(filled):
    with pytest.raises(IntendanceError) as caught:
        filled.commitments(Filter(since="soon"))
    assert caught.value.code == "date.invalid"


def linked(build, kind: Any):
    """Slovakia gives one system; another comes to it in its place."""
    gift = build.one("Slovakia gave its S-300.", build.deliver("SVK", 1, "s-300"), "2022-04-08")
    link = (Link(kind, gift.statements[0].id),)
    swap = build.one(
        "A Patriot battery went to Slovakia.",
        build.deliver("USA", 1, "patriot", "SVK", act="backfill", links=link),
        "2022-04-09",
    )
    return gift, swap


@pytest.mark.parametrize("clock_used", [{}, {"as_of": "2024"}, {"recorded": "2100"}])
@pytest.mark.parametrize("kind", ["backfills", "replaces"])
def test_a_backfill_is_linked_to_what_it_frees(ledger, build, kind, clock_used):
    ledger.add(linked(build, kind))
    freed, fills = (
        ledger.commitments(Filter(recipient=to), **clock_used)[0] for to in ("UKR", "SVK")
    )
    assert freed.backfilled_by == (fills.id,)
    assert fills.backfill_for == (freed.id,)
    assert freed.backfill_for == fills.backfilled_by == ()


def test_a_link_that_a_correction_adds_counts(ledger, build):
    gift, swap = linked(build, "backfills")
    plain = build.msgspec.structs.replace(swap.statements[0], links=())
    ledger.add([gift, build.again(swap, statements=(plain,))])
    assert ledger.commitments(Filter(recipient="UKR"))[0].backfilled_by == ()
    value = f'{{"links": [{{"kind": "backfills", "statement": "{gift.statements[0].id}"}}]}}'
    ledger.decide("correct", [plain.id], value, by="A", why="B")
    assert len(ledger.commitments(Filter(recipient="UKR"))[0].backfilled_by) == 1


@pytest.mark.parametrize("clock_used", [{}, {"as_of": "2024"}])
def test_an_order_is_part_of_its_framework(ledger, build, clock_used):
    frame = build.one(
        "A framework of 2.4 billion.",
        {"act": "frame", "certainty": "done", "actors": ("DEU",), "item": "155mm-shell",
         "money": build.euros("2400000000")},
        "2023-09-28",
    )  # fmt: skip
    order = build.one(
        "Firm orders of one billion.",
        {"act": "order", "certainty": "done", "actors": ("DEU",), "recipients": ("UKR",),
         "item": "155mm-shell", "money": build.euros("1000000000"),
         "links": (Link("part_of", frame.statements[0].id),)},
        "2023-09-29",
    )  # fmt: skip
    ledger.add([frame, order])
    ceiling = ledger.resolve("c" + frame.statements[0].id[1:])
    firm = ledger.commitments(Filter(recipient="UKR"), **clock_used)[0]
    assert firm.framework == ceiling
    brief = ledger.brief(**clock_used)
    assert [(each.commitment, each.orders) for each in brief.frameworks] == [(ceiling, (firm.id,))]
    assert [str(money.low) for money in brief.frameworks[0].ceiling] == ["2400000000"]
    assert [each.id for each in ledger.frameworks(**clock_used)] == [ceiling]


@pytest.mark.parametrize("clock_used", [{}, {"as_of": "2024"}, {"recorded": "2100-01-01"}])
def test_a_report_rests_on_its_own_statements_alone(ledger, build, clock_used):
    mine = build.one("Four Leopards.", build.promise("DEU", 4, "leopard-2a6"), "2023-01-02")
    other = build.one("Five Leopards.", build.promise("DEU", 5, "leopard-2a6"), "2023-01-03")
    ledger.add([mine, other])
    why = ledger.why(mine.report.id, **clock_used)
    assert [each.statement.id for each in why.statements] == [mine.statements[0].id]


@pytest.mark.parametrize("clock_used", [{}, {"as_of": "2024"}])
def test_a_general_commitment_may_include_specific_ones(ledger, build, catalogue, clock_used):
    tanks = catalogue.class_of("leopard-2a6")
    money = {"act": "promise", "certainty": "announced", "actors": ("DEU",), "recipients": ("UKR",),
             "money": build.euros("100")}  # fmt: skip
    ledger.add(
        [
            build.one("Tanks will go.", build.promise("DEU", None, tanks), "2023-01-01"),
            build.one("Money too.", money, "2023-01-01"),
            build.one("Four Leopards.", build.promise("DEU", 4, "leopard-2a6"), "2023-01-02"),
            build.one("Four howitzers.", build.promise("DEU", 4, "caesar"), "2023-01-02"),
            build.one("French Leopards.", build.promise("FRA", 4, "leopard-2a6"), "2023-01-02"),
        ]
    )
    found = {each.item: each for each in ledger.commitments(Filter(donor="DEU"), **clock_used)}
    leopards, howitzers = found["leopard-2a6"].id, found["caesar"].id
    assert found[tanks].general
    assert found[tanks].may_include == (leopards,)
    assert found[None].may_include == tuple(sorted((leopards, howitzers)))
    assert found["caesar"].may_include == ()


def package(build, key, amount, day, *, donor="DEU", publisher="One Post"):
    total = {"act": "promise", "certainty": "announced", "actors": (donor,), "recipients": ("UKR",),
             "package": key}  # fmt: skip
    if amount is not None:
        total["money"] = build.euros(amount)
    part = build.promise(donor, 4, "caesar", package=key)
    words = f"A package ({key}, {amount}, {publisher}, {day})."
    return build.reading_of(
        [(words, total), ("In it four howitzers.", part)], day, publisher=publisher
    )


def test_packages_of_two_reports_are_one_where_everything_agrees(ledger, build):
    ledger.add(
        [
            package(build, "p1", "700", "2023-01-10"),
            package(build, "first", "700", "2023-01-30", publisher="Two"),
            package(build, "x", None, "2023-02-01", publisher="Three"),
            package(build, "p1", "900", "2023-01-10", publisher="Four"),
            package(build, "p1", "700", "2023-06-10", publisher="Five"),
            package(build, "p1", "700", None, publisher="Six"),
            package(build, "p1", "700", "2023-01-11", donor="FRA", publisher="Seven"),
        ]
    )
    found = ledger.packages()
    together = [len(each.reports) for each in found]
    # Three has no total and fits two packages: it stands alone, as does the undated one.
    assert sorted(together) == [1, 1, 1, 1, 1, 2]
    joined = next(each for each in found if len(each.reports) == 2)
    assert [str(money.low) for money in joined.total] == ["700"]
    assert joined.announced.start == "2023-01-10"
    german = next(c for c in ledger.commitments(Filter(donor="DEU", item="caesar")))
    assert german.id in joined.parts
    assert german.package in {each.id for each in found}
    assert ledger.packages(Filter(donor="FRA"))[0].donors == ("FRA",)
    assert ledger.packages(as_of="2024") == found
    assert len(ledger.packages(as_of="2023-01-15")) == 4


def test_a_package_without_total_joins_the_only_one_that_fits(ledger, build):
    ledger.add(
        [
            package(build, "p1", "700", "2023-01-10"),
            package(build, "x", None, "2023-02-01", publisher="Three"),
        ]
    )
    assert [len(each.reports) for each in ledger.packages()] == [2]


def test_a_package_total_is_never_the_sum_of_its_parts(ledger, build):
    ledger.add([package(build, "p1", "700", "2023-01-10")])
    one = ledger.packages()[0]
    assert [str(money.low) for money in one.total] == ["700"]
    assert len(one.parts) == 1


def test_programmes(ledger, build, catalogue):
    name = sorted(catalogue.programmes)[0]
    start = build.one(
        "A plan for ten years.",
        {"act": "announce", "certainty": "done", "actors": ("DEU",), "item": name,
         "time": TimeSpan("2023-01-01", "2032-12-31", "ten years")},
        "2023-01-01",
    )  # fmt: skip
    other = build.one(
        "A new club of makers.",
        {"act": "announce", "certainty": "done", "actors": ("FRA", "DEU")}, "2023-01-02",
    )  # fmt: skip
    part = build.one(
        "Under it, four howitzers.",
        build.promise("DEU", 4, "caesar", links=(Link("part_of", start.statements[0].id),)),
        "2023-01-03",
    )
    ledger.add([start, other, part])
    found = {each.id: each for each in ledger.programmes()}
    assert set(found) == {name, "m" + other.statements[0].id[1:]}
    assert found[name].kind == catalogue.programmes[name].kind
    assert found[name].horizon.end == "2032-12-31"
    assert {"DEU", *catalogue.programmes[name].parties} == set(found[name].parties)
    commitment = ledger.commitments(Filter(item="caesar"))[0]
    assert commitment.id in found[name].commitments
    assert commitment.programme == name
    assert {each.id: each for each in ledger.programmes(as_of="2024")} == found


def test_overdue_is_what_was_due_and_is_not_reported_delivered(ledger, build):
    due = TimeSpan("2023-03-01", "2023-03-31", "in March")
    said = [
        ("Late: four by March.", build.promise("DEU", 4, "caesar", time=due)),
        ("Later one came.", build.deliver("DEU", 1, "caesar")),
        ("Done: two by March.", build.promise("FRA", 2, "caesar", time=due)),
        ("Two came.", build.deliver("FRA", 2, "caesar")),
        ("No date at all.", build.promise("POL", 2, "caesar")),
        ("In words only.", build.promise("NLD", 2, "caesar", time=TimeSpan(None, None, "soon"))),
        ("Perhaps.", build.promise("GBR", 2, "caesar", time=due, live=False)),
    ]
    ledger.add([build.one(words, fields, "2023-01-10") for words, fields in said])
    found = ledger.overdue("2023-06-01")
    assert [each.commitment.donors for each in found] == [("DEU",)]
    assert found[0].due == due
    assert found[0].outstanding.low == 3
    assert ledger.overdue("2023-03-31") == []


def test_the_brief_sums_what_is_live_and_leaves_what_is_general_apart(ledger, build, catalogue):
    tanks = catalogue.class_of("leopard-2a6")
    ledger.add(
        [
            build.one("Four Leopards.", build.promise("DEU", 4, "leopard-2a6"), "2023-01-02"),
            build.one("Two came.", build.deliver("DEU", 2, "leopard-2a6"), "2023-02-02"),
            build.one("Some more.", build.promise("DEU", None, "leopard-1"), "2023-01-02"),
            build.one("Tanks.", build.promise("DEU", 50, tanks), "2023-01-02"),
            build.one("Perhaps.", build.promise("DEU", 9, "leopard-2a4", live=False), "2023-01-02"),
        ]
    )
    brief = ledger.brief()
    specific = next(each for each in brief.lines if not each.general)
    general = next(each for each in brief.lines if each.general)
    assert (specific.donors, specific.recipient, specific.item_class) == (("DEU",), "UKR", tanks)
    assert (specific.promised.total.low, specific.promised.stated, specific.promised.unstated) == (
        4,
        1,
        1,
    )
    assert specific.delivered.total.exact == 2
    assert general.promised.total.exact == 50
    assert brief.candidates == 1
    quotes = {each.quote for each in brief.quotes.values()}
    assert {"Four Leopards.", "Two came."} <= quotes
    assert brief.reports == 5


def test_identifiers_show_in_the_counts(filled):
    counts = filled.counts()
    assert counts == {"reports": 4, "statements": 4, "commitments": 4, "conflicts": 0}
    assert (
        exactly(4)
        == next(each for each in filled.commitments(Filter(donor="DEU")))
        .stages["promised"]
        .quantity
    )
