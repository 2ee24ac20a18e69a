"""Plain news clauses in German: what each says, read by the whole reader."""

from __future__ import annotations

import pytest

from intendance.reading import Document, Reader
from intendance.terms import Statement

# sentence, act, certainty, actors, recipients, item, low, high
Row = tuple[str, str, str, tuple[str, ...], tuple[str, ...], str | None, int | None, int | None]

PLAIN: list[Row] = [
    ("Die Ukraine braucht 300 Kampfpanzer.",
     "need", "announced", ("UKR",), ("UKR",), "tank", 300, 300),
    ("Kiew erhielt 18 CAESAR aus Frankreich.",
     "deliver", "done", ("FRA",), ("UKR",), "caesar", 18, 18),
    ("Griechenland erhält von Deutschland 40 Schützenpanzer Marder.",
     "deliver", "under way", ("DEU",), ("GRC",), "marder", 40, 40),
    ("Litauen prüft den Kauf von 44 Leopard 2A8.",
     "order", "planned", ("LTU",), (), "leopard-2a8", 44, 44),
    ("Schweden liefert keine Gripen an die Ukraine.",
     "refuse", "announced", ("SWE",), ("UKR",), "gripen", None, None),
    ("Dänemark liefert 19 CAESAR an die Ukraine.",
     "deliver", "under way", ("DNK",), ("UKR",), "caesar", 19, 19),
    ("Polen schickte 14 Leopard 2A4 an die Ukraine.",
     "deliver", "done", ("POL",), ("UKR",), "leopard-2a4", 14, 14),
    ("Litauen bestellte 44 Leopard 2A8 bei Rheinmetall.",
     "order", "done", ("LTU",), (), "leopard-2a8", 44, 44),
    ("Deutschland verweigert die Lieferung von Taurus an die Ukraine.",
     "refuse", "announced", ("DEU",), ("UKR",), "taurus-kepd-350", None, None),
]  # fmt: skip

NEEDS_CODE: list[Row] = [
    ("Deutschland hat der Ukraine vier Flugabwehrsysteme vom Typ IRIS-T SLM geliefert.",
     "deliver", "done", ("DEU",), ("UKR",), "iris-t-slm", 4, 4),
    ("Am Montag hat Polen der Ukraine 14 Leopard 2A4 übergeben.",
     "deliver", "done", ("POL",), ("UKR",), "leopard-2a4", 14, 14),
    ("Vier Patriot-Systeme hat Deutschland an die Ukraine abgegeben.",
     "deliver", "done", ("DEU",), ("UKR",), "patriot", 4, 4),
    ("Norwegen hat keine Leopard 2 an die Ukraine geliefert.",
     "deliver", "denied", ("NOR",), ("UKR",), "leopard-2", None, None),
    ("Mehr als 100 Leopard 1 wurden von Deutschland und Dänemark an die Ukraine geliefert.",
     "deliver", "done", ("DEU", "DNK"), ("UKR",), "leopard-1", 100, None),
    ("Deutschland wird der Ukraine 14 Kampfpanzer Leopard 2A6 liefern.",
     "promise", "announced", ("DEU",), ("UKR",), "leopard-2a6", 14, 14),
    ("Scholz sagte, dass Deutschland der Ukraine 14 Leopard 2A6 liefern werde.",
     "promise", "announced", ("DEU",), ("UKR",), "leopard-2a6", 14, 14),
    ("Lambrecht sagte, Deutschland werde der Ukraine 15 Gepard liefern.",
     "promise", "announced", ("DEU",), ("UKR",), "gepard", 15, 15),
    ("Deutschland sagt der Ukraine 40 Schützenpanzer Marder zu.",
     "promise", "announced", ("DEU",), ("UKR",), "marder", 40, 40),
    ("Die Bundesregierung hat der Ukraine 40 Schützenpanzer Marder zugesagt.",
     "promise", "announced", ("DEU",), ("UKR",), "marder", 40, 40),
    ("Polen hat zugesagt, der Ukraine 14 Leopard 2A4 zu liefern.",
     "promise", "announced", ("POL",), ("UKR",), "leopard-2a4", 14, 14),
    ("Spanien ist bereit, der Ukraine sechs Leopard 2A4 zu liefern.",
     "promise", "planned", ("ESP",), ("UKR",), "leopard-2a4", 6, 6),
    ("Spanien will der Ukraine sechs Leopard 2A4 liefern.",
     "plan", "planned", ("ESP",), ("UKR",), "leopard-2a4", 6, 6),
    ("Die Bundesregierung erwägt, der Ukraine Taurus-Marschflugkörper zu liefern.",
     "consider", "planned", ("DEU",), ("UKR",), "taurus-kepd-350", None, None),
    ("Deutschland lehnt die Lieferung von Taurus-Marschflugkörpern an die Ukraine ab.",
     "refuse", "announced", ("DEU",), ("UKR",), "taurus-kepd-350", None, None),
    ("Deutschland liefert der Ukraine 18 Panzerhaubitzen 2000.",
     "deliver", "under way", ("DEU",), ("UKR",), "pzh-2000", 18, 18),
    ("Schweden und Dänemark schicken der Ukraine 50 CV90.",
     "deliver", "under way", ("SWE", "DNK"), ("UKR",), "cv90", 50, 50),
    ("Deutschland hat bei Rheinmetall 105 Leopard 2A8 bestellt.",
     "order", "done", ("DEU",), (), "leopard-2a8", 105, 105),
    ("Dänemark hat bei Nexter 19 CAESAR für die Ukraine gekauft.",
     "order", "done", ("DNK",), ("UKR",), "caesar", 19, 19),
    ("Die Slowakei hat den ersten von 15 Kampfpanzern Leopard 2A4 aus Deutschland erhalten.",
     "deliver", "done", ("DEU",), ("SVK",), "leopard-2a4", 1, 1),
    ("Die Ukraine soll 18 Radhaubitzen RCH 155 erhalten.",
     "receive", "planned", ("UKR",), ("UKR",), "rch-155", 18, 18),
    ("Sie ersetzen 30 Schützenpanzer BVP-1, die Bratislava an die Ukraine abgegeben hat.",
     "deliver", "done", ("SVK",), ("UKR",), "bvp-1", 30, 30),
    ("Deutschland bildet ukrainische Soldaten aus.",
     "train", "under way", ("DEU",), ("UKR",), "training", None, None),
    ("Rheinmetall wird für die Ukraine 100.000 Artilleriegranaten produzieren.",
     "produce", "announced", ("rheinmetall",), ("UKR",), "artillery-ammunition", 100000, 100000),
    ("Die Lieferung von 88 Leopard 1 an die Ukraine wurde von der Bundesregierung genehmigt.",
     "promise", "announced", ("DEU",), ("UKR",), "leopard-1", 88, 88),
]  # fmt: skip


def read(reader: Reader, text: str) -> tuple[Statement, ...]:
    document = Document(text=text, kind="article", address="", raw_hash="0", language="de")
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
def test_clause_with_a_bracket(reader: Reader, row: Row) -> None:
    assert [said(each) for each in read(reader, row[0])] == [row[1:]]


def test_list_in_a_bracket(reader: Reader) -> None:
    text = (
        "Deutschland hat bisher 18 Leopard 2A6, 40 Marder und drei Systeme IRIS-T SLM "
        "an die Ukraine geliefert."
    )
    found = {(each.item, each.quantity.exact, each.actors) for each in read(reader, text)}
    assert found == {
        ("leopard-2a6", 18, ("DEU",)), ("marder", 40, ("DEU",)), ("iris-t-slm", 3, ("DEU",)),
    }  # fmt: skip


def test_money_with_a_separable_verb(reader: Reader) -> None:
    (found,) = read(reader, "Kanada stellt der Ukraine 1,3 Milliarden Euro bereit.")
    assert found.money is not None
    assert found.money.low == 1_300_000_000
    assert found.money.currency == "EUR"
    assert (found.actors, found.recipients) == (("CAN",), ("UKR",))


def test_unknown_subject_is_left_open(reader: Reader) -> None:
    """A dative right after the verb is no subject, though the subject is no known name."""
    (found,) = read(reader, "Der Verein stellt der Ukraine zehn Marder bereit.")
    assert (found.act, found.actors, found.recipients) == ("deliver", (), ("UKR",))


def test_supplier_of_an_order(reader: Reader) -> None:
    (found,) = read(reader, "Litauen bestellte 44 Leopard 2A8 bei Rheinmetall.")
    assert found.suppliers == ("rheinmetall",)


def test_quotes_slice_the_text(reader: Reader) -> None:
    text = " ".join(row[0] for row in PLAIN)
    found = read(reader, text)
    assert len(found) >= len(PLAIN)
    assert all(text[each.start : each.end] == each.quote for each in found)


@pytest.mark.parametrize(
    ("words", "value"),
    [("einundzwanzig", 21), ("zweihundert", 200), ("vierzehn", 14), ("tausend", 1000)],
)
def test_numbers_in_words(reader: Reader, words: str, value: int) -> None:
    (found,) = read(reader, f"Deutschland liefert {words} Marder an die Ukraine.")
    assert found.quantity.exact == value
