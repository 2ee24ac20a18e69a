"""Compiled functions, kept between runs in the user's cache folder and never in the package."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

_Function = TypeVar("_Function", bound=Callable[..., Any])

prange = numba.prange


def _cache_folder() -> str:
    """Below ``NUMBA_CACHE_DIR`` or the user's cache folder, by what the compiled sources say.

    The compiler looks only at a function's own file for changes, not at what it calls.
    """
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or Path(base) / "intendance" / "numba")
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        text = source.read_bytes()
        if b"_jit" in text or b"NamedTuple" in text:
            digest.update(text)
    return str(folder / digest.hexdigest()[:16])


vars(numba.config)["CACHE_DIR"] = _cache_folder()
# Sections of one function next to each other: the usual allocator may put them further apart than
# their addresses reach in a process whose address space is full of holes.
vars(numba.config)["USE_LLVMLITE_MEMORY_MANAGER"] = 1
# Threads that wait in a loop for each other take ten times as long where others use the cores too.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def compiled(function: _Function) -> _Function:
    """Machine code for one core, which gives the interpreter's lock free."""
    return cast(
        _Function, numba.njit(cache=True, nogil=True, error_model="numpy", fastmath=True)(function)
    )


def exact(function: _Function) -> _Function:
    """The same without reordering of sums: for figures that prove a bound."""
    return cast(_Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: _Function) -> _Function:
    """A small part of a compiled function."""
    return cast(
        _Function,
        numba.njit(inline="never", nogil=True, cache=True, error_model="numpy", fastmath=True)(
            function
        ),
    )


def spread(function: _Function) -> _Function:
    """Machine code whose ``prange`` loops run on all threads that are set."""
    return cast(
        _Function,
        numba.njit(cache=True, parallel=True, nogil=True, error_model="numpy", fastmath=True)(
            function
        ),
    )


def use_threads(count: int) -> None:
    """How many threads the compiled loops use, at most as many as there are cores."""
    numba.set_num_threads(max(1, min(count, vars(numba.config)["NUMBA_NUM_THREADS"])))
