"""Who is to see what somebody uploads: everybody, the owner's nation, or those named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from intendance.terms import IntendanceError
from intendance.web._markings import EVERYBODY, Label, marking_of

if TYPE_CHECKING:
    from intendance.catalogue import Catalogue
    from intendance.web._imports.kinds import Audience
    from intendance.web._users import User


def own_nations(user: User, catalogue: Catalogue) -> list[str]:
    """The nations that a user is of, as the catalogue has them."""
    return sorted(each for each in user.groups if each in catalogue.nations)


def names_in(written: str | None) -> list[str]:
    """Nations and groups as a form has them: apart by commas or spaces."""
    return [each for each in re.split(r"[\s,;]+", written or "") if each]


def label_for(
    user: User,
    catalogue: Catalogue,
    audience: Audience,
    names: Sequence[str] = (),
    *,
    auth: bool = True,
) -> Label:
    """The label of what a user uploads; without users there is none, for all see everything.

    Raises IntendanceError ``marking.invalid`` where ``names`` are named on a server without users
    or for another audience, where none are named, or where the owner is of no nation.
    """
    if names and (not auth or audience != "named"):
        raise IntendanceError(
            "marking.invalid",
            expected="no nations or groups, where everybody or the owner is to see it"
            if auth else "none: this server has no users (--auth)",
            got=repr(" ".join(names)[:80]), where="a marking",
        )  # fmt: skip
    if audience == "everybody" or not auth:
        return EVERYBODY
    if audience == "named":
        return frozenset({marking_of(names)})
    nations = own_nations(user, catalogue)
    if not nations:
        raise IntendanceError(
            "marking.invalid", expected="a user of a nation, whose marking it has by default",
            got="one of none", where="a marking", remedy="Say who may see it.",
        )  # fmt: skip
    return frozenset({frozenset(nations)})
