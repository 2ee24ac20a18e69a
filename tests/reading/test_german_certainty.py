"""How far a thing has come in German: reported, told, denied, refused, conditional, asked for."""

from __future__ import annotations

import pytest

from .conftest import Check

READ: list[tuple[str, ...]] = [
    # reported speech
    (("Man habe der Ukraine bereits 30 Gepard geliefert, sagte ein Sprecher des "
      "deutschen Verteidigungsministeriums."),
     "deliver done | * > UKR | gepard | 30 | *"),
    (("Deutschland habe der Ukraine 14 Leopard 2A6 geliefert, sagte "
      "Verteidigungsminister Pistorius."),
     "deliver done | DEU > UKR | leopard-2a6 | 14 | live"),
    ("Norwegen werde acht Leopard 2 an die Ukraine abgeben, teilte die Regierung in Oslo mit.",
     "promise announced | NOR > UKR | leopard-2 | 8 | live"),
    (("Nach Angaben des Verteidigungsministeriums in Warschau hat Polen 14 Leopard 2A4 "
      "an die Ukraine übergeben."),
     "deliver done | POL > UKR | leopard-2a4 | 14 | live"),
    # hearsay
    ("Nordmazedonien soll der Ukraine 30 T-72 geliefert haben.",
     "deliver hearsay | MKD > UKR | t-72 | 30 | candidate"),
    ("Der Ukraine sollen von Bulgarien 100 BTR-60 geliefert worden sein.",
     "deliver hearsay | BGR > UKR | btr-60 | 100 | candidate"),
    ("Angeblich hat Marokko der Ukraine T-72 geliefert.",
     "deliver alleged | MAR > UKR | t-72 | - | candidate"),
    # denial
    ("Ungarn hat nie Waffen an die Ukraine geliefert.",
     "deliver denied | HUN > UKR | weapons | - | *"),
    ("Griechenland dementierte, der Ukraine S-300 überlassen zu haben.",
     "deliver denied | GRC > UKR | s-300 | - | *"),
    ("Die Bundesregierung bestreitet, dass sie der Ukraine Taurus geliefert hat.",
     "deliver denied | * > UKR | taurus-kepd-350 | - | *"),
    ("Österreich liefert weder Panzer noch Munition an die Ukraine.",
     "refuse announced | AUT > UKR | tank | - | *",
     "refuse announced | AUT > UKR | ammunition | - | *"),
    ("Deutschland hat der Ukraine nicht nur 18 Leopard 2A6, sondern auch 40 Marder geliefert.",
     "deliver done | DEU > UKR | leopard-2a6 | 18 | live",
     "deliver done | DEU > UKR | marder | 40 | live"),
    ("Israel hat der Ukraine bislang keine Flugabwehrsysteme geliefert.",
     "deliver denied | ISR > UKR | air-defence | - | *"),
    # refusals
    ("Scholz schließt eine Lieferung von Taurus an die Ukraine aus.",
     "refuse announced | DEU > UKR | taurus-kepd-350 | - | *"),
    (("Die Schweiz lehnte es ab, Spanien die Weitergabe von Flugabwehrkanonen an die "
      "Ukraine zu erlauben."),
     "* * | * > * | * | - | *"),
    ("Ungarn will der Ukraine keine Waffen liefern.",
     "refuse announced | HUN > UKR | weapons | - | *"),
    ("Dass Deutschland der Ukraine Taurus liefert, schloss der Kanzler aus.",
     "refuse announced | DEU > UKR | taurus-kepd-350 | - | *"),
    ("Bulgarien werde der Ukraine keine S-300 überlassen, sagte der Minister.",
     "refuse announced | BGR > UKR | s-300 | - | *"),
    ("Die Slowakei kann der Ukraine keine weiteren MiG-29 liefern.",
     "refuse announced | SVK > UKR | mig-29 | - | *"),
    # conditions
    ("Polen liefert der Ukraine MiG-29 nur, wenn die USA Ersatz stellen.",
     "deliver conditional | POL > UKR | mig-29 | - | if=wenn"),
    ("Sofern der Bundestag zustimmt, wird Deutschland der Ukraine zwei Patriot-Systeme liefern.",
     "promise conditional | DEU > UKR | patriot | 2 | if=sofern"),
    (("Tschechien ist unter der Bedingung, dass es Ersatz bekommt, bereit, der Ukraine "
      "weitere Mi-24 zu überlassen."),
     "promise conditional | CZE > UKR | mi-24 | - | if=unter"),
    ("Wenn Deutschland Leopard 2 liefert, will Finnland folgen.",),
    ("Bevor Schweden der Ukraine Gripen liefert, muss es der NATO beitreten.",),
    ("Würde Deutschland der Ukraine Taurus liefern, müsste die Bundeswehr Ersatz beschaffen.",),
    # taken back, superseded, put right
    ("Die Slowakei hat die zugesagte Lieferung von 13 MiG-29 an die Ukraine gestoppt.",
     "refuse announced | SVK > UKR | mig-29 | 13 | live"),
    ("Polen zog seine Zusage über 12 Leopard 2 an die Ukraine zurück.",
     "refuse announced | POL > UKR | leopard-2 | 12 | live"),
    ("Ursprünglich wollte Deutschland der Ukraine 88 Leopard 1 liefern, nun sind es 50.",
     "plan planned | DEU > UKR | leopard-1 | 88 | candidate"),
    ("Berichte, wonach Griechenland der Ukraine Patriot überlassen habe, sind falsch.",
     "deliver hearsay | GRC > UKR | patriot | - | candidate"),
    ("Der Bericht über eine Lieferung von 40 Gripen an die Ukraine wurde von Stockholm dementiert.",
     "deliver denied | SWE > UKR | gripen | 40 | *"),
    ("Entgegen früheren Meldungen hat Norwegen der Ukraine keine 12, sondern acht M109 geliefert.",
     "deliver done | NOR > UKR | m109 | 8 | live"),
    ("Bern verweigerte Berlin die Weitergabe von 12.400 Schuss Gepard-Munition an die Ukraine.",
     "refuse announced | CHE > UKR | 35mm-round | 12400 | live"),
    # plans, considerations
    ("Frankreich plant, der Ukraine bis Jahresende zwölf Caesar zu liefern.",
     "plan planned | FRA > UKR | caesar | 12 | live"),
    ("Die Niederlande prüfen die Lieferung von F-16 an die Ukraine.",
     "consider planned | NLD > UKR | f-16 | - | *"),
    ("Italien erwägt, der Ukraine eine weitere Batterie SAMP/T zu überlassen.",
     "consider planned | ITA > UKR | samp-t | 1 | *"),
    ("Madrid denkt darüber nach, der Ukraine Leopard 2A4 zu liefern.",
     "consider planned | ESP > UKR | leopard-2a4 | - | *"),
    ("Die geplante Lieferung von 18 Haubitzen durch Schweden an die Ukraine verzögert sich.",
     "plan planned | SWE > UKR | howitzer | 18 | *"),
    ("Über eine mögliche Lieferung von Gripen an die Ukraine durch Schweden wird noch beraten.",
     "consider planned | SWE > UKR | gripen | - | *"),
    ("Kanada beabsichtigt, der Ukraine 50 Radpanzer LAV zu übergeben.",
     "plan planned | CAN > UKR | * | 50 | *"),
    ("Spanien hat sich verpflichtet, der Ukraine sechs Leopard 2A4 zu überlassen.",
     "promise announced | ESP > UKR | leopard-2a4 | 6 | live"),
    ("Rom hat Kiew versprochen, eine Batterie SAMP/T zu liefern.",
     "promise announced | ITA > * | samp-t | 1 | *"),
    ("Die Regierung in Prag hat beschlossen, der Ukraine 50 BVP-1 zu übergeben.",
     "promise announced | CZE > UKR | bvp-1 | 50 | live"),
    # requests and needs
    ("Kiew bittet Deutschland um Marschflugkörper vom Typ Taurus.",
     "request announced | UKR > UKR | taurus-kepd-350 | - | *"),
    ("Die Ukraine fordert von Deutschland 300 Kampfpanzer.",
     "request announced | UKR > UKR | tank | 300 | *"),
    ("Selenskyj hat die Verbündeten um 128 F-16 gebeten.",
     "request announced | UKR > UKR | f-16 | 128 | *"),
    ("Die Ukraine benötigt nach Angaben des Präsidenten sieben Patriot-Systeme.",
     "need announced | UKR > UKR | patriot | 7 | *"),
    ("Kiew forderte Berlin auf, Taurus zu liefern.",
     "request announced | UKR > UKR | taurus-kepd-350 | - | *"),
    # questions
    ("Liefert Deutschland der Ukraine nun doch Taurus?",),
    ("Unklar ist, ob Griechenland der Ukraine S-300 geliefert hat.",),
    # licences
    ("Berlin erlaubt Polen die Weitergabe von fünf MiG-29 an die Ukraine.",
     "agree announced | DEU > UKR | mig-29 | 5 | *"),
]  # fmt: skip


@pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
def test_reads(check: Check, row: tuple[str, ...]) -> None:
    check(row[0], row[1:], language="de")
