"""Which figure counts which item, and what a figure beside an item is else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.groups import ItemGroup
from intendance.reading._grammar.numbers import Figure, model_number, parse_digits
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import Number, exactly

_CALIBRES: Final = frozenset({100, 105, 120, 122, 125, 130, 152, 155, 203, 227})
_COUNTED: Final = frozenset({152, 122, 203})
"""Calibres that are numbers of pieces at least as often where a noun shows its number."""
_GUNLIKE: Final = frozenset(
    {"artillery", "howitzer", "ammunition", "artillery-ammunition", "mortar"}
)
_MEASURES: Final = frozenset({"tonne", "litre"})
"""Units of what is weighed or poured; of other goods they count nothing."""
_YEARS: Final = range(2014, 2036)
"""Numbers that stand for years far oftener than for pieces; 2000 is a round number of pieces."""
_TO_VERB: Final = 9
"""How many tokens may stand between "the first of 31 tanks" and its verb."""
_REACH: Final = 5
"""How many tokens may stand between a figure and the item that it counts."""


def attach_figure(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    groups: list[ItemGroup],
    figure: Figure,
) -> None:
    """Gives the figure to the item group that it counts, if one follows closely."""
    if may_be_year(tokens, figure):
        return
    index = figure.last
    while index < len(tokens) and index - figure.last < _REACH:
        group = next((each for each in groups if each.first == index), None)
        if group is not None:
            _count(grammar, catalogue, tokens, group, figure)
            return
        if tokens[index].form in grammar.fractions:
            _share(groups, index)
            return
        if model_number(grammar, tokens, index):
            index += 1
            continue
        if grammar.listed(tokens[index].form, "unit_link") and _unit_word(tokens[index - 1]):
            # "12 Startgeräte für das System"
            index += 1
            continue
        if _calibre_words(grammar, tokens, index):
            index += 2
            continue
        if not _may_stand_between(grammar, tokens[index]):
            return
        if grammar.listed(tokens[figure.first].form, "one") and _unknown_noun(
            grammar, tokens[index]
        ):
            # "will einem Bericht zufolge Raketen liefern": the one is the report's
            return
        index += 1


def may_be_year(tokens: Sequence[Token], figure: Figure) -> bool:
    """ "lieferte 2023 Panzer": four bare digits of these years count nothing for certain."""
    form = tokens[figure.first].form
    bare = figure.last == figure.first + 1 and len(form) == 4 and form.isdecimal()
    return bare and int(form) in _YEARS


def _calibre_words(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """ "26,350 rounds of 40-millimetre ammunition": the calibre between figure and item."""
    following = tokens[at + 1 : at + 2]
    return tokens[at].number and any(grammar.listed(t.form, "millimetres") for t in following)


def _share(groups: list[ItemGroup], at: int) -> None:
    """ "a third of the guns": no number of guns is said."""
    for group in groups:
        if 0 <= group.first - at <= 3:
            group.share = True


def _may_stand_between(grammar: Grammar, token: Token) -> bool:
    if grammar.listed(token.form, "counted_mark"):
        return True
    if token.words & _MEASURES:
        return True
    if not token.word or token.number:
        return False
    if "false_unit" in token.cues:
        # "101 military vehicles", where "military" is also "soldier"
        return grammar.case_marked and "determiner" in token.words
    if "training_target" in token.cues and token.item is None:
        # "equips three brigades with tanks": the brigades are counted
        return False
    if "negation" in token.cues:
        return False
    if token.noun is not None and token.item is None and token.capital:
        # "a delivery of": the number is the delivery's
        return False
    if token.form in grammar.numbers or token.auxiliaries or "coordinator" in token.words:
        return False
    if grammar.listed(token.form, "counted_link"):
        return True
    if grammar.case_marked and any(each.feature == "demonym" for each in token.entities):
        # "taught 90 Ukrainians to use": people are counted
        return False
    if token.preposition is not None or token.entities:
        return token.entities != () and token.actor is not None and token.preposition is None
    return not any(sense.tense in ("pres", "imp", "fut", "cond", "inf") for sense in token.verbs)


def _unknown_noun(grammar: Grammar, token: Token) -> bool:
    """A noun that we know nothing of, where nouns have a capital."""
    known = token.entities or token.words or token.cues or token.verbs or token.noun
    return grammar.verb_final and token.capital and token.word and not (known or token.preposition)


def _count(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    group: ItemGroup,
    figure: Figure,
) -> None:
    if group.quantity.known or group.garbled or _in_act(tokens, group):
        return
    if group.item is not None and "service" in catalogue.classes(group.item):
        # "one training", "two courses": what is done is not counted
        return
    words = tokens[figure.first : figure.last]
    single = len(words) == 1 and grammar.listed(words[0].form, "one")
    if single and figure.first and grammar.listed(tokens[figure.first - 1].form, "neither"):
        # "not one tank"
        return
    named = any(_unit_word(token) for token in tokens[figure.last : group.last])
    if single and not (named or (group.item is not None and catalogue.is_kind(group.item))):
        return
    if (
        single
        and not named
        and any(
            grammar.listed(token.form, "counted_link") for token in tokens[figure.last : group.head]
        )
    ):
        # "equip a brigade with tanks": the one is the brigade's
        return
    if _is_calibre(grammar, catalogue, tokens, group, figure):
        group.garbled = True
        group.calibre = int(figure.plain or 0)
        group.first = figure.first
        return
    if any(words_between.form in grammar.fractions for words_between in words):
        group.share = True
        return
    unit = next((_unit_word(tokens[i]) for i in range(figure.last, group.head + 1)
                 if _unit_word(tokens[i])), None)  # fmt: skip
    if unit in _MEASURES and group.unit not in _MEASURES:
        # "60 tonnes of ammunition": no number of rounds
        return
    if _in_each(grammar, tokens, figure, group):
        # "two squadrons of 12 planes each": how many in all is not said
        group.first = figure.first
        return
    group.quantity = figure.interval
    group.unit = unit or group.unit
    group.first = figure.first
    many = _how_many_of(grammar, tokens, figure.first)
    if many is not None:
        group.part_of, group.basis = figure.interval, "part"
        if many[0] is None:
            group.share, group.first = True, many[1]
            return
        group.quantity = exactly(many[0], tokens[many[1]].form)
        group.first = many[1]


def _in_each(grammar: Grammar, tokens: Sequence[Token], figure: Figure, group: ItemGroup) -> bool:
    """ "squadrons of 12 planes each": the number of one of several."""
    after = tokens[group.last : group.last + 1]
    if figure.first < 1 or not any("each" in token.cues for token in after):
        return False
    before = tokens[figure.first - 1]
    return grammar.listed(before.form, "of_bare") or before.preposition == "of"


def _in_act(tokens: Sequence[Token], group: ItemGroup) -> bool:
    """ "zwei Panzerlieferungen": what is counted is the act that the same word names."""
    return in_one_word(tokens, group.last)


def in_one_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether the act at ``at`` ends the word that the token before it begins.

    They touch ("Panzerlieferung"), or only a hyphen stands between ("Taurus-Lieferung").
    """
    if not 0 < at < len(tokens) or tokens[at].noun is None:
        return False
    gap = tokens[at].start - tokens[at - 1].end
    return gap == 0 or (gap == 1 and tokens[at].hyphened)


def _how_many_of(
    grammar: Grammar, tokens: Sequence[Token], at: int
) -> tuple[Number | None, int] | None:
    """ "the first of", "three of (the)" right before ``at``: number and place.

    The number is None where a share of the figure is meant ("half of the 30").
    """
    before = at - 1
    if before > 1 and "definite" in tokens[before - 1].words and _attributive(tokens[before]):
        # "nineteen of the promised 31 tanks"
        before -= 1
    if before > 0 and "definite" in tokens[before].words:
        over = tokens[before - 1]
        if grammar.listed(over.form, "counted_of") or "first_of" in over.cues:
            # "ten of the 30 guns"
            before -= 1
    if before < 0:
        return None
    if tokens[before].cues & {"some_of", "first_of"}:
        return _by_order(grammar, tokens, before)
    if before > 1 and tokens[before].words & {"possessive_third", "demonstrative"}:
        # "eight of its 36 tanks"
        link = tokens[before - 1]
        if grammar.listed(link.form, "of_bare") and not grammar.listed(link.form, "counted_of"):
            return _small_number(grammar, tokens, before - 2)
    if before and grammar.listed(tokens[before].form, "counted_of"):
        word = tokens[before - 1]
        if "negation" in word.cues:
            # "none of the eight": not eight, and none is no number of them
            return None, before - 1
        if word.form in grammar.fractions or word.form in grammar.magnitudes:
            return None, before - 1
        if word.form in grammar.ordinals:
            return 1, before - 1
        return _small_number(grammar, tokens, before - 1)
    return None


def _attributive(token: Token) -> bool:
    """A participle or an adjective that nothing else is said of ("promised", "remaining")."""
    if any(sense.tense in ("pp", "attr") for sense in token.verbs):
        return True
    return token.word and not (
        token.verbs or token.entities or token.preposition or token.auxiliaries or token.cues
        or token.words or token.number
    )  # fmt: skip


def _by_order(
    grammar: Grammar, tokens: Sequence[Token], at: int
) -> tuple[Number | None, int] | None:
    """ "four first of", "the first of", "the last of" where several are meant."""
    if "some_of" in tokens[at].cues:
        return None, at
    if at and tokens[at - 1].form in grammar.numbers:
        return grammar.numbers[tokens[at - 1].form], at - 1
    following = (t for t in tokens[at + 1 : at + _TO_VERB] if t.auxiliaries or t.verbs)
    verb = next(following, None)
    # "the first of 31 tanks have arrived": how many is not said
    several = verb is not None and grammar.listed(verb.form, "plural_auxiliary")
    return None if several else 1, at


def _small_number(
    grammar: Grammar, tokens: Sequence[Token], at: int
) -> tuple[Number | None, int] | None:
    word = tokens[at]
    if word.form in grammar.numbers:
        return grammar.numbers[word.form], at
    if word.number:
        return parse_digits(word.form, grammar.decimal, False), at
    return None


def _unit_word(token: Token) -> str | None:
    for name in ("battery", "system", "set", "squadron", "launcher", "tonne", "litre"):
        if name in token.words:
            return name
    return None


def _is_calibre(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    group: ItemGroup,
    figure: Figure,
) -> bool:
    """A bare 155 before guns or shells is a calibre that lost its unit, unless one is also said."""
    if figure.plain not in _CALIBRES or not tokens[figure.first].number:
        return False
    if grammar.case_marked and figure.plain in _COUNTED:
        # "152 haubice": its plural form goes with two, a calibre has its unit there
        return False
    chain = {group.item or "", *catalogue.classes(group.item or "")}
    if not chain & _GUNLIKE:
        return False
    around = tokens[group.head : group.last + 4]
    return not any(grammar.listed(token.form, "millimetres") for token in around)


def finish_group(grammar: Grammar, tokens: Sequence[Token], group: ItemGroup) -> None:
    """What stands around the group: more, rate, each, owner's determiner, share."""
    start, end = group.first, group.last
    inside = tokens[start : group.last]
    after = tokens[end : end + 3]
    if group.quantity.known and any("more" in token.cues for token in [*inside, *after[:1]]):
        group.basis = group.basis or "increment"
    for token in after:
        for period in ("month", "year", "week", "day"):
            if f"rate_{period}" in token.cues:
                group.per = period
    if start > 0:
        before = tokens[start - 1]
        for period in ("month", "year", "week", "day"):
            if f"rate_{period}" in before.cues and grammar.listed(before.form, "rate_before"):
                group.per = period
        if group.quantity.known and grammar.listed(before.form, "more_before"):
            group.basis = group.basis or "increment"
        group.possessed = any(
            "possessive_third" in each.words for each in tokens[max(0, start - 2) : start]
        )
        group.each = "each" in before.cues
        group.share = group.share or (
            start > 1
            and grammar.listed(before.form, "share_of")
            and tokens[start - 2].form in grammar.fractions
        )
