"""``intendance user``: who may sign in to the server, and as what."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from intendance.cli._options import DATABASE, DEFAULT_DATABASE, output_options
from intendance.cli._output import Output
from intendance.cli._serve import access_beside, check_installed
from intendance.render import Column, Row, Table, text

if TYPE_CHECKING:
    from intendance.web import Accounts

_ROLES = ("reader", "analyst", "administrator")
_F = TypeVar("_F", bound=Callable[..., Any])


class Listed(msgspec.Struct, frozen=True):
    """A user as the command shows one."""

    name: str
    role: str
    groups: tuple[str, ...]
    full: bool
    active: bool
    made: str


@click.group()
def user() -> None:
    """Make and change the users of 'intendance serve --auth'. There is no default password."""


def _access_options(command: _F) -> _F:
    for option in (
        click.option("--db", metavar="FILE|URL", envvar=DATABASE, default=DEFAULT_DATABASE,
                     show_default=True, help="The ledger whose users they are."),
        click.option("--access", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
                     help="The file of users [default: the ledger's with .access]."),
    ):  # fmt: skip
        command = option(command)
    return command


_group = click.option("--group", "groups", metavar="NAME", multiple=True,
                      help="A nation or group that the user is of; repeatable.")  # fmt: skip
_password = click.option(
    "--password-file",
    metavar="FILE",
    type=click.File("r"),
    help="Where the password stands; - for standard input [default: ask].",
)


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), default="reader", show_default=True,
              help="What the user may do.")  # fmt: skip
@_group
@click.option("--full", is_flag=True, help="The user sees rows of every marking.")
@_password
@_access_options
@output_options
def add(
    name: str, role: str, groups: tuple[str, ...], full: bool, password_file: Any, db: str,
    access: Path | None, output: Output,
) -> None:  # fmt: skip
    """Add the user NAME; the password is asked for."""
    password = _asked(password_file)
    with _accounts(db, access, create=True) as accounts:
        made = accounts.add(name, password, role, groups, full=full)
    _show([made], output)


@user.command("change")
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), help="What the user may do.")
@_group
@click.option("--full/--not-full", default=None, help="Whether the user sees every marking.")
@click.option("--active/--not-active", default=None, help="Whether the user may sign in.")
@click.option("--new-password", is_flag=True, help="Set a new password.")
@_password
@_access_options
@output_options
def change(
    name: str, role: str | None, groups: tuple[str, ...], full: bool | None, active: bool | None,
    new_password: bool, password_file: Any, db: str, access: Path | None, output: Output,
) -> None:  # fmt: skip
    """Change the user NAME, who is signed out by it."""
    password = _asked(password_file) if new_password or password_file else None
    with _accounts(db, access) as accounts:
        made = accounts.change(
            name, role=role, groups=groups or None, full=full, active=active, password=password
        )
    _show([made], output)


@user.command("list")
@_access_options
@output_options
def list_users(db: str, access: Path | None, output: Output) -> None:
    """List the users."""
    with _accounts(db, access) as accounts:
        found = accounts.all()
    _show(found, output)


@user.command("token")
@click.argument("name")
@click.option("--what", metavar="WORDS", required=True, help="What the token is for.")
@_access_options
@output_options
def token(name: str, what: str, db: str, access: Path | None, output: Output) -> None:
    """Make a token for a program that acts for NAME; its secret is shown this once."""
    with _accounts(db, access) as accounts:
        made = accounts.make_token(accounts.account(name).name, what)
    if output.as_json:
        output.one(made)
    else:
        output.say(made.secret or "")


@contextmanager
def _accounts(db: str, access: Path | None, *, create: bool = False) -> Iterator[Accounts]:
    check_installed()
    from intendance.web import Access, Accounts

    held = Access(access or access_beside(db), create=create)
    try:
        yield Accounts(held)
    finally:
        held.close()


def _asked(file: Any) -> str:
    if file is not None:
        return str(file.read()).rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("no terminal to ask for the password: give --password-file")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _show(found: list[Any], output: Output) -> None:
    rows = [Listed(e.name, e.role, tuple(e.groups), e.full, e.active, e.made) for e in found]
    output.records(Listed, rows, lambda held: _table(held, output), "user.none")


def _table(rows: Any, output: Output) -> Table:
    heads = ("name", "role", "groups", "full", "active")
    columns = tuple(Column(text(f"user.{head}", output.language)) for head in heads)
    yes, no = (text(f"user.{word}", output.language) for word in ("yes", "no"))
    cells = [
        (e.name, e.role, " ".join(e.groups), yes if e.full else no, yes if e.active else no)
        for e in rows
    ]
    return Table(columns, [Row(each) for each in cells])
