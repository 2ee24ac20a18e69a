"""What tests of the Python interface share."""

from __future__ import annotations

import gc

import pytest


@pytest.fixture(autouse=True)
def no_trees_left_over():
    """Trees of pages read by earlier tests go here: another thread must not drop them."""
    gc.collect()
