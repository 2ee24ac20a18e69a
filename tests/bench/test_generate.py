"""The bench's generator: seeded, true to its truth, and as uneven as it says."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from intendance.catalogue import load_catalogue
from intendance.ledger import Ledger
from intendance.terms import statement_id


def _ids(told):
    return [(said.id, deal) for each in told for said, deal in zip(
        each.reading.statements, each.truth, strict=True)]  # fmt: skip


@pytest.fixture
def corpus(generate):
    return generate.Corpus(600, seed=3, extra=50)


def test_the_same_seed_gives_the_same_statements_and_another_gives_others(generate, corpus):
    again = generate.Corpus(600, seed=3, extra=50)
    other = generate.Corpus(600, seed=4, extra=50)
    assert _ids(corpus.stored()) == _ids(again.stored())
    assert not set(_ids(corpus.stored())) & set(_ids(other.stored()))


def test_there_are_as_many_statements_as_asked_for_and_no_two_are_one(corpus):
    parts = [_ids(corpus.stored()), _ids(corpus.batch("late")), _ids(corpus.batch("strewn"))]
    assert [len(part) for part in parts] == [600, 50, 50]
    ids = [id_ for part in parts for id_, _ in part]
    assert len(set(ids)) == len(ids)


def test_the_late_batch_is_later_than_all_that_is_stored(corpus):
    def days(told):
        return [each.reading.report.published.end for each in told
                if each.reading.report.published.known]  # fmt: skip

    stored = [day for day in days(corpus.stored()) if not day.endswith(("-30", "-31", "-28"))]
    assert max(stored) <= min(day for day in days(corpus.batch("late")))


def test_every_quote_and_identifier_is_right(corpus):
    for told in corpus.stored():
        for said in told.reading.statements:
            assert told.reading.text[said.start : said.end] == said.quote
            assert statement_id(said) == said.id
            assert said.report == told.reading.report.id


def test_a_deal_has_one_recipient_one_kinds_tree_and_its_own_donors(corpus):
    catalogue = load_catalogue()
    deals = corpus.world.deals
    checked = 0
    for told in corpus.stored():
        for said, truth in zip(told.reading.statements, told.truth, strict=True):
            if truth is None or truth[0] != "d" or said.act in ("receive", "request", "need"):
                continue
            deal = deals[int(truth[1:])]
            assert set(said.recipients) <= {deal.recipient}
            named = set(said.actors) & set(catalogue.nations)
            assert named <= set(deal.donors)
            same_tree = catalogue.root(said.item) == catalogue.root(deal.kind)
            assert same_tree or catalogue.is_class(said.item)
            checked += 1
    assert checked > 300


def test_a_deals_deliveries_come_after_its_promise_and_only_grow(corpus):
    for deal in corpus.world.deals:
        days = [deal.promised, *(day for day, _ in deal.deliveries)]
        counts = [count for _, count in deal.deliveries]
        assert days == sorted(days)
        assert counts == sorted(set(counts))
        if counts and deal.quantity is not None:
            assert counts[-1] <= deal.quantity


def test_copies_are_the_same_words_under_another_beginning(corpus):
    texts = defaultdict(list)
    for told in corpus.stored():
        first = told.reading.statements[0] if told.reading.statements else None
        if first is not None:
            texts[told.reading.text[first.start :]].append(told)
    copies = [group for group in texts.values() if len(group) > 1]
    assert copies
    for group in copies:
        assert len({each.reading.report.id for each in group}) == len(group)


def test_what_the_docstring_promises_is_there(corpus):
    said = [each for told in corpus.stored() for each in told.reading.statements]
    donors = Counter(each.actors for each in said if each.act == "promise")
    truths = Counter(deal for _, deal in _ids(corpus.stored()))
    assert donors.most_common(1)[0][1] > 2 * len(said) / 40
    assert 0 < truths[None] < len(said) / 5
    assert {"increment", "cumulative", "part", None} <= {each.basis for each in said}
    assert any(not each.live for each in said)
    assert any(each.joint for each in said)
    assert any(not told.reading.report.published.known for told in corpus.stored())
    assert any(corpus.catalogue.is_class(each.item) for each in said if each.item)


def test_the_ledger_takes_all_of_it(corpus, tmp_path):
    readings = [each.reading for each in corpus.stored()]
    with Ledger.open(tmp_path / "bench.db") as ledger:
        added = ledger.add(readings)
    assert added.statements == 600
    assert added.copies > 0


def test_the_ledger_puts_most_of_what_belongs_together_together(generate, scores, store, tmp_path):
    corpus = generate.Corpus(1000, seed=2, extra=10)
    told = list(corpus.stored())
    with Ledger.open(tmp_path / "bench.db") as ledger:
        ledger.add([each.reading for each in told])
    truth = {id_: deal for id_, deal in _ids(told) if deal is not None}
    scored = scores.score(truth, store.assigned(str(tmp_path / "bench.db")))
    assert scored.precision > 0.8
    assert scored.recall > 0.4


def test_scores_by_hand(scores):
    truth = {"a": "1", "b": "1", "c": "1", "d": "2"}
    found = {"a": "x", "b": "x", "c": "y", "d": "y"}
    scored = scores.score(truth, found)
    assert scored.precision == pytest.approx(1 / 2)
    assert scored.recall == pytest.approx(1 / 3)
    assert scored.b3_precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2) / 4)
    assert scored.b3_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert (scored.clusters, scored.true_clusters) == (2, 2)


def test_statements_that_no_cluster_holds_stand_alone(scores):
    scored = scores.score({"a": "1", "b": "1"}, {})
    assert (scored.precision, scored.recall, scored.clusters) == (1.0, 0.0, 2)


def test_a_section_of_the_results_is_replaced_and_the_rest_stays(results, tmp_path):
    page = tmp_path / "RESULTS.md"
    results.replace_section(page, "ledger", ["one"])
    page.write_text(page.read_text("utf-8") + "\nother figures\n", "utf-8")
    results.replace_section(page, "ledger", ["two"])
    text = page.read_text("utf-8")
    assert "two" in text
    assert "one" not in text
    assert "other figures" in text


@pytest.mark.long
def test_the_bench_runs_and_links_most_of_what_belongs_together(run_bench):
    told = run_bench("--size", "1000", "--no-peer", "--reports", "50")
    row = next(line for line in told.splitlines() if line.startswith("| Intendance | 1,000 | all"))
    precision, recall = (float(cell) for cell in row.split("|")[5:7])
    assert precision > 0.8
    assert recall > 0.4
    assert "the same digest" in told
    assert "again, content hashed" in told
