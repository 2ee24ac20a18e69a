"""How ``intendance serve`` listens."""

from intendance.cli._serve.listen import listen, prepared

__all__ = ["listen", "prepared"]
