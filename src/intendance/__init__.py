"""Intendance: the books and the plan of a coalition's military support."""
