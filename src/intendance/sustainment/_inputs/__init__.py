"""Readiness folders: read, checked, and written as a template."""
