"""Names beside identifiers, for whoever opens the database with other tools (docs/storage.md)."""

from __future__ import annotations

from sqlalchemy import delete

from intendance.ledger._batch import Batch, get_setting
from intendance.ledger._rows import insert
from intendance.ledger._schema import label


def keep_labels(batch: Batch) -> None:
    """Write the catalogue's names down, where those in the ledger are another catalogue's."""
    catalogue = batch.catalogue
    if get_setting(batch.connection, "labels") == catalogue.hash:
        return
    tables = (
        catalogue.classes_by_id, catalogue.kinds, catalogue.nations, catalogue.organisations,
        catalogue.collectives, catalogue.programmes, catalogue.makers,
    )  # fmt: skip
    named = sorted({id_ for table in tables for id_ in table})
    batch.connection.execute(delete(label))
    insert(
        batch.connection,
        label,
        [(id_, catalogue.label(id_), catalogue.label(id_, "fr")) for id_ in named],
    )
    batch.set("labels", catalogue.hash)
