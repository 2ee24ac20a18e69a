"""Claims of transfer: deliver, receive, order, produce, finance and the like."""

from __future__ import annotations

from typing import Final

import msgspec

from intendance.reading._grammar.cases import (
    agrees,
    announces_programme,
    awards_contract,
    gets_order,
    gives_money,
    grows_capacity,
    hands_contract,
    is_definite_act,
    is_made_in,
    made_elsewhere,
    mark_swap,
    meant_item,
    money_after,
    ordered_delivery,
    paid_for,
    signed_framework,
    signs_contract,
    signs_framework,
    training_item,
    unknown_act,
)
from intendance.reading._grammar.claims import Claim, Scene
from intendance.reading._grammar.clauses import Analysis, Subject, clause_start, right_end
from intendance.reading._grammar.composition import Saying, compose
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.reading._grammar.leave import leave_for_others
from intendance.reading._grammar.objects import objects_of
from intendance.reading._grammar.payments import claim_per_item, in_reach
from intendance.reading._grammar.predicates import FINITE, Predicate
from intendance.reading._grammar.recipients import recipient_of
from intendance.reading._grammar.roles import actor_of, promise_got
from intendance.reading._grammar.sources import give_roles
from intendance.reading._grammar.subjects import agent_of, subject_of
from intendance.reading._grammar.training import host_of, trains_people, without_trainers
from intendance.reading._grammar.unknown import unknown_items
from intendance.reading._grammar.views import seen_from

_TRANSFER: Final = frozenset(
    {"deliver", "equip", "arrive", "receive", "order", "sign", "frame", "produce", "train",
     "finance", "reimburse", "allocate"}
)  # fmt: skip
_DIRECT: Final = frozenset({"promise", "offer", "announce", "refuse", "decide"})
_PAID: Final = frozenset(
    {"finance", "allocate", "order", "sign", "frame", "deliver", "equip", "receive"}
)
"""Events of which an amount of money may be told without an item."""


def transfer_claims(scene: Scene) -> list[Claim]:
    """One claim per transfer predicate and item (or amount of money alone)."""
    claims: list[Claim] = []
    claimed: set[tuple[int, str]] = set()
    whole = scene
    for said in whole.analysis.predicates:
        scene = seen_from(whole, said)
        predicate = _meant(scene, said)
        if predicate is None:
            continue
        saying = compose(predicate.event, _mode(scene, predicate), predicate.negated)
        if saying is not None:
            claims.extend(_of_predicate(scene, predicate, saying, claimed))
    return claims


def _meant(scene: Scene, predicate: Predicate) -> Predicate | None:
    """The transfer that a predicate stands for, or None: its verb may name another or none."""
    analysis = scene.analysis
    predicate = _promised(scene, predicate)
    if predicate.governs == "light" and money_after(scene, predicate):
        predicate = msgspec.structs.replace(predicate, event="finance", governs=None)
    elif gives_money(scene, predicate):
        predicate = msgspec.structs.replace(predicate, event="allocate")
    if predicate.event not in _TRANSFER or is_made_in(analysis, predicate):
        return None
    if predicate.event == "equip" and _of_itself(analysis, predicate):
        return msgspec.structs.replace(predicate, event="receive")
    if analysis.grammar.listed(predicate.lemma, "lemma_treating_oneself") and _of_itself(
        analysis, predicate
    ):
        # "s'offre 18 canons": who gives itself something buys it
        return msgspec.structs.replace(predicate, event="order")
    if predicate.event == "produce" and (
        grows_capacity(analysis, predicate)
        or made_elsewhere(analysis, predicate)
        or _takes_time(scene, predicate)
    ):
        return None
    read_elsewhere = (signs_contract, signs_framework, paid_for, ordered_delivery, _there_is)
    if any(read(analysis, predicate) for read in read_elsewhere):
        return None
    if agrees(analysis, predicate):
        return msgspec.structs.replace(predicate, event="deliver", mode="permit")
    if signed_framework(analysis, predicate):
        return msgspec.structs.replace(predicate, event="frame")
    if predicate.event == "allocate" and hands_contract(analysis, predicate):
        return msgspec.structs.replace(predicate, event="sign")
    if predicate.event == "allocate" and awards_contract(analysis, predicate):
        return None
    return predicate


def _there_is(analysis: Analysis, predicate: Predicate) -> bool:
    """ "es gibt", "gab es": a verb of giving that says that something is there."""
    grammar, tokens = analysis.grammar, analysis.tokens
    if predicate.negated or not grammar.listed(predicate.lemma, "lemma_being_there"):
        return False
    beside = (*tokens[max(0, predicate.first - 1) : predicate.first], *tokens[predicate.last :][:1])
    return any(grammar.listed(token.form, "it") for token in beside)


def _takes_time(scene: Scene, predicate: Predicate) -> bool:
    """ "which will take years to build": how long it takes, and no production."""
    before = scene.analysis.tokens[max(0, predicate.first - 3) : predicate.first]
    return predicate.tense == "inf" and any("false_unit" in token.cues for token in before)


def _promised(scene: Scene, predicate: Predicate) -> Predicate:
    """ "promises new tanks": the promise itself takes the item, where no other act stands there."""
    preparing = scene.analysis.grammar.listed(predicate.lemma, "lemma_preparing")
    direct = predicate.governs in _DIRECT or preparing or _in_planning(scene, predicate)
    if predicate.governs == "say" and _tells_of_package(scene, predicate):
        direct, predicate = True, msgspec.structs.replace(predicate, governs="announce")
    if predicate.event or not direct or unknown_act(scene.analysis, predicate):
        return predicate
    if _tells_otherwise(scene.analysis, predicate):
        return predicate
    if announces_programme(scene, predicate) or _governs_act(scene, predicate):
        return predicate
    mode = predicate.mode
    if mode in ("expected", "plan", "able", "consider") and predicate.governs == "announce":
        # "is expected to announce a package": nothing is announced yet
        mode = "plan"
    elif mode not in ("hearsay", "deny", "refuse") and predicate.governs is not None:
        mode = predicate.governs
    return msgspec.structs.replace(predicate, event="deliver", mode=mode)


def _in_planning(scene: Scene, predicate: Predicate) -> bool:
    """ "In Planung sind acht Panzer": what is being planned, where no other act is told."""
    analysis = scene.analysis
    if predicate.voice != "phrase" or predicate.governs != "plan" or predicate.negated:
        return False
    if not analysis.grammar.listed(analysis.tokens[predicate.at].form, "in_planning"):
        return False
    return not any(each.event for each in analysis.predicates)


def _tells_otherwise(analysis: Analysis, predicate: Predicate) -> bool:
    """ "announced last week it had overvalued the arms": another verb stands before them."""
    if analysis.fields or predicate.voice != "active":
        return False
    items = analysis.items_between(predicate.last, right_end(analysis, predicate))
    end = items[0].first if items else predicate.last
    between = analysis.tokens[predicate.last : end]
    return any(tense in FINITE for token in between for _, tense in token.auxiliaries) and not any(
        "package" in token.cues for token in between
    )


def _tells_of_package(scene: Scene, predicate: Predicate) -> bool:
    """ "informed of a 23rd package of aid": announced by telling of it."""
    grammar, tokens = scene.analysis.grammar, scene.analysis.tokens
    after = tokens[predicate.last : predicate.last + 6]
    told = [at for at, token in enumerate(after[:2]) if grammar.listed(token.form, "about_link")]
    return bool(told) and any("package" in token.cues for token in after[told[0] :])


def _of_itself(analysis: Analysis, predicate: Predicate) -> bool:
    """ "s'est équipée de": who equips itself gets it."""
    if analysis.grammar.listed(predicate.lemma, "lemma_taking_part"):
        # "will sich mit einem System beteiligen": who takes part gives it
        return False
    around = analysis.tokens[max(0, predicate.first - 1) : predicate.at]
    return any("reflexive" in token.words for token in around)


def _mode(scene: Scene, predicate: Predicate) -> str:
    """Who permits what others do agrees to it; who permits its own delivery promises it."""
    if (
        scene.analysis.grammar.listed(predicate.lemma, "lemma_offering")
        and predicate.mode == "under way"
    ):
        return "announced"
    if predicate.mode != "permit" or predicate.negated or predicate.governor is None:
        return predicate.mode
    low, high = sorted((predicate.governor, predicate.at))
    others = [
        g
        for g in scene.analysis.actors
        if g.ids
        and not g.adjective
        and (low < g.first < high or (g.role == "by" and g.first > high))
    ]
    if others or _leaves_to_others(scene.analysis, predicate):
        return "permit"
    return "decide"


def _leaves_to_others(analysis: Analysis, predicate: Predicate) -> bool:
    """ "has allowed its partners to send": a noun between the leave and its infinitive."""
    if predicate.tense != "inf" or predicate.voice != "active" or analysis.fields:
        return False
    governor = next((p for p in analysis.predicates if p.at == predicate.governor), None)
    if governor is None or governor.voice != "active" or governor.at > predicate.at:
        return False
    grammar = analysis.grammar
    return any(
        token.word
        and not grammar.listed(token.form, "infinitive_mark")
        and not grammar.listed(token.form, "infinitive_link")
        and not token.words & {"adverb", "determiner", "national"}
        for token in analysis.tokens[governor.last : predicate.first]
    )


def _governs_act(scene: Scene, predicate: Predicate) -> bool:
    return any(
        other.governor == predicate.at
        and (other.event or other.governs not in (None, "say"))
        and other.event != "include"
        for other in scene.analysis.predicates
    )


def _of_predicate(
    scene: Scene, predicate: Predicate, saying: Saying, claimed: set[tuple[int, str]]
) -> list[Claim]:
    analysis = scene.analysis
    if predicate.event == "receive" and gets_order(analysis, predicate):
        return []
    subject = subject_of(analysis, predicate)
    items = _items(analysis, predicate, subject, saying, claimed)
    if items and not predicate.negated and _none_of(analysis, items[0]):
        # "no tanks have been delivered"
        denied = compose(predicate.event, _mode(scene, predicate), True)
        saying = denied if denied is not None else saying
    end = right_end(analysis, predicate)
    start = predicate.first if predicate.voice == "noun" else clause_start(analysis, predicate)
    actor, host = _doer(analysis, predicate, subject, end)
    leave = leave_for_others(analysis, predicate, items)
    if leave is not None:
        actor, saying = leave, compose(predicate.event, "permit", False) or saying
    recipient = recipient_of(analysis, predicate, actor, items, end)
    if predicate.voice == "noun" and (got := promise_got(analysis, predicate)) is not None:
        recipient = subject_of(analysis, got).actor
    money = [each for each in scene.amounts if in_reach(analysis, each, predicate, start, end)]
    if recipient is None and _lacks_party(analysis, predicate, actor, items):
        return []
    items = without_trainers(analysis, predicate, items)
    if not items and predicate.event == "train" and trains_people(analysis, predicate, recipient):
        items = [training_item(predicate)]
    if not items and predicate.governs is None and is_definite_act(analysis, predicate):
        items = [meant_item(predicate)]
    if not money:
        parties = (actor, recipient)
        limit = end if not items else items[0].first
        items = unknown_items(scene, predicate, subject, parties, limit, bool(items)) + items
    if not items and not (money and predicate.event in _PAID):
        return []
    last = max(predicate.last, predicate.at + 1)
    base = Claim(saying.act, saying.certainty, predicate.first, last, "", saying.polarity)
    base.predicate = predicate
    if predicate.mode == "open" and predicate.governor is None:
        # whether it is planned or forbidden, a verb or noun that we don't know says
        base.doubtful = "ungoverned"
    give_roles(base, predicate, actor, recipient, analysis, end)
    base.presupposed = predicate.voice == "noun"
    base.doubtful = base.doubtful or _doubt_of_actor(predicate, actor, host)
    mark_swap(analysis, base)
    claims = claim_per_item(scene, base, items, money)
    claimed.update((id(each), saying.act) for each in items)
    if predicate.event == "train" and actor is not None and actor.role == "to":
        # several hosts train each for themselves
        claims = [
            msgspec.structs.replace(claim, split=host) for claim in claims for host in actor.ids
        ]
    return claims


def _lacks_party(
    analysis: Analysis, predicate: Predicate, actor: ActorGroup | None, items: list[ItemGroup]
) -> bool:
    """ "goes", "comes from Norway": verbs that hand over only where somebody gets or sends it."""
    grammar = analysis.grammar
    if grammar.listed(predicate.lemma, "lemma_needing_recipient"):
        # "prepares a package of aid" says enough
        return not any(each.item == "military-aid" for each in items)
    sent = actor is not None and actor.role == "from"
    return grammar.listed(predicate.lemma, "lemma_coming") and not sent


def _doer(
    analysis: Analysis, predicate: Predicate, subject: Subject, end: int
) -> tuple[ActorGroup | None, ActorGroup | None]:
    """Who does it, and of a training where nobody is said to give it, its host."""
    actor = actor_of(analysis, predicate, subject)
    if predicate.event == "train" and (actor is None or predicate.voice == "noun"):
        host = host_of(analysis, predicate, end)
        return host or actor, host
    return actor, None


def _doubt_of_actor(
    predicate: Predicate, actor: ActorGroup | None, host: ActorGroup | None
) -> str | None:
    if host is not None and predicate.mode == "noun" and predicate.governor is None:
        # "training in A": where it is, and perhaps who gives it
        return "host"
    return "beside pronoun" if actor is not None and actor.beside_pronoun else None


def _none_of(analysis: Analysis, item: ItemGroup) -> bool:
    grammar, tokens = analysis.grammar, analysis.tokens
    if "negation" in tokens[item.first].cues:
        # "none of the eight tanks"
        return True
    return item.first > 0 and grammar.listed(tokens[item.first - 1].form, "none_of")


def _to_be_repaired(analysis: Analysis, predicate: Predicate, item: ItemGroup) -> bool:
    """ "50 million for the repair of tanks": the money is given, and no tanks."""
    if predicate.event == "finance":
        return False
    return any(
        each.voice == "noun" and each.event == "repair" and each is not predicate
        and predicate.last <= each.at < item.first <= each.last + 6
        for each in analysis.predicates
    )  # fmt: skip


def _given_before(analysis: Analysis, predicate: Predicate, item: ItemGroup) -> bool:
    """ "12 guns on top of the 18 already delivered": the 18 are not given now."""
    tokens = analysis.tokens
    return any(
        each.voice == "participle" and each is not predicate and each.event == "deliver"
        and 0 <= each.at - item.last <= 2 and predicate.at < item.first
        and any("already" in token.cues for token in tokens[item.last : each.at])
        for each in analysis.predicates
    )  # fmt: skip


def _contrasted(analysis: Analysis, item: ItemGroup) -> bool:
    """ "will not send X but eight Y": Y is not what is refused."""
    at = item.first - 1
    while at > 0 and "determiner" in analysis.tokens[at].words:
        at -= 1
    return at > 0 and analysis.grammar.listed(analysis.tokens[at].form, "contrast")


def _items(
    analysis: Analysis,
    predicate: Predicate,
    subject: Subject,
    saying: Saying,
    claimed: set[tuple[int, str]],
) -> list[ItemGroup]:
    """The objects that are handed over, and not yet by another predicate of the same act."""
    swapped = predicate.voice != "participle"
    items = [
        each
        for each in objects_of(analysis, predicate, subject)
        if (id(each), saying.act) not in claimed
        and not (each.against or each.stored or each.aside or (each.exchanged and swapped))
        and not (predicate.negated and _contrasted(analysis, each))
        and not _to_be_repaired(analysis, predicate, each)
        and not _given_before(analysis, predicate, each)
    ]
    if predicate.voice == "participle" and agent_of(analysis, predicate) is None:
        # "the tanks promised" beside what is said of them: presupposed, of nobody
        taken = {place for place, _ in claimed}
        items = [each for each in items if id(each) not in taken]
    return items
