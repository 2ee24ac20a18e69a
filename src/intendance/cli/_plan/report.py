"""Writes the report of a plan: Markdown, self-contained HTML, charts and their pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from intendance.cli._plan.charts import charts
from intendance.cli._plan.facts import facts_of
from intendance.cli._plan.page import DEFAULT_ROWS, plan_page
from intendance.planning import CauseRow, Plan, Scenario
from intendance.render import Figure, Language, chart_svg, page_html, page_markdown
from intendance.tables import write_csv


def write_report(
    scenario: Scenario,
    plan: Plan,
    causes: Sequence[CauseRow],
    folder: Path,
    language: Language,
    rows: int = DEFAULT_ROWS,
) -> list[Path]:
    """Writes ``report.LANGUAGE.md`` and ``.html`` and the charts into a plan's folder."""
    facts = facts_of(scenario, plan, causes)
    files: dict[str, str] = {}
    figures = {}
    for name, specification in charts(facts, language).items():
        title = specification["title"]
        svg = chart_svg(specification)
        stem = f"charts/{name}.{language}"
        figures[name] = Figure(
            title=title["text"], caveat=title["subtitle"], svg=svg, file=f"{stem}.svg"
        )
        files[f"{stem}.vl.json"] = json.dumps(specification, indent=1, ensure_ascii=False) + "\n"
        files[f"{stem}.svg"] = svg
    files["causes.csv"] = write_csv(causes, CauseRow)
    page = plan_page(facts, figures, language, rows)
    files[f"report.{language}.md"] = page_markdown(page)
    files[f"report.{language}.html"] = page_html(page)
    written = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
        written.append(path)
    return written
