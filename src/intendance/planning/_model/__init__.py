"""From a scenario to one sparse problem: blocks of columns and rows with named index arrays."""

from intendance.planning._model._assemble import Model, build_model
from intendance.planning._model._blocks import Block, Problem

__all__ = ["Block", "Model", "Problem", "build_model"]
