"""Rounds of demand: what is taken, what is refused, how output and cost are shared, freezing."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intendance.planning import (
    Book,
    Round,
    check_folder,
    close_round,
    open_round,
    read_book,
    read_round,
    read_submission,
    submit_demand,
)
from intendance.planning._demand.rows import TIERS
from intendance.planning._demand.sharing import Claim, by_rule, proportional
from intendance.terms import IntendanceError

HEAD = "item,year,firm,likely,optional,funding,priority,variants,caveats\n"
SETTINGS = Round("autumn", 2026, 2, ("ALAND", "BOREA", "CELIA"))
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_round(tmp_path / "round", SETTINGS)
    return tmp_path / "round"


def _file(folder: Path, rows: str, head: str = HEAD) -> Path:
    path = folder.parent / "file.csv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def _submit(folder: Path, nation: str, rows: str):
    return submit_demand(folder, nation, _file(folder, rows))


def _close(folder: Path, output: str = "") -> Book:
    path = _file(folder, output, "item,year,quantity,setup_cost\n") if output else None
    return close_round(folder, path, NOW)


def _quantities(book: Book) -> dict[tuple[str, str, int], Decimal | None]:
    return {(row.nation, row.item, row.year): row.quantity for row in book.shares}


def test_a_round_is_a_folder_with_an_empty_form(folder: Path):
    assert (folder / "form.csv").read_text() == HEAD
    assert read_round(folder) == SETTINGS


def test_pro_rata_shares_output_and_set_up_by_what_is_asked(folder: Path):
    _submit(folder, "ALAND", "shell,2026,100,,,funded,2,,\n")
    _submit(folder, "BOREA", "shell,2026,300,,,funded,1,,no re-export\n")
    book = _close(folder, "shell,2026,200,1000.01\n")
    # 200 of 400: half of what each asks for; the odd cent goes to the larger remainder.
    assert _quantities(book) == {("ALAND", "shell", 2026): 50, ("BOREA", "shell", 2026): 150}
    assert [(row.share, row.amount) for row in book.setup] == [
        (Decimal("0.25"), Decimal("250.00")),
        (Decimal("0.75"), Decimal("750.01")),
    ]
    assert book.silent == ("CELIA",)
    assert any("in proportion to what is asked" in rule for rule in book.rules)
    assert [row.caveats for row in book.asked] == ["", "no re-export"]


def test_by_priority_the_first_is_served_first_and_the_rule_is_stated(tmp_path: Path):
    folder = tmp_path / "round"
    open_round(folder, Round("r", 2026, 1, ("ALAND", "BOREA"), rule="priority"))
    _submit(folder, "ALAND", "shell,2026,100,,,funded,2,,\n")
    _submit(folder, "BOREA", "shell,2026,150,90,,funded,1,,\n")
    book = _close(folder, "shell,2026,200,\n")
    assert _quantities(book) == {("ALAND", "shell", 2026): 50, ("BOREA", "shell", 2026): 150}
    assert any("delivery priority 1 first" in rule for rule in book.rules)


def test_firm_demand_comes_before_likely_and_likely_before_optional(folder: Path):
    _submit(folder, "ALAND", "shell,2026,0,40,10,funded,1,,\n")
    _submit(folder, "BOREA", "shell,2026,60,0,80,funded,1,,\n")
    book = _close(folder, "shell,2026,109,\n")
    # 60 firm, 40 likely; 9 left for 10 and 80 optional: 1 and 8.
    assert _quantities(book) == {("ALAND", "shell", 2026): 41, ("BOREA", "shell", 2026): 68}


def test_what_is_left_of_a_variant_goes_to_those_who_accept_it(folder: Path):
    _submit(folder, "ALAND", "tank-a,2026,10,,,funded,1,tank-b|tank-c,\n")
    _submit(folder, "BOREA", "tank-b,2026,3,,,funded,1,,\n")
    book = _close(folder, "tank-a,2026,4,\ntank-b,2026,5,900\n")
    assert _quantities(book) == {
        ("ALAND", "tank-a", 2026): 4,
        ("ALAND", "tank-b", 2026): 2,
        ("BOREA", "tank-b", 2026): 3,
    }
    pooled = {row.item: row for row in book.demand}
    assert (pooled["tank-a"].met, pooled["tank-b"].accepted) == (Decimal(6), Decimal(10))
    assert [row.left for row in book.demand] == [0, 0]
    assert {row.nation: row.amount for row in book.setup} == {"ALAND": 360, "BOREA": 540}


def test_without_output_shares_are_those_of_the_demand_and_nothing_is_allotted(folder: Path):
    _submit(folder, "ALAND", "shell,2026,1,,,,1,,\nshell,2027,5,,,funded,1,,\n")
    _submit(folder, "BOREA", "shell,2026,2,,,unfunded,1,,\n")
    book = _close(folder)
    assert {row.quantity for row in book.shares} == {None}
    assert [str(row.share) for row in book.shares] == ["0.333333", "0.666667", "1.000000"]
    assert {row.output for row in book.demand} == {None}
    assert book.warnings == (
        "ALAND shell 2026: firm, but funding not stated",
        "BOREA shell 2026: firm, but unfunded",
        "No output is stated: shares are those of the demand.",
    )


def test_submitting_again_replaces_and_the_earlier_is_kept(folder: Path):
    first = _submit(folder, "ALAND", "shell,2026,1,,,,1,,\n")
    second = _submit(folder, "ALAND", "shell,2026,2,,,,1,,\n")
    third = _submit(folder, "ALAND", "")
    assert (first.earlier, second.hash == first.hash) == ("", False)
    assert [Path(each.earlier).name for each in (second, third)] == ["ALAND-1.csv", "ALAND-2.csv"]
    assert "shell,2026,1," in Path(second.earlier).read_text()
    assert read_submission(folder, "ALAND") == ()
    assert read_submission(folder, "BOREA") is None


def test_closing_freezes_the_round(folder: Path):
    _submit(folder, "ALAND", "shell,2026,5,,,funded,1,,\n")
    book = _close(folder)
    assert book.closed == "2026-11-23T09:30:00+00:00"
    assert read_book(folder) == book
    for act in (lambda: _submit(folder, "BOREA", "shell,2026,5,,,,1,,\n"), lambda: _close(folder)):
        with pytest.raises(IntendanceError, match="Expected a round that is open, got one that"):
            act()
    assert read_submission(folder, "BOREA") is None
    # A file changed by hand afterwards is not in the book.
    (folder / "submissions" / "ALAND.csv").write_text(HEAD)
    assert read_book(folder) == book


@pytest.mark.parametrize(
    "name", ["submissions/ALAND.csv", "shares.csv", "requests.csv", "book.json", "round.toml"]
)
def test_a_changed_book_is_told(folder: Path, name: str):
    _submit(folder, "ALAND", "shell,2026,5,,,funded,1,,\n")
    _close(folder)
    path = folder / "book" / name
    content = path.read_text()
    changed = content.replace("5", "6") if "5" in content else content.replace("autumn", "spring")
    if name == "book.json":
        changed = content.replace("autumn", "spring")
    assert changed != content
    path.write_text(changed)
    with pytest.raises(IntendanceError) as caught:
        read_book(folder)
    assert caught.value.code == "demand.changed"


def test_a_close_that_fails_leaves_the_round_open(folder: Path, monkeypatch: pytest.MonkeyPatch):
    _submit(folder, "ALAND", "shell,2026,5,,,funded,1,,\n")
    with pytest.raises(IntendanceError, match=r"Expected a whole number, got 1\.5"):
        _close(folder, "shell,2026,1.5,\n")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", fail)
        with pytest.raises(OSError, match="disk full"):
            _close(folder)
    assert not [each for each in folder.iterdir() if "book" in each.name]
    _submit(folder, "BOREA", "shell,2026,5,,,funded,1,,\n")
    assert set(_close(folder).submissions) == {"ALAND", "BOREA"}


def test_a_submission_that_closing_overtook_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch):
    _submit(folder, "ALAND", "shell,2026,5,,,funded,1,,\n")
    path = _file(folder, "shell,2026,9,,,funded,1,,\n")
    replace = Path.replace

    def close_first(self: Path, target: Path) -> Path:
        close_round(folder, now=NOW)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", close_first)
    with pytest.raises(IntendanceError, match="got one that was closed meanwhile"):
        submit_demand(folder, "ALAND", path)
    monkeypatch.undo()
    assert read_book(folder).asked[0].firm == 5


WRONG = {
    "negative": ("shell,2026,-1,,,,1,,\n", "Expected a number from 0 to 1e+12, got -1"),
    "absurd": ("shell,2026,,,2000000000000,,1,,\n", "got 2000000000000"),
    "fraction": ("shell,2026,1.5,,,,1,,\n", "Expected a whole number, got 1.5"),
    "year": ("shell,2028,1,,,,1,,\n", "Expected a year from 2026 to 2027, got 2028"),
    "twice": (
        "shell,2026,1,,,,1,,\nshell,2026,2,,,,1,,\n",
        "Expected each item once a year, got shell 2026 as in row 2",
    ),
    "priority": ("shell,2026,1,,,,0,,\n", "Expected 1 to 99, got 0"),
    "variant": (
        "shell,2026,1,,,,1,shell,\n",
        "Expected items other than the one asked for, got 'shell'",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_row_is_refused_and_nothing_changes(folder: Path, case: str):
    rows, said = WRONG[case]
    _submit(folder, "ALAND", "shell,2026,7,,,funded,1,,\n")
    with pytest.raises(IntendanceError) as caught:
        _submit(folder, "ALAND", rows)
    assert caught.value.code == "demand.value"
    assert said in caught.value.message
    assert [row.firm for row in read_submission(folder, "ALAND") or ()] == [7]
    assert list((folder / "submissions" / "earlier").iterdir()) == []


@pytest.mark.parametrize("cell", ["nan", "inf", "1,5", "many"])
def test_what_is_no_number_is_refused(folder: Path, cell: str):
    with pytest.raises(IntendanceError) as caught:
        _submit(folder, "ALAND", f'shell,2026,"{cell}",,,,1,,\n')
    assert caught.value.code == "table.value"


def test_an_unknown_nation_or_item_is_refused_with_the_nearest(tmp_path: Path):
    folder = tmp_path / "round"
    open_round(folder, Round("r", 2026, 1, ("ALAND",), items=("155mm-shell",)))
    with pytest.raises(IntendanceError) as caught:
        _submit(folder, "ALANT", "155mm-shell,2026,1,,,,1,,\n")
    assert (caught.value.code, caught.value.remedy) == (
        "demand.nation",
        "Write 'ALAND' if that is meant.",
    )
    with pytest.raises(IntendanceError, match="Expected one of 155mm-shell, got '155-shell'") as it:
        _submit(folder, "ALAND", "155-shell,2026,1,,,,1,,\n")
    assert it.value.remedy == "Write '155mm-shell' if that is meant."


def test_nobody_can_close_a_round_without_demand(folder: Path):
    with pytest.raises(IntendanceError) as caught:
        _close(folder)
    assert caught.value.code == "demand.empty"
    _submit(folder, "ALAND", "")
    with pytest.raises(IntendanceError, match="Expected a row of at least one nation, got none"):
        _close(folder)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Round(" ", 2026, 1, ("A",)), "Expected a name"),
        (Round("r", 1, 1, ("A",)), "Expected a year from 1900 to 2300, got 1"),
        (Round("r", 2026, 0, ("A",)), "Expected 1 to 50 years, got 0"),
        (Round("r", 2026, 1, ()), "Expected at least one nation, got none"),
        (Round("r", 2026, 1, ("../A",)), "Expected names of letters"),
        (Round("r", 2026, 1, ("A", "a")), "Expected each nation once"),
        (Round("r", 2026, 1, ("A",), items=("x", "x")), "Expected each item once"),
    ],
)
def test_settings_that_no_round_can_have(tmp_path: Path, settings: Round, said: str):
    with pytest.raises(IntendanceError) as caught:
        open_round(tmp_path / "r", settings)
    assert caught.value.code == "demand.settings"
    assert said in caught.value.message
    assert not (tmp_path / "r").exists()


def test_no_round_opens_over_other_files_and_none_is_read_where_none_is(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("")
    with pytest.raises(IntendanceError, match="Expected a new folder or an empty one"):
        open_round(tmp_path, SETTINGS)
    for read in (read_round, read_book):
        with pytest.raises(IntendanceError) as caught:
            read(tmp_path)
        assert caught.value.code == "demand.folder"
    (tmp_path / "round.toml").write_text("name = 3")
    with pytest.raises(IntendanceError) as caught:
        read_round(tmp_path)
    assert caught.value.code == "demand.settings"


def test_requests_spread_years_over_months_and_load_as_a_scenario(tmp_path: Path):
    folder = tmp_path / "round"
    open_round(folder, Round("r", 2026, 1, ("ALAND", "BOREA"), rule="priority"))
    _submit(folder, "ALAND", "shell,2026,25,12,,funded,2,,\n")
    _submit(folder, "BOREA", "shell,2026,1,,5,funded,1,,\n")
    _close(folder)
    start = tmp_path / "scenario"
    start.mkdir()
    (start / "scenario.toml").write_text('name = "r"\nstart = "2026-01"\nmonths = 12\n')
    (start / "nations.csv").write_text("nation\nALAND\nBOREA\n")
    (start / "items.csv").write_text("item,price\nshell,5\n")
    (start / "lines.csv").write_text("line,item,capacity\nplant,shell,9\n")
    content = (folder / "book" / "requests.csv").read_text()
    (start / "requests.csv").write_text(content)
    assert check_folder(start).problems == ()
    sums: defaultdict[tuple[str, int], float] = defaultdict(float)
    for line in content.splitlines()[1:]:
        nation, _, _, quantity, priority = line.split(",")
        sums[nation, int(priority)] += float(quantity)
        assert float(quantity).is_integer()
    assert sums == {("ALAND", 2): 25, ("ALAND", 4): 12, ("BOREA", 1): 1, ("BOREA", 5): 5}
    firm = [float(line.split(",")[3]) for line in content.splitlines() if line.endswith(",2")]
    assert firm == [2.0] * 11 + [3.0]


amounts = st.integers(0, 1000).map(Fraction)


@given(amounts, st.dictionaries(st.text("abc", min_size=1), amounts, max_size=6), st.booleans())
def test_shares_add_up_to_what_there_is_and_never_exceed_what_is_asked(amount, asked, whole):
    given_ = proportional(amount, asked, Fraction(1) if whole else None)
    assert sum(given_.values()) == min(amount, sum(asked.values()))
    assert all(0 <= given_[key] <= asked[key] for key in asked)
    total = sum(asked.values())
    if total > amount:
        assert all(abs(given_[key] - amount * asked[key] / total) < 1 for key in asked)
    if whole:
        assert all(each.denominator == 1 for each in given_.values())


claims = st.lists(
    st.tuples(st.integers(1, 3), st.tuples(amounts, amounts, amounts)), min_size=1, max_size=5
)


@given(amounts, claims, st.sampled_from(["pro-rata", "priority"]))
def test_no_later_tier_or_priority_gets_anything_before_an_earlier_is_full(amount, drawn, rule):
    made = [
        Claim(f"n{index}", "x", priority, (), dict(zip(TIERS, wanted, strict=True)))
        for index, (priority, wanted) in enumerate(drawn)
    ]
    before = [dict(claim.wanted) for claim in made]
    given_ = by_rule(amount, made, rule, Fraction(1))
    assert sum(given_.values()) == min(amount, sum(sum(each.values()) for each in before))
    order = sorted(
        (TIERS.index(tier), claim.priority if rule == "priority" else 0, index, tier)
        for index, claim in enumerate(made)
        for tier in TIERS
    )
    short = [each for each in order if made[each[2]].wanted[each[3]] > 0]
    if short:
        later = [each for each in order if each[:2] > short[0][:2]]
        assert all(made[i].wanted[tier] == before[i][tier] for _, _, i, tier in later)
