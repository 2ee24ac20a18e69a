"""The peer: the same statements linked by Splink 5 on DuckDB, as its documentation would have it.

Splink (R. Linacre and others, "Splink: free software for probabilistic record linkage at scale",
2022) is a Fellegi-Sunter model: blocking rules give pairs, comparisons give match weights learnt by
expectation maximisation, connected components at a threshold give clusters. It gets one record a
statement with all that our rules look at, and our catalogue's root and class of each item besides.
Its prior is estimated from deterministic rules, u from random pairs, m by three EM sessions on
different blocking rules. Its threshold is chosen by the truth, for its best pairwise F1.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import msgspec
from _scores import Scores, score

from intendance.catalogue import Catalogue
from intendance.terms import Statement

THRESHOLDS: Final = (
    0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995,
    0.999, 0.9999, 0.99999,
)  # fmt: skip
_STAGE: Final = {
    "request": "asked", "need": "asked", "order": "ordered", "frame": "ordered",
    "deliver": "delivered", "receive": "delivered",
}  # fmt: skip


class Linked(msgspec.Struct, frozen=True):
    """What Splink gave: for each truth the best threshold and its scores; seconds of each step."""

    thresholds: dict[str, float]
    scores: dict[str, Scores]
    pairs: int
    preparing: float
    training: float
    predicting: float
    clustering: float

    @property
    def seconds(self) -> float:
        """Training, prediction and one clustering; not the search for the threshold."""
        return self.training + self.predicting + self.clustering


def record(
    said: Statement, published: tuple[str | None, str | None], catalogue: Catalogue
) -> dict[str, Any]:
    """A statement as a flat record: what Splink compares."""
    asks = said.act in ("request", "need", "receive")
    donors = tuple(sorted(said.suppliers if asks else said.actors)) or None
    recipients = (said.recipients or said.actors) if asks else said.recipients
    quantity, money = said.quantity, said.money
    return {
        "unique_id": said.id,
        "donors": None if donors is None else list(donors),
        "donor": None if donors is None else "+".join(donors),
        "recipient": "+".join(sorted(recipients)) or None,
        "item": said.item,
        "root": "money" if said.item is None else catalogue.root(said.item),
        "class": None if said.item is None else catalogue.class_of(said.item),
        "quantity": _middle(quantity.low, quantity.high),
        "whole": _middle(*(said.part_of.low, said.part_of.high) if said.part_of else (None, None)),
        "basis": said.basis,
        "stage": _STAGE.get(said.act, "promised"),
        "money": None if money is None else _middle(money.low, money.high),
        "currency": None if money is None else money.currency,
        "package": said.package,
        "published": _days(published),
        "happens": _days((said.time.start, said.time.end)),
        "month": None if published[0] is None else published[0][:7],
    }


def link(
    records: Iterable[Mapping[str, Any]], truths: Mapping[str, Mapping[str, str]], *, seed: int = 1
) -> Linked:
    """Train, predict, cluster; each truth has the threshold that is best for its pairwise F1."""
    import duckdb
    import pyarrow as pa
    from splink import DuckDBAPI, Linker

    logging.getLogger("splink").setLevel(logging.ERROR)
    start = time.monotonic()
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '8GB'")
    table = DuckDBAPI(connection).register(pa.Table.from_pylist(list(records)))
    linker = Linker(table, _settings(), log_level=logging.ERROR)
    prepared = time.monotonic()
    _train(linker, seed)
    trained = time.monotonic()
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLDS[0])
    done = time.monotonic()
    count = connection.execute(f"SELECT count(*) FROM {predicted.physical_name}").fetchall()
    thresholds: dict[str, float] = {}
    best: dict[str, Scores] = {}
    took: dict[float, float] = {}
    for threshold in THRESHOLDS:
        began = time.monotonic()
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=threshold
        )
        took[threshold] = time.monotonic() - began
        query = f"SELECT unique_id, cluster_id FROM {found.physical_name}"
        clusters = dict(connection.execute(query).fetchall())
        for name, truth in truths.items():
            scores = score(truth, clusters)
            if name not in best or scores.f1 > best[name].f1:
                best[name], thresholds[name] = scores, threshold
        found.drop_table_from_database_and_remove_from_cache()
    return Linked(
        thresholds=thresholds,
        scores=best,
        pairs=count[0][0],
        preparing=prepared - start,
        training=trained - prepared,
        predicting=done - trained,
        clustering=took[next(iter(thresholds.values()))],
    )


def _train(linker: Any, seed: int) -> None:
    from splink import block_on

    same = block_on("recipient", "donor", "item", "quantity", "month")
    linker.training.estimate_probability_two_random_records_match([same], recall=0.1)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e7, seed=seed)
    for rule in (
        block_on("recipient", "donor", "item"),
        block_on("root", "quantity", "month"),
        block_on("donor", "month", "stage"),
    ):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, max_pairs=3e6, record_sample_proportion=1.0
        )


def _settings() -> Any:
    import splink.comparison_library as comparisons
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("recipient", "donor", "root"),
            block_on("recipient", "root", "month"),
            block_on("recipient", "donor", "class", "month"),
            block_on("donor", "root", "month"),
            block_on("recipient", "root", "quantity"),
        ],
        comparisons=[
            comparisons.CustomComparison(_item(), "item"),
            comparisons.CustomComparison(_donors(), "donors"),
            comparisons.ExactMatch("recipient").configure(term_frequency_adjustments=True),
            comparisons.CustomComparison(_figure(), "quantity"),
            comparisons.CustomComparison(_days_apart("published"), "published"),
            comparisons.CustomComparison(_days_apart("happens"), "happens"),
            comparisons.CustomComparison(_money(), "money"),
            comparisons.ExactMatch("package"),
            comparisons.ExactMatch("basis"),
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def _levels() -> Any:
    import splink.comparison_level_library as levels

    return levels


def _days_apart(column: str) -> list[Any]:
    levels = _levels()
    apart = f"abs({column}_l - {column}_r)"
    near = [
        levels.CustomLevel(f"{apart} <= {within}", f"within {within} days")
        for within in (3, 15, 45, 120, 365)
    ]
    return [levels.NullLevel(column), *near, levels.ElseLevel()]


def _figure() -> list[Any]:
    levels = _levels()
    whole = "quantity_l = whole_r OR quantity_r = whole_l OR whole_l = whole_r"
    near = "abs(quantity_l - quantity_r) <= 0.1 * greatest(quantity_l, quantity_r)"
    return [
        levels.NullLevel("quantity"),
        levels.ExactMatchLevel("quantity", term_frequency_adjustments=True),
        levels.CustomLevel(whole, "a whole"),
        levels.CustomLevel(near, "near"),
        levels.ElseLevel(),
    ]


def _item() -> list[Any]:
    levels = _levels()
    return [
        levels.NullLevel("item"),
        levels.ExactMatchLevel("item", term_frequency_adjustments=True),
        levels.CustomLevel("root_l = root_r", "one tree"),
        levels.CustomLevel('"class_l" = "class_r"', "one class"),
        levels.ElseLevel(),
    ]


def _donors() -> list[Any]:
    levels = _levels()
    return [
        levels.NullLevel("donors"),
        levels.ExactMatchLevel("donor", term_frequency_adjustments=True),
        levels.ArrayIntersectLevel("donors", min_intersection=1),
        levels.ElseLevel(),
    ]


def _money() -> list[Any]:
    levels = _levels()
    unknown = levels.CustomLevel("money_l IS NULL OR money_r IS NULL OR currency_l <> currency_r")
    return [
        unknown.configure(is_null_level=True),
        levels.ExactMatchLevel("money"),
        levels.CustomLevel("abs(money_l - money_r) <= 0.1 * greatest(money_l, money_r)", "near"),
        levels.ElseLevel(),
    ]


def _middle(low: Any, high: Any) -> float | None:
    known = [float(end) for end in (low, high) if end is not None]
    return sum(known) / len(known) if known else None


def _days(span: tuple[str | None, str | None]) -> int | None:
    """The middle day of a span, as a number; None where an end is open."""
    if span[0] is None or span[1] is None:
        return None
    return (date.fromisoformat(span[0]).toordinal() + date.fromisoformat(span[1]).toordinal()) // 2
