"""Hundreds of scenarios drawn from what is uncertain, and what holds in nearly all of them."""
