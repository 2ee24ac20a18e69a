"""What is worth reading: told in one pass, before the language and all else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.reading import Document, Reader
from intendance.reading._trigger import Trigger, Worth


@pytest.fixture(scope="module")
def trigger(reader: Reader) -> Trigger:
    return Trigger(reader.catalogue)


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("le maire a inauguré une école.", "none"),
        ("der bürgermeister eröffnete eine schule.", "none"),
        ("le navire est resté au port.", "light"),
        ("die lastwagen standen im stau.", "light"),
        ("they bought a lorry and two trucks.", "light"),
        ("l'ukrainienne a gagné le tournoi.", "full"),
        ("deux obusiers caesar", "full"),
        ("the m113 is old.", "full"),
        ("вантажівки для україни", "full"),
        ("czołgi pojechały na wschód", "full"),
        ("войска отошли", "full"),
        ("le charron a réparé la roue.", "none"),  # "char" is no word of it
        ("the warden left.", "none"),
        ("le fleuve est en crue.", "none"),  # nor is what Poles and Ukrainians decline
        ("the service was good.", "none"),
        ("два flyeye прибули", "full"),
        ("three caesars are there.", "full"),
    ],
)
def test_worth(trigger: Trigger, text: str, worth: str) -> None:
    found = trigger.worth(text)
    assert ("full" if found.whole else "light" if found.places else "none") == worth


@given(words=st.lists(st.sampled_from(["la", "paix", "viendra", "un", "jour"]), max_size=8))
def test_words_of_peace_are_worth_nothing_and_one_of_war_all(
    trigger: Trigger, words: list[str]
) -> None:
    assert trigger.worth(" ".join(words)) == (False, ())
    assert trigger.worth(" ".join([*words, "munitions", *words])).whole


def test_a_text_of_other_things_costs_no_look_for_its_language(reader: Reader) -> None:
    text = "Der Gemeinderat hat den Haushalt beschlossen. Die Schule wird renoviert."
    found = reader.read_document(
        Document(text=text, kind="article", address="", raw_hash="0", language=None)
    )
    assert (found.report.language, found.statements, found.notes) == ("und", (), ())


def test_of_a_text_with_civil_things_alone_only_their_sentences_are_read(reader: Reader) -> None:
    text = (
        "Il a neigé.\n\nLa Suède a parlé hier. La Suède livrera douze camions à la Moldavie. "
        "Rien d'autre.\n\nUn beau camion rouge.\n\nLa Suède en livrera six."
    )
    found = reader.explain(
        Document(text=text, kind="article", address="", raw_hash="0", language="fr")
    )
    assert [text[each.start : each.end] for each in found.passages] == [
        "La Suède livrera douze camions à la Moldavie."
    ]
    (said,) = found.reading.statements
    assert (said.actors, said.recipients, said.item) == (("SWE",), ("MDA",), "truck")


def test_every_name_of_equipment_makes_a_text_worth_a_look(
    reader: Reader, trigger: Trigger
) -> None:
    forms = [each for each in reader.catalogue.forms() if each.table in ("kind", "class")]
    missed = [each.text for each in forms if trigger.worth(each.text.lower()) == (False, ())]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "un grand magasin, une grande rue et deux granges.",
        "l'armateur a payé les transports.",
        "der große transporteur in grafenau.",
    ],
)
def test_a_polish_stem_begins_no_word_of_another_language(trigger: Trigger, text: str) -> None:
    assert trigger.worth(text) == Worth(whole=False)


@pytest.mark.parametrize("text", ["granaty są w drodze.", "dwie armaty dotarły.", "granat"])
def test_a_polish_stem_counts_in_a_polish_text(trigger: Trigger, text: str) -> None:
    assert trigger.worth(text).whole
