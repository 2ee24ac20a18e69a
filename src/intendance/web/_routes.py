"""The one table of routes (routes.toml): what is not in it can't be reached."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import import_module, resources
from typing import Any, Final, Literal

import msgspec

from intendance.web._types import View
from intendance.web._users import Permission

FILES: Final = ("csv", "json", "metadata.json")
"""What every table of a page is also given as."""

_IN_PATH: Final = re.compile(r"\{(\w+)\}")


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter of a route.

    ``place`` is where it comes from: ``path``, ``query`` or ``form`` (a form's field, or a field of
    the JSON object that the API takes). ``kind`` says how it is read: ``text``, ``day``,
    ``moment``, ``whole``, ``flag``, ``choice``, ``json`` or ``file``; ``many`` that it may be given
    several times.
    """

    name: str
    place: Literal["path", "query", "form"]
    kind: Literal["text", "day", "moment", "whole", "flag", "choice", "json", "file"] = "text"
    required: bool = False
    many: bool = False
    most: int = 200
    least: int = 0
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    about: str = ""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An operation that takes something which this one gives (OpenAPI's links)."""

    route: str
    parameter: str
    value: str


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """One row of routes.toml.

    ``kind`` is ``page`` (HTML, with the ``tables`` and ``charts`` that are also files), ``form``
    (what a page's form is sent to), ``api`` or ``static``. ``gives`` names the schema of the
    answer; ``many`` that it is a listing; ``status`` what success is told with; ``folds`` that a
    past day has all that the filter lets through folded; ``fails`` are the codes of errors beside
    those that any route can tell.
    """

    name: str
    path: str
    text: str
    permission: Permission
    view: str = ""
    kind: Literal["page", "form", "api", "static"] = "api"
    method: Literal["GET", "POST"] = "GET"
    fails: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    gives: str = ""
    many: bool = False
    status: int = 200
    tables: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    totals: bool = False
    folds: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files beside a page: ``donors.csv``, ``donors.svg`` ..."""
        tables = [f"{name}.{suffix}" for name in self.tables for suffix in FILES]
        charts = [f"{name}.{suffix}" for name in self.charts for suffix in (*FILES, "svg")]
        return (*tables, *charts)


@cache
def routes() -> tuple[Route, ...]:
    """All routes, in the order of the file."""
    source = resources.files(__package__).joinpath("routes.toml").read_text(encoding="utf-8")
    return routes_in(tomllib.loads(source))


def routes_in(data: dict[str, Any]) -> tuple[Route, ...]:
    """The routes of a parsed table; a slip in it raises ValueError."""
    known = {
        name: msgspec.convert({"name": name, **fields}, Parameter)
        for name, fields in data["parameter"].items()
    }
    groups: dict[str, list[str]] = data["group"]
    found = []
    for row in data["route"]:
        names = [one for each in row.get("parameters", ()) for one in groups.get(each, [each])]
        parameters = [known[name] for name in names]
        inside = [known[name] for name in _IN_PATH.findall(row["path"])]
        made = {**row, "parameters": [*inside, *parameters]}
        made["parameters"] = [msgspec.to_builtins(each) for each in made["parameters"]]
        found.append(msgspec.convert(made, Route))
    _check(found)
    return tuple(found)


@cache
def route(name: str) -> Route:
    """The route of that name."""
    return next(each for each in routes() if each.name == name)


@cache
def view_of(each: Route) -> View:
    """The function that answers a route: ``_views.ledger:page`` is ``page`` of that module."""
    module, _, name = each.view.partition(":")
    if not module.startswith(("_views.", "_api.")):
        raise ValueError(f"route {each.name}: a view is in _views or _api, not {each.view}")
    found: View = getattr(import_module(f"intendance.web.{module}"), name)
    return found


def _check(found: list[Route]) -> None:
    for part in ([each.name for each in found], [f"{each.method} {each.path}" for each in found]):
        if twice := {each for each in part if part.count(each) > 1}:
            raise ValueError(f"routes.toml: twice {sorted(twice)}")
    names = {each.name for each in found}
    for each in found:
        for link in each.links:
            if link.route not in names:
                raise ValueError(f"route {each.name}: no route {link.route}")
