"""Memory of a long-running process, where the C library can be told what to do with it."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

_ARENA_MAX: Final = -8
_MMAP_THRESHOLD: Final = -3
_ARENAS: Final = 2
_LARGE: Final = 1 << 20


def steady() -> None:
    """Keeps large arrays apart from the heap, so that they are given back when they are let go.

    Without it the C library learns to put arrays of some MiB between small things, a heap for each
    thread, and what is freed there stays with the process. Does nothing where there is no glibc.
    """
    _told("mallopt", _MMAP_THRESHOLD, _LARGE)
    _told("mallopt", _ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Gives free memory back to the system."""
    _told("malloc_trim", 0)


def _told(name: str, *given: int) -> None:
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            getattr(ctypes.CDLL(None), name)(*given)
