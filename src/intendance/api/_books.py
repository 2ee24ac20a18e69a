"""A ledger that also reads: the Python interface in one object."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self, cast

from intendance.catalogue import load_catalogue
from intendance.ledger import Added, Ledger
from intendance.terms import TimeSpan, span_of

if TYPE_CHECKING:
    from intendance.api._outcome import Outcome
    from intendance.api._read import Progress


class Books(Ledger):
    """Everything that ``Ledger`` does, and ``read``; made by ``open_ledger``."""

    def __enter__(self) -> Self:
        return self

    def read(
        self,
        paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
        *,
        published: str | TimeSpan | None = None,
        jobs: int = 1,
        max_bytes: int | None = None,
        trust_stat: bool = False,
        scheduler: str | None = None,
        stdin: BinaryIO | None = None,
        progress: Progress | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Outcome:
        """Reads files, folders and globs (``-`` for ``stdin``) into the ledger, in batches.

        ``published`` (YYYY[-MM[-DD]]) is used for reports that state no date. ``jobs`` processes
        read, or the workers of the Dask cluster with that ``scheduler``; this process writes. A
        file that can't be read is listed in the outcome's ``skipped`` and harms no other; running
        again continues, as what the ledger knows is passed over.

        Raises IntendanceError ``date.invalid`` for ``published``, ``cluster.*`` where the cluster
        can't be used, ``ledger.*`` where the ledger can't be written; batches committed before
        stay.
        """
        from intendance.api._read import Options, ReadIn

        named = [paths] if isinstance(paths, str | os.PathLike) else paths
        options = Options(
            published=span_of(published, "published") if isinstance(published, str) else published,
            jobs=jobs,
            max_bytes=max_bytes,
            trust_stat=trust_stat,
            scheduler=scheduler,
        )
        run = ReadIn(self, self.catalogue, options, progress=progress, stop=stop)
        return run.run([os.fspath(path) for path in named], stdin)

    def reread_all(self, progress: Progress | None = None) -> Added:
        """Reads every stored report again with this version of the reader and this catalogue.

        From now on the ledger folds these readings; the earlier ones stay, and ``undo_reread``
        goes back to them. Raises IntendanceError ``ledger.*``.
        """
        from intendance.api._reread import reread
        from intendance.api._work import reader_with

        return reread(self, reader_with(self.catalogue), progress)


def open_ledger(
    address: str | Path = "intendance.db",
    *,
    create: bool = True,
    catalogue: Sequence[str | Path] = (),
) -> Books:
    """The ledger at ``address``: a file, ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.

    ``catalogue`` are catalogue files of your own. Close it, or use it in a ``with`` statement.
    Raises IntendanceError ``ledger.*`` or ``catalogue.entry``.
    """
    # ``open`` makes an object of the class that it is called on.
    return cast("Books", Books.open(address, create=create, catalogue=load_catalogue(catalogue)))
