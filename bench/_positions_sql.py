"""The positions of all pairs and months as one SQL query, written apart from the program."""

from __future__ import annotations

from pathlib import Path

FIGURES = (
    "promised_in", "promised_out", "on_order", "received", "given", "stock", "expected",
    "in_repair", "fit", "overdrawn",
)  # fmt: skip
FOREVER = 1_000_000
GIVEN = ("given_low", "given_high", "given_from", "given_to")
DUE = ("CASE WHEN owed_low < 0 THEN 0 ELSE left_low END", "left_high", "d0", "d1")


def positions_sql(folder: Path, pairs: int, items: int, start: int, months: int, now: int) -> str:
    """The statement that makes the table ``positions``: a row for each pair and month."""
    return f"""
CREATE TABLE positions AS
WITH book AS (
  SELECT *, recipient * {items} + item AS into_pair, donor * {items} + item AS from_pair,
    greatest(owed_low, 0) - least(CASE WHEN given_high < 0 THEN {FOREVER} ELSE given_high END,
      greatest(owed_low, 0)) AS left_low,
    CASE WHEN owed_high < 0 THEN -1 ELSE greatest(owed_high - greatest(given_low, 0), 0) END
      AS left_high,
    greatest(ordered_low, 0) - least(CASE WHEN given_high < 0 THEN {FOREVER} ELSE given_high END,
      greatest(ordered_low, 0)) AS rest_low,
    CASE WHEN ordered_high < 0 THEN -1 ELSE greatest(ordered_high - greatest(given_low, 0), 0) END
      AS rest_high
  FROM '{folder / "commitments.parquet"}'
), coming AS (
  SELECT *, greatest(due_from, {now}) AS d0,
    CASE WHEN due_to >= {now} THEN due_to ELSE {FOREVER} END AS d1
  FROM book
), stocks AS (SELECT * FROM '{folder / "inventory.parquet"}'),
events AS (
  {_left("promised_in", "into_pair", "first", "owed", "left")}
  UNION ALL {_left("promised_out", "from_pair", "first", "owed", "left")}
  UNION ALL {_left("on_order", "into_pair", "greatest(first, ordered_from)", "ordered", "rest")}
  UNION ALL {_came("received", "into_pair", "TRUE")}
  UNION ALL {_came("given", "from_pair", "TRUE")}
  UNION ALL {_since("gained", "into_pair", GIVEN, "TRUE")}
  UNION ALL {_since("lost", "from_pair", GIVEN, "NOT made")}
  UNION ALL {_since("ahead", "into_pair", DUE, "left_high <> 0")}
  UNION ALL {_since("leaving", "from_pair", DUE, "left_high <> 0 AND NOT made")}
), cells AS (
  SELECT pair, greatest(month, {start}) AS month, {_sums()}
  FROM events WHERE month < {start + months} GROUP BY ALL
), grid AS (
  SELECT p.range AS pair, m.range + {start} AS month
  FROM range({pairs}) p, range({months}) m
), running AS (
  SELECT g.pair, g.month, {_windows()}
  FROM grid g LEFT JOIN cells c USING (pair, month)
  WINDOW w AS (PARTITION BY g.pair ORDER BY g.month)
), stocked AS (
  SELECT r.*, s.repair_low, s.repair_high, r.month >= s.month AS here,
    CASE WHEN lost_open = 0 THEN s.low + gained_l - lost_h END AS s_low,
    CASE WHEN gained_open = 0 THEN s.high + gained_h - lost_l END AS s_high,
    CASE WHEN lost_open + leaving_open = 0
      THEN s.low + gained_l - lost_h + ahead_l - leaving_h END AS e_low,
    CASE WHEN gained_open + ahead_open = 0
      THEN s.high + gained_h - lost_l + ahead_h - leaving_l END AS e_high,
    greatest(s.low + gained_l - lost_h, 0) AS raw_low,
    greatest(s.high + gained_h - lost_l, 0) AS raw_high
  FROM running r JOIN stocks s USING (pair)
)
SELECT pair, month, {_flows()},
  CASE WHEN here AND s_low IS NOT NULL THEN greatest(s_low, 0) END AS stock_low,
  CASE WHEN here AND s_high IS NOT NULL THEN greatest(s_high, 0) END AS stock_high,
  CASE WHEN here AND e_low IS NOT NULL THEN greatest(e_low, 0) END AS expected_low,
  CASE WHEN here AND e_high IS NOT NULL THEN greatest(e_high, 0) END AS expected_high,
  CASE WHEN here THEN least(repair_low, raw_low) END AS in_repair_low,
  CASE WHEN here THEN CASE WHEN s_high IS NULL THEN repair_high
    ELSE least(repair_high, raw_high) END END AS in_repair_high,
  CASE WHEN here AND s_low IS NOT NULL THEN greatest(raw_low - repair_high, 0) END AS fit_low,
  CASE WHEN here AND s_high IS NOT NULL THEN greatest(raw_high - repair_low, 0) END AS fit_high,
  CASE WHEN here AND e_high IS NOT NULL THEN greatest(-e_high, 0) END AS overdrawn_low,
  CASE WHEN here AND e_low IS NOT NULL THEN greatest(-e_low, 0) END AS overdrawn_high
FROM stocked
"""


_FLOWS = ("promised_in", "promised_out", "on_order", "received", "given")
_FAMILIES = (*_FLOWS, "gained", "lost", "ahead", "leaving")


def _event(
    name: str, pair: str, month: str, where: str, low: str = "0", high: str = "0",
    silent: str = "0", open_end: str = "0",
) -> str:  # fmt: skip
    return (
        f"SELECT '{name}' AS family, {pair} AS pair, {month} AS month, {low} AS low, "
        f"{high} AS high, {silent} AS silent, {open_end} AS open_end FROM coming WHERE {where}"
    )


def _left(name: str, pair: str, first: str, stage: str, rest: str) -> str:
    early, late = f"greatest(given_from, {first})", f"greatest(given_to, {first})"
    return " UNION ALL ".join(
        (
            _event(
                name, pair, first, f"{stage}_low <> 0 OR {stage}_high <> 0",
                f"greatest({stage}_low, 0)", f"greatest({stage}_high, 0)",
                f"({stage}_low < 0)::INT", f"({stage}_high < 0)::INT",
            ),
            _event(name, pair, early, "TRUE", low=f"{rest}_low - greatest({stage}_low, 0)"),
            _event(name, pair, late, f"{stage}_high > 0", high=f"{rest}_high - {stage}_high"),
            _event(name, pair, late, f"{stage}_low < 0 AND {rest}_high = 0", silent="-1"),
        )
    )  # fmt: skip


def _came(name: str, pair: str, where: str) -> str:
    return " UNION ALL ".join(
        (
            _event(name, pair, "given_to", where, low="greatest(given_low, 0)"),
            _event(
                name, pair, "given_from", where, high="greatest(given_high, 0)",
                silent="(given_low < 0)::INT", open_end="(given_high < 0)::INT",
            ),
        )
    )  # fmt: skip


def _since(name: str, pair: str, what: tuple[str, str, str, str], where: str) -> str:
    low, high, begin, end = what
    head = f"SELECT '{name}' AS family, {pair} AS pair"
    source = f"FROM coming JOIN stocks ON stocks.pair = {pair} WHERE {where}"
    return (
        f"{head}, {end} AS month, {low} AS low, 0 AS high, 0 AS silent, 0 AS open_end "
        f"{source} AND {begin} >= stocks.month UNION ALL "
        f"{head}, greatest({begin}, stocks.month), 0, greatest({high}, 0), 0, ({high} < 0)::INT "
        f"{source} AND {end} >= stocks.month"
    )


def _sums() -> str:
    parts = []
    for name in _FAMILIES:
        only = f"FILTER (family = '{name}')"
        parts += [f"sum(low) {only} AS {name}_l", f"sum(high) {only} AS {name}_h"]
        parts += [f"sum(silent) {only} AS {name}_silent", f"sum(open_end) {only} AS {name}_open"]
    return ", ".join(parts)


def _windows() -> str:
    return ", ".join(
        f"coalesce(sum({name}_{part}) OVER w, 0)::BIGINT AS {name}_{part}"
        for name in _FAMILIES
        for part in ("l", "h", "silent", "open")
    )


def _flows() -> str:
    return ", ".join(
        f"CASE WHEN {name}_silent > 0 AND {name}_l = 0 THEN NULL ELSE {name}_l END AS {name}_low, "
        f"CASE WHEN {name}_open > 0 THEN NULL ELSE {name}_h END AS {name}_high"
        for name in _FLOWS
    )
