"""What the reader says of its own work: every sentence with a trigger is accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intendance.reading import Document, Explanation, Reader

SENTENCES = [
    "La Lituanie a livré huit mortiers à l'Ukraine.",
    "Les missiles de croisière ont frappé le port.",
    "Le ministre a parlé à la presse.",
    "La Norvège n'enverra pas de chars.",
    "Il faut des canons contre les drones.",
    "Paris et Rome livreront un SAMP/T à Kiev.",
]


def explained(reader: Reader, text: str, skip: tuple[tuple[int, int], ...] = ()) -> Explanation:
    return reader.explain(
        Document(text=text, kind="article", address="test", raw_hash="0", language="fr", skip=skip)
    )


@settings(deadline=None, max_examples=40)
@given(said=st.lists(st.sampled_from(SENTENCES), max_size=8))
def test_an_explanation_is_the_reading_and_accounts_for_each_statement(
    reader: Reader, said: list[str]
) -> None:
    text = " ".join(said)
    found = explained(reader, text)
    plain = reader.read_document(
        Document(text=text, kind="article", address="test", raw_hash="0", language="fr")
    )
    assert found.reading == plain
    within = [each for passage in found.passages for each in passage.statements]
    assert sorted(within) == sorted(each.id for each in plain.statements)
    ends = [each for passage in found.passages for each in (passage.start, passage.end)]
    assert ends == sorted(ends)
    for passage in found.passages:
        assert (passage.reason is None) == bool(passage.statements)
        assert text[passage.start : passage.end] in said


@pytest.mark.parametrize(
    ("sentence", "reason", "trigger"),
    [
        ("Les missiles de croisière ont frappé le port.", "no-act", "missiles de croisière"),
        ("La batterie sert contre les missiles balistiques.", "target", "missiles balistiques"),
        ("Le maire a repeint, puis livré, près des chars, une école.", "not-joined", "chars"),
        ("L'armée à Berlin a reçu 5 millions d'euros de loyers.", "no-item", "reçu"),
        ("Patriot est aussi, dit-on à Kiev, un prénom.", "weak-name", "Patriot"),
    ],
)
def test_why_a_sentence_gives_nothing(
    reader: Reader, sentence: str, reason: str, trigger: str
) -> None:
    (passage,) = explained(reader, sentence).passages
    assert (passage.reason, passage.statements) == (reason, ())
    assert trigger in passage.triggers


def test_boilerplate_and_what_is_no_sentence(reader: Reader) -> None:
    long = "chars " * 700
    text = f"Lire aussi : les chars.\n\n{long}."
    menu, run = explained(reader, text, skip=((0, 23),)).passages
    assert (menu.start, menu.end, menu.reason) == (0, 23, "boilerplate")
    assert run.reason == "too-long"


def test_a_sentence_of_other_things_is_not_shown(reader: Reader) -> None:
    assert explained(reader, "Le ministre a parlé à la presse de la récolte.").passages == ()
