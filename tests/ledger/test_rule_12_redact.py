"""Rule 12: what is redacted leaves the database; a tombstone keeps who, when and on what ground."""

from __future__ import annotations

import subprocess

import pytest

from intendance.terms import IntendanceError

SECRET = "Zephyrine Quillmark"


def secret_reading(build, **more):
    return build.reading_of(
        [
            (f"{SECRET} said that Germany promised four.", build.promise("DEU", 4, "caesar")),
            ("Germany delivered one.", build.deliver("DEU", 1, "caesar")),
        ],
        "2023-01-10",
        **(
            {"address": "https://example.org/Quillmark-page", "title": f"What {SECRET} said"} | more
        ),
    )


def fill(ledger, build):
    reading = secret_reading(build)
    ledger.add([reading, *build.some_readings(6)])
    said = reading.statements[0]
    ledger.decide(
        "correct", [said.id], f'{{"speaker": "{SECRET}"}}', by="A. Clerk", why=f"as {SECRET} says"
    )
    ledger.decide("grade", [said.id], "B2", by="A. Clerk", why=f"{SECRET} is known")
    return reading


def test_rule_12_every_word_leaves_the_file(tmp_path, file_ledger, build):
    reading = fill(file_ledger, build)
    assert b"Quillmark" in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    stone = file_ledger.redact(reading.report.id, by="D. Admin", ground="a court order")
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        for word in (b"Quillmark", b"Zephyrine", b"Germany promised four"):
            assert word not in content, path.name
    assert stone.report == reading.report.id
    file_ledger.close()
    for path in tmp_path.iterdir():
        assert b"Quillmark" not in path.read_bytes()


def test_rule_12_every_word_leaves_the_server(postgres_server, open_ledger, build, request):
    ledger = open_ledger()
    if ledger._store.sqlite:
        pytest.skip("the file is looked at elsewhere")
    reading = fill(ledger, build)
    ledger.redact(reading.report.id, by="D. Admin", ground="a court order")
    with ledger._store.reading() as connection:
        from intendance.ledger._schema import metadata

        for table in metadata.sorted_tables:
            rows = connection.execute(table.select()).all()
            shown = [bytes(v) if isinstance(v, memoryview) else v for row in rows for v in row]
            assert "Quillmark" not in str(shown)
        path = connection.exec_driver_sql("SHOW data_directory").scalar()
        connection.exec_driver_sql("SELECT 1")
    checkpoint = ledger._store._engine.raw_connection()
    checkpoint.driver_connection.execute("CHECKPOINT")
    checkpoint.close()
    command = ["grep", "-rlaE", "Quillmark|Germany promised four", f"{path}/base"]
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.stdout == ""


def test_rule_12_the_tombstone_keeps_what_was_touched(ledger, build):
    reading = fill(ledger, build)
    touched = {
        each.id for each in ledger.commitments()
        if each.donors == ("DEU",) and each.item == "caesar"
    }  # fmt: skip
    stone = ledger.redact(reading.report.id, by="D. Admin", ground="a court order")
    assert (stone.by, stone.ground, stone.id) == ("D. Admin", "a court order", reading.report.id)
    assert touched & set(stone.touched)
    assert ledger.tombstones() == [stone]
    assert ledger.verify().ok
    for decision in ledger.decisions():
        assert decision.why == "redacted"
        assert SECRET not in (decision.value or "")


def test_rule_12_the_figures_are_those_of_a_ledger_that_never_held_it(open_ledger, build):
    others = build.some_readings(12)
    reading = secret_reading(build)
    one, other = open_ledger(), open_ledger()
    one.add([*others, reading])
    one.redact(reading.report.id, by="D", ground="G")
    other.add(others)
    assert one.digest() == other.digest()
    assert one.commitments() == other.commitments()
    assert one.reports() == other.reports()


def test_rule_12_what_was_redacted_stays_out(ledger, build):
    reading = fill(ledger, build)
    ledger.redact(reading.report.id, by="D", ground="G")
    digest = ledger.digest()
    added = ledger.add([reading, secret_reading(build, address="https://elsewhere.example")])
    assert added.redacted == (reading.report.id,)
    assert (added.reports, added.statements) == (0, 0)
    assert ledger.digest() == digest
    with pytest.raises(IntendanceError, match="which was redacted") as caught:
        ledger.why(reading.report.id)
    assert caught.value.code == "id.unknown"


def test_rule_12_one_statement_with_all_that_repeats_its_words(tmp_path, file_ledger, build):
    reading = fill(file_ledger, build)
    said = reading.statements[0]
    stone = file_ledger.redact(said.id, by="D", ground="G")
    assert (stone.id, stone.report) == (said.id, reading.report.id)
    text = file_ledger.text(reading.report.id)
    assert text == "\u2588" * len(said.quote) + " Germany delivered one."
    left = [each for each in file_ledger.statements() if each.report == reading.report.id]
    assert [each.quote for each in left] == ["Germany delivered one."]
    assert set(left[0].prefix) == {"\u2588", " "}
    assert file_ledger.verify().ok
    assert file_ledger.add([reading]).redacted == (reading.report.id,)
    for path in tmp_path.iterdir():
        assert b"Germany promised four" not in path.read_bytes()


def test_rule_12_a_copy_is_named_and_its_component_worked_out_anew(ledger, build):
    words = " ".join(f"word{number}" for number in range(150)) + ". "
    said = build.promise("DEU", 4, "caesar")
    copies = [
        build.one(
            "Germany promised four.",
            said,
            f"2023-01-1{day}",
            publisher=f"P{day}",
            filler=f"Edition {day}. {words}",
        )
        for day in range(3)
    ]
    ledger.add(copies)
    first, second, third = (each.report.id for each in copies)
    assert {r.id: r.copy_of for r in ledger.reports()} == {first: None, second: first, third: first}
    stone = ledger.redact(first, by="D", ground="G")
    assert set(stone.copies) == {second, third}
    assert {r.id: r.copy_of for r in ledger.reports()} == {second: None, third: second}
    assert ledger.verify().ok


def test_rule_12_a_redaction_cut_short_is_finished_later(tmp_path, file_ledger, build, monkeypatch):
    from intendance.ledger import Ledger
    from intendance.ledger._engine import Store

    reading = fill(file_ledger, build)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "sweep", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            file_ledger.redact(reading.report.id, by="D", ground="G")
    file_ledger.close()
    Ledger.open(tmp_path / "ledger.db").close()
    assert b"Quillmark" not in (tmp_path / "ledger.db").read_bytes()


def test_rule_12_a_correction_of_several_loses_its_words_for_all(ledger, build):
    reading = secret_reading(build)
    other = build.one("France promised two.", build.promise("FRA", 2, "caesar"), "2023-01-10")
    ledger.add([reading, other])
    both = [reading.statements[0].id, other.statements[0].id]
    ledger.decide("correct", both, f'{{"item": "patriot", "speaker": "{SECRET}"}}', by="A", why="B")
    assert {each.item for each in ledger.commitments() if each.donors == ("FRA",)} == {"patriot"}
    ledger.redact(reading.report.id, by="D", ground="G")
    assert [each.item for each in ledger.commitments()] == ["caesar"]
    assert ledger.decisions()[0].value == "redacted"
    assert ledger.verify().ok


@pytest.mark.parametrize(("by", "ground"), [("", "G"), ("D", " ")])
def test_rule_12_who_and_why_are_needed(ledger, build, by, ground):
    reading = fill(ledger, build)
    with pytest.raises(IntendanceError, match="Expected words for") as caught:
        ledger.redact(reading.report.id, by=by, ground=ground)
    assert caught.value.code == "decision.invalid"


def test_rule_12_only_reports_and_statements_can_be_redacted(ledger, build):
    fill(ledger, build)
    with pytest.raises(IntendanceError, match="the identifier of a report or statement"):
        ledger.redact(ledger.commitments()[0].id, by="D", ground="G")


STORY = " ".join(f"word{number}" for number in range(120)) + ". "


def _story(build, words, **more):
    said = build.promise("DEU", 4, "caesar")
    return build.one("Germany promised four.", said, "2023-01-10", filler=words, **more)


def test_rule_12_a_near_copy_of_what_was_redacted_is_held_back(ledger, build):
    first = _story(build, STORY)
    near = _story(build, STORY.replace("word7 ", "another ") + "PS. ")
    other = _story(build, " ".join(reversed(STORY.split())) + ". ")
    ledger.add([first])
    stone = ledger.redact(first.report.id, by="D. Admin", ground="a court order")
    added = ledger.add([first, near, other])
    assert added.redacted == (first.report.id,)
    assert added.held_back == ((near.report.id, stone.id),)
    assert [each.id for each in ledger.reports()] == [other.report.id]
    assert ledger.verify().ok


def test_rule_12_a_copy_that_was_held_before_stays_and_can_be_read_again(ledger, build):
    first, near = _story(build, STORY), _story(build, STORY + "PS. ")
    ledger.add([first, near])
    stone = ledger.redact(first.report.id, by="D. Admin", ground="a court order")
    assert stone.copies == (near.report.id,)
    assert ledger.add([near]).held_back == ()
    assert [each.id for each in ledger.reports()] == [near.report.id]


def test_rule_12_rows_of_a_data_set_are_near_copies_of_nothing(ledger, build):
    first = _story(build, STORY)
    row = _story(build, STORY + "PS. ", kind="table")
    ledger.add([first])
    ledger.redact(first.report.id, by="D. Admin", ground="a court order")
    assert ledger.add([row]).held_back == ()


def test_rule_12_what_is_kept_of_a_redacted_text_proves_no_words():
    """One run of words in 256 leaves the same byte: what is kept fits any number of others."""
    from intendance.ledger import _minhash as minhash

    kept = minhash.trace(minhash.minima(minhash.shingles(STORY)))
    assert len(kept) == 64
    others = {f"other{number} words that nobody wrote" for number in range(20_000)}
    fitting = 0
    for each in others:
        found = minhash.minima(minhash.shingles(each))
        fitting += minhash.trace(found)[0] == kept[0]
    assert fitting > 20
