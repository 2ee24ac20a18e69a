"""The command line: it and the pages alone connect the rooms."""

from intendance.cli._main import COMMANDS, intendance, main, run

__all__ = ["COMMANDS", "intendance", "main", "run"]
