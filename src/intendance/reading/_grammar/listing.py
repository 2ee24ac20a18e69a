"""Lists behind a colon whose parts semicolons divide: "including: A; B; and C"."""

from __future__ import annotations

from collections.abc import Sequence

from intendance.reading._grammar.predicates import FINITE
from intendance.reading._tokens import Token

_FEWEST = 2
"""Parts of such a list."""


def join_listed(tokens: Sequence[Token]) -> None:
    """Makes commas of the semicolons behind "including:", where no clause stands between them."""
    colon = next(
        (
            at
            for at, token in enumerate(tokens)
            if token.form == ":" and at and _opens_list(tokens, at)
        ),
        None,
    )
    if colon is None:
        return
    marks = [at for at in range(colon + 1, len(tokens)) if tokens[at].form == ";"]
    if len(marks) + 1 < _FEWEST or any(_is_clause(token) for token in tokens[colon : marks[-1]]):
        return
    for at in marks:
        tokens[at].form = ","


def _opens_list(tokens: Sequence[Token], at: int) -> bool:
    return any("include" in token.cues for token in tokens[max(0, at - 3) : at]) or any(
        sense.event == "include" for token in tokens[max(0, at - 3) : at] for sense in token.verbs
    )


def _is_clause(token: Token) -> bool:
    return any(tense in FINITE for _, tense in token.auxiliaries)
