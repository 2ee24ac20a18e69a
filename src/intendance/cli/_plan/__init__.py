"""The report of a plan."""

from intendance.cli._plan.report import write_report

__all__ = ["write_report"]
