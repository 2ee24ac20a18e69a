"""Rule 3: the ledger is a fold over a set; order, repetition and division can't show."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from intendance.ledger._fold import Evidence, Folded, block_key, fold_all, fold_block
from intendance.terms import Statement, TimeSpan, canonical


@given(data=st.data())
def test_rule_03_order_and_repetition_change_no_byte(kit, data):
    """Rule 3: any permutation, with any of it repeated, gives the same bytes."""
    evidence = data.draw(kit.evidence())
    decisions = data.draw(kit.decisions(evidence))
    shuffled = data.draw(st.permutations(evidence + evidence[: len(evidence) // 2]))
    reordered = data.draw(st.permutations(decisions))
    once = fold_all(evidence, decisions, kit.catalogue)
    assert canonical(fold_all(shuffled, reordered, kit.catalogue)) == canonical(once)
    assert canonical(fold_block(shuffled, reordered, kit.catalogue)) == canonical(
        fold_block(evidence, decisions, kit.catalogue)
    )


@given(data=st.data())
def test_rule_03_the_ledger_is_the_union_over_its_blocks(kit, data):
    """Rule 3: each block folded for itself gives what the whole gives."""
    evidence = data.draw(kit.evidence())
    blocks: dict[str, list[Evidence]] = defaultdict(list)
    for each in evidence:
        key = block_key(each.statement, kit.catalogue)
        if key is not None:
            blocks[key].append(each)
    parts = [fold_block(part, (), kit.catalogue) for part in blocks.values()]
    union = Folded(
        sorted((each for part in parts for each in part.commitments), key=lambda c: c.id),
        sorted((each for part in parts for each in part.conflicts), key=lambda k: k.id),
        {name: into for part in parts for name, into in part.assigned.items()},
    )
    whole = fold_all(evidence, (), kit.catalogue)
    assert canonical(whole.commitments) == canonical(union.commitments)
    assert canonical(whole.conflicts) == canonical(union.conflicts)
    assert whole.assigned == union.assigned


@given(data=st.data())
def test_rule_03_every_statement_of_a_commitment_leads_back_to_it(kit, data):
    """Rule 3: identifiers come from statements, each of which belongs to one commitment."""
    evidence = data.draw(kit.evidence())
    decisions = data.draw(kit.decisions(evidence))
    folded = fold_all(evidence, decisions, kit.catalogue)
    expected = {
        each.statement.id
        for each in evidence
        if block_key(each.statement, kit.catalogue) is not None
    }
    assert set(folded.assigned) == expected
    for commitment in folded.commitments:
        own = {name for name, into in folded.assigned.items() if into == commitment.id}
        assert commitment.id == "c" + commitment.anchor[1:]
        assert {commitment.id, *commitment.former_ids} == {"c" + name[1:] for name in own}
        assert {name for state in commitment.stages.values() for name in state.statements} == own
    known = {each.id for each in folded.commitments}
    for commitment in folded.commitments:
        assert set(commitment.candidates) <= known - {commitment.id}
    for conflict in folded.conflicts:
        assert conflict.commitment in known
        assert len(conflict.sides) > 1
        for side in conflict.sides:
            assert side.statements


def test_rule_03_a_commitment_keeps_its_identifier_when_later_reports_come(kit):
    """Rule 3: the earliest live statement of the most specific item names the commitment."""
    first, later = kit.say("promise", 4), kit.say("deliver", 1)
    undated = kit.say("deliver", 4)
    alone = kit.one(kit.on("2022-10-12", first))
    grown = kit.one(kit.on("2022-11-05", later), kit.on("2022-10-12", first), kit.on(None, undated))
    assert grown.id == alone.id == "c" + first.id[1:]
    assert grown.former_ids == tuple(sorted(("c" + later.id[1:], "c" + undated.id[1:])))


def test_rule_03_a_new_anchor_keeps_the_former_identifier(kit):
    """Rule 3: where a more specific statement takes over, the old identifier resolves to it."""
    wide, narrow = kit.say("promise", 4), kit.say("promise", 4, item="iris-t-slm")
    before = kit.one(kit.on("2022-10-12", wide))
    after = kit.one(kit.on("2022-10-12", wide), kit.on("2022-11-05", narrow))
    assert after.id == "c" + narrow.id[1:]
    assert before.id in after.former_ids


def test_rule_03_the_same_statement_with_two_dates_is_one_in_either_order(kit):
    """Rule 3: even contradictory evidence of one statement does not let the order show."""
    said = kit.say("promise", 4)
    one, two = kit.on("2022-10-12", said), kit.on("2022-10-13", said)
    assert canonical(kit.fold(one, two)) == canonical(kit.fold(two, one))
    same = Evidence(said, TimeSpan("2022-10-12", "2022-10-12", "x"), one.report_hash, "other")
    assert canonical(kit.fold(one, same)) == canonical(kit.fold(same, one))
    assert len(kit.fold(one, same, two).assigned) == 1
    fields = {name: getattr(said, name) for name in said.__struct_fields__} | {"live": False}
    guess = Evidence(Statement(**fields), one.published, one.report_hash, one.witness)
    assert canonical(kit.fold(one, guess)) == canonical(kit.fold(guess, one))


def test_rule_03_acts_that_form_no_commitment_are_passed_over(kit):
    """Rule 3: deployments, stocks, assessments and nuclear matters fold to nothing."""
    acts = ("deploy", "hold", "deplete", "repair", "cannibalise", "announce", "agree", "assess")
    said = [kit.on("2022-10-12", kit.say(act, 2)) for act in (*acts, "expand")]
    said.append(kit.on("2022-10-12", kit.say("deliver", 2, item="nuclear-weapon")))
    folded = kit.fold(*said)
    assert (folded.commitments, folded.conflicts, folded.assigned) == ([], [], {})


def test_rule_03_a_large_block_folds_to_the_same_in_any_order(kit):
    """Rule 3: a thousand statements of one block, forwards and backwards."""
    evidence = []
    for number in range(1000):
        act = ("promise", "deliver", "order")[number % 3]
        basis = (None, None, "increment", "total", None)[number % 5]
        said = kit.say(act, number % 7 + 1, basis=basis, start=number)
        day = f"20{22 + number % 3}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        evidence.append(kit.on(day if number % 11 else None, said, f"w{number % 13}"))
    assert canonical(kit.fold(*evidence)) == canonical(kit.fold(*reversed(evidence)))
