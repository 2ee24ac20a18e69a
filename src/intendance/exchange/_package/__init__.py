"""Frictionless data packages of a ledger: out of one, and into another."""
