"""The whole model of a scenario, put together from its parts."""

from __future__ import annotations

from dataclasses import dataclass

from intendance.planning._model._blocks import Ints, Problem
from intendance.planning._model._data import Data, read_data
from intendance.planning._model._demand import add_demand, add_stocks, add_transfers
from intendance.planning._model._industry import add_industry
from intendance.planning._model._limits import add_absorption, add_backfills, add_shelf_life
from intendance.planning._model._money import add_budgets, add_dues
from intendance.planning._model._orders import Cover, add_orders, find_cover
from intendance.planning._model._parts import start_parts
from intendance.planning._model._places import Places, find_places
from intendance.planning._scenario import Scenario


@dataclass(frozen=True)
class Frame:
    """What rows of a plan are told by: names, places of nations and items, frameworks."""

    data: Data
    places: Places
    cover: Cover


@dataclass(frozen=True)
class Model(Frame):
    """A scenario's problem, and what is needed to read a solution of it."""

    problem: Problem
    columns: dict[str, Ints]


def frame_of(scenario: Scenario) -> Frame:
    """The names and places of a scenario."""
    data = read_data(scenario)
    places = find_places(data)
    return Frame(data, places, find_cover(data, places.nation, places.item))


def build_model(scenario: Scenario) -> Model:
    """The model of docs/planning-rules.md, P1-P15, as one sparse problem."""
    return model_of(frame_of(scenario))


def model_of(frame: Frame) -> Model:
    """The model whose names and places are known."""
    data, places, cover = frame.data, frame.places, frame.cover
    parts = start_parts(data, places)
    add_stocks(parts)
    add_demand(parts)
    add_transfers(parts)
    add_budgets(parts)
    add_orders(parts, cover)
    add_industry(parts, cover)
    add_backfills(parts)
    add_absorption(parts)
    add_shelf_life(parts)
    add_dues(parts)
    return Model(data, places, cover, parts.build.problem(), parts.columns)
