"""How results are shown: in words, tables, JSON lines, CSV, Markdown and self-contained HTML."""

from intendance.render._charts import PALETTE, Figure, chart_library, chart_svg
from intendance.render._figures import (
    date_short,
    date_text,
    interval_cell,
    interval_text,
    money_text,
    number_text,
)
from intendance.render._marked import Mark, MarkedText, Stretch, marked_html
from intendance.render._page import (
    Citation,
    Line,
    Page,
    Section,
    page_html,
    page_markdown,
    safe_link,
)
from intendance.render._records import csv_columns, csv_lines, json_line, json_lines
from intendance.render._table import (
    Column,
    Row,
    Table,
    heading_lines,
    markdown_escape,
    markdown_table,
    table_lines,
    wrapped_lines,
)
from intendance.render._text import LANGUAGES, Language, has_text, text, text_keys
from intendance.render._told import retold
from intendance.render._visible import visible

__all__ = [
    "LANGUAGES",
    "PALETTE",
    "Citation",
    "Column",
    "Figure",
    "Language",
    "Line",
    "Mark",
    "MarkedText",
    "Page",
    "Row",
    "Section",
    "Stretch",
    "Table",
    "chart_library",
    "chart_svg",
    "csv_columns",
    "csv_lines",
    "date_short",
    "date_text",
    "has_text",
    "heading_lines",
    "interval_cell",
    "interval_text",
    "json_line",
    "json_lines",
    "markdown_escape",
    "markdown_table",
    "marked_html",
    "money_text",
    "number_text",
    "page_html",
    "page_markdown",
    "retold",
    "safe_link",
    "table_lines",
    "text",
    "text_keys",
    "visible",
    "wrapped_lines",
]
