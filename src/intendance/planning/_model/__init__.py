"""From a scenario to one sparse problem: blocks of columns and rows with named index arrays."""

from intendance.planning._model._assemble import Frame, Model, build_model, frame_of, model_of
from intendance.planning._model._blocks import Block, Problem

__all__ = ["Block", "Frame", "Model", "Problem", "build_model", "frame_of", "model_of"]
