"""The live gate (rule 2): actor, item and act are said, and nothing near takes them back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

DONORS = ("La Norvège", "L'Estonie", "Le Portugal", "Madrid", "Le gouvernement danois")
ITEMS = ("obusiers D-30", "chars Leopard 2", "missiles Javelin", "Caesar", "véhicules M113")
ROWS = [
    # actor, item and act are said
    ("La France a livré six Caesar à l'Ukraine.", True),
    ("La France promet six Caesar à l'Ukraine.", True),
    ("La France refuse de livrer des Caesar à l'Ukraine.", True),
    ("La France a commandé six Caesar.", True),
    ("La France a promis 200 millions d'euros d'aide militaire à l'Ukraine.", True),
    # nobody is named, or an anaphor stands for the actor
    ("Six Caesar ont été livrés à l'Ukraine.", False),
    ("Six Caesar sont arrivés en Ukraine.", False),
    ("Elle livrera six Caesar à l'Ukraine.", False),
    ("Ils livreront six Caesar à l'Ukraine.", False),
    ("Les livraisons de Caesar à l'Ukraine ont repris.", False),
    # hearsay and allegation
    ("La France aurait livré six Caesar à l'Ukraine.", False),
    ("Six Caesar français auraient été livrés à l'Ukraine.", False),
    ("Le Portugal est accusé d'avoir livré six Caesar à l'Ukraine.", False),
    ("La France aurait promis six Caesar à l'Ukraine.", False),
    # what is held, deployed or repaired is handed to nobody
    ("La France possède 76 Caesar.", False),
    ("La France a déployé six Caesar en Roumanie.", False),
    ("La France répare six Caesar.", False),
    ("Les stocks d'obus de la France sont épuisés.", False),
    # a figure that can't be one
    ("La France a commandé 155 pièces d'artillerie.", False),
]


NOT_YET = [
    ("La France est accusée d'avoir livré six Caesar à l'Ukraine.", False),
]


@pytest.mark.parametrize(("text", "live"), NOT_YET, ids=[row[0] for row in NOT_YET])
def test_the_gate_not_yet(read, text: str, live: bool) -> None:
    assert {each.live for each in read(text).statements} == {live}


@pytest.mark.parametrize(("text", "live"), ROWS, ids=[row[0] for row in ROWS])
def test_the_gate(read, text: str, live: bool) -> None:
    statements = read(text).statements
    assert statements or not live
    assert {each.live for each in statements} <= {live}


def test_an_anaphor_makes_a_candidate_in_the_next_sentence(read) -> None:
    text = "L'Espagne a promis dix Leopard 2A4 à l'Ukraine. Elle en a livré six."
    first, second = read(text).statements
    assert first.live
    assert not second.live
    assert (second.item, second.item_from) == ("leopard-2a4", "anaphora")
    assert "actor-anaphora" in second.rule


def test_the_firm_part_of_a_framework_is_live_though_its_item_stands_before(read) -> None:
    text = (
        "L'agence NSPA a conclu un contrat-cadre d'une valeur de 900 millions d'euros pour des "
        "munitions, dont 200 millions d'euros d'achats fermes."
    )
    frame, firm = sorted(read(text).statements, key=lambda each: each.act)
    assert (frame.act, firm.act) == ("frame", "order")
    assert frame.live
    assert firm.live
    assert [(link.kind, link.statement) for link in firm.links] == [("part_of", frame.id)]


def test_a_recipient_that_the_text_is_about_is_marked_as_inferred(read) -> None:
    text = (
        "L'Estonie a livré des D-30 à l'Ukraine. La Norvège a livré des M109 à l'Ukraine. "
        "Le Portugal a livré des M113."
    )
    last = read(text).statements[-1]
    assert last.actors == ("PRT",)
    assert (last.recipients, last.recipient_from) == (("UKR",), "inferred")
    assert "recipient-topic" in last.rule


@pytest.mark.xfail(reason="a recipient said once is counted twice")
def test_one_mention_makes_no_topic(read) -> None:
    text = "L'Estonie a livré des D-30 à l'Ukraine. Le Portugal a livré des M113."
    last = read(text).statements[-1]
    assert last.actors == ("PRT",)
    assert last.recipients == ()
    assert "recipient-topic" not in last.rule


@pytest.mark.parametrize("digits", ["9" * 19, "9" * 40, "1 " + "000 " * 12 + "000"])
def test_a_number_that_does_not_fit_is_no_quantity(read, digits: str) -> None:
    for said in read(f"L'Estonie a livré {digits} obus à l'Ukraine.").statements:
        assert not said.quantity.known


@settings(deadline=None, max_examples=60)
@given(
    donor=st.sampled_from(DONORS),
    number=st.integers(2, 70),  # above that stand calibres, which are no quantity
    item=st.sampled_from(ITEMS),
)
def test_the_mood_of_the_verb_decides(read, donor: str, number: int, item: str) -> None:
    (said,) = read(f"{donor} a livré {number} {item} à l'Ukraine.").statements
    (heard,) = read(f"{donor} aurait livré {number} {item} à l'Ukraine.").statements
    assert (said.certainty, said.live) == ("done", True)
    assert (heard.certainty, heard.live) == ("hearsay", False)
    for each in (said, heard):
        assert each.act == "deliver"
        assert each.quantity.exact == number
        assert each.recipients == ("UKR",)
    assert said.actors == heard.actors
