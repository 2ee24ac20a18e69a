"""A data package goes out of one ledger and makes another one alike."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import intendance
from intendance.api import Books
from intendance.exchange import export, import_package, read_kiel
from intendance.ledger import Filter
from intendance.terms import IntendanceError


@pytest.mark.parametrize("texts", [False, True])
@pytest.mark.parametrize("name", ["package", "package.zip"])
def test_an_empty_ledger_comes_to_have_the_same_digest(
    books: Books, tmp_path: Path, name: str, texts: bool
) -> None:
    export(books, "package", tmp_path / name, texts=texts)
    with intendance.open_ledger(tmp_path / "new.db") as other:
        done = import_package(other, tmp_path / name)
        assert done.same is True
        assert other.digest() == books.digest()
        assert other.verify().ok
        assert other.verify().digest == books.digest()
        assert other.statements() == books.statements()
        assert other.reports() == books.reports()
        assert other.decisions() == books.decisions()
        assert other.commitments() == books.commitments()
        assert other.conflicts() == books.conflicts()
        for day in ("2023-04-30", "2023-05-02", "2023-05-03"):
            assert other.commitments(as_of=day) == books.commitments(as_of=day)


def test_the_same_package_twice_changes_nothing(books: Books, tmp_path: Path) -> None:
    export(books, "package", tmp_path / "package")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        import_package(other, tmp_path / "package")
        again = import_package(other, tmp_path / "package" / "datapackage.json")
        assert (again.added.reports, again.added.statements, again.same) == (0, 0, None)
        assert other.digest() == books.digest()


def test_the_package_of_the_new_ledger_is_the_same(books: Books, tmp_path: Path) -> None:
    export(books, "package", tmp_path / "package")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        import_package(other, tmp_path / "package")
        export(other, "package", tmp_path / "again")
    for path in (tmp_path / "package").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


def test_without_texts_only_quotes_go_along(books: Books, tmp_path: Path) -> None:
    export(books, "package", tmp_path / "package")
    held = b"".join(path.read_bytes() for path in (tmp_path / "package").iterdir())
    assert b"how the parts are packed" not in held
    with intendance.open_ledger(tmp_path / "new.db") as other:
        import_package(other, tmp_path / "package")
        for said in other.statements():
            assert other.text(said.report)[said.start : said.end] == said.quote


def test_a_part_of_a_ledger_can_be_taken_in(books: Books, tmp_path: Path) -> None:
    export(books, "package", tmp_path / "package", filter=Filter(donor="FRA"))
    with intendance.open_ledger(tmp_path / "new.db") as other:
        done = import_package(other, tmp_path / "package")
        assert done.same is None
        assert other.commitments() == books.commitments(Filter(donor="FRA"))


def test_editions_of_a_data_set_come_back_with_what_they_cite(
    books: Books, tmp_path: Path, kiel_file: Callable[..., Path], build: ModuleType
) -> None:
    """The newer edition counts, and a row that cites a report of the ledger adds no witness."""
    row = {"Items": "Leopard 2 tank", "Type of Item": "Heavy weapon", "No. of Units": "3"}
    delivered = "No. of Units Delivered (in-kind military aid)"
    for number, retrieved in (("1", "02/01/2023"), ("2", "05/01/2023")):
        edition = row | {delivered: number, "retrieved": f"{retrieved}, 10:00:00"}
        other = {"ID": "LUM9", "Announcement Date": "sometime", "No. of Units": "5.33"}
        path = kiel_file([edition, edition | other], f"{number}.csv")
        made = read_kiel(path, books.catalogue)
        books.bring(made, partial(getattr, made, "rejected"))
    books.add(
        [
            build.one("Luxembourg promised 3 Leopard 2.", build.promise("LUX", 3, "leopard-2"),
                      "2022-05-02", address="https://www.example.org/news/1")
        ]
    )  # fmt: skip
    _comes_back(books, tmp_path)
    (tank,) = books.commitments(Filter(donor="LUX", item="leopard-2", stage="delivered"))
    assert tank.stages["delivered"].quantity.exact == 2


def test_what_was_redacted_is_in_no_package(books: Books, tmp_path: Path) -> None:
    """A report and a statement are gone, with the decision about them; the rest comes back."""
    joint, polish = (books.commitments(Filter(donor=each))[0] for each in ("DNK", "POL"))
    report = next(each.report for each in books.statements() if each.id == joint.anchor)
    books.decide("grade", [joint.anchor, polish.anchor], "B2", by="A", why="seen")
    books.redact(report, "An administrator", "law")
    quote = next(each.quote for each in books.statements() if each.id == polish.anchor)
    books.redact(polish.anchor, "An administrator", "safety")
    _comes_back(books, tmp_path)
    held = b"".join(path.read_bytes() for path in (tmp_path / "package").iterdir())
    assert b"Denmark and the Netherlands" not in held
    assert quote.encode() not in held


def _comes_back(books: Books, tmp_path: Path) -> None:
    export(books, "package", tmp_path / "package", texts=True)
    with intendance.open_ledger(tmp_path / "new.db") as other:
        assert import_package(other, tmp_path / "package").same is True
        assert other.verify().digest == books.digest()
        assert other.commitments() == books.commitments()
        assert other.conflicts() == books.conflicts()


def keep_tables(ledger: Books) -> None:
    """An open table of prices and a marked inventory, whose second edition counts."""
    price = {"item": "caesar", "price": "5000000.50", "currency": "EUR", "date": "2023",
             "kind": "book", "source": "=Invented", "high": None, "unit": ""}  # fmt: skip
    ledger.supply("price", "ours", [price], file="p.csv", file_hash="aa")
    for count in (1, 2):
        rows = [{"nation": "POL", "item": "leopard-2", "quantity": count}]
        ledger.supply("inventory", "stock", rows, owner="POL", marking="POL NORDIC")


def test_tables_that_users_filled_in_stay_at_home_unless_asked_for(
    books: Books, tmp_path: Path
) -> None:
    keep_tables(books)
    for wanted, names in (("none", []), ("open", ["ours"]), ("marked", ["stock", "ours"])):
        folder = tmp_path / wanted
        export(books, "package", folder, supplied=wanted)  # type: ignore[arg-type]  # a Tables
        assert (folder / "supplied.csv").exists() is (wanted != "none")
        held = b"".join(path.read_bytes() for path in folder.iterdir())
        assert (b"NORDIC" in held) is (wanted == "marked")
        with intendance.open_ledger(tmp_path / f"{wanted}.db") as other:
            assert import_package(other, folder).same is True
            mine = {each.name: each for each in books.supplied()}
            found = other.supplied()
            assert [each.name for each in found] == names
            for each in found:
                assert msgspec.structs.replace(each, when="") == msgspec.structs.replace(
                    mine[each.name], when=""
                )


def test_no_marking_is_lost_to_a_package(books: Books, tmp_path: Path) -> None:
    """A table that the other ledger has already stays as it is, with its marking."""
    books.supply("inventory", "stock", [{"nation": "POL", "item": "leopard-2", "quantity": 9}])
    export(books, "package", tmp_path / "package", supplied="open")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        keep_tables(other)
        import_package(other, tmp_path / "package")
        (stock,) = other.supplied("inventory")
        assert (stock.marking, stock.rows[0]["quantity"]) == ("POL NORDIC", 2)


def test_a_table_of_an_unknown_kind_keeps_everything_out(books: Books, tmp_path: Path) -> None:
    books.supply("positions", "sites", [{"where": "x"}])
    export(books, "package", tmp_path / "package", supplied="open")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        with pytest.raises(IntendanceError) as caught:
            import_package(other, tmp_path / "package")
        assert caught.value.message == (
            "Expected one of price, exchange-rate, line, budget, inventory, requirement, "
            "fleets, parts, rates, shops, spares, batches, "
            "got 'positions' - at supplied.csv, row 2"
        )
        assert not any(other.counts().values())


def test_only_a_package_takes_supplied_tables(books: Books, tmp_path: Path) -> None:
    with pytest.raises(IntendanceError) as caught:
        export(books, "csv", tmp_path / "tables", supplied="open")
    assert caught.value.message == (
        "Expected a package, where supplied tables are wanted, got csv - at export, supplied"
    )


def test_what_is_read_first_keeps_its_text(books: Books, tmp_path: Path, build: ModuleType) -> None:
    reading = build.one("Poland promised 4 Leopard 2A6.", build.promise("POL", 4, "leopard-2a6"))
    export(books, "package", tmp_path / "package")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        other.add([reading])
        done = import_package(other, tmp_path / "package")
        assert done.same is None
        assert other.text(reading.report.id) == reading.text
        assert other.digest() == books.digest()


def test_an_imported_ledger_goes_on(books: Books, tmp_path: Path, build: ModuleType) -> None:
    export(books, "package", tmp_path / "package")
    more = build.one("France delivered 2 Caesar.", build.deliver("FRA", 2, "caesar"), "2025-01-01")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        import_package(other, tmp_path / "package")
        other.add([more])
        books.add([more])
        assert other.digest() == books.digest()
        copied = next(each for each in other.reports() if each.copy_of)
        for ledger in (books, other):
            ledger.redact(copied.copy_of or "", "A", "the law")
        assert other.commitments() == books.commitments()


def test_the_descriptor_describes_every_cell(books: Books, tmp_path: Path) -> None:
    export(books, "package", tmp_path / "package", texts=True)
    descriptor = json.loads((tmp_path / "package" / "datapackage.json").read_text("utf-8"))
    assert {"title": "A framework", "path": "https://example.net/2", "terms": "CC BY 4.0"} in (
        descriptor["sources"]
    )
    names = {each["path"] for each in descriptor["resources"]}
    assert names | {"datapackage.json"} == {e.name for e in (tmp_path / "package").iterdir()}
    for resource in descriptor["resources"]:
        path = tmp_path / "package" / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        if resource["format"] == "csv":
            _check_table(path, resource["schema"])


def _check_table(path: Path, schema: dict) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = [field["name"] for field in schema["fields"]]
    assert not rows or list(rows[0]) == names
    for row in rows:
        for field in schema["fields"]:
            cell = row[field["name"]]
            if cell in schema["missingValues"]:
                continue
            kind = field["type"]
            if kind in ("integer", "number"):
                float(cell)
            elif kind == "boolean":
                assert cell in ("true", "false")
            elif kind in ("array", "object"):
                assert isinstance(json.loads(cell), list if kind == "array" else dict)
            elif kind == "date":
                assert len(cell) == 10
            else:
                assert kind == "string"
    keys = [tuple(row[name] for name in schema.get("primaryKey", names)) for row in rows]
    assert len(keys) == len(set(keys)), path.name


def _changed(package: Path, name: str, change) -> None:
    path = package / name
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def _ninth(text: str) -> str:
    return text.replace('"version": 1', '"version": 9')


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda p: _changed(p, "statements.csv", lambda t: t.replace("Poland", "Norway")),
         "Expected the file that was written, got another one - at "),
        (lambda p: (p / "readings.csv").unlink(), "Expected a table readings.csv, got none - at "),
        (lambda p: _changed(p, "datapackage.json", _ninth),
         "Expected a package of version 1, got version 9 - at "),
        (lambda p: _changed(p, "datapackage.json", lambda t: "[]"),
         "Expected the descriptor of a ledger's data package, got "),
    ],
)  # fmt: skip
def test_a_package_that_was_changed_is_refused(
    books: Books, tmp_path: Path, spoil, message: str
) -> None:
    export(books, "package", tmp_path / "package")
    spoil(tmp_path / "package")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        with pytest.raises(IntendanceError) as caught:
            import_package(other, tmp_path / "package")
        assert caught.value.code == "table.unreadable"
        assert caught.value.message.startswith(message)
        assert other.counts()["reports"] == 0


def _with_hashes(package: Path) -> None:
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    for each in descriptor["resources"]:
        data = (package / each["path"]).read_bytes()
        each["hash"] = "sha256:" + hashlib.sha256(data).hexdigest()
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")


def test_a_row_that_is_wrong_is_named_and_nothing_comes_in(books: Books, tmp_path: Path) -> None:
    export(books, "package", tmp_path / "package")
    _changed(tmp_path / "package", "statements.csv", lambda t: t.replace(",announced,", ",sure,"))
    _with_hashes(tmp_path / "package")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        with pytest.raises(IntendanceError) as caught:
            import_package(other, tmp_path / "package")
        assert caught.value.message.startswith("Expected a row of StatementRow, got Invalid enum")
        assert "at statements.csv, row " in caught.value.message
        assert other.counts()["reports"] == 0


def test_a_table_without_a_column_and_a_report_without_a_reading(
    books: Books, tmp_path: Path
) -> None:
    export(books, "package", tmp_path / "package")
    shutil.copytree(tmp_path / "package", tmp_path / "second")
    _changed(tmp_path / "package", "copies.csv", lambda t: t.replace("report", "other"))
    _changed(tmp_path / "second", "readings.csv", lambda t: t.split("\n")[0] + "\n")
    messages = []
    for name in ("package", "second"):
        _with_hashes(tmp_path / name)
        with (
            intendance.open_ledger(tmp_path / f"{name}.db") as other,
            pytest.raises(IntendanceError) as caught,
        ):
            import_package(other, tmp_path / name)
        messages.append(caught.value.message)
    assert messages[0] == "Expected a column 'report', got none - at copies.csv, header"
    assert messages[1].startswith("Expected a reading of each report, got none - at readings.csv, ")


def test_what_is_no_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_text("a,b")
    (tmp_path / "broken.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    expected = {
        "some.csv": "Expected a folder, a zip archive or a datapackage.json, got another file - ",
        "nothing": "Expected a data package, got nothing - at ",
        "broken.zip": "Expected the descriptor of a ledger's data package, got ",
    }
    with intendance.open_ledger(tmp_path / "new.db") as other:
        for name, message in expected.items():
            with pytest.raises(IntendanceError) as caught:
                import_package(other, tmp_path / name)
            assert caught.value.message.startswith(message)


def test_a_long_quote_comes_through_and_the_limit_of_others_stays(
    tmp_path: Path, build: ModuleType
) -> None:
    words = "Poland promised " + "very " * 40_000 + "4 Leopard 2A6."
    before = csv.field_size_limit()
    with intendance.open_ledger(tmp_path / "long.db") as ledger:
        ledger.add([build.one(words, build.promise("POL", 4, "leopard-2a6"))])
        export(ledger, "package", tmp_path / "package")
    with intendance.open_ledger(tmp_path / "new.db") as other:
        assert import_package(other, tmp_path / "package").same is True
        assert other.statements()[0].quote == words
    assert csv.field_size_limit() == before
