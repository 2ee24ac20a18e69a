"""The demo: fourteen reports of our own wording, in French, English and German (see README.md)."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

__all__ = ["report_files"]

_ENDINGS = (".txt", ".md", ".html")


def report_files() -> tuple[Traversable, ...]:
    """The demo reports, sorted by name; the same files in the same order everywhere.

    They may lie inside an archive: use ``read_bytes()``, or ``importlib.resources.as_file`` where
    a path on the disk is needed. The ending of ``name`` says the format: ``.txt``, ``.md`` (with
    front matter) or ``.html``.
    """
    folder = resources.files(__name__).joinpath("reports")
    found = (each for each in folder.iterdir() if each.name.endswith(_ENDINGS))
    return tuple(sorted(found, key=lambda each: each.name))
