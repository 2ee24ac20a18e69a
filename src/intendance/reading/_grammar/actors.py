"""Actor groups: nations and their metonyms, organisations, makers, office-holders, pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._language import Grammar
from intendance.reading._tokens import Entity, Token
from intendance.terms import TimeSpan

_BODIES: Final = frozenset({"organisation", "collective"})
_NATION: Final = frozenset({"nation"})
_OFFICE: Final = frozenset({"office"})
_OUTLET: Final = frozenset({"outlet"})
_MAKER: Final = frozenset({"maker"})


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
        group = _group(grammar, catalogue, tokens, at, published, context)
        if group is None:
            at += 1
            continue
        groups.append(group)
        at = group.last
    return _coordinated(grammar, tokens, groups)


def _group(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    at: int,
    published: TimeSpan,
    context: frozenset[str],
) -> ActorGroup | None:
    token = tokens[at]
    if token.entity(_OFFICE) is not None:
        return _office(grammar, catalogue, tokens, at, published, context)
    official = _in_office(catalogue, token, published, context)
    if official is not None and not (official.weak and token.entity(_NATION)):
        return _made(grammar, tokens, at, at + 1, _behind(catalogue, official), official.id)
    if grammar.is_word(token.form, "institution"):
        return _institution(grammar, catalogue, tokens, at)
    nation = token.entity(_NATION)
    if nation is not None:
        if _is_adjective(token, nation) or _modifies(grammar, tokens, at, nation):
            group = _made(grammar, tokens, at, at + 1, (nation.id,), None)
            group.adjective = True
            return group
        return _made(grammar, tokens, at, at + 1, (nation.id,), None)
    body = token.entity(_BODIES)
    if body is not None:
        # a ministry or an army acts for its nation
        stands_for = catalogue.nation_of(body.id) or body.id
        return _made(grammar, tokens, at, at + 1, (stands_for,), None)
    maker = token.entity(_MAKER)
    if maker is not None and not maker.weak:
        group = _made(grammar, tokens, at, at + 1, (maker.id,), None)
        group.maker = True
        return group
    outlet = token.entity(_OUTLET)
    if outlet is not None:
        group = _made(grammar, tokens, at, at + 1, (outlet.id,), outlet.id)
        group.outlet = True
        return group
    return _pronoun(grammar, tokens, at)


def _is_adjective(token: Token, nation: Entity) -> bool:
    features = {each.feature for each in token.entities if each.id == nation.id}
    if not features & {"adjective", "demonym"} or (token.capital and "name" in features):
        return False
    return "adjective" in features and not (token.capital and "demonym" in features)


def _modifies(grammar: Grammar, tokens: Sequence[Token], at: int, nation: Entity) -> bool:
    """ "German tanks", but "the German said": adjective and name of people have one form."""
    features = {each.feature for each in tokens[at].entities if each.id == nation.id}
    if grammar.code != "en" or "adjective" not in features or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    return after.word and not (
        after.auxiliaries or after.preposition or after.words & {"coordinator", "adverb"}
        or any(sense.tense in ("pres", "past") for sense in after.verbs)
    )  # fmt: skip


def _behind(catalogue: Catalogue, official: Entity) -> tuple[str, ...]:
    """Nation or organisation for which an office-holder speaks."""
    entry = catalogue.officials.get(official.id)
    return (entry.for_,) if entry is not None else ()


def _in_office(
    catalogue: Catalogue, token: Token, published: TimeSpan, context: frozenset[str]
) -> Entity | None:
    """The office-holder that a name means at the time; who held two offices has two entries."""
    found = [each for each in token.entities if each.table == "official"]
    if len(found) < 2:
        return found[0] if found else None
    if published.start is None:
        # undated: the office that the text itself names beside its holder
        named = [each for each in found if catalogue.officials[each.id].for_ in context]
        return named[0] if named else found[0]
    month = published.start[:7]
    for each in found:
        entry = catalogue.officials[each.id]
        if (entry.start or "") <= month <= (entry.end or "9999"):
            return each
    return found[-1]


def _office(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    at: int,
    published: TimeSpan,
    context: frozenset[str],
) -> ActorGroup:
    """ "the Dutch defence minister Kajsa Ollongren", "un haut responsable de l'OTAN"."""
    office = tokens[at].entity(_OFFICE)
    assert office is not None
    ids: tuple[str, ...] = ()
    speaker: str | None = None
    last = at + 1
    if at > 0:
        before = tokens[at - 1].entity(_NATION) or tokens[at - 1].entity(_BODIES)
        if before is not None and grammar.code != "fr":
            ids = (before.id,)
    index = at + 1
    while index < len(tokens) and index < at + 9:
        token = tokens[index]
        official = _in_office(catalogue, token, published, context)
        if official is not None:
            speaker = official.id
            ids = _behind(catalogue, official) or ids
            last = index + 1
            break
        named = token.entity(_NATION) or token.entity(_BODIES)
        if named is not None and not ids:
            ids = (named.id,)
            last = index + 1
        elif token.entity(_OFFICE) is not None or (
            token.form in ("de", "d'", "du", "des", "la", "l'", "le", "les", "of", "the", "der", "des",
                           "adjoint", "général", "alliance", "bloc", "militaire", ",")
        ):  # fmt: skip
            if token.form == "," and ids:
                break
        elif (token.capital and token.word and not token.auxiliaries and not token.verbs) or (
            token.word and not token.verbs and not token.preposition and index == at + 1
        ):
            pass
        else:
            break
        index += 1
    group = _made(grammar, tokens, at, last, ids, speaker)
    group.office = True
    if speaker is None:
        whose = ids[0] if ids else ""
        group.speaker = f"{office.id}:{whose}" if whose else office.id
    return group


def _institution(
    grammar: Grammar, catalogue: Catalogue, tokens: Sequence[Token], at: int
) -> ActorGroup | None:
    """ "les forces ukrainiennes", "le gouvernement de Kiev", "German army"."""
    for index in range(at + 1, min(at + 4, len(tokens))):
        named = tokens[index].entity(_NATION) or tokens[index].entity(_BODIES)
        if named is not None:
            return _made(grammar, tokens, at, index + 1, (named.id,), None)
        if tokens[index].form not in ("de", "d'", "du", "des", "l'", "la", "le", "les", "of", "the",
                                      "armées", "armée", "terre", "air"):  # fmt: skip
            break
    if at > 0:
        before = tokens[at - 1].entity(_NATION)
        if before is not None and grammar.code != "fr":
            return _made(grammar, tokens, at - 1, at + 1, (before.id,), None)
        if "definite" in tokens[at - 1].words and "national" in tokens[at].words:
            # "the ministry", "the army": of the nation spoken of
            return ActorGroup(at, at + 1, (), _role(grammar, tokens, at), pronoun="such")
        if grammar.code != "fr" and "possessive_third" in tokens[at - 1].words:
            # "its army": whose it is the text says elsewhere
            group = _made(grammar, tokens, at - 1, at + 1, (), None)
            group.pronoun = "third"
            return group
    return None


def _pronoun(grammar: Grammar, tokens: Sequence[Token], at: int) -> ActorGroup | None:
    token = tokens[at]
    if "pronoun_first" in token.words:
        return ActorGroup(at, at + 1, (), None, pronoun="first")
    if "pronoun_third" in token.words:
        return ActorGroup(at, at + 1, (), None, pronoun="third")
    if "maker_noun" in token.words and at > 0 and "definite" in tokens[at - 1].words:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is None or following.entity(_MAKER) is None:
            return ActorGroup(
                at, at + 1, (), _role(grammar, tokens, at), pronoun="maker", maker=True
            )
    if "such_actor" in token.cues:
        for index in range(at + 1, min(at + 4, len(tokens))):
            named = tokens[index].entity(_NATION)
            if named is not None:
                return ActorGroup(at, index + 1, (named.id,), _role(grammar, tokens, at))
            if tokens[index].preposition != "of" and "determiner" not in tokens[index].words:
                break
        return ActorGroup(at, at + 1, (), _role(grammar, tokens, at), pronoun="such")
    return None


def _made(
    grammar: Grammar,
    tokens: Sequence[Token],
    first: int,
    last: int,
    ids: tuple[str, ...],
    speaker: str | None,
) -> ActorGroup:
    group = ActorGroup(first, last, ids, _role(grammar, tokens, first), speaker)
    group.place = any("place" in token.words for token in tokens[max(0, first - 2) : first])
    return group


def _role(grammar: Grammar, tokens: Sequence[Token], first: int) -> str | None:
    """The role of the preposition that governs the group, over determiners and short adjectives."""
    index = first - 1
    steps = 0
    while index >= 0 and steps < 4:
        token = tokens[index]
        if token.preposition is not None:
            if token.preposition == "of" and token.form == "des" and not _after_noun(tokens, index):
                return None
            return token.preposition
        if "determiner" in token.words or token.form in ("alliés", "voisin", "propres", "autres",
                                                         "gouvernement", "bloc", "soi"):  # fmt: skip
            index -= 1
            steps += 1
            continue
        return None
    return None


def _after_noun(tokens: Sequence[Token], index: int) -> bool:
    """ "des" after a noun is "of the"; at the head of a clause it is an indefinite article."""
    if index == 0:
        return False
    before = tokens[index - 1]
    return (
        before.word and not before.auxiliaries and before.form not in ("que", "qu'", "et", "mais")
    )


def _coordinated(
    grammar: Grammar, tokens: Sequence[Token], groups: list[ActorGroup]
) -> list[ActorGroup]:
    joined: list[ActorGroup] = []
    for group in groups:
        if joined and _joins(grammar, tokens, joined[-1], group):
            previous = joined[-1]
            previous.ids = tuple(dict.fromkeys((*previous.ids, *group.ids)))
            previous.last = group.last
            if group.speaker != previous.speaker:
                previous.speaker = previous.speaker or group.speaker
            continue
        joined.append(group)
    return joined


def _joins(grammar: Grammar, tokens: Sequence[Token], one: ActorGroup, other: ActorGroup) -> bool:
    if (
        one.pronoun
        or other.pronoun
        or one.adjective != other.adjective
        or one.outlet
        or other.outlet
    ):
        return False
    if other.role != one.role and not (other.role is None and one.role in ("of", "by", "with")):
        # French repeats its preposition: "à l'Ukraine et le Danemark" are two groups
        return False
    if one.office and one.speaker and other.speaker is None and one.last != other.first:
        pass
    between = tokens[one.last : other.first]
    if one.maker != other.maker or len(between) > 4:
        return False
    comma_only = True
    for token in between:
        if token.form in (",", "et", "and", "und", "&", "ainsi que", "sowie", "as well as"):
            comma_only = comma_only and token.form == ","
            continue
        if "determiner" in token.words or token.preposition == one.role is not None:
            continue
        if token.form in ("leurs", "ses", "its", "their", "the", "die", "der", "den"):
            continue
        return False
    if not between:
        return False
    # A comma alone joins only inside an enumeration that goes on ("A, B et C").
    return not comma_only or _goes_on(tokens, other.last)


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    for token in tokens[at : at + 5]:
        if token.form in (",", "et", "and", "und"):
            return True
        if "determiner" not in token.words and token.actor is None:
            return False
    return False
