"""Scenario folders: read, checked, written."""
