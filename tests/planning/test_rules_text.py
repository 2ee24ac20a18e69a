"""The rules of the plan are numbered without gaps, so that tests can cite them."""

from __future__ import annotations

import re
from pathlib import Path


def test_rules_are_numbered_without_gaps():
    text = Path(__file__, "../../../docs/planning-rules.md").resolve().read_text(encoding="utf-8")
    numbers = [int(found) for found in re.findall(r"^\*\*P(\d+)\b", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
