"""Bracket patterns: what they stand for, and what is refused."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.catalogue import MAX_FORMS
from intendance.catalogue._brackets import MAX_LENGTH, PatternError, check, expand


@pytest.mark.parametrize(
    ("pattern", "forms"),
    [
        ("char", ["char"]),
        ("char[s]", ["char", "chars"]),
        ("word[s|es]", ["word", "words", "wordes"]),
        ("(canal|canaux)", ["canal", "canaux"]),
        ("Leopard[-]2", ["Leopard2", "Leopard-2"]),
        ("a[b] c(d|e)", ["a cd", "a ce", "ab cd", "ab ce"]),
        ("Frenchm(an|en)", ["Frenchman", "Frenchmen"]),
        ("ciężki(|ego) sprzęt", ["ciężki sprzęt", "ciężkiego sprzęt"]),
        ("x[s|s]", ["x", "xs"]),
        ("l\u2019OTAN\u00a0x", ["l'OTAN x"]),
        ("E\u0301lyse\u0301e", ["Élysée"]),
    ],
)
def test_forms(pattern: str, forms: list[str]) -> None:
    assert list(expand(pattern)) == forms


BRACKETS = "brackets that close and don't nest, and '|' only inside them"
EDGES = "a name without space at its ends, double spaces or control characters"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("char[s", BRACKETS),
        ("chars]", BRACKETS),
        ("a[b(c|d)]", BRACKETS),
        ("a|b", BRACKETS),
        ("(a|b]", BRACKETS),
        ("", EDGES),
        (" char", EDGES),
        ("char  lourd", EDGES),
        ("char\nlourd", EDGES),
        ("(|char)", EDGES),
        ("char[ ]", EDGES),
        ("char [lourd] vert", EDGES),
        ("char (|lourd)", EDGES),
        ("char (lourd|)", EDGES),
        ("char ()", EDGES),
        ("char (a||b)", EDGES),
        ("char( | a)", EDGES),
        ("char [a]", EDGES),
        ("char[s]\u0000", EDGES),
        ("x" + "[s]" * 7, f"at most {MAX_FORMS} forms"),
        ("x" * (MAX_LENGTH + 1), f"at most {MAX_LENGTH} characters"),
    ],
)
def test_refused(pattern: str, expected: str) -> None:
    for refuse in (expand, check):
        with pytest.raises(PatternError) as caught:
            refuse(pattern)
        assert str(caught.value) == expected


WORD = st.text("abé-", min_size=1, max_size=4)
OPTIONAL = st.lists(WORD, min_size=1, max_size=3).map(lambda ws: (["", *ws], f"[{'|'.join(ws)}]"))
CHOICE = st.lists(WORD, min_size=1, max_size=3).map(lambda ws: (ws, f"({'|'.join(ws)})"))
PLAIN = WORD.map(lambda word: ([word], word))
PARTS = st.lists(OPTIONAL | CHOICE | PLAIN, max_size=4)


@given(start=PLAIN, parts=PARTS)
def test_every_choice_once_and_the_base_form_first(start, parts) -> None:
    parts = [start, *parts]
    pattern = "".join(text for _, text in parts)
    wanted = ["".join(choice) for choice in itertools.product(*(words for words, _ in parts))]
    if len(wanted) > MAX_FORMS:
        with pytest.raises(PatternError):
            check(pattern)
        return
    check(pattern)
    assert list(expand(pattern)) == list(dict.fromkeys(wanted))


@given(st.text("ab[]()| ", max_size=40))
def test_any_text_is_expanded_within_the_limit_or_refused(pattern: str) -> None:
    try:
        forms = expand(pattern)
    except PatternError:
        with pytest.raises(PatternError):
            check(pattern)
        return
    check(pattern)
    assert 0 < len(forms) <= MAX_FORMS
    assert len(set(forms)) == len(forms)
    for form in forms:
        assert form == form.strip()
        assert not set(form) & set("[]()|")
