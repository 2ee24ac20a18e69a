"""What has to do with users: signing in and out, tokens, accounts, the trail, redaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intendance.ledger import Tombstone
from intendance.terms import IntendanceError
from intendance.web._accounts import Account, Accounts, Token
from intendance.web._audit import Trace
from intendance.web._jobs import JOBS
from intendance.web._who import Caller

if TYPE_CHECKING:
    from intendance.web._server import Server


class Office:
    """Manages users for one caller, whose permission was checked before."""

    def __init__(self, server: Server, caller: Caller, origin: str) -> None:
        self._server = server
        self._caller = caller
        self._origin = origin

    @property
    def cookie(self) -> str:
        """The name of the session's cookie."""
        return self._server.gate.cookie

    def sign_in(self, name: str, password: str) -> str:
        """The secret of a new session (see ``Accounts.sign_in``)."""
        accounts = self._accounts
        with self._server.audit.act(name[:80], "sign in"):
            return accounts.sign_in(name, password, self._origin)

    def sign_out(self) -> None:
        """Ends the caller's session."""
        if self._caller.secret:
            self._accounts.sign_out(self._caller.secret)

    def make_token(self, what: str) -> Token:
        """A token for a program that acts for the caller."""
        name = self._caller.user.name
        with self._server.audit.act(name, "make token"):
            return self._accounts.make_token(name, what)

    def tokens(self) -> list[Token]:
        """The caller's tokens."""
        return self._accounts.tokens(self._caller.user.name)

    def end_token(self, id_: str) -> None:
        """Ends one of the caller's tokens."""
        with self._server.audit.act(self._caller.user.name, "end token", [id_]):
            self._accounts.end_token(id_, self._caller.user.name)

    def accounts(self) -> list[Account]:
        """All users."""
        return self._accounts.all()

    def traces(self, after: int, limit: int) -> list[Trace]:
        """A page of the audit trail."""
        return self._server.audit.traces(self._caller.user, after, limit)

    def redact(self, id_: str, ground: str) -> Tombstone:
        """Takes a report or statement out for good; of a marked report, all that was read of it."""
        server, user = self._server, self._caller.user
        case = server.shelf.case_for(user)
        resolved = case.books.resolve(id_)
        label = case.reports.get(resolved) or case.statements.get(resolved)
        with server.audit.act(user.name, "redact", [resolved], label or frozenset()):
            stone = server.shelf.redact(case, resolved, user.name, ground)
            server.replies.forget()
            JOBS.forget()
            return stone

    @property
    def _accounts(self) -> Accounts:
        found = self._server.accounts
        if found is None:
            raise IntendanceError(
                "setting.invalid", expected="a server with users (--auth)", got="one without",
                where="the request",
            )  # fmt: skip
        return found
