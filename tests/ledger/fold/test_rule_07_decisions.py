"""Rule 7: what decisions do to conflicts: prefer, merge, split, grade."""

from __future__ import annotations


def _pair(kit, first_day, second_day):
    """The pair of the issue: the first of four, and four already delivered."""
    first = kit.say("deliver", 1, part_of=4, basis="part", unit="system")
    four = kit.say("deliver", 4, unit="system")
    return kit.on(first_day, first), kit.on(second_day, four)


def test_rule_07_a_preferred_side_settles_the_conflict_and_it_stays_visible(kit):
    """Rule 7: the preferred figure counts; the conflict names the decision."""
    one, four = _pair(kit, None, "2022-10-12")
    decision = kit.decide("prefer", one.statement)
    folded = kit.fold(one, four, decisions=(decision,))
    assert folded.conflicts[0].settled_by == decision.id
    assert len(folded.conflicts[0].sides) == 2
    assert folded.commitments[0].stages["delivered"].quantity.exact == 1
    assert folded.commitments[0].decisions == (decision.id,)
    later = kit.decide("prefer", four.statement, when=1)
    changed = kit.fold(one, four, decisions=(later, decision))
    assert changed.commitments[0].stages["delivered"].quantity.exact == 4
    assert changed.conflicts[0].settled_by == later.id
    undo = kit.decide("undo", four.statement, value=later.id, when=2)
    assert kit.conflict(one, four, decisions=(undo, later, decision)).settled_by == decision.id


def test_rule_07_a_preference_outlives_what_is_known_to_come_later(kit):
    """Rule 7: with 1 preferred to 4 in October, 6 in December is still what came after."""
    one = kit.on("2022-10-12", kit.say("deliver", 1))
    four = kit.on("2022-10-12", kit.say("deliver", 4))
    six = kit.on("2022-12-01", kit.say("deliver", 6))
    decision = kit.decide("prefer", one.statement)
    folded = kit.fold(one, four, six, decisions=(decision,))
    assert folded.commitments[0].stages["delivered"].quantity.exact == 6
    assert folded.conflicts[0].settled_by == decision.id


def test_rule_07_a_merge_of_what_cannot_be_one_is_a_conflict(kit):
    """Rule 7: kinds that exclude each other, other donors and recipients show up as such."""
    a4 = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2a4"))
    a6 = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2a6"))
    polish = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2a4", actors=("POL",)))
    moldova = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2a4", recipients=("MDA",)))
    outcome = {}
    for other in (a6, polish, moldova):
        decision = kit.decide("merge", a4.statement, other.statement)
        (conflict,) = kit.fold(a4, other, decisions=(decision,)).conflicts
        outcome[conflict.kind, *(side.value for side in conflict.sides)] = conflict.settled_by
    assert outcome == {
        ("item", "leopard-2a4", "leopard-2a6"): None,
        ("actor", "DEU", "POL"): None,
        ("actor", "MDA", "UKR"): None,
    }


def test_rule_07_merged_blocks_are_one_commitment(kit):
    """Rule 7: a merge over blocks takes both clusters whole, and wide kinds agree with narrow."""
    joint = kit.on("2022-10-12", kit.say("promise", 4, item="leopard-2", actors=("DEU", "NLD")))
    single = kit.on("2022-10-13", kit.say("promise", 4, item="leopard-2a4"))
    order = kit.on("2022-10-14", kit.say("order", 4, item="leopard-2a4"))
    decision = kit.decide("merge", joint.statement, single.statement)
    folded = kit.fold(joint, single, order, decisions=(decision,))
    (found,) = folded.commitments
    assert set(found.stages) == {"promised", "contracted"}
    assert [each.kind for each in folded.conflicts] == ["actor"]
    assert found.donors == ("DEU", "NLD")


def test_rule_07_a_merge_of_two_donors_lists_both_and_shows_the_conflict(kit):
    """Rule 7: both ends of the contradiction stay in sight, whichever is the anchor."""
    one = kit.on("2022-10-12", kit.say("promise", 4, actors=("SWE",)))
    other = kit.on("2022-10-13", kit.say("promise", 4, actors=("GBR",)))
    decision = kit.decide("merge", one.statement, other.statement)
    folded = kit.fold(one, other, decisions=(decision,))
    (found,), (conflict,) = folded.commitments, folded.conflicts
    assert found.donors == ("GBR", "SWE")
    assert [side.value for side in conflict.sides] == ["GBR", "SWE"]
    out = kit.decide("retract", one.statement)
    (left,) = kit.fold(one, other, decisions=(decision, out)).commitments
    assert left.donors == ("GBR",)


def test_rule_07_a_split_takes_the_later_statement_out(kit):
    """Rule 7: what must lie apart does; the first stays where the rest is."""
    one, two, three = (kit.on("2022-10-12", kit.say("promise", n)) for n in (4, 4, 10))
    decision = kit.decide("split", one.statement, three.statement)
    folded = kit.fold(one, two, three, decisions=(decision,))
    assert folded.conflicts == []
    assert folded.assigned[one.statement.id] == folded.assigned[two.statement.id]
    assert folded.assigned[three.statement.id] != folded.assigned[one.statement.id]
    alone = kit.decide("split", one.statement)
    apart = kit.fold(one, two, three, decisions=(alone,))
    assert len(apart.commitments) == 2
    assert len(apart.conflicts) == 1


def test_rule_07_what_is_split_by_groups_stays_together_within_each(kit):
    """Rule 7: two promises with their deliveries come apart as two, not as four."""
    ours = [
        kit.on("2022-10-12", kit.say("promise", 4)),
        kit.on("2022-11-12", kit.say("deliver", 1)),
    ]
    theirs = [
        kit.on("2022-12-12", kit.say("promise", 9)),
        kit.on("2023-01-12", kit.say("deliver", 2)),
    ]
    said = [each.statement for each in (*ours, *theirs)]
    assert len(kit.fold(*ours, *theirs).commitments) < 4
    apart = kit.fold(*ours, *theirs, decisions=(kit.decide("split", *said, value="2+2"),))
    assert apart.assigned[said[0].id] == apart.assigned[said[1].id]
    assert apart.assigned[said[2].id] == apart.assigned[said[3].id] != apart.assigned[said[0].id]
    every = kit.fold(*ours, *theirs, decisions=(kit.decide("split", *said),))
    assert len(every.commitments) == 4
    torn = kit.fold(*ours, *theirs, decisions=(kit.decide("split", *said[:3], value="2+2"),))
    assert torn.assigned[said[0].id] != torn.assigned[said[1].id]


def test_rule_07_of_a_merge_and_a_split_the_later_decision_wins(kit):
    """Rule 7: in either order, and also through a third statement."""
    a, b, c = (
        kit.on("2022-10-12", kit.say("promise", 4, item=item))
        for item in ("leopard-1", "leopard-2", "himars")
    )
    early, late = 1, 2

    def count(*decisions):
        return len(kit.fold(a, b, c, decisions=decisions).commitments)

    said = (a.statement, b.statement)
    assert count(kit.decide("merge", *said, when=early), kit.decide("split", *said, when=late)) == 3
    assert count(kit.decide("split", *said, when=early), kit.decide("merge", *said, when=late)) == 2
    chain = (
        kit.decide("merge", a.statement, b.statement, when=1),
        kit.decide("merge", b.statement, c.statement, when=2),
    )
    assert count(*chain) == 1
    assert count(*chain, kit.decide("split", a.statement, c.statement, when=3)) == 2


def test_rule_07_a_statement_split_off_and_merged_elsewhere_goes_alone(kit):
    """Rule 7: it takes none of its former company along."""
    one, two = (kit.on("2022-10-12", kit.say("promise", 4)) for _ in range(2))
    other = kit.on("2022-10-12", kit.say("promise", 4, item="himars"))
    decisions = (
        kit.decide("split", one.statement, two.statement, when=1),
        kit.decide("merge", two.statement, other.statement, when=2),
    )
    folded = kit.fold(one, two, other, decisions=decisions)
    assert len(folded.commitments) == 2
    assert folded.assigned[two.statement.id] == folded.assigned[other.statement.id]


def test_rule_07_a_gradation_is_kept_and_changes_nothing(kit):
    """Rule 7: grades are noted with the commitment."""
    said = kit.on("2022-10-12", kit.say("promise", 4))
    decision = kit.decide("grade", said.statement, value="B2")
    assert kit.one(said, decisions=(decision,)).decisions == (decision.id,)


def test_rule_07_preferring_again_is_the_later_preference(kit):
    """Rule 7: one, then the other, then the first again: the first counts."""
    one, four = _pair(kit, None, "2022-10-12")
    decisions = tuple(
        kit.decide("prefer", each.statement, when=when)
        for when, each in enumerate((one, four, one))
    )
    conflict = kit.conflict(one, four, decisions=decisions)
    assert conflict.settled_by == decisions[2].id


def test_rule_07_a_merge_of_unknown_donors_contradicts_nobody(kit):
    """Rule 7: whoever was not named can be the one who was."""
    asked = kit.on("2022-10-12", kit.say("promise", 4, actors=(), recipients=()))
    promised = kit.on("2022-10-13", kit.say("promise", 4))
    decision = kit.decide("merge", asked.statement, promised.statement)
    folded = kit.fold(asked, promised, decisions=(decision,))
    assert (len(folded.commitments), folded.conflicts) == (1, [])
    assert (folded.commitments[0].donors, folded.commitments[0].recipient) == (("DEU",), "UKR")


def test_rule_07_what_must_lie_apart_leaves_what_a_merge_unites(kit):
    """Rule 7: a merge of two commitments keeps apart what a later split keeps apart."""
    here = [kit.on("2022-10-12", kit.say("promise", 4)) for _ in range(2)]
    there = [kit.on("2022-10-13", kit.say("promise", 4, item="himars")) for _ in range(2)]
    decisions = (
        kit.decide("merge", here[0].statement, there[0].statement, when=1),
        kit.decide("split", here[1].statement, there[1].statement, when=2),
    )
    assigned = kit.fold(*here, *there, decisions=decisions).assigned
    homes = [assigned[each.statement.id] for each in (*here, *there)]
    assert homes[0] == homes[2]
    assert homes[1] != homes[3]
    assert len(set(homes)) == 2


def test_rule_07_who_leaves_joins_the_others_whole_commitment(kit):
    """Rule 7: a statement split off and merged elsewhere finds all of the other's company."""
    one, two = (kit.on("2022-10-12", kit.say("promise", 4)) for _ in range(2))
    others = [kit.on("2022-10-13", kit.say("promise", 4, item="himars")) for _ in range(2)]
    decisions = (
        kit.decide("split", one.statement, two.statement, when=1),
        kit.decide("merge", two.statement, others[0].statement, when=2),
    )
    assigned = kit.fold(one, two, *others, decisions=decisions).assigned
    assert len({assigned[each.statement.id] for each in (two, *others)}) == 1
    assert assigned[one.statement.id] != assigned[two.statement.id]


def test_rule_07_a_merge_lifts_an_earlier_lone_split(kit):
    """Rule 7: a statement split off from everything comes back by a later merge."""
    said = [kit.on("2022-10-12", kit.say("promise", 4)) for _ in range(3)]
    split = kit.decide("split", said[2].statement, when=1)
    assert len(kit.fold(*said, decisions=(split,)).commitments) == 2
    merge = kit.decide("merge", said[1].statement, said[2].statement, when=2)
    assert len(kit.fold(*said, decisions=(split, merge)).commitments) == 1
