"""The libraries of others in the pages: as their packages hold them, with their licences."""

from __future__ import annotations

import hashlib
import tomllib
from importlib import resources

import pytest

_FOLDER = resources.files("intendance.web").joinpath("static", "vendor")
_HELD = tomllib.loads(_FOLDER.joinpath("vendor.toml").read_text(encoding="utf-8"))["file"]


@pytest.mark.parametrize("each", _HELD, ids=lambda each: each["name"])
def test_a_library_is_what_its_package_holds(each: dict[str, str]) -> None:
    content = _FOLDER.joinpath(each["name"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == each["sha256"]


def test_every_library_is_listed_with_its_licences() -> None:
    scripts = {each.name for each in _FOLDER.iterdir() if each.name.endswith(".js")}
    assert scripts == {each["name"] for each in _HELD}
    licences = {each.name for each in _FOLDER.joinpath("licences").iterdir()}
    assert licences == {f"{name}.txt" for each in _HELD for name in each["licences"]}
    assert all(
        _FOLDER.joinpath("licences", name).read_text(encoding="utf-8").strip() for name in licences
    )
