"""Columns of the tables about plans: each head's words, and which hold words and which figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from intendance.render import Column, Language, text


def columns_of(
    heads: Sequence[str],
    language: Language,
    *,
    figures: Collection[str] = (),
    wide: Collection[str] = (),
) -> tuple[Column, ...]:
    """A column for each of ``heads``: ``figures`` to the right, ``wide`` ones may break lines."""
    return tuple(
        Column(
            text(f"plan.head-{head}", language),
            align="right" if head in figures else "left",
            wide=head in wide,
        )
        for head in heads
    )
