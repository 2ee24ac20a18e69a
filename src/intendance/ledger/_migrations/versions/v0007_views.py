"""Names beside identifiers and, in SQLite, views for whoever opens the file with other tools.

A later migration that changes a table which a view shows drops the views first and makes them anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _names(body: str, path: str) -> str:
    """The names of a list of identifiers in one cell."""
    return (
        "(SELECT group_concat(coalesce(l.name, j.value), ', ') "
        f"FROM json_each({body}, '$.{path}') AS j LEFT JOIN label AS l ON l.id = j.value)"
    )


def _name(column: str) -> str:
    return f"coalesce((SELECT l.name FROM label AS l WHERE l.id = {column}), {column})"


def _end(body: str, path: str) -> str:
    """The end of an interval as a number."""
    return f"CAST(json_extract({body}, '$.{path}') AS NUMERIC)"


def _ends(body: str, path: str, name: str) -> str:
    return f"{_end(body, path + '.low')} AS {name}_low, {_end(body, path + '.high')} AS {name}_high"


def _field(body: str, path: str, name: str) -> str:
    return f"json_extract({body}, '$.{path}') AS {name}"


_STAGES = ("promised", "allocated", "contracted", "delivered")

VIEWS = {
    "commitments": f"""
        SELECT c.id, {_names("c.body", "donors")} AS donors, {_name("c.recipient")} AS recipient,
            {_name("c.item")} AS item, json_extract(c.body, '$.furthest_stage') AS furthest_stage,
            {", ".join(_ends("c.body", f"stages.{each}.quantity", each) for each in _STAGES)},
            {_ends("c.body", "outstanding", "outstanding")},
            c.first_day, c.last_day, c.general, c.live,
            (SELECT count(*) FROM conflict AS k WHERE k.commitment = c.id) AS conflicts,
            trim(c.donors) AS donor_codes, c.recipient AS recipient_code, c.item AS item_code
        FROM commitment AS c""",
    "stages": f"""
        SELECT c.id AS commitment, {_names("c.body", "donors")} AS donors,
            {_name("c.item")} AS item, s.key AS stage, {_ends("s.value", "quantity", "quantity")},
            {_field("s.value", "quantity.approx", "approx")},
            {_field("s.value", "quantity.state", "state")},
            {_field("s.value", "time.from", "first_day")},
            {_field("s.value", "time.to", "last_day")},
            {_field("s.value", "witnesses", "witnesses")},
            json_array_length(s.value, '$.statements') AS statements
        FROM commitment AS c, json_each(c.body, '$.stages') AS s""",
    "amounts": f"""
        SELECT c.id AS commitment, {_names("c.body", "donors")} AS donors,
            {_name("c.item")} AS item, s.key AS stage,
            {_field("m.value", "currency", "currency")},
            {_end("m.value", "low")} AS amount_low, {_end("m.value", "high")} AS amount_high,
            {_field("m.value", "approx", "approx")}
        FROM commitment AS c, json_each(c.body, '$.stages') AS s,
            json_each(s.value, '$.money') AS m""",
    "statements": f"""
        SELECT s.id, a.commitment, s.act, {_field("s.body", "certainty", "certainty")},
            {_names("s.body", "actors")} AS actors, {_names("s.body", "recipients")} AS recipients,
            {_name("s.item")} AS item, {_ends("s.body", "quantity", "quantity")},
            {_field("s.body", "unit", "unit")}, {_ends("s.body", "money", "amount")},
            {_field("s.body", "money.currency", "currency")},
            {_field("s.body", "time.from", "first_day")},
            {_field("s.body", "time.to", "last_day")}, s.live,
            {_field("s.body", "quote", "quote")}, {_field("s.body", "source_row", "source_row")},
            {_field("p.body", "title", "report_title")}, r.published_from AS published,
            {_field("p.body", "address", "address")}, r.id AS report,
            {_field("s.body", "rule", "rule")}
        FROM statement AS s JOIN report AS r ON r.number = s.report
            JOIN appearance AS p ON p.number = r.appearance
            LEFT JOIN assignment AS a ON a.statement = s.number
        WHERE s.active = 1""",
    "reports": f"""
        SELECT r.id, {_field("p.body", "title", "title")},
            {_field("p.body", "publisher", "publisher")}, r.published_from, r.published_to, r.kind,
            r.language, {_field("p.body", "address", "address")},
            {_field("p.body", "terms", "terms")},
            CASE WHEN r.component = r.number THEN NULL
                ELSE (SELECT o.id FROM report AS o WHERE o.number = r.component) END AS copy_of,
            b.recorded
        FROM report AS r JOIN appearance AS p ON p.number = r.appearance
            JOIN batch AS b ON b.number = r.batch""",
    "conflicts": f"""
        SELECT k.id, k.commitment, {_names("c.body", "donors")} AS donors,
            {_name("c.item")} AS item, {_field("k.body", "kind", "kind")},
            (SELECT group_concat(json_extract(j.value, '$.value') || ' ('
                || json_extract(j.value, '$.witnesses') || ')', ' / ')
                FROM json_each(k.body, '$.sides') AS j) AS sides,
            {_field("k.body", "settled_by", "settled_by")}
        FROM conflict AS k LEFT JOIN commitment AS c ON c.id = k.commitment""",
    "decisions": f"""
        SELECT d.id, d.kind, (SELECT group_concat(j.value, ' ')
                FROM json_each(d.body, '$.statements') AS j) AS statements,
            {_field("d.body", "value", "value")}, {_field("d.body", "by", "decided_by")},
            {_field("d.body", "when", "decided")}, {_field("d.body", "why", "why")}
        FROM decision AS d""",
}


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("french", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, query in VIEWS.items():
            op.get_bind().exec_driver_sql(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in VIEWS:
            op.get_bind().exec_driver_sql(f"DROP VIEW {name}")
    op.drop_table("label")
