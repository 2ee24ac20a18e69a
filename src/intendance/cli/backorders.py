"""``intendance backorders``: the formulas of readiness, one stock or two echelons at a time."""

from __future__ import annotations

from collections.abc import Sequence

import click
import msgspec

from intendance.cli._options import output_options
from intendance.cli._output import Output
from intendance.cli._readiness.figures import figure, table
from intendance.render import Language, Table
from intendance.sustainment import (
    METHODS,
    TwoEchelon,
    negative_binomial_backorder_variance,
    negative_binomial_backorders,
    two_echelon,
)


class OneStock(msgspec.Struct, frozen=True):
    """Back-orders of one stock of spares."""

    method: str
    pipeline: float
    variance: float
    stock: int
    backorders: float
    backorder_variance: float


@click.group()
def backorders() -> None:
    """Work out expected back-orders: of one stock of spares, or of a depot and its units."""


@backorders.command("stock", short_help="One stock of spares.")
@click.option(
    "--pipeline",
    metavar="MEAN",
    type=float,
    required=True,
    help="The mean number in repair or on order.",
)
@click.option(
    "--variance",
    metavar="V",
    type=float,
    help="Its variance, for a negative binomial.  [default: Poisson]",
)
@click.option(
    "--stock",
    "stocks",
    metavar="N",
    type=int,
    multiple=True,
    help="Spares; may be given several times.  [default: 0 to 5]",
)
@output_options
def stock_command(
    pipeline: float, variance: float | None, stocks: tuple[int, ...], output: Output
) -> None:
    """Show expected back-orders for a Poisson or negative-binomial pipeline."""
    spread = pipeline if variance is None else variance
    rows = [
        OneStock(
            method="poisson" if variance is None else "negative-binomial",
            pipeline=pipeline,
            variance=spread,
            stock=each,
            backorders=float(negative_binomial_backorders(pipeline, spread, each)),
            backorder_variance=float(negative_binomial_backorder_variance(pipeline, spread, each)),
        )
        for each in stocks or range(6)
    ]
    output.records(
        OneStock, rows, lambda found: _stock_table(found, output.language), "readiness.none-rows"
    )


@backorders.command("two-echelon", short_help="A depot and the units it serves.")
@click.option("--bases", metavar="J", type=int, required=True, help="How many units alike.")
@click.option("--demand", metavar="RATE", type=float, required=True, help="Failures at each unit.")
@click.option("--depot-repair", metavar="TIME", type=float, required=True, help="Mean, at depot.")
@click.option("--shipping", metavar="TIME", type=float, required=True, help="From depot to unit.")
@click.option("--depot-stock", metavar="N", type=int, required=True, help="Spares at the depot.")
@click.option("--base-stock", metavar="N", type=int, required=True, help="Spares at each unit.")
@click.option(
    "--method",
    "methods",
    type=click.Choice(METHODS),
    multiple=True,
    help="May be given several times.  [default: all]",
)
@output_options
def two_echelon_command(
    bases: int,
    demand: float,
    depot_repair: float,
    shipping: float,
    depot_stock: int,
    base_stock: int,
    methods: tuple[str, ...],
    output: Output,
) -> None:
    """Show total back-orders of units that a depot serves: exact, METRIC and VARI-METRIC.

    Times are in one unit of time, such as days; the rate is per that unit and per unit of the
    force. Demand is Poisson, orders are one for one, shipping takes a fixed time.
    """
    rows = [
        two_echelon(bases, demand, depot_repair, shipping, depot_stock, base_stock, method=each)
        for each in METHODS
        if each in methods or not methods
    ]
    output.records(
        TwoEchelon,
        rows,
        lambda found: _echelon_table(found, output.language),
        "readiness.none-rows",
    )


def _stock_table(rows: Sequence[OneStock], language: Language) -> Table:
    cells = [
        (
            str(each.stock),
            figure(each.backorders, language),
            figure(each.backorder_variance, language),
        )
        for each in rows
    ]
    return table(("stock", "backorders", "backorder-variance"), cells, language, ())


def _echelon_table(rows: Sequence[TwoEchelon], language: Language) -> Table:
    cells = [
        (
            each.method,
            figure(each.backorders, language),
            figure(each.backorders / len(each.by_unit), language),
            figure(each.depot_backorders, language),
            figure(each.pipelines[0], language),
            figure(each.variances[0], language),
        )
        for each in rows
    ]
    heads = ("method", "backorders", "a-unit", "depot-backorders", "unit-pipeline", "unit-variance")
    return table(heads, cells, language, ("method",))
