"""Where an export goes: written beside its place, then put there whole; nothing is overwritten."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intendance.terms import IntendanceError


@contextmanager
def put(out: Path, *, force: bool) -> Iterator[Path]:
    """A path to write a file or a folder to, which becomes ``out`` when all went well.

    Raises IntendanceError ``output.unwritable`` where ``out`` is there already (unless ``force``)
    or the disk refuses.
    """
    if out.exists() and not force:
        raise IntendanceError(
            "output.unwritable",
            expected="a place where nothing is yet",
            got="a file or folder of that name",
            where=str(out),
            remedy="Name another place with --out, or replace it with --force.",
        )
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.absolute().parent) as held:
            made = Path(held) / out.name
            yield made
            if out.is_dir() and not out.is_symlink():
                shutil.rmtree(out)
            made.replace(out)
    except OSError as fault:
        raise IntendanceError(
            "output.unwritable",
            expected="a place that can be written to",
            got=fault.strerror or str(fault),
            where=str(out),
        ) from fault


def zipped(folder: Path, archive: Path) -> None:
    """The files of a folder in one archive; the same files give the same bytes."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(path.name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, made.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)
