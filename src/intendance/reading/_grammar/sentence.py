"""One sentence analysed: tokens, figures, items, actors, predicates, owners."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.catalogue import Catalogue
from intendance.reading._grammar.about import mark_topics
from intendance.reading._grammar.actors import find_actors
from intendance.reading._grammar.acts import find_predicates
from intendance.reading._grammar.brackets import join_particles
from intendance.reading._grammar.claims import Scene
from intendance.reading._grammar.clauses import Analysis
from intendance.reading._grammar.ellipsis import elliptic_items
from intendance.reading._grammar.exclusion import without_excluded, without_measures
from intendance.reading._grammar.fields import read_fields
from intendance.reading._grammar.figures import read_figures
from intendance.reading._grammar.governors import link_governors
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.inflection import mark_cases
from intendance.reading._grammar.items import find_items, names_stock
from intendance.reading._grammar.listing import join_listed
from intendance.reading._grammar.numbers import Figure
from intendance.reading._grammar.owners import mark_owners
from intendance.reading._grammar.portions import portions
from intendance.reading._grammar.predicates import Predicate
from intendance.reading._grammar.quoted import without_name_quotes
from intendance.reading._language import Grammar
from intendance.reading._tokens import Token
from intendance.terms import TimeSpan


def analyse(
    grammar: Grammar,
    catalogue: Catalogue,
    tokens: list[Token],
    published: TimeSpan,
    context: frozenset[str] = frozenset(),
) -> Scene:
    """Everything that one sentence shows by itself."""
    if not grammar.case_marked:
        tokens = without_name_quotes(tokens)
    join_listed(tokens)
    join_particles(grammar, tokens)
    fields = read_fields(grammar, tokens) if grammar.verb_final else []
    _verbs_not_items(grammar, tokens)
    _restrict(grammar, tokens)
    mark_topics(grammar, tokens)
    figures = read_figures(grammar, tokens, published)
    items = find_items(grammar, catalogue, tokens, figures.numbers)
    items = _with_anaphors(grammar, tokens, items, figures.numbers)
    items = sorted(
        [
            *items,
            *elliptic_items(grammar, tokens, figures.numbers, items),
            *portions(grammar, tokens, figures.numbers, items),
        ],
        key=lambda each: each.first,
    )
    items = without_measures(grammar, tokens, without_excluded(grammar, tokens, items))
    actors = find_actors(grammar, catalogue, tokens, published, context)
    actors = [each for each in actors if not _inside(each, items)]
    mark_cases(grammar, tokens, actors)
    mark_owners(grammar, tokens, items, actors)
    _aim(grammar, tokens, items)
    _store(grammar, tokens, items)
    _exchange(grammar, tokens, items)
    _support(tokens, items)
    predicates = find_predicates(grammar, tokens, fields)
    predicates = [each for each in predicates if not _covered(each.at, items, tokens)]
    link_governors(grammar, tokens, predicates, fields)
    predicates = [each for each in predicates if not _to_be_done(grammar, tokens, items, each)]
    _join_givers(grammar, actors, predicates)
    cues = frozenset().union(*[token.cues for token in tokens if token.cues])
    analysis = Analysis(grammar, tokens, items, actors, predicates, fields, cues=cues)
    return Scene(analysis, figures.amounts, figures.moments, [], figures.numbers)


def _to_be_done(
    grammar: Grammar, tokens: Sequence[Token], items: Sequence[ItemGroup], predicate: Predicate
) -> bool:
    """ "ten tanks to repair": an infinitive that tells of the thing before it, and no act."""
    at = predicate.first - 1
    if predicate.tense != "inf" or predicate.governor is not None or at < 1:
        return False
    return grammar.listed(tokens[at].form, "infinitive_of_thing") and any(
        item.last == at for item in items
    )


def _join_givers(
    grammar: Grammar, actors: Sequence[ActorGroup], predicates: Sequence[Predicate]
) -> None:
    """ "joins B in giving X": B gives with it, and gets nothing."""
    for predicate in predicates:
        if not grammar.listed(predicate.lemma, "lemma_joining"):
            continue
        for group in actors:
            if group.role == "to" and 0 <= group.first - predicate.last <= 2:
                group.role = "with"


def _restrict(grammar: Grammar, tokens: Sequence[Token]) -> None:
    """ "n'a livré que douze", "rien que": this "que" opens no clause."""
    restrictive = grammar.lists.get("restrictive", ())
    for at, token in enumerate(tokens):
        if not at or token.form not in restrictive:
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if grammar.listed(tokens[at - 1].form, "before_restrictive") or (
            after is not None and _only_ne(tokens, at) and _counts(grammar, after)
        ):
            token.words = frozenset()


def _verbs_not_items(grammar: Grammar, tokens: Sequence[Token]) -> None:
    """ "will ship 100 lorries": after a modal or "to" a word of two senses is the verb.

    "a mine-resistant vehicle" is no mine.
    """
    for at, token in enumerate(tokens):
        if token.item is None:
            continue
        infinitive = any(sense.tense == "inf" for sense in token.verbs)
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        after = [each.form for each in tokens[at + 1 : at + 3] if each.form != "-"]
        if grammar.listed(token.form, "service_attribute") and (
            (following is not None and following.item is not None)
            or (at and grammar.listed(tokens[at - 1].form, "purpose"))
        ):
            # "105mm training ammunition", "two are for training": nobody is trained yet
            token.entities, token.item, token.noun, token.verbs = (), None, None, ()
            continue
        if infinitive and at and not token.capital:
            before = tokens[at - 1]
            marked = before.auxiliaries or grammar.listed(before.form, "infinitive_mark")
        else:
            marked = False
        if at and grammar.listed(token.form, "item_adjective") and _plain_noun(tokens[at - 1]):
            # "a submarine cable" is no submarine
            marked = True
        if marked or (after and grammar.listed(after[0], "item_attribute")):
            token.entities, token.item = (), None


def _plain_noun(token: Token) -> bool:
    """A word that is nothing else, and so may have an adjective behind it."""
    return token.word and not (
        token.words or token.preposition or token.number or token.cues or token.auxiliaries
        or token.item is not None or token.actor is not None
    )  # fmt: skip


def _only_ne(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[max(0, at - 6) : at]
    return any("ne" in each.cues for each in before) and not any(
        "negation" in each.cues for each in before
    )


def _counts(grammar: Grammar, token: Token) -> bool:
    return (
        token.number
        or token.form in grammar.numbers
        or grammar.listed(token.form, "restricted_article")
        or "condition" in token.cues
    )


def _with_anaphors(
    grammar: Grammar,
    tokens: Sequence[Token],
    items: list[ItemGroup],
    numbers: Sequence[Figure],
) -> list[ItemGroup]:
    """Adds "these systems" and the like as groups whose item is still open."""
    found = [
        ItemGroup(at, at, at + 1, None, token.form, item_from="anaphora")
        for at, token in enumerate(tokens)
        if token.form in grammar.anaphors
    ]
    for group in found:
        # "eighteen of these aircraft"
        figure = next((each for each in numbers if each.last == group.first), None)
        if figure is not None and grammar.case_marked:
            # "a hundred such vehicles": the noun follows its number without a preposition
            group.quantity, group.first = figure.interval, figure.first
            continue
        counted = next((each for each in numbers if each.last == group.first - 1), None)
        if counted is not None and tokens[group.first - 1].preposition == "of":
            group.quantity, group.basis = counted.interval, "part"
            group.first = counted.first
    for item in items:
        before = tokens[item.first - 1] if item.first else None
        if before is not None and "demonstrative" in before.words and item.item is not None:
            # "these 14 tanks": of a kind named before
            item.item_from = "anaphora"
    return sorted([*items, *found], key=lambda each: each.first)


def _inside(actor: ActorGroup, items: Sequence[ItemGroup]) -> bool:
    return any(item.head <= actor.first < item.last and actor.adjective is False for item in items)


def _covered(at: int, items: Sequence[ItemGroup], tokens: Sequence[Token]) -> bool:
    """A word inside an item's name is no predicate, unless it is an act by itself ("training")."""
    return any(item.head <= at < item.last for item in items) and tokens[at].noun is None


def _support(tokens: Sequence[Token], items: Sequence[ItemGroup]) -> None:
    """A name that is also a word or a town counts where something military stands beside it."""
    strong = any(item.item is not None and not item.weak for item in items)
    for item in items:
        if not item.weak:
            continue
        before = tokens[max(0, item.first - 2) : item.first]
        unit = any(token.words & {"system", "battery", "launcher", "set"} for token in before)
        capital = tokens[item.head].capital and item.head > 0
        if unit or (item.quantity.known and capital) or (strong and capital):
            item.weak = False


def _exchange(grammar: Grammar, tokens: Sequence[Token], items: Sequence[ItemGroup]) -> None:
    """Marks what something is given in exchange for ("in return for its T-72s")."""
    for item in items:
        index = item.first - 1
        while index > 0 and "determiner" in tokens[index].words:
            index -= 1
        item.aside = item.aside or (index >= 0 and grammar.listed(tokens[index].form, "aside_of"))
        before = tokens[max(0, item.first - 4) : item.first]
        item.exchanged = any("exchange" in token.cues for token in before) and not any(
            token.form in (",", ";") for token in before
        )


def _store(grammar: Grammar, tokens: Sequence[Token], items: Sequence[ItemGroup]) -> None:
    """Marks what a stock consists of ("stocks of arms and ammunition"): not spoken of by itself."""
    previous: ItemGroup | None = None
    for item in items:
        before = tokens[max(0, item.first - 3) : item.first]
        item.stored = any(names_stock(token) for token in before) and all(
            names_stock(token) or token.preposition == "of" or "determiner" in token.words
            or grammar.listed(token.form, "stock_adjective") for token in before[-2:]
        )  # fmt: skip
        if previous is not None and previous.stored and item.first - previous.last <= 2:
            item.stored = True
        previous = item


def _aim(grammar: Grammar, tokens: Sequence[Token], items: Sequence[ItemGroup]) -> None:
    """Marks what a weapon is used against: "to shoot down missiles", "attacks by drones"."""
    previous: ItemGroup | None = None
    for item in items:
        start = max(0, item.first - 7)
        window = tokens[start : item.first]
        for place in range(len(window) - 1, -1, -1):
            token = window[place]
            if "against" in token.cues:
                item.against = True
                break
            if token.actor is not None and "adjective" not in token.words and place:
                # "in the fight against the Russian army heavy weapons": the army is the aim
                named_aim = any(
                    "against" in each.cues for each in window[max(0, place - 2) : place]
                )
                if named_aim:
                    break
            named = token.noun is not None and token.noun.event
            if token.form in (";", ".", ":") or named or (token.verbs and token.verbs[0].event):
                break
        if previous is not None and previous.against and not item.against:
            between = tokens[previous.last : item.first]
            item.against = len(between) <= 4 and all(
                grammar.listed(token.form, "target_link") or "determiner" in token.words
                for token in between
            )
        previous = item
