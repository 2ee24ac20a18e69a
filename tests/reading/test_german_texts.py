"""German texts of several sentences, support verbs, compounds; and what is no support at all."""

from __future__ import annotations

import pytest

from .conftest import Check, Read

READ: list[tuple[str, ...]] = [
    # what one word or one phrase says
    ("Scholz lehnt Taurus-Lieferungen an die Ukraine weiterhin ab.",
     "refuse announced | DEU > UKR | taurus-kepd-350 | - | live"),
    ("Deutschland hat Panzerlieferungen an die Ukraine zugesagt.",
     "promise announced | DEU > UKR | tank | - | live"),
    ("Der Bundestag genehmigte die Munitionslieferung an die Ukraine.",
     "promise announced | DEU > UKR | ammunition | - | live"),
    ("Dänemark hat bei Nexter 19 Caesar in Auftrag gegeben.",
     "order done | DNK > * | caesar | 19 | live by=nexter"),
    ("Deutschland übernimmt die Kosten für 18 RCH 155.",
     "finance under way | DEU > * | rch-155 | 18 | live"),
    ("Die ersten vier Gepard aus deutschen Beständen sind in der Ukraine angekommen.",
     "deliver done | DEU > UKR | gepard | 4 | live"),
    ("Polen kündigte an, der Ukraine keine Waffen mehr zu liefern.",
     "refuse announced | POL > UKR | weapons | - | live"),
    ("Das Amt in Oslo untersagte es, 22 Haubitzen an Kiew weiterzugeben.",
     "refuse announced | * > UKR | howitzer | 22 | *"),
    ("Litauen übergibt Kiew 36 L70-Flugabwehrkanonen.",
     "deliver under way | LTU > UKR | anti-aircraft-gun | 36 | live"),
    ("Deutschland hat der Ukraine 12 Startgeräte für das System Patriot geliefert.",
     "deliver done | DEU > UKR | patriot | 12 | live"),
    ("Die Bundeswehr bekommt 18 Leopard 2A8 als Ersatz für die an die Ukraine abgegebenen Panzer.",
     "receive under way | DEU > DEU | leopard-2a8 | 18 | live"),
    # several sentences
    ("Die Ukraine soll zwei Systeme IRIS-T SLM erhalten. Das kündigte Kanzler Scholz an.",
     "receive planned | UKR > UKR | iris-t-slm | 2 | live"),
    ("Finnland trennt sich von 20 Leopard 2 und gibt sie an die Ukraine weiter.",
     "deliver under way | FIN > UKR | leopard-2 | - | candidate"),
    ("Spaniens Ministerin Margarita Robles sagte, ihr Land werde sechs Leopard 2A4 schicken.",
     "promise announced | ESP > * | leopard-2a4 | 6 | live"),
    ("Schwedens Regierung prüft, ob Gripen an die Ukraine abgegeben werden können.",
     "consider planned | SWE > UKR | gripen | - | *"),
    # no support
    ("Lufthansa erhielt im Mai zwei Airbus A320.",),
    ("Der Leopard 2 ist 60 Tonnen schwer und hat eine 120-Millimeter-Kanone.",),
    ("Bei dem Angriff starben 20 Menschen, zwölf Panzer wurden zerstört.",),
    ("Die Ukraine hat nach eigenen Angaben 20 russische Drohnen abgeschossen.",),
    ("Die Panther verloren gegen die Eisbären 2:4.",),
    ("An der Übung nehmen 5.000 Soldaten mit 100 Panzern teil.",),
    ("Ein Transportflugzeug vom Typ A400M brachte 30 Tonnen Hilfsgüter nach Polen.",),
    ("Vor dem Abzug hatte die Bundeswehr 2.100 Kampfpanzer, heute sind es 300.",),
    ("Russland hat nach britischen Angaben mehr als 2.000 Panzer verloren.",),
    ("Moskau behauptet, die Ukraine habe fünf Patriot-Systeme verloren.",),
    ("Bis die Panzer eintreffen, könnten noch Monate vergehen.",),
]  # fmt: skip

SPOKEN = [
    ("Norwegen liefert der Ukraine acht Leopard 2. Das sagte Minister Bjørn Arild Gram.",
     "bjorn-arild-gram"),
    (("Minister Boris Pistorius sprach in Berlin. Deutschland werde der Ukraine helfen, sagte er. "
      "Man werde Kiew 18 Leopard 2 überlassen."),
     "boris-pistorius"),
    ("Pistorius hat Kiew zwei weitere Patriot-Systeme zugesagt.", "boris-pistorius"),
]  # fmt: skip


@pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
def test_reads(check: Check, row: tuple[str, ...]) -> None:
    check(row[0], row[1:], language="de")


@pytest.mark.parametrize(("text", "speaker"), SPOKEN, ids=lambda text: text[:40])
def test_who_said_it(read: Read, text: str, speaker: str) -> None:
    (found,) = read(text, language="de").statements
    assert found.speaker == speaker
