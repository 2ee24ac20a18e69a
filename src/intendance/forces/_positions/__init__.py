"""Positions: commitments as columns, the steps that they make, what they add up to."""
