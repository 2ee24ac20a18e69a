"""Who asks, and what that one may do."""

from __future__ import annotations

from typing import Final, Literal, get_args

import msgspec

Role = Literal["reader", "analyst", "administrator"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

Permission = Literal["open", "read", "write", "administer"]

_ALLOWED: Final[dict[str, frozenset[str]]] = {
    "open": frozenset({"", *ROLES}),
    "read": frozenset(ROLES),
    "write": frozenset({"analyst", "administrator"}),
    "administer": frozenset({"administrator"}),
}
"""Which roles a permission is given to; the role of somebody not signed in is empty."""


class User(msgspec.Struct, frozen=True, kw_only=True):
    """One who is signed in; ``role`` is empty for one who isn't.

    ``groups`` are the nations and groups that the user is of; ``full`` says that the user sees
    rows of every marking.
    """

    name: str
    role: Role | Literal[""] = ""
    groups: frozenset[str] = frozenset()
    full: bool = False


def allowed(permission: str, role: str) -> bool:
    """Whether ``role`` has ``permission``; what is not known is denied."""
    return role in _ALLOWED.get(permission, frozenset())


NOBODY: Final = User(name="")
"""One who is not signed in."""
