"""The parameters of a request, read as routes.toml declares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from intendance.terms import IntendanceError, span_of
from intendance.web._routes import Parameter, Route
from intendance.web._types import Upload

_TRUE: Final = frozenset({"1", "true", "yes", "on"})
_FALSE: Final = frozenset({"", "0", "false", "no", "off"})
_MOST_DIGITS: Final = 18
"""The ledger keeps whole numbers of 64 bits."""


class Stated(msgspec.Struct, frozen=True):
    """A value of a JSON object: it says itself what it is, where a text has to be read."""

    value: Any


Given = Mapping[str, Sequence[Any]]
"""What came under each name: texts, uploads, or the one value of a JSON object, ``Stated``."""


def read_parameters(
    route: Route, path: Mapping[str, str], query: Given, form: Given
) -> dict[str, Any]:
    """The values of all parameters of a route by name; those not given have their default.

    Raises IntendanceError ``web.parameter`` for a value that is none, one given twice, one that is
    missing and, for the API, a name that the route does not have.
    """
    places: dict[str, Given] = {
        "path": {name: [value] for name, value in path.items()},
        "query": query,
        "form": form,
    }
    if route.kind == "api":
        _refuse_unknown(route, places)
    return {
        each.name: _value(each, places[each.place].get(each.name, ())) for each in route.parameters
    }


def _refuse_unknown(route: Route, places: Mapping[str, Given]) -> None:
    known = {(each.place, each.name) for each in route.parameters}
    for place in ("query", "form"):
        for name in places[place]:
            if (place, name) not in known:
                raise _wrong(name, "a parameter of this route", "one that it does not have")


def _value(each: Parameter, given: Sequence[Any]) -> Any:
    if given and isinstance(given[0], Stated):
        stated = given[0].value
        if each.kind == "json":
            return stated
        given = stated if isinstance(stated, list) else [stated]
    if not given or (not each.required and list(given) == [""]):
        if each.required:
            raise _wrong(each.name, "a value", "none")
        return [] if each.many else False if each.kind == "flag" else each.default
    if each.many:
        if len(given) > each.most:
            raise _wrong(each.name, f"{each.most} values at most", f"{len(given)}")
        return [_one(each, one) for one in given]
    if len(given) > 1:
        raise _wrong(each.name, "one value", f"{len(given)}")
    return _one(each, given[0])


def _one(each: Parameter, given: Any) -> Any:
    if each.kind == "json":
        return _json(each, given) if isinstance(given, str) else given
    if each.kind == "file":
        if not isinstance(given, Upload):
            raise _wrong(each.name, "a file", "something else")
        return given
    if isinstance(given, bool) and each.kind == "flag":
        return given
    if isinstance(given, int) and not isinstance(given, bool) and each.kind == "whole":
        given = str(given)
    if not isinstance(given, str):
        raise _wrong(each.name, f"a {each.kind}", type(given).__name__)
    return _from_text(each, given)


def _from_text(each: Parameter, given: str) -> Any:
    if "\x00" in given:
        raise _wrong(each.name, "text", "text with a NUL")
    try:
        given.encode()
    except UnicodeEncodeError:
        raise _wrong(each.name, "text", "half of a surrogate pair") from None
    if each.kind == "whole":
        return _whole(each, given)
    if each.kind == "flag":
        return _flag(each, given)
    if not each.many and len(given) > each.most:
        raise _wrong(each.name, f"{each.most} characters at most", f"{len(given)}")
    if each.kind == "choice" and given not in each.choices:
        raise _wrong(each.name, "one of " + ", ".join(each.choices), repr(given[:40]))
    if each.kind == "day":
        span_of(given, each.name)
    return given


def _flag(each: Parameter, given: str) -> bool:
    if given.lower() in _TRUE:
        return True
    if given.lower() in _FALSE:
        return False
    raise _wrong(each.name, "true or false", repr(given[:40]))


def _whole(each: Parameter, given: str) -> int:
    digits = given.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
        raise _wrong(
            each.name, f"a whole number of {_MOST_DIGITS} digits at most", repr(given[:40])
        )
    found = int(given)
    if not each.least <= found <= each.most:
        raise _wrong(each.name, f"a number from {each.least} to {each.most}", given)
    return found


def _json(each: Parameter, given: str) -> Any:
    try:
        return msgspec.json.decode(given.encode())
    except (msgspec.DecodeError, UnicodeEncodeError):
        raise _wrong(each.name, "JSON", repr(given[:40])) from None


def _wrong(name: str, expected: str, got: str) -> IntendanceError:
    return IntendanceError("web.parameter", expected=expected, got=got, where=f"'{name[:80]}'")
