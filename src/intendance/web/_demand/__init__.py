"""Rounds of demand where there are users: who sees which nation's file, and what is made of it."""
