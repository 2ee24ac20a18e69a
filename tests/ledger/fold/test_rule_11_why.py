"""Rule 11: every figure answers why: it names the statements and decisions that it rests on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intendance.ledger._fold import fold_all


@given(data=st.data())
def test_rule_11_figures_conflicts_and_decisions_name_what_they_rest_on(kit, data):
    """Rule 11: stages and sides name statements of their commitment, and decisions are listed."""
    evidence = data.draw(kit.evidence())
    decisions = data.draw(kit.decisions(evidence))
    folded = fold_all(evidence, decisions, kit.catalogue)
    by_id = {each.id: each for each in folded.conflicts}
    listed: set[str] = set()
    for commitment in folded.commitments:
        own = {name for name, into in folded.assigned.items() if into == commitment.id}
        for state in commitment.stages.values():
            assert set(state.statements) <= own
            assert state.quantity.known <= bool(state.statements)
            assert state.witnesses <= len(state.statements)
        for name in commitment.conflicts:
            listed.add(name)
            assert by_id[name].commitment == commitment.id
        touching = {d.id for d in decisions if own.intersection(d.statements)}
        assert set(commitment.decisions) == touching
    assert listed == set(by_id)
    for conflict in folded.conflicts:
        assert conflict.settled_by is None or conflict.settled_by in {d.id for d in decisions}
        for side in conflict.sides:
            assert len(set(side.statements)) == len(side.statements) >= side.witnesses
