"""Plain news clauses in English: what each says, read by the whole reader."""

from __future__ import annotations

import pytest

from intendance.reading import Document, Reader
from intendance.terms import Statement

# sentence, act, certainty, actors, recipients, item, low, high
Row = tuple[str, str, str, tuple[str, ...], tuple[str, ...], str | None, int | None, int | None]

PLAIN: list[Row] = [
    ("Germany has delivered four IRIS-T SLM air defence systems to Ukraine.",
     "deliver", "done", ("DEU",), ("UKR",), "iris-t-slm", 4, 4),
    ("The United States will send 31 Abrams tanks to Ukraine.",
     "promise", "announced", ("USA",), ("UKR",), "m1-abrams", 31, 31),
    ("France pledged to provide 12 more CAESAR howitzers to Ukraine.",
     "promise", "announced", ("FRA",), ("UKR",), "caesar", 12, 12),
    ("More than 100 Leopard 1 tanks will be delivered to Ukraine by Germany and Denmark.",
     "promise", "announced", ("DEU", "DNK"), ("UKR",), "leopard-1", 100, None),
    ("Eighteen Leopard 2 tanks were delivered to Ukraine by Germany last month.",
     "deliver", "done", ("DEU",), ("UKR",), "leopard-2", 18, 18),
    ("Norway has not delivered any Leopard tanks to Ukraine.",
     "deliver", "denied", ("NOR",), ("UKR",), "leopard-2", None, None),
    ("Germany won't send Taurus missiles to Ukraine.",
     "refuse", "announced", ("DEU",), ("UKR",), "taurus-kepd-350", None, None),
    ("Germany refused to supply Taurus missiles to Ukraine.",
     "refuse", "announced", ("DEU",), ("UKR",), "taurus-kepd-350", None, None),
    ("Spain does not want to send Leopard 2A4 tanks to Ukraine.",
     "refuse", "announced", ("ESP",), ("UKR",), "leopard-2a4", None, None),
    ("Ukraine asked Germany for Taurus missiles.",
     "request", "announced", ("UKR",), ("UKR",), "taurus-kepd-350", None, None),
    ("Kyiv has called for 128 F-16 fighter jets.",
     "request", "announced", ("UKR",), ("UKR",), "f-16", 128, 128),
    ("Ukraine's army needs 155mm shells.",
     "need", "announced", ("UKR",), ("UKR",), "155mm-shell", None, None),
    ("Lithuania ordered 44 Leopard 2A8 tanks from Rheinmetall.",
     "order", "done", ("LTU",), (), "leopard-2a8", 44, 44),
    ("The Netherlands and Denmark have bought 14 Leopard 2A4 tanks for Ukraine.",
     "order", "done", ("NLD", "DNK"), ("UKR",), "leopard-2a4", 14, 14),
    ("Lithuania's parliament approved the purchase of 44 Leopard 2A8 tanks.",
     "order", "announced", ("LTU",), (), "leopard-2a8", 44, 44),
    ("Rheinmetall will produce 100,000 artillery shells for Ukraine.",
     "produce", "announced", ("rheinmetall",), ("UKR",), "artillery-ammunition", 100000, 100000),
    ("Spain is ready to send six Leopard 2A4 tanks to Ukraine.",
     "promise", "planned", ("ESP",), ("UKR",), "leopard-2a4", 6, 6),
    ("Portugal is expected to send three Leopard 2A6 tanks to Ukraine.",
     "plan", "planned", ("PRT",), ("UKR",), "leopard-2a6", 3, 3),
    ("Bulgaria may transfer MiG-29 fighter jets to Ukraine.",
     "consider", "planned", ("BGR",), ("UKR",), "mig-29", None, None),
    ("Ukraine received 18 CAESAR howitzers from France.",
     "deliver", "done", ("FRA",), ("UKR",), "caesar", 18, 18),
    ("Berlin approved the delivery of 88 Leopard 1 tanks to Ukraine.",
     "promise", "announced", ("DEU",), ("UKR",), "leopard-1", 88, 88),
    ("Estonia plans to hand over all its FH70 howitzers to Ukraine.",
     "plan", "planned", ("EST",), ("UKR",), "fh70", None, None),
    ("Latvia donated all of its Stinger missiles to Ukraine.",
     "deliver", "done", ("LVA",), ("UKR",), "fim-92-stinger", None, None),
    ("The U.S. is considering sending ATACMS missiles to Ukraine.",
     "consider", "planned", ("USA",), ("UKR",), "atacms", None, None),
    ("Ukraine has received the first six of ten HIMARS launchers from the United States.",
     "deliver", "done", ("USA",), ("UKR",), "himars", 6, 6),
]  # fmt: skip

NEEDS_CODE: list[Row] = [
    ("Poland sent Ukraine 14 Leopard 2A4 tanks.",
     "deliver", "done", ("POL",), ("UKR",), "leopard-2a4", 14, 14),
    ("Italy and France will provide Ukraine with a SAMP/T air defence system.",
     "promise", "announced", ("ITA", "FRA"), ("UKR",), "samp-t", 1, 1),
    ("Finland is sending three Leopard 2A4 tanks to Ukraine.",
     "deliver", "under way", ("FIN",), ("UKR",), "leopard-2a4", 3, 3),
    ("Poland and Slovakia deliver MiG-29 jets to Ukraine.",
     "deliver", "under way", ("POL", "SVK"), ("UKR",), "mig-29", None, None),
    ("Tanks supplied by Poland have arrived in Ukraine.",
     "deliver", "done", ("POL",), (), "tank", None, None),
    ("Two Patriot batteries will soon be delivered to Ukraine by Germany.",
     "promise", "announced", ("DEU",), ("UKR",), "patriot", 2, 2),
    ("Switzerland rejected a request to transfer 96 Leopard 1 tanks to Ukraine.",
     "refuse", "announced", ("CHE",), ("UKR",), "leopard-1", 96, 96),
    ("German deliveries of Marder infantry fighting vehicles to Ukraine have begun.",
     "deliver", "under way", ("DEU",), ("UKR",), "marder", None, None),
    ("Britain will train Ukrainian soldiers in the United Kingdom.",
     "train", "announced", ("GBR",), ("UKR",), "training", None, None),
    ("Ukrainian soldiers are being trained on Leopard 2 tanks in Germany.",
     "train", "under way", ("DEU",), ("UKR",), "leopard-2", None, None),
    ("Belgium said that it could not deliver Leopard 1 tanks.",
     "refuse", "announced", ("BEL",), (), "leopard-1", None, None),
]  # fmt: skip


def read(reader: Reader, text: str) -> tuple[Statement, ...]:
    document = Document(text=text, kind="article", address="", raw_hash="0", language="en")
    return reader.read_document(document).statements


def said(statement: Statement) -> tuple[object, ...]:
    given = statement.quantity
    return (
        statement.act, statement.certainty, statement.actors, statement.recipients,
        statement.item, given.low, given.high,
    )  # fmt: skip


@pytest.mark.parametrize("row", PLAIN, ids=lambda row: row[0])
def test_clause(reader: Reader, row: Row) -> None:
    assert [said(each) for each in read(reader, row[0])] == [row[1:]]


@pytest.mark.parametrize("row", NEEDS_CODE, ids=lambda row: row[0])
def test_clause_that_needs_word_order(reader: Reader, row: Row) -> None:
    assert [said(each) for each in read(reader, row[0])] == [row[1:]]


def test_list_of_items(reader: Reader) -> None:
    text = (
        "Germany has promised to deliver 40 Marder infantry fighting vehicles, "
        "14 Leopard 2 tanks and one Patriot battery to Ukraine."
    )
    found = {(each.item, each.quantity.exact, each.actors) for each in read(reader, text)}
    assert found == {
        ("marder", 40, ("DEU",)), ("leopard-2", 14, ("DEU",)), ("patriot", 1, ("DEU",)),
    }  # fmt: skip


def test_package_with_contents(reader: Reader) -> None:
    text = (
        "The Netherlands announced a package of $400 million for Ukraine, "
        "including 45 T-72 tanks and two Patriot launchers."
    )
    found = read(reader, text)
    assert {(each.act, each.item, each.quantity.exact) for each in found} >= {
        ("promise", "t-72", 45), ("promise", "patriot", 2),
    }  # fmt: skip
    (money,) = {each.money for each in found if each.money is not None}
    assert money.low == 400_000_000
    assert money.currency == "USD"


@pytest.mark.parametrize(
    ("text", "low", "currency"),
    [
        ("Canada allocated $500 million for Ukraine.", 500_000_000, "USD"),
        ("Norway allocated 1.5 billion euros for Ukraine.", 1_500_000_000, "EUR"),
        ("Britain ordered 5,000 NLAW missiles worth £229 million from Saab.", 229_000_000, "GBP"),
    ],
)
def test_money(reader: Reader, text: str, low: int, currency: str) -> None:
    (found,) = read(reader, text)
    assert found.money is not None
    assert found.money.low == low
    assert found.money.high == low
    assert found.money.currency == currency


def test_supplier_of_an_order(reader: Reader) -> None:
    (found,) = read(reader, "Lithuania ordered 44 Leopard 2A8 tanks from Rheinmetall.")
    assert found.suppliers == ("rheinmetall",)


def test_speaker_and_first_person(reader: Reader) -> None:
    (found,) = read(reader, '"We will send 20 Marder infantry fighting vehicles," Scholz said.')
    assert (found.act, found.actors, found.item) == ("promise", ("DEU",), "marder")
    assert found.speaker == "olaf-scholz"


def test_first_of_several(reader: Reader) -> None:
    (found,) = read(reader, "The first of four IRIS-T SLM systems has arrived in Ukraine.")
    assert (found.quantity.exact, found.part_of and found.part_of.exact) == (1, 4)


def test_quotes_slice_the_text(reader: Reader) -> None:
    text = " ".join(row[0] for row in PLAIN)
    document = Document(text=text, kind="article", address="", raw_hash="0", language="en")
    found = reader.read_document(document).statements
    assert len(found) >= len(PLAIN)
    assert all(text[each.start : each.end] == each.quote for each in found)
