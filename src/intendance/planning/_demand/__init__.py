"""Demand rounds: nations say what they want, year by year; closing freezes it and shares it out."""
