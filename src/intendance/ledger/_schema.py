"""The tables of a ledger, named by the vocabulary of the design (docs/storage.md describes them).

No table says where anything stands finer than a nation: a test holds that no column could.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

APPLICATION_ID: Final = 0x494E5444
"""What SQLite's ``PRAGMA application_id`` holds in a ledger ("INTD")."""

HEAD: Final = "0007"
"""The newest migration that this program knows."""

metadata = MetaData()


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, autoincrement=False)


def _to(table: str, name: str = "", *, null: bool = False) -> Column[int]:
    return Column(name or table, Integer, ForeignKey(f"{table}.number"), nullable=null)


batch = Table("batch", metadata, _number(), Column("recorded", Text, nullable=False))
"""One write: everything that a ledger came to hold at one instant (rule 10)."""

setting = Table(
    "setting",
    metadata,
    Column("name", Text, nullable=False),
    _to("batch"),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("name", "batch"),
)
"""What the ledger folds, with its history: the reading version, the catalogue's hash."""

report = Table(
    "report",
    metadata,
    _number(),
    Column("id", Text, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("published_from", Text),
    Column("published_to", Text),
    Column("appearance", Integer, nullable=False),
    Column("component", Integer, nullable=False),
    _to("batch"),
    Index("report_id", "id", unique=True),
    Index("report_component", "component"),
)
"""One document by its text. ``component``: the number of the report it repeats, or its own."""

appearance = Table(
    "appearance",
    metadata,
    _number(),
    _to("report"),
    Column("mark", Text, nullable=False),
    Column("raw_hash", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),
    _to("batch"),
    Index("appearance_mark", "mark", unique=True),
    Index("appearance_report", "report"),
    Index("appearance_raw_hash", "raw_hash"),
)
"""Where and when a text came out: one file or address with its metadata."""

report_text = Table(
    "report_text",
    metadata,
    _to("report"),
    Column("hash", Text, nullable=False),
    Column("text", LargeBinary, nullable=False),
    PrimaryKeyConstraint("report", "hash"),
)

reading = Table(
    "reading",
    metadata,
    _number(),
    Column("id", Text, nullable=False),
    _to("report"),
    Column("reader", Text, nullable=False),
    Column("catalogue", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("active", Integer, nullable=False),
    _to("batch"),
    Index("reading_id", "id", "text", unique=True),
    Index("reading_report", "report"),
)
"""What one version of the reader found in one text; the active one of each report is folded."""

block = Table(
    "block",
    metadata,
    _number(),
    Column("key", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("root", Text, nullable=False),
    Column("donors", Text, nullable=False),
    Index("block_key", "key", unique=True),
)
"""What is folded together: recipient, root of the item's tree, donors."""

statement = Table(
    "statement",
    metadata,
    _number(),
    Column("id", Text, nullable=False),
    _to("reading"),
    _to("report"),
    Column("block", Integer),
    Column("active", Integer, nullable=False),
    Column("live", Integer, nullable=False),
    Column("act", Text, nullable=False),
    Column("item", Text),
    Column("actors", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("package", Text),
    _to("batch"),
    Column("body", Text, nullable=False),
    Index("statement_id", "id"),
    Index("statement_reading", "reading"),
    Index("statement_block", "block"),
    Index("statement_item", "item"),
    Index("statement_announce", "act", sqlite_where=text("act = 'announce'"),
          postgresql_where=text("act = 'announce'")),
    Index("statement_package", "package", sqlite_where=text("package IS NOT NULL"),
          postgresql_where=text("package IS NOT NULL")),
)  # fmt: skip
"""One thing said. ``body`` is never changed; the other columns follow the corrections made."""

link = Table(
    "link",
    metadata,
    _to("statement"),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    PrimaryKeyConstraint("statement", "kind", "target"),
    Index("link_target", "target"),
)

commitment = Table(
    "commitment",
    metadata,
    Column("id", Text, nullable=False),
    Column("block", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("donors", Text, nullable=False),
    Column("recipient", Text),
    Column("item", Text),
    Column("stages", Text, nullable=False),
    Column("general", Integer, nullable=False),
    Column("live", Integer, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
    Column("body", Text, nullable=False),
    Index("commitment_id", "id", unique=True),
    Index("commitment_block", "block"),
    Index("commitment_recipient", "recipient", "donors"),
    Index("commitment_item", "item"),
)

conflict = Table(
    "conflict",
    metadata,
    Column("id", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("block", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("conflict_id", "id", unique=True),
    Index("conflict_commitment", "commitment"),
    Index("conflict_block", "block"),
)

assignment = Table(
    "assignment",
    metadata,
    Column("statement", Integer, primary_key=True, autoincrement=False),
    Column("commitment", Text, nullable=False),
)
"""Which commitment each statement is folded into."""

former = Table(
    "former",
    metadata,
    Column("commitment", Text, nullable=False),
    Column("statement", Text, nullable=False),
    PrimaryKeyConstraint("commitment", "statement"),
)
"""Statements that left a commitment, so that an identifier given earlier finds all successors."""

decision = Table(
    "decision",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    _to("batch"),
    Column("body", Text, nullable=False),
)

tombstone = Table(
    "tombstone",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report", Text, nullable=False),
    _to("batch"),
    Column("body", Text, nullable=False),
    Index("tombstone_report", "report"),
)
"""What was redacted: who, when, on what ground, what it touched (rule 12)."""

withheld = Table(
    "withheld",
    metadata,
    Column("tombstone", Text, ForeignKey("tombstone.id"), primary_key=True),
    Column("trace", LargeBinary, nullable=False),
)
"""What near copies of a redacted report are told by (rule 12); no words can be had from it."""

signature = Table(
    "signature",
    metadata,
    Column("report", Integer, ForeignKey("report.number"), primary_key=True, autoincrement=False),
    Column("minima", LargeBinary, nullable=False),
)
"""The MinHash of a report's text (rule 4)."""

band = Table(
    "band",
    metadata,
    Column("key", BigInteger, nullable=False),
    Column("report", Integer, nullable=False),
    PrimaryKeyConstraint("key", "report"),
    Index("band_report", "report"),
    sqlite_with_rowid=False,
)
"""Reports that share a key may be copies of each other."""

copy_edge = Table(
    "copy_edge",
    metadata,
    Column("one", Integer, nullable=False),
    Column("other", Integer, nullable=False),
    Column("shared", Integer, nullable=False),
    Column("of", Integer, nullable=False),
    PrimaryKeyConstraint("one", "other"),
    Index("copy_edge_other", "other"),
)
"""Two reports whose shingles were compared: ``shared`` of ``of`` are the same."""

dirty = Table("dirty", metadata, Column("block", Integer, primary_key=True, autoincrement=False))
"""Blocks that wait to be folded again; empty but for a moment, or after a bulk load."""

packed = Table(
    "packed",
    metadata,
    Column("block", Integer, nullable=False, autoincrement=False),
    Column("part", Integer, nullable=False, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("block", "part"),
)
"""What of a block's statements decides into which commitment they fall, in parts."""

placed = Table(
    "placed",
    metadata,
    Column("block", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)
"""Where the statements of a packed block were placed when it was folded last.

What changes a known statement deletes that: the block is folded from its statements, then packed.
"""

gist = Table(
    "gist",
    metadata,
    Column("commitment", Text, primary_key=True),
    Column("block", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("gist_block", "block"),
)
"""A commitment's statements as the fold takes them, for commitments of packed blocks."""

outlet = Table(
    "outlet",
    metadata,
    Column("publisher", Text, primary_key=True),
    Column("witness", Text, nullable=False),
)
"""The witness behind each publisher by the catalogue that is folded: to find it takes a while."""

stale = Table(
    "stale",
    metadata,
    Column("statement", Integer, primary_key=True, autoincrement=False),
    Column("block", Integer, nullable=False),
    Index("stale_block", "block"),
)
"""Statements that came into a packed block, or whose witness changed, since it was folded."""

rejected = Table(
    "rejected",
    metadata,
    _number(),
    Column("file", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("got", Text, nullable=False),
    _to("batch"),
    Index("rejected_file", "file_hash", "row", "field", "reason", unique=True),
)
"""Rows of imported tables that were set aside, each with the reason."""

supplied = Table(
    "supplied",
    metadata,
    _number(),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("file_hash", Text, nullable=False),
    Column("owner", Text),
    Column("marking", Text),
    Column("rows", Text, nullable=False),
    _to("batch"),
    Index("supplied_kind", "kind", "name"),
)
"""Tables that a user filled in (inventories, prices ...): the newest of a kind and name counts."""

cited = Table(
    "cited",
    metadata,
    Column("address", Text, nullable=False),
    Column("report", Integer, nullable=False),
    PrimaryKeyConstraint("address", "report"),
    Index("cited_report", "report"),
)
"""Reports by their addresses, as these are cited."""

citing = Table(
    "citing",
    metadata,
    Column("address", Text, nullable=False),
    Column("statement", Integer, nullable=False),
    PrimaryKeyConstraint("address", "statement"),
    Index("citing_statement", "statement"),
)
"""What the rows of data sets cite."""

label = Table(
    "label",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("french", Text, nullable=False),
)
"""Names of the catalogue, for the views that other tools show; the program itself reads none."""
