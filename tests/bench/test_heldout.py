"""The held-out passages are sound, and their scorer sees what is right and what is wrong."""

from __future__ import annotations

import importlib
from collections import Counter
from decimal import Decimal

import msgspec
import pytest

from intendance.catalogue import load_catalogue
from intendance.terms import Interval, Money, Statement

LANGUAGES = ("fr", "en", "de", "uk", "pl")


@pytest.fixture
def kept():
    return importlib.import_module("_passages")


@pytest.fixture
def tally():
    judge = importlib.import_module("_judge").Judge(load_catalogue())
    return importlib.import_module("_tally").Tally(judge)


def perfect(passage, claim, **other) -> Statement:
    """The statement that says just what a claim does."""
    low, high = claim.quantity or (None, None)
    money = None
    if claim.money:
        amount, currency = claim.money
        money = Money(low=amount, high=amount, currency=currency)
    fields = {
        "report": passage.id,
        "act": claim.act,
        "certainty": claim.certainty,
        "actors": claim.actors,
        "recipients": claim.recipients,
        "item": claim.item,
        "quantity": Interval(low, high),
        "money": money,
        "attribution": (claim.speaker,) if claim.speaker else (),
        "start": claim.start,
        "end": claim.end,
    }
    if claim.item and claim.item.startswith("unknown:"):
        fields |= {"item": None, "item_text": claim.item.removeprefix("unknown:")}
    return Statement(**(fields | other))


def over(passage, trap, **said) -> Statement:
    return Statement(report=passage.id, start=trap.start, end=trap.end, **said)


@pytest.fixture
def passage(kept):
    """A passage of ours with a claim, a dead fact and a figure that counts nothing."""
    text = "Norway gave Ukraine eight Leopard 2 tanks. Spain denied that it had given 31 of 200 km."
    line = {
        "id": "xx-2", "language": "en", "published": None, "source": "own", "text": text,
        "claims": [{
            "start": 0, "end": 41, "also": [], "act": "deliver", "acts_ok": [],
            "certainty": "done", "certainty_ok": [], "actors": ["NOR"], "actors_ok": [],
            "item": "leopard-2", "items_ok": [], "quantity": [8, 8], "quantity_vague": False,
            "money": None, "recipients": ["UKR"], "recipient_free": False, "speaker": None,
            "tier": "A", "explicit": True,
        }],
        "dead": [{"start": 43, "end": 76, "item": "leopard-2", "quantity": [31, 31],
                  "actors": ["ESP"], "why": "denied"}],
        "not_quantities": [{"start": 80, "end": 86, "text": "200 km", "why": "distance"}],
    }  # fmt: skip
    return msgspec.convert(line, kept.Passage)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_span_lies_in_its_text_and_every_figure_is_there(kept, language):
    for each in kept.passages(language):
        spans = [span for claim in each.claims for span in claim.spans]
        spans += [(dead.start, dead.end) for dead in each.dead]
        for start, end in spans:
            assert 0 <= start < end <= len(each.text), each.id
            assert each.text[start:end].strip(), each.id
        for figure in each.not_quantities:
            assert each.text[figure.start : figure.end] == figure.text, each.id


def test_ids_are_unique_and_say_the_language(kept):
    ids: Counter[str] = Counter()
    for language in LANGUAGES:
        for each in kept.passages(language):
            ids[each.id] += 1
            assert each.language == language
            assert each.id.startswith(f"{language}-")
    assert len(ids) > 400
    assert set(ids.values()) == {1}


def test_the_halves_are_the_whole(kept):
    whole = [each.id for each in kept.passages("uk")]
    halves = [each.id for half in kept.HALVES for each in kept.passages("uk", half)]
    assert sorted(halves) == sorted(whole)
    assert {each.half for each in kept.passages("uk", "B")} == {"B"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_knows_every_item_and_actor(kept, language):
    catalogue = load_catalogue()
    for each in kept.passages(language):
        items = [item for claim in each.claims for item in (claim.item, *claim.items_ok) if item]
        items += [dead.item for dead in each.dead if dead.item]
        actors = [name for told in (*each.claims, *each.dead) for name in told.actors]
        for name in items + actors:
            assert name.startswith("unknown:") or catalogue.entry(name), (each.id, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_that_say_just_the_claims_score_full(kept, tally, language):
    for each in kept.passages(language):
        tally.add(each, [perfect(each, claim) for claim in each.claims])
    n = tally.n
    assert n["claims"] == n["paired"] == n["said"] == n["live right"] > 0
    for level in ("act+actor+item", "+quantity", "+recipient"):
        assert n[f"recall {level}"] == n[f"precision {level}"] == n["claims"], level
    for tier in ("A", "explicit"):
        assert n[f"live recall {tier}"] == n[f"claims {tier}"] > 0
    assert n["right speaker"] == n["of speaker"] > 0
    assert n["right certainty"] == n["claims"]
    # A claim told as hearsay may be what the text then takes back: that is counted apart.
    apart = "dead fact live, marked conditional or hearsay"
    assert {kind for kinds in tally.errors.values() for kind in kinds} <= {apart}


def test_what_is_planted_into_the_texts_is_caught(kept, tally):
    """Each dead fact said anew is live; each figure made a quantity is taken."""
    dead = figures = 0
    traps = importlib.import_module("_traps")
    for language in LANGUAGES:
        for each in kept.passages(language):
            bare = msgspec.structs.replace(each, claims=())
            said = []
            for fact in each.dead:
                low, high = fact.quantity or (None, None)
                told = {"item": fact.item, "actors": fact.actors, "quantity": Interval(low, high)}
                said.append(over(each, fact, act="deliver", certainty="done", **told))
                dead += 1
            for figure in each.not_quantities:
                values = traps.numbers(figure.text)
                if values:
                    counted = {"act": "assess", "certainty": "done"}
                    found = Interval(min(values), min(values))
                    said.append(over(each, figure, quantity=found, **counted))
                    figures += 1
            tally.add(bare, said)
    assert tally.n["DEAD FACT LIVE"] == tally.n["dead"] == dead > 40
    assert tally.n["NOT-QUANTITY quantity, live"] >= figures > 500


def test_a_right_statement_beside_a_dead_fact_brings_nothing_to_life(passage, tally):
    right = perfect(passage, passage.claims[0])
    tally.add(passage, [right, over(passage, passage.dead[0], act="deliver", certainty="denied")])
    assert tally.n["dead"] == 1
    assert tally.n["DEAD FACT LIVE"] == 0
    assert tally.n["NOT-QUANTITY quantity, live"] == 0
    assert tally.n["live right"] == 1
    assert tally.errors["xx-2"] == ["live false: no claim there"]


@pytest.mark.parametrize(
    ("other", "lost"),
    [
        ({"act": "promise"}, "act"),
        ({"polarity": "negative"}, "act"),
        ({"certainty": "planned"}, "certainty"),
        ({"actors": ("ESP",)}, "actor"),
        ({"item": "patriot"}, "item"),
        ({"quantity": Interval(9, 9)}, "quantity"),
        ({"money": Money(Decimal(5), Decimal(5), currency="EUR")}, "money"),
        ({"recipients": ("POL",)}, "recipient"),
        ({"speaker": "minister:NOR"}, "speaker"),
    ],
)
def test_each_field_that_differs_is_seen(passage, tally, other, lost):
    claim = passage.claims[0]
    full = tally.judge.agreement(claim, perfect(passage, claim))
    less = tally.judge.agreement(claim, perfect(passage, claim, **other))
    assert lost in full
    assert full - less == ({"item", "exact item"} if lost == "item" else {lost})


def test_a_second_statement_of_one_claim_is_a_repeat_and_not_false(passage, tally):
    right = perfect(passage, passage.claims[0])
    tally.add(passage, [right, right])
    assert tally.n["live right"] == 2
    assert tally.n["paired"] == 1
    assert tally.n["live duplicate of a claim found otherwise"] == 1


def test_a_field_that_nobody_knows_is_refused(kept, tmp_path):
    (tmp_path / "fr.jsonl").write_text('{"id": "fr-1", "texte": ""}\n', "utf-8")
    with pytest.raises(msgspec.ValidationError, match="unknown field `texte`"):
        list(kept.passages("fr", folder=tmp_path))


def test_shares_have_wilsons_interval():
    shares = importlib.import_module("_shares")
    assert shares.wilson(0, 0) == "-"
    assert shares.wilson(8, 10) == "8/10 = 0.80 [0.49, 0.94]"
    assert shares.wilson(8, 10, 3) == "8/10 = 0.800 [0.49, 0.94]"


def test_the_section_has_a_table_of_each_language_with_both_halves(passage, tally):
    told = importlib.import_module("_told")
    tally.add(passage, [perfect(passage, passage.claims[0])])
    names = (*LANGUAGES, "all")
    text = "\n".join(told.section({(name, half): tally for name in names for half in "AB"}, "7"))
    assert text.count("| live precision | 1/1 = 1.00 [0.21, 1.00] | 1/1") == len(names)
    assert text.startswith("## Reading: held-out passages\n\n`python bench/heldout.py --write`")
