"""Numbers as reports write them: digits, words, magnitudes, round numbers, ranges, qualifiers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import MAX_DIGITS, Interval, Number, at_least, at_most, between, exactly

_LONGEST: Final = 12
"""No number is written with more tokens than this."""


Value = tuple[Number, int, bool, bool]
"""A number, the token after it, whether it is approximate, whether it is open upwards."""


class Figure(NamedTuple):
    """A number found at ``tokens[first:last]`` with its qualifiers; ``plain`` is its bare value."""

    first: int
    last: int
    interval: Interval
    plain: Number | None


def read_figure(grammar: Grammar, tokens: Sequence[Token], at: int) -> Figure | None:
    """The figure that begins at ``tokens[at]`` (qualifiers before it included), or None.

    A number too long to be kept exactly is None: garbled figures are flagged, not guessed.
    """
    first = at
    qualifier: str | None = None
    while at < len(tokens) and (found := _qualifier(tokens[at])) is not None:
        if tokens[at].form in grammar.numbers and not _starts_number(grammar, tokens, at + 1):
            break
        qualifier = found if qualifier is None or qualifier == "approx" else qualifier
        at += 1
    value = _value(grammar, tokens, at)
    ranged = _range(grammar, tokens, at, value) if at < len(tokens) else None
    if ranged is not None:
        low, high, last = ranged
        text = _text(tokens, first, last)
        return Figure(first, last, between(low, high, text, approx=qualifier == "approx"), None)
    if value is None:
        return None
    number, last, approx, open_end = value
    text = _text(tokens, first, last)
    if open_end:
        return Figure(
            first, last, Interval(number, None, approx=True, text=text, state="stated"), None
        )
    interval = _qualified(number, qualifier, text, approx)
    plain = number if qualifier is None and not approx else None
    return Figure(first, last, interval, plain)


def _qualified(number: Number, qualifier: str | None, text: str, approx: bool) -> Interval:
    if qualifier in ("above", "atleast"):
        return at_least(number, text, above=qualifier == "above")
    if qualifier in ("below", "atmost"):
        return at_most(number, text, below=qualifier == "below")
    return exactly(number, text, approx=approx or qualifier == "approx")


def _qualifier(token: Token) -> str | None:
    if not token.cues:
        return None
    for name in ("above", "atleast", "below", "atmost", "approx"):
        if name in token.cues:
            return name
    return None


def _starts_number(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    form = tokens[at].form
    return tokens[at].number or form in grammar.numbers or form in grammar.round_numbers


def _range(
    grammar: Grammar, tokens: Sequence[Token], at: int, plain: Value | None
) -> tuple[Number, Number, int] | None:
    """The range that begins at ``tokens[at]``; ``plain`` is the number that stands there."""
    opened = grammar.listed(tokens[at].form, "range_open")
    low = _value(grammar, tokens, at + 1) if opened else plain
    if low is None or low[3]:
        return None
    after = low[1]
    if after >= len(tokens):
        return None
    if _hyphen_range(tokens, after):
        after -= 1
    elif not _range_link(grammar, tokens, at, after):
        return None
    high = _value(grammar, tokens, after + 1)
    if high is None or high[3]:
        return None
    first, second = low[0], high[0]
    if first < second and _magnitude_only(grammar, tokens, low[1], high[1]):
        # "2 à 3 milliards": the magnitude belongs to both.
        scale = _last_magnitude(grammar, tokens, high[1])
        if scale and first * scale <= second:
            first = first * scale
    return (first, second, high[1]) if first < second else None


def _range_link(grammar: Grammar, tokens: Sequence[Token], first: int, at: int) -> bool:
    """ "20 to 25"; "and" joins the two only behind "between"."""
    if grammar.listed(tokens[at].form, "and"):
        return grammar.listed(tokens[first].form, "between")
    return grammar.listed(tokens[at].form, "range_link")


def _hyphen_range(tokens: Sequence[Token], at: int) -> bool:
    """ "20-25 guns": a hyphen is no token, and joins two numbers that touch it."""
    before, token = tokens[at - 1], tokens[at]
    return token.number and before.number and token.hyphened and before.end + 1 == token.start


def _magnitude_only(grammar: Grammar, tokens: Sequence[Token], low_end: int, high_end: int) -> bool:
    return (
        tokens[low_end - 1].form not in grammar.magnitudes
        and tokens[high_end - 1].form in grammar.magnitudes
    )


def _last_magnitude(grammar: Grammar, tokens: Sequence[Token], end: int) -> int:
    return grammar.magnitudes.get(tokens[end - 1].form, 0)


def _value(grammar: Grammar, tokens: Sequence[Token], at: int) -> Value | None:
    """The number that begins at ``tokens[at]`` with its magnitude, without qualifiers."""
    if at < 0 or at >= len(tokens):
        return None
    form = tokens[at].form
    after = at + 1
    if form in grammar.many:
        return _times_magnitude(grammar, tokens, grammar.many[form], after, True, True)
    if form in grammar.round_numbers and not tokens[at].number:
        return _times_magnitude(grammar, tokens, grammar.round_numbers[form], after, True, False)
    if form in grammar.numbers and after < len(tokens):
        # "une centaine", "deux douzaines"
        following = tokens[after].form
        count = grammar.numbers[form]
        if following in grammar.round_numbers and following not in grammar.magnitudes:
            value = count * grammar.round_numbers[following]
            return _times_magnitude(grammar, tokens, value, after + 1, True, False)
        if following in grammar.many:
            return count * grammar.many[following] // 2, after + 1, False, False
    number = _digits(grammar, tokens, at) if tokens[at].number else _words(grammar, tokens, at)
    if number is None:
        return None
    return _times_magnitude(grammar, tokens, number[0], number[1], False, False)


def _times_magnitude(
    grammar: Grammar, tokens: Sequence[Token], value: Number, at: int, approx: bool, open_end: bool
) -> tuple[Number, int, bool, bool] | None:
    start = at
    while at < len(tokens) and at - start < 4:
        form = tokens[at].form
        if grammar.listed(form, "part_of_number") and at + 1 < len(tokens):
            if tokens[at + 1].form in grammar.magnitudes:
                at += 1
                continue
            break
        if form not in grammar.magnitudes or (form == "m" and not tokens[at].capital):
            break
        value = value * grammar.magnitudes[form]
        at += 1
        if grammar.listed(form, "magnitude_dotted") and _dotted(tokens, at):
            at += 1
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return (value, at, approx, open_end) if abs(value) < 10**MAX_DIGITS else None


def model_number(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    """Whether the number is the rest of a designation ("L70", "M-777"), and counts nothing."""
    if at == 0 or not tokens[at].number:
        return False
    before = tokens[at - 1]
    touches = before.end == tokens[at].start
    hyphen = tokens[at].hyphened and before.end + 1 == tokens[at].start
    if hyphen and before.item is not None:
        # "Mi-8-17", where "Mi-8" is a name that we know
        return True
    if (touches or (hyphen and len(before.form) <= 3)) and before.form[-1:].isalpha():
        return True
    # "three Cessna 172 aircraft": a name that we don't know between two numbers
    named = at + 1 < len(tokens) and tokens[at + 1].item is not None
    counted = at > 1 and (tokens[at - 2].number or tokens[at - 2].form in grammar.numbers)
    return named and counted and _bare_name(before)


def _bare_name(token: Token) -> bool:
    """A capitalised word of which nothing is known."""
    return token.capital and token.word and not (
        token.entities or token.verbs or token.auxiliaries or token.cues or token.words
        or token.preposition or token.noun
    )  # fmt: skip


def _dotted(tokens: Sequence[Token], at: int) -> bool:
    """Whether the full stop at ``at`` ends an abbreviation ("Mio. Euro"), not the sentence."""
    return at + 1 < len(tokens) and tokens[at].form == "."


def _digits(grammar: Grammar, tokens: Sequence[Token], at: int) -> tuple[Number, int] | None:
    raw = tokens[at].form
    if model_number(grammar, tokens, at):
        return None
    if at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end:
        following = tokens[at + 1].form
        if following[:1].isalpha() and following not in grammar.magnitudes:
            # "155mm", "5th", "2A6": no plain number
            return None
    value = parse_digits(raw, grammar.decimal, _magnitude_follows(grammar, tokens, at + 1))
    return None if value is None else (value, at + 1)


def _magnitude_follows(grammar: Grammar, tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].form in grammar.magnitudes


def parse_digits(raw: str, decimal: str, magnitude: bool) -> Number | None:
    """The value of digits with separators, in a language whose decimal mark is ``decimal``.

    Three digits after any mark group thousands, unless a magnitude word follows ("1,250 billion")
    and the mark is the language's decimal mark. Returns None where the groups make no number.
    """
    other = "." if decimal == "," else ","
    text = raw.replace(" ", "")
    if len(text) > 2 * MAX_DIGITS:
        return None
    if decimal in text and other in text:
        if text.rindex(decimal) < text.rindex(other):
            decimal, other = other, decimal
        text = text.replace(other, "").replace(decimal, ".")
    elif decimal in text or other in text:
        mark = decimal if decimal in text else other
        parts = text.split(mark)
        grouped = all(len(part) == 3 for part in parts[1:]) and len(parts[0]) <= 3
        decimals = len(parts) == 2 and (not grouped or (magnitude and mark == decimal))
        if decimals:
            text = ".".join(parts)
        elif grouped and parts[0] != "0":
            text = "".join(parts)
        else:
            return None
    if not text.replace(".", "", 1).isdecimal():
        return None
    return Decimal(text) if "." in text else int(text)


def _words(grammar: Grammar, tokens: Sequence[Token], at: int) -> tuple[Number, int] | None:
    """Numbers in words: "trois cent vingt", "deux mille cinq cents"."""
    total, group, last = 0, 0, at
    for index in range(at, min(at + _LONGEST, len(tokens))):
        form = tokens[index].form
        if grammar.listed(form, "and") and last == index and index > at:
            if index + 1 < len(tokens) and group >= 20 and _unit(grammar, tokens[index + 1].form):
                last = index + 1
                continue
            break
        value = grammar.numbers.get(form)
        if value is None or index != last:
            break
        if value == 1000:
            total, group = total + max(group, 1) * 1000, 0
        elif value == 100:
            group = max(group, 1) * 100
        elif group and group % 100 and not _adds(group, value):
            break
        else:
            group += value
        last = index + 1
    return (total + group, last) if last > at else None


def _unit(grammar: Grammar, form: str) -> bool:
    return grammar.numbers.get(form, 100) < 20


def _adds(group: int, value: int) -> bool:
    return group % 10 == 0 and value < 20 and group % 100 >= 20


def _text(tokens: Sequence[Token], first: int, last: int) -> str:
    parts: list[str] = []
    for index in range(first, last):
        if index > first and tokens[index].start > tokens[index - 1].end:
            parts.append(" ")
        parts.append(tokens[index].form)
    return "".join(parts)
