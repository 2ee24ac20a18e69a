"""Which words of a clause are its finite verb, where forms alone leave it open."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.attributes import attribute_at
from intendance.reading._grammar.predicates import FINITE
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token


def finite_of(grammar: Grammar, tokens: Sequence[Token], first: int, last: int) -> int | None:
    """The finite verb of ``tokens[first:last]``: one of form, else one of place."""
    weak: int | None = None
    for index in range(first, last):
        if is_finite(grammar, tokens, index):
            return index
        if weak is None and index + 1 < last and is_finite(grammar, tokens, index, weak=True):
            weak = index
    name = first + 1 if "determiner" in tokens[first].words else first
    if weak is None and first and _unknown_verb(grammar, tokens, name, last):
        return name + 1
    if weak is None and last - first <= 4 and is_finite(grammar, tokens, last - 1, weak=True):
        weak = last - 1
    return weak


def _unknown_verb(grammar: Grammar, tokens: Sequence[Token], first: int, last: int) -> bool:
    """ "Russland verschießt 9.000": a name, then a word of no other kind with a verb's ending."""
    if first + 2 >= last or tokens[first].actor is None:
        return False
    token = tokens[first + 1]
    plain = token.word and not token.capital and not token.entities and not token.preposition
    known = token.words or token.cues or token.verbs or token.auxiliaries or token.noun
    number = token.number or token.form in grammar.numbers or token.form in grammar.many
    return plain and not known and not number and token.form.endswith(("t", "ten"))


def is_finite(grammar: Grammar, tokens: Sequence[Token], at: int, weak: bool = False) -> bool:
    """Whether the word is a finite verb; ``weak`` counts plurals that look like infinitives."""
    token = tokens[at]
    if not token.word or (token.capital and at > 0 and tokens[at - 1].form != '"'):
        return False
    before = tokens[at - 1] if at else None
    if before is not None and grammar.listed(before.form, "infinitive_mark"):
        return False
    if grammar.listed(token.form, "finite_other"):
        return True
    tenses = {sense.tense for sense in token.verbs} | {tense for _, tense in token.auxiliaries}
    if not tenses & FINITE and not (weak and "inf" in tenses and _whole_form(token)):
        return False
    if (
        ("inf" in tenses or "pp" in tenses)
        and not weak
        and not grammar.listed(token.form, "finite_first")
    ):
        return False
    senses = {sense.tense: sense for sense in token.verbs}
    return attribute_at(grammar, tokens, at, senses) is None


def _whole_form(token: Token) -> bool:
    """An infinitive without "zu" inside it."""
    return any(sense.tense == "inf" and sense.lemma == token.form for sense in token.verbs) or bool(
        token.auxiliaries
    )


def final_verb(grammar: Grammar, tokens: Sequence[Token], end: int) -> int | None:
    """The finite verb that ends the stretch before ``end``, or ends it before a late addition."""
    last = end - 1
    while last >= 0 and (not tokens[last].word or tokens[last].form == "."):
        last -= 1
    for at in (last, last - 1):
        if at < last and grammar.listed(tokens[last].form, "passive_cluster"):
            # "seien übergeben worden": a participle that looks like a finite form
            break
        # "hat liefern wollen", "dass er liefern will und kann"
        if at >= 0 and is_finite(grammar, tokens, at, weak=True):
            if at == last or tokens[last].auxiliaries or tokens[last].verbs:
                return at if at == last else (at if not is_finite(grammar, tokens, last) else last)
    for at in range(last - 1, max(last - 6, 0), -1):
        # "liefern wird an die Ukraine": an addition behind the verb
        if is_finite(grammar, tokens, at) and non_finite(tokens[at - 1]):
            if tokens[at + 1].preposition is not None or "coordinator" in tokens[at + 1].words:
                return at
    return None


def non_finite(token: Token) -> bool:
    return any(sense.tense in ("pp", "inf") for sense in token.verbs)


def infinitive_within(grammar: Grammar, tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(with_mark(grammar, tokens, at) for at in range(first, last))


def with_mark(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """An infinitive with "zu", before it or inside it."""
    form = tokens[at].form
    joined = any(
        s.tense == "inf" and s.lemma != form and grammar.infixed(form) for s in tokens[at].verbs
    )
    if joined:
        return True
    verbal = any(s.tense == "inf" for s in tokens[at].verbs) or any(
        tense == "inf" for _, tense in tokens[at].auxiliaries
    )
    return verbal and at > 0 and grammar.listed(tokens[at - 1].form, "infinitive_mark")
