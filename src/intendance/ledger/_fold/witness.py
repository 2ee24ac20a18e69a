"""Who is behind a statement in the end: the key that counts as one witness (rule 4)."""

from __future__ import annotations

from intendance.ledger._fold.block import kinds_of
from intendance.ledger._fold.evidence import FoldCatalogue
from intendance.terms import Report, Statement


def witness_key(
    statement: Statement, report: Report, component: str, catalogue: FoldCatalogue
) -> str:
    """The key of the independent source of a statement; equal keys are one witness.

    In this order: the ultimate origin that the statement cites (``origin_of``), the analyst who
    entered it, the publisher's outlet, and, for a report without publisher, ``component``.

    ``component`` identifies the report's copy component (its representative's identifier), and
    ``report`` is that REPRESENTATIVE, for every member of the component: so a copy that somebody
    else publishes has its original's key and adds no witness.
    """
    origin = origin_of(statement, catalogue)
    if origin is not None:
        return origin
    if statement.author is not None:
        return f"author:{statement.author}"
    if report.publisher:
        return outlet_of(report.publisher, catalogue)
    return f"report:{component}"


def origin_of(statement: Statement, catalogue: FoldCatalogue) -> str | None:
    """The origin that the statement itself cites; None where it cites nobody.

    A named office-holder first: whoever carries their words, the words are theirs. Then the outlet
    furthest along the chain of attribution: two reports that cite it are one witness, whether or
    not one of them also says whom the outlet cites. Then the role that is cited.
    """
    chain = [*statement.attribution]
    if statement.speaker is not None:
        chain.append(statement.speaker)
    tables = kinds_of(catalogue)
    for table in ("official", "outlet"):
        cited = [each for each in chain if tables.table(each) == table]
        if cited:
            return cited[-1]
    return chain[-1] if chain else None


def outlet_of(publisher: str, catalogue: FoldCatalogue) -> str:
    """The catalogue's identifier of a publisher, else its name without regard to case."""
    if kinds_of(catalogue).table(publisher):
        return publisher
    return catalogue.known(publisher) or "publisher:" + " ".join(publisher.casefold().split())
