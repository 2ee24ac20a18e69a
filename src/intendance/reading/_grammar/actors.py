"""Actor groups: nations and their metonyms, organisations, makers, pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.coordination import coordinated, opens_clauses
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.offices import (
    BODIES,
    MAKER,
    NATION,
    OFFICE,
    in_office,
    institution_group,
    office_group,
    represented,
)
from intendance.reading._grammar.prepositions import actor_group, owns, role_of
from intendance.reading._language import Grammar
from intendance.reading._tokens import Entity, Token
from intendance.terms import TimeSpan

_PRONOUNS: Final = (
    ("pronoun_first", None, "first"),
    ("pronoun_third", None, "third"),
    ("dative_first", "to", "first"),
    ("dative_third", "to", "dative"),
)
"""Groups of pronouns: their words, the role that their form says, and whom they stand for."""
_OUTLET: Final = frozenset({"outlet"})


def find_actors(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    published: TimeSpan,
    context: frozenset[str],
) -> list[ActorGroup]:
    """The actor groups of a sentence in order; coordinated actors of one role are one group.

    ``context`` are the nations and organisations that the whole text names.
    """
    groups: list[ActorGroup] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.entities and token.form not in grammar.actor_words:
            at += 1
            continue
        group = _group(grammar, catalogue, tokens, at, published, context)
        if group is None:
            at += 1
            continue
        groups.append(group)
        at = group.last
    for group in groups:
        if group.role is None and _under_participle(grammar, tokens, group.first):
            group.role = "other"
    opens_clauses(grammar, tokens, groups)
    return coordinated(grammar, tokens, groups)


def _under_participle(grammar: Grammar, tokens: Sequence[Token], first: int) -> bool:
    """ "the countries supporting B": B is the object of a participle that we know nothing of."""
    endings = tuple(grammar.lists.get("participle_of_present", ()))
    at = first - 1
    while at > 0 and ("determiner" in tokens[at].words or tokens[at].form.endswith("'")):
        at -= 1
    if not endings or at < 1 or not tokens[at].form.endswith(endings):
        return False
    token = tokens[at]
    return token.word and not token.capital and not (
        token.verbs or token.words or token.cues or token.preposition or token.entities
        or token.noun or token.auxiliaries
    )  # fmt: skip


def _group(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    at: int,
    published: TimeSpan,
    context: frozenset[str],
) -> ActorGroup | None:
    token = tokens[at]
    holder = office_group(grammar, catalogue, tokens, at, published, context)
    if holder is not None:
        return holder
    official = in_office(catalogue, token, published, context)
    if official is not None and not (official.weak and token.entity(NATION)):
        return actor_group(
            grammar, tokens, at, at + 1, represented(catalogue, official), official.id
        )
    if grammar.is_word(token.form, "institution"):
        group = institution_group(grammar, tokens, at)
        if group is not None or token.entity(NATION) is None:
            return group
    nation = token.entity(NATION)
    if nation is not None:
        if owns(grammar, tokens, at):
            # "Norway's gift": the nation is whose it is, not who acts
            last = _body_after(tokens, at + 3)
            group = actor_group(grammar, tokens, at, last or at + 3, (nation.id,), None)
            group.adjective = last is None
            return group
        if _is_adjective(token, nation) or _modifies(grammar, tokens, at, nation):
            group = actor_group(grammar, tokens, at, at + 1, (nation.id,), None)
            group.adjective = True
            return group
        return actor_group(grammar, tokens, at, at + 1, (nation.id,), None)
    body = token.entity(BODIES)
    if body is not None:
        # a ministry or an army acts for its nation
        stands_for = catalogue.nation_of(body.id) or body.id
        return actor_group(grammar, tokens, at, at + 1, (stands_for,), None)
    maker = token.entity(MAKER)
    if maker is not None and not maker.weak:
        group = actor_group(grammar, tokens, at, at + 1, (maker.id,), None)
        group.maker = True
        return group
    outlet = token.entity(_OUTLET)
    if outlet is not None:
        group = actor_group(grammar, tokens, at, at + 1, (outlet.id,), outlet.id)
        group.outlet = True
        return group
    return _pronoun(grammar, tokens, at)


def _body_after(tokens: Sequence[Token], at: int) -> int | None:
    """ "A's Supreme Defence Council agreed": where a body unknown to us ends before its verb."""
    last = at
    while last < len(tokens) and last - at < 5:
        token = tokens[last]
        if token.preposition == "of" and last > at and tokens[last + 1 : last + 2]:
            # "A's Council of Ministers"
            last += 2
            continue
        if not token.capital or not token.word or token.actor is not None:
            break
        if token.item is not None or token.entity(OFFICE) is not None:
            break
        last += 1
    if last == at or last >= len(tokens):
        return None
    after = tokens[last]
    finite = after.auxiliaries or any(sense.tense in ("past", "pres") for sense in after.verbs)
    return last if finite and not after.noun else None


def _is_adjective(token: Token, nation: Entity) -> bool:
    features = {each.feature for each in token.entities if each.id == nation.id}
    if not features & {"adjective", "demonym"} or (token.capital and "name" in features):
        return False
    return "adjective" in features and not (token.capital and "demonym" in features)


def _modifies(grammar: Grammar, tokens: Sequence[Token], at: int, nation: Entity) -> bool:
    """ "German tanks", but "the German said": adjective and name of people have one form."""
    features = {each.feature for each in tokens[at].entities if each.id == nation.id}
    if not grammar.shared_forms or "adjective" not in features or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    return after.word and not (
        after.auxiliaries or after.preposition or after.words & {"coordinator", "adverb"}
        or any(sense.tense in ("pres", "past") for sense in after.verbs)
    )  # fmt: skip


def _pronoun(grammar: Grammar, tokens: Sequence[Token], at: int) -> ActorGroup | None:
    token = tokens[at]
    for name, role, pronoun in _PRONOUNS:
        if name in token.words:
            return ActorGroup(at, at + 1, (), role, pronoun=pronoun)
    if token.words & {"possessive_third", "possessive_first"} and at + 1 < len(tokens):
        if grammar.listed(tokens[at + 1].form, "own_country"):
            # "his country will send": the one he speaks for
            first = "possessive_first" in token.words
            role = role_of(grammar, tokens, at)
            return ActorGroup(at, at + 2, (), role, pronoun="first" if first else "third")
    if "maker_noun" in token.words and at > 0 and "definite" in tokens[at - 1].words:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is None or following.entity(MAKER) is None:
            return ActorGroup(
                at, at + 1, (), role_of(grammar, tokens, at), pronoun="maker", maker=True
            )
    if "such_actor" in token.cues:
        for index in range(at + 1, min(at + 4, len(tokens))):
            named = tokens[index].entity(NATION)
            if named is not None:
                return ActorGroup(at, index + 1, (named.id,), role_of(grammar, tokens, at))
            linked = tokens[index].preposition == "of" or grammar.listed(
                tokens[index].form, "seat_link"
            )
            if not linked and "determiner" not in tokens[index].words:
                break
        return ActorGroup(at, at + 1, (), role_of(grammar, tokens, at), pronoun="such")
    return None
