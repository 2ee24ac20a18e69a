"""Users, sessions and tokens: who somebody is. Passwords are kept as Argon2id hashes only."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from intendance.terms import IntendanceError
from intendance.web._access import Access
from intendance.web._users import ROLES, Role, User

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST_PASSWORD: Final = 12
SESSION_SECONDS: Final = 12 * 3600.0
TOKEN_SECONDS: Final = 90 * 24 * 3600.0
_ATTEMPTS: Final = 5
_WINDOW: Final = 300.0
_MOST_REMEMBERED: Final = 10_000


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A user as administrators see one."""

    name: str
    role: Role
    groups: tuple[str, ...] = ()
    full: bool = False
    active: bool = True
    made: str = ""


class Session(msgspec.Struct, frozen=True):
    """One who is signed in: the user, the token that forms carry, when that one was here before."""

    user: User
    csrf: str
    last_visit: str | None = None


class Token(msgspec.Struct, frozen=True):
    """A token for programs; its secret is shown once, when it is made."""

    id: str
    user: str
    what: str
    made: str
    ends: str
    secret: str | None = None


class Accounts:
    """The users of one server. ``clock`` says what time it is, in seconds since 1970."""

    def __init__(self, access: Access, clock: Callable[[], float] = time.time) -> None:
        self._access = access
        self._clock = clock
        self._failed: dict[str, list[float]] = {}

    def add(
        self, name: str, password: str, role: str, groups: Iterable[str] = (), *, full: bool = False
    ) -> Account:
        """A new user. Raises IntendanceError ``user.invalid`` or ``user.exists``."""
        _check(name, role, groups)
        _check_password(password)
        made = self._now()
        row = (name, _hasher().hash(password), role, _packed(groups), int(full), 1, made)
        try:
            with self._access.writing() as db:
                db.execute("INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        except sqlite3.IntegrityError:
            raise IntendanceError(
                "user.exists", expected="a name that no user has", got=repr(name[:80]), where="user"
            ) from None
        return self.account(name)

    def change(
        self,
        name: str,
        *,
        role: str | None = None,
        groups: Iterable[str] | None = None,
        full: bool | None = None,
        active: bool | None = None,
        password: str | None = None,
    ) -> Account:
        """Changes a user; sessions and tokens of one who may less now end."""
        held = self.account(name)
        new = Account(
            name=name,
            role=held.role if role is None else role,  # type: ignore[arg-type]  # checked below
            groups=held.groups if groups is None else tuple(sorted(set(groups))),
            full=held.full if full is None else full,
            active=held.active if active is None else active,
        )
        _check(name, new.role, new.groups)
        if password is not None:
            _check_password(password)
        with self._access.writing() as db:
            db.execute(
                "UPDATE user SET role = ?, groups = ?, every = ?, active = ? WHERE name = ?",
                (new.role, _packed(new.groups), int(new.full), int(new.active), name),
            )
            if password is not None:
                hashed = _hasher().hash(password)
                db.execute("UPDATE user SET password = ? WHERE name = ?", (hashed, name))
            db.execute("DELETE FROM session WHERE user = ?", (name,))
            # What was answered then may hold what that one may no longer see.
            db.execute("DELETE FROM reply WHERE user = ?", (name,))
            if not new.active or password is not None:
                db.execute("DELETE FROM token WHERE user = ?", (name,))
        return self.account(name)

    def account(self, name: str) -> Account:
        """One user; raises IntendanceError ``id.unknown``."""
        found = [each for each in self.all() if each.name == name]
        if not found:
            raise IntendanceError(
                "id.unknown", expected="the name of a user", got=repr(name[:80]), where="user"
            )
        return found[0]

    def all(self) -> list[Account]:
        """All users by name."""
        with self._access.reading() as db:
            rows = db.execute("SELECT * FROM user ORDER BY name").fetchall()
        return [
            Account(
                name=row["name"], role=row["role"], groups=tuple(row["groups"].split()),
                full=bool(row["every"]), active=bool(row["active"]), made=row["made"],
            )
            for row in rows
        ]  # fmt: skip

    def sign_in(self, name: str, password: str, origin: str) -> str:
        """The secret of a new session. A wrong name costs as long as a wrong password.

        Raises IntendanceError ``user.refused``, or ``web.too-many`` after some attempts from one
        ``origin`` or for one name.
        """
        now = self._clock()
        marks = (f"name {name}", f"origin {origin}")
        self._check_attempts(marks, now)
        with self._access.reading() as db:
            row = db.execute("SELECT * FROM user WHERE name = ?", (name,)).fetchone()
        good = _verified(row["password"] if row else _nobody(), password)
        if row is None or not row["active"] or not good:
            for mark in marks:
                self._failed.setdefault(mark, []).append(now)
            raise IntendanceError(
                "user.refused", expected="a user's name and password", got="others",
                where="signing in",
            )  # fmt: skip
        for mark in marks[:1]:
            self._failed.pop(mark, None)
        secret = secrets.token_urlsafe(32)
        with self._access.writing() as db:
            db.execute("DELETE FROM session WHERE ends < ?", (now,))
            last = db.execute("SELECT at FROM visit WHERE user = ?", (name,)).fetchone()
            db.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?)",
                (_hash(secret), name, secrets.token_urlsafe(24), now + SESSION_SECONDS,
                 last["at"] if last else None),
            )  # fmt: skip
            db.execute("INSERT OR REPLACE INTO visit VALUES (?, ?)", (name, self._now()))
        return secret

    def sign_out(self, secret: str) -> None:
        """Ends a session."""
        with self._access.writing() as db:
            db.execute("DELETE FROM session WHERE hash = ?", (_hash(secret),))

    def session(self, secret: str) -> Session | None:
        """Who has that session; None where it has ended or never was."""
        query = (
            "SELECT s.csrf, s.last_visit, u.* FROM session s JOIN user u ON u.name = s.user "
            "WHERE s.hash = ? AND s.ends > ? AND u.active = 1"
        )
        with self._access.reading() as db:
            row = db.execute(query, (_hash(secret), self._clock())).fetchone()
        return None if row is None else Session(_user(row), row["csrf"], row["last_visit"])

    def make_token(self, user: str, what: str, seconds: float = TOKEN_SECONDS) -> Token:
        """A token for a program that acts for ``user``."""
        secret = "int_" + secrets.token_urlsafe(32)
        id_, now = secrets.token_hex(6), self._clock()
        made, ends = self._now(), now + seconds
        with self._access.writing() as db:
            db.execute(
                "INSERT INTO token VALUES (?, ?, ?, ?, ?, ?)",
                (_hash(secret), id_, user, what, made, ends),
            )
        return Token(id_, user, what, made, _instant(ends), secret)

    def tokens(self, user: str | None = None) -> list[Token]:
        """The tokens of a user, or all; without their secrets."""
        with self._access.reading() as db:
            rows = db.execute("SELECT * FROM token ORDER BY made, id").fetchall()
        return [
            Token(row["id"], row["user"], row["what"], row["made"], _instant(row["ends"]))
            for row in rows
            if user is None or row["user"] == user
        ]

    def end_token(self, id_: str, user: str | None = None) -> None:
        """Ends a token, of ``user`` where given; raises IntendanceError ``id.unknown``."""
        with self._access.writing() as db:
            ended = db.execute(
                "DELETE FROM token WHERE id = ? AND (user = ? OR ? IS NULL)", (id_, user, user)
            ).rowcount
        if not ended:
            raise IntendanceError(
                "id.unknown", expected="the identifier of a token", got=repr(id_[:60]),
                where="a token",
            )  # fmt: skip

    def bearer(self, secret: str) -> User | None:
        """Who has that token; None where it has ended or never was."""
        query = (
            "SELECT u.* FROM token t JOIN user u ON u.name = t.user "
            "WHERE t.hash = ? AND t.ends > ? AND u.active = 1"
        )
        with self._access.reading() as db:
            row = db.execute(query, (_hash(secret), self._clock())).fetchone()
        return None if row is None else _user(row)

    def _check_attempts(self, marks: Iterable[str], now: float) -> None:
        if len(self._failed) > _MOST_REMEMBERED:
            self._failed = {
                mark: times for mark, times in self._failed.items() if times[-1] > now - _WINDOW
            }
        for mark in marks:
            times = [each for each in self._failed.get(mark, ()) if each > now - _WINDOW]
            most = _ATTEMPTS if mark.startswith("name") else _ATTEMPTS * 4
            if len(times) >= most:
                raise IntendanceError(
                    "web.too-many",
                    expected=f"{_ATTEMPTS} attempts in {_WINDOW:.0f} seconds at most",
                    got="more",
                    where="signing in",
                )

    def _now(self) -> str:
        return _instant(self._clock())


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _user(row: sqlite3.Row) -> User:
    return User(
        name=row["name"], role=row["role"], groups=frozenset(row["groups"].split()),
        full=bool(row["every"]),
    )  # fmt: skip


def _packed(groups: Iterable[str]) -> str:
    return " ".join(sorted(set(groups)))


def _hash(secret: str) -> str:
    """Secrets of 256 bits need no slow hash: nobody guesses them."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _check(name: str, role: str, groups: Iterable[str]) -> None:
    plain = all(each.isprintable() and not each.isspace() for each in name)
    if not plain or not 1 <= len(name) <= 80:
        raise _invalid("a name of 1 to 80 characters without spaces", repr(name[:80]))
    if role not in ROLES:
        raise _invalid("one of " + ", ".join(ROLES), repr(role[:40]))
    for each in groups:
        if not each or not each.isascii() or not each.replace("-", "").isalnum():
            raise _invalid("groups of letters, digits and hyphens", repr(each[:40]))


def _check_password(password: str) -> None:
    if not LEAST_PASSWORD <= len(password) <= 1000:
        raise _invalid(f"a password of {LEAST_PASSWORD} characters or more", "another")


def _invalid(expected: str, got: str) -> IntendanceError:
    return IntendanceError("user.invalid", expected=expected, got=got, where="user")


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with the second set of parameters of RFC 9106, section 4: 64 MiB, 3 passes."""
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@cache
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _verified(hashed: str, password: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(hashed, password[:1000])
    except VerificationError:
        return False
