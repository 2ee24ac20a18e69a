"""The traps of the five annotated articles, found by the annotation's offsets.

No wording of theirs stands here: a claim is named by its identifier in the annotation, and its
offsets say where the statement must be. Without the shared folder these tests skip.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from intendance.catalogue import Catalogue
from intendance.reading import Reader
from intendance.terms import Reading, Statement

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("INTENDANCE_SHARED", ROOT.parent / "shared"))
GOLD = SHARED / "data" / "gold_seeds.jsonl"
GIVING = {"deliver", "promise", "plan", "order", "allocate", "receive", "backfill"}

Near = Callable[[str], list[Statement]]


@pytest.fixture(scope="session")
def gold() -> dict[str, dict[str, Any]]:
    if not GOLD.exists():
        pytest.skip(f"the annotated articles are not at {SHARED} (INTENDANCE_SHARED)")
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    return {claim["id"]: claim for claim in map(json.loads, lines)}


@pytest.fixture(scope="session")
def seeds(reader: Reader, gold: dict[str, dict[str, Any]]) -> dict[str, Reading]:
    """The readings, by the three digits that claims begin with."""
    names = sorted({claim["seed"] for claim in gold.values()})
    return {
        name[:3]: reader.read_text(
            (SHARED / "seeds" / name).read_bytes().decode("utf-8"), address=name
        )
        for name in names
    }


@pytest.fixture(scope="session")
def near(seeds: dict[str, Reading], gold: dict[str, dict[str, Any]]) -> Near:
    """The statements whose quote overlaps a claim's span."""

    def overlapping(claim: str) -> list[Statement]:
        start, end = gold[claim]["char_start"], gold[claim]["char_end"]
        return [
            each
            for each in seeds[claim[:3]].statements
            if min(end, each.end) - max(start, each.start) > 0
        ]

    return overlapping


def _acts(said: list[Statement]) -> set[str]:
    return {each.act for each in said}


def test_every_quote_is_the_text(seeds: dict[str, Reading]) -> None:
    for reading in seeds.values():
        assert reading.statements
        for said in reading.statements:
            assert said.quote == reading.text[said.start : said.end]


def test_two_say_when_they_were_published_and_three_do_not(seeds: dict[str, Reading]) -> None:
    dated = {name: each.report.published.start for name, each in seeds.items()}
    assert dated == {
        "000": "2022-10-01", "001": None, "002": None, "003": "2023-09-01", "004": None
    }  # fmt: skip
    for name in ("001", "002", "004"):
        for said in seeds[name].statements:
            if said.time.text and not any(each.isdigit() for each in said.time.text):
                assert not said.time.known, said.time


def test_the_first_of_four_is_one_of_four(near: Near, cat: Catalogue) -> None:
    (first,) = [each for each in near("000-18") if each.act == "deliver" and each.live]
    assert first.actors == ("DEU",)
    assert first.recipients == ("UKR",)
    assert (first.quantity.low, first.quantity.high) == (1, 1)
    assert first.part_of is not None
    assert first.part_of.exact == 4
    (four,) = [each for each in near("001-12") if each.act == "deliver"]
    assert four.actors == ("DEU",)
    assert four.quantity.exact == 4
    assert four.item is not None
    assert first.item is not None
    assert cat.root(four.item) == cat.root(first.item)


def test_a_calibre_without_its_unit_is_no_number_of_guns(near: Near, seeds) -> None:
    assert not any(each.quantity.low == 155 for each in seeds["003"].statements)
    (shell,) = [each for each in near("003-13") if each.item == "155mm-shell"]
    assert not shell.live
    assert shell.item_from == "inferred"
    assert not shell.quantity.known


def test_the_alliances_own_ships_are_given_to_nobody(near: Near) -> None:
    said = near("001-33")
    assert not _acts(said) & GIVING
    assert not any(each.live for each in said)
    assert not any(each.recipients for each in said)


def test_a_torn_name_is_one_system_and_no_aircraft(near: Near, cat: Catalogue) -> None:
    said = near("000-21")
    (torn,) = [each for each in said if each.item == "nasams"]
    assert (torn.act, torn.actors, torn.live) == ("promise", ("USA",), True)
    assert not any("aircraft" in cat.classes(each.item or "") for each in said)


def test_each_donor_of_a_distributive_list_has_its_own(near: Near) -> None:
    (british,) = [each for each in near("000-22") if each.item == "aim-120-amraam"]
    assert british.actors == ("GBR",)
    french = [each for each in near("000-20") if each.actors == ("FRA",)]
    assert [each.item for each in french] == ["howitzer"]


def test_firm_orders_are_part_of_the_framework_and_never_for_ukraine(near: Near) -> None:
    (frame,) = [each for each in near("003-11") if each.act == "frame"]
    assert frame.actors == ("nspa",)
    assert frame.money is not None
    assert (frame.money.low, frame.money.currency) == (Decimal(2_400_000_000), "EUR")
    firm = [each for each in near("003-12") if each.money and each.money.low == 10**9]
    assert [each.act for each in firm] == ["order"]
    assert [(link.kind, link.statement) for link in firm[0].links] == [("part_of", frame.id)]
    for claim in ("003-11", "003-12", "003-13", "003-14", "003-15"):
        for said in near(claim):
            assert "UKR" not in said.recipients
            assert said.recipient_from == "inferred" or not said.recipients


def test_tank_ammunition_is_no_tank(near: Near, cat: Catalogue) -> None:
    items = {each.item for each in near("003-15")}
    assert "tank-ammunition" in items
    assert not any("tank" in cat.classes(each or "") for each in items)


def test_the_battery_replaces_what_slovakia_gives(near: Near, seeds) -> None:
    (backfill,) = [each for each in near("004-15") if each.act == "backfill"]
    assert (backfill.actors, backfill.recipients) == (("USA",), ("SVK",))
    assert backfill.item == "patriot"
    statements = {each.id: each for each in seeds["004"].statements}
    freed = [statements[link.statement] for link in backfill.links if link.kind == "backfills"]
    assert freed
    for each in freed:
        assert (each.actors, each.recipients, each.item) == (("SVK",), ("UKR",), "s-300")


def test_the_offer_waits_for_its_condition(near: Near) -> None:
    (offer,) = [each for each in near("004-16") if each.item == "s-300"]
    assert offer.certainty == "conditional"
    assert offer.actors == ("SVK",)


def test_the_transfer_in_the_end_is_slovakias(near: Near) -> None:
    (transfer,) = [each for each in near("004-21") if each.act == "deliver"]
    assert transfer.actors == ("SVK",)


def test_patriots_of_two_allies_are_deployed_not_given(near: Near) -> None:
    said = [each for each in near("004-17") if each.item == "patriot"]
    assert _acts(said) == {"deploy"}
    assert not any(each.live for each in said)


def test_both_deployers_are_named(near: Near) -> None:
    actors = {actor for each in near("004-17") for actor in each.actors}
    assert {"DEU", "NLD"} <= actors


def test_arms_for_a_sum_are_general(near: Near, cat: Catalogue) -> None:
    (arms,) = [each for each in near("002-17") if each.act == "deliver" and each.money]
    assert arms.money is not None
    assert (arms.money.low, arms.money.high) == (Decimal(10**11), None)
    assert not arms.quantity.known
    assert cat.is_class(arms.item or "")
    (heavier,) = [each for each in near("004-02") if each.end - each.start < 70]
    assert cat.is_class(heavier.item or "")
    assert not heavier.quantity.known


def test_what_air_defence_is_against_is_not_wanted(near: Near, cat: Catalogue) -> None:
    for said in near("001-09"):
        assert said.item is not None
        assert not {"missile", "drone"} & {said.item, *cat.classes(said.item)}


def test_she_is_the_nation_whose_list_it_is(near: Near) -> None:
    (received,) = [each for each in near("001-20") if each.item == "caesar"]
    assert (received.actors, received.quantity.exact) == (("FRA",), 18)
    assert received.recipients == ("UKR",)


def test_training_abroad_is_alleged_of_each_host(near: Near) -> None:
    said = [each for each in near("002-21") if each.act == "train"]
    assert sorted(each.actors for each in said) == [("DEU",), ("GBR",), ("ITA",)]
    for each in said:
        assert (each.certainty, each.live, each.item) == ("alleged", False, "training")


def test_repair_and_cannibalising_are_readiness(near: Near) -> None:
    repair = [each for each in near("002-25") if each.act == "repair"]
    stripped = [each for each in near("002-24") if each.act == "cannibalise"]
    assert repair
    assert stripped
    for each in (*repair, *stripped):
        assert not each.live
        assert not each.quantity.known
        assert each.actors == ("UKR",)


def test_an_outlet_that_cites_an_official_is_a_chain(near: Near) -> None:
    chains = [each.attribution for each in near("000-05")]
    assert ("politico", "official:nato") in chains
    assert all("new-york-times" in each.attribution for each in near("002-25"))


def test_links_to_other_articles_and_the_like_say_nothing(near: Near, seeds, gold) -> None:
    assert near("004-30") == []
    last = max(claim["char_end"] for claim in gold.values() if claim["id"].startswith("001"))
    assert not [each for each in seeds["001"].statements if each.start > last]


def test_one_reading_of_a_text_is_like_the_next(reader: Reader, seeds) -> None:
    for name, reading in seeds.items():
        again = reader.read_text(reading.text, address=reading.report.address)
        assert again == reading, name
