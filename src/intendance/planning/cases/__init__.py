"""Worked cases: published or invented inputs, from which a plan is made anew each time."""
