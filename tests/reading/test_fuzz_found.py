"""What fuzzing found (bench/fuzz_reading.py), each as the smallest input that showed it."""

from __future__ import annotations

import pytest

from intendance.reading import Document, Reader


@pytest.mark.parametrize("half", [0xD800, 0xDC80, 0xDFFF])
def test_half_a_surrogate_pair_is_read_around(reader: Reader, half: int) -> None:
    sentence = "L'Estonie a livré neuf obusiers D-30 à l'Ukraine."
    text = f"{chr(half)} {sentence} {chr(half)}"
    document = Document(text=text, kind="article", address="", raw_hash="0", language="fr")
    (said,) = reader.read_document(document).statements
    assert (said.actors, said.item, said.quantity.low) == (("EST",), "d-30", 9)
    assert said.quote == text[said.start : said.end]
    assert reader.explain(document).reading.statements == (said,)
