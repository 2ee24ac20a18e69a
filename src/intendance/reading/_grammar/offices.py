"""Office-holders, offices and institutions, and whom they speak for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intendance.catalogue import Catalogue
from intendance.reading._grammar.groups import ActorGroup
from intendance.reading._grammar.prepositions import actor_group, possessor, role_of
from intendance.reading._language import Grammar
from intendance.reading._tokens import Entity, Token
from intendance.terms import TimeSpan

OFFICE: Final = frozenset({"office"})
BODIES: Final = frozenset({"organisation", "collective"})
NATION: Final = frozenset({"nation"})
MAKER: Final = frozenset({"maker"})


def institution_group(grammar: Grammar, tokens: Sequence[Token], at: int) -> ActorGroup | None:
    """ "les forces ukrainiennes", "le gouvernement de Kiev", "German army"."""
    for index in range(at + 1, min(at + 4, len(tokens))):
        named = tokens[index].entity(NATION) or tokens[index].entity(BODIES)
        if named is not None:
            return actor_group(grammar, tokens, at, index + 1, (named.id,), None)
        seat = "national" in tokens[at].words and grammar.listed(tokens[index].form, "seat_link")
        linked = seat or grammar.listed(tokens[index].form, "institution_link")
        if not linked and not _plain_adjective(tokens, at, index):
            break
    if at > 0:
        owner = possessor(grammar, tokens, at)
        start = at - 1 if owner is None else owner
        before = tokens[start].entity(NATION)
        if before is not None and grammar.adjectives_first:
            return actor_group(grammar, tokens, start, at + 1, (before.id,), None)
        if "national" in tokens[at].words and _is_definite(tokens, at):
            # "the ministry", "the army": of the nation spoken of
            return ActorGroup(at, at + 1, (), role_of(grammar, tokens, at), pronoun="nation")
        if grammar.adjectives_first and "possessive_third" in tokens[at - 1].words:
            # "its army": whose it is the text says elsewhere
            group = actor_group(grammar, tokens, at - 1, at + 1, (), None)
            group.pronoun = "third"
            return group
    return None


def _is_definite(tokens: Sequence[Token], at: int) -> bool:
    """ "the ministry", "du gouvernement", "the federal government"."""
    before = tokens[at - 1]
    if at > 1 and before.word and not (
        before.words or before.verbs or before.entities or before.preposition or before.noun
        or before.number
    ):  # fmt: skip
        before = tokens[at - 2]
    contracted = before.preposition is not None and "determiner" in before.words
    return "definite" in before.words or contracted


def _apposed(
    catalogue: Catalogue,
    tokens: Sequence[Token],
    at: int,
    ids: tuple[str, ...],
    published: TimeSpan,
    context: frozenset[str],
) -> Entity | None:
    """ "the Dutch minister of defence, X": who holds the office, behind a comma."""
    if at >= len(tokens):
        return None
    official = in_office(catalogue, tokens[at], published, context)
    return official if official is not None and represented(catalogue, official) == ids else None


def _plain_adjective(tokens: Sequence[Token], at: int, index: int) -> bool:
    """ "les forces aériennes ukrainiennes": one word right behind that is nothing else."""
    token = tokens[index]
    return index == at + 1 and token.word and not (
        token.verbs or token.auxiliaries or token.preposition or token.cues or token.words
        or token.entities or token.noun or token.number
    )  # fmt: skip


def represented(catalogue: Catalogue, official: Entity) -> tuple[str, ...]:
    """Nation or organisation for which an office-holder speaks."""
    entry = catalogue.officials.get(official.id)
    return (entry.for_,) if entry is not None else ()


def in_office(
    catalogue: Catalogue,
    token: Token,
    published: TimeSpan,
    context: frozenset[str],
    office: str = "",
) -> Entity | None:
    """The office-holder that a name means at the time; who held two offices has two entries."""
    found = [each for each in token.entities if each.table == "official"]
    if len(found) < 2:
        return found[0] if found else None
    if published.start is None:
        # undated: the office that the text itself names beside its holder
        named = [each for each in found if catalogue.officials[each.id].for_ in context]
        held = [each for each in found if _holds(catalogue, each, office)]
        return (named or held or found)[0]
    month = published.start[:7]
    for each in found:
        entry = catalogue.officials[each.id]
        if (entry.start or "") <= month <= (entry.end or "9999"):
            return each
    return found[-1]


def _holds(catalogue: Catalogue, official: Entity, office: str) -> bool:
    """Whether somebody's office is the one that stands beside the name ("prime-minister")."""
    words = set(office.split("-"))
    return bool(office) and words <= set(catalogue.officials[official.id].office.lower().split())


def _with_adjectives(grammar: Grammar, tokens: Sequence[Token], at: int) -> int:
    """Where "defence official" begins in "a senior German defence official"."""
    start = at
    while start > max(1, at - 3) and grammar.listed(tokens[start - 1].form, "office_adjective"):
        start -= 1
    return start


def _whose_office(grammar: Grammar, tokens: Sequence[Token], start: int) -> Entity | None:
    """The nation or body before an office: "Norway's minister", "the NATO spokesman"."""
    if start == 0 or not grammar.adjectives_first:
        return None
    owner = possessor(grammar, tokens, start)
    whose = tokens[start - 1 if owner is None else owner]
    return whose.entity(NATION) or whose.entity(BODIES)


def office_group(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: Sequence[Token],
    at: int,
    published: TimeSpan,
    context: frozenset[str],
) -> ActorGroup | None:
    """ "the Dutch defence minister Kajsa Ollongren", "un haut responsable de l'OTAN"."""
    office = tokens[at].entity(OFFICE)
    if office is None:
        return None
    ids: tuple[str, ...] = ()
    speaker: str | None = None
    last = at + 1
    start = _with_adjectives(grammar, tokens, at)
    before = _whose_office(grammar, tokens, start)
    if before is not None:
        ids = (before.id,)
    index = at + 1
    while index < len(tokens) and index < at + 9:
        token = tokens[index]
        official = in_office(catalogue, token, published, context, office.id)
        if official is not None:
            speaker = official.id
            ids = represented(catalogue, official) or ids
            last = index + 1
            break
        named = token.entity(NATION) or token.entity(BODIES)
        if named is not None and not ids:
            ids = (named.id,)
            last = index + 1
        elif token.entity(OFFICE) is not None or grammar.listed(token.form, "office_link"):
            if token.form == "," and ids:
                named_behind = _apposed(catalogue, tokens, index + 1, ids, published, context)
                if named_behind is not None:
                    speaker, last = named_behind.id, index + 2
                break
        elif (token.capital and token.word and not token.auxiliaries and not token.verbs) or (
            token.word
            and not (token.verbs or token.auxiliaries or token.preposition)
            and index == at + 1
        ):
            pass
        else:
            break
        index += 1
    group = actor_group(grammar, tokens, at, last, ids, speaker)
    group.office = True
    if speaker is None:
        group.speaker = f"{office.id}:{ids[0]}" if ids else office.id
    return group
