"""What a catalogue file may not hold: each error by its text, with file, entry and field."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intendance.catalogue import _files as files_room
from intendance.catalogue import load_catalogue
from intendance.catalogue._check import checked
from intendance.terms import IntendanceError


def refuse(path: Path) -> IntendanceError:
    with pytest.raises(IntendanceError) as caught:
        load_catalogue([path])
    return caught.value


GUN = '[[kind]]\nid = "gun"\nclass = "howitzer"\nen = ["gun"]\n'
TABLES = "class, kind, nation, organisation, collective, programme, maker, official, office, outlet"
SLUG = "at most 64 small letters and digits, in words joined by '-'"


@pytest.mark.parametrize(
    ("content", "where", "expected", "got"),
    [
        (
            GUN + 'size = "big"',
            "kind 'gun', field 'size'",
            "one of the fields id, en, fr, ",
            "'size'",
        ),
        (GUN + "fr = 3", "kind 'gun', field 'fr'", "array", "int"),
        (GUN + 'fr = "canon"', "kind 'gun', field 'fr'", "array", "str"),
        (GUN + "fr = [1]", "kind 'gun', field 'fr'", "str", "int"),
        (GUN + 'standard = "old"', "kind 'gun', field 'standard'", "", "Invalid enum value 'old'"),
        (GUN + 'fsc = "123"', "kind 'gun', field 'fsc'", "str matching regex", ""),
        (GUN + 'calibre = "155 mm"', "kind 'gun', field 'calibre'", "str matching regex", ""),
        ('[[kind]]\nid = "gun"\nen = ["gun"]', "kind 'gun', field 'class'", "a value", "none"),
        (
            '[[kind]]\nid = "gun"\nclass = "howitzer"',
            "kind 'gun', field 'names'",
            "at least one name",
            "none",
        ),
        ('[[kind]]\nen = ["gun"]', "kind number 1, field 'id'", "an identifier", "none"),
        ("[[kind]]\nid = 3", "kind number 1, field 'id'", "an identifier", "none"),
        ('[[kind]]\nid = "Gun 1"', "kind 'Gun 1', field 'id'", SLUG, "'Gun 1'"),
        ('[[kind]]\nid = "gun-"', "kind 'gun-', field 'id'", SLUG, "'gun-'"),
        ('[[nation]]\nid = "fr"', "nation 'fr', field 'id'", "three capital letters", "'fr'"),
        (
            GUN + 'fr = ["canon[s"]',
            "kind 'gun', field 'fr'",
            "brackets that close and don't nest",
            "'canon[s'",
        ),
        (
            GUN + 'fr = ["[a|b|c][a|b|c][a|b|c][a|b|c]"]',
            "kind 'gun', field 'fr'",
            "at most 64 forms",
            "'[a|b|c][a|b|c][a|b|c][a|b|c]'",
        ),
        (
            '[[nation]]\nid = "FRA"\nadjective.fr = ["x[s"]',
            "nation 'FRA', field 'adjective'",
            "brackets",
            "'x[s'",
        ),
        (
            '[[nation]]\nid = "FRA"\nadjective.xx = ["x"]',
            "nation 'FRA', field 'adjective'",
            "",
            "Invalid enum value 'xx'",
        ),
        (
            GUN + 'specialises = "cannon"',
            "kind 'gun', field 'specialises'",
            "an entry of the table kind",
            "'cannon', which is in no table",
        ),
        (
            GUN + 'specialises = "howitzer"',
            "kind 'gun', field 'specialises'",
            "an entry of the table kind",
            "'howitzer', which is in the table class",
        ),
        (
            GUN + 'takes = ["155mm-shell", "shot"]',
            "kind 'gun', field 'takes'",
            "an entry of the table kind or class",
            "'shot', which is in no table",
        ),
        (
            GUN + 'makers = ["FRA"]',
            "kind 'gun', field 'makers'",
            "an entry of the table maker",
            "'FRA', which is in the table nation",
        ),
        (
            '[[class]]\nid = "big"\nen = ["big things"]\nwithin = "huge"',
            "class 'big', field 'within'",
            "an entry of the table class",
            "'huge', which is in no table",
        ),
        (
            '[[collective]]\nid = "two"\nen = ["the two"]\nmembers = ["FRA", "XXX"]',
            "collective 'two', field 'members'",
            "an entry of the table nation",
            "'XXX', which is in no table",
        ),
        (
            '[[programme]]\nid = "p"\nen = ["P"]\nkind = "plan"\nparties = ["caesar"]',
            "programme 'p', field 'parties'",
            "an entry of the table nation or organisation or collective or maker",
            "'caesar', which is in the table kind",
        ),
        (
            GUN + 'replaces = ["gun"]',
            "kind 'gun', field 'replaces'",
            "another entry",
            "the entry itself",
        ),
        (
            GUN + GUN,
            "kind 'gun', field 'id'",
            "an identifier of its own",
            "one that {file} gives as well",
        ),
        (
            '[[class]]\nid = "caesar"\nen = ["x"]',
            "class 'caesar', field 'id'",
            "an entry of the table kind, as in equipment/howitzers.toml",
            "one of class",
        ),
    ],
)
def test_wrong_entries(write, content: str, where: str, expected: str, got: str) -> None:
    path = write(content)
    error = refuse(path)
    assert error.code == "catalogue.entry"
    assert error.where == f"{path}, {where}"
    assert error.expected.startswith(expected)
    assert error.got.startswith(got.format(file=path))
    assert error.message == f"Expected {error.expected}, got {error.got} - at {error.where}"


@pytest.mark.parametrize(
    ("content", "expected", "got"),
    [
        ("[[guns]]\nid = 'gun'", f"one of the tables {TABLES}, place", "'guns'"),
        ("kind = 3", "entries that each begin with [[kind]]", "'kind'"),
        ("[kind]\nid = 'gun'", "entries that each begin with [[kind]]", "'kind'"),
        ("kind = [3]", "entries that each begin with [[kind]]", "3"),
        ("[[kind]\nid", "TOML", "an error: "),
        ("x = " + "[" * 5000, "TOML", "values nested too deep"),
        (b"[[kind]]\nid = '\xe9'", "UTF-8", "byte 0xe9"),
    ],
)
def test_files_that_hold_no_entries(write, content: str | bytes, expected: str, got: str) -> None:
    path = write(content)
    error = refuse(path)
    assert (error.code, error.where, error.expected) == ("catalogue.entry", str(path), expected)
    assert error.got.startswith(got)


def test_circles(write) -> None:
    def kind(id_: str, wide: str) -> str:
        head = f'[[kind]]\nid = "{id_}"\nclass = "howitzer"\n'
        return head + f'en = ["{id_} x"]\nspecialises = "{wide}"\n'

    path = write(kind("low", "a") + kind("a", "b") + kind("b", "c") + kind("c", "a"))
    error = refuse(path)
    assert error.code == "catalogue.entry"
    assert error.message == (
        f"Expected no circle, got a > b > c > a - at {path}, kind 'a', field 'specialises'"
    )
    path = write('[[class]]\nid = "weapons"\nwithin = "artillery"\n')
    error = refuse(path)
    assert error.expected == "no circle"
    assert error.where.endswith("field 'within'")


def test_files_that_cannot_be_had(tmp_path: Path, write, monkeypatch) -> None:
    error = refuse(tmp_path / "none.toml")
    where = tmp_path / "none.toml"
    assert error.code == "input.missing"
    assert error.message == (
        f"Expected a catalogue file or a folder of them, got nothing - at {where}"
    )
    monkeypatch.setattr(files_room, "MAX_BYTES", 5)
    path = write(GUN)
    error = refuse(path)
    assert error.code == "catalogue.entry"
    assert error.message == f"Expected at most 5 bytes, got a larger file - at {path}"


def test_file_that_cannot_be_read(write, monkeypatch) -> None:
    path = write(GUN)
    real = Path.open

    def deny(self: Path, *args: object, **options: object):
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", deny)
    error = refuse(path)
    assert error.code == "input.unreadable"
    assert error.message == (
        f"Expected a catalogue file that can be read, got Permission denied - at {path}"
    )


WORDS = [
    "[[kind]]", "[[nation]]", "[kind]", "id", "=", '"gun"', '"FRA"', "en", "[", "]", '["x[s]"]',
    "class", "specialises", "\n", "3", "true", "{", "}", ".", '"howitzer"',
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=30))
def test_any_text_is_taken_or_refused(write, text: str) -> None:
    path = write(text.encode("utf-8", "surrogatepass"))
    entries: dict = {}
    try:
        files_room.extend(entries, path)
        found = checked(entries)
    except IntendanceError as error:
        assert error.code == "catalogue.entry"  # noqa: PT017
        assert str(path) in error.where  # noqa: PT017
    else:
        assert set(found) == set(entries)
