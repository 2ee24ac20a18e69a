"""What is kept of long tables while they are read."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from intendance.exchange._kiel.keys import PARTS, Keys
from intendance.exchange._raw import Spill

CELLS = st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4)


@given(st.lists(st.integers(-(2**62), 2**62).map(lambda key: key // 3 * 3)))
def test_keys_that_come_again_are_known(drawn: list[int]) -> None:
    told = [*drawn, *drawn[::2], *drawn[::4]]
    keys = Keys()
    for key in told:
        keys.add[key % PARTS](key)
    counted = Counter(told)
    for rows in (1, 2, 3):
        known = keys.of(rows)
        assert len(known) == sum(count >= rows for count in counted.values())
        for key, count in counted.items():
            assert (key in known) == (count >= rows)
            assert key + 1 not in known or key + 1 in counted


@given(st.lists(CELLS | st.integers(0, 99) | st.none()), st.sampled_from([1, 700]))
def test_rows_come_back_as_they_were_put_aside(
    rows: list[list[str] | int | None], times: int
) -> None:
    spill = Spill()
    told = list(enumerate(rows * times))
    for number, cells in told:
        spill.add(number, cells)
    assert list(spill.rows()) == told


def test_more_rows_than_memory_is_kept_for() -> None:
    spill = Spill()
    for number in range(3000):
        spill.add(number, [str(number), "é" * 2000])
    for at, (number, cells) in enumerate(spill.rows()):
        assert (number, cells) == (at, [str(at), "é" * 2000])
    assert at == 2999
