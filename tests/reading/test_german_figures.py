"""Figures in German: words, ranges, compounds, totals, money, published lists."""

from __future__ import annotations

import pytest

from .conftest import Check

READ: list[tuple[str, ...]] = [
    # numbers
    ("Deutschland liefert der Ukraine einundzwanzig Marder.",
     "deliver under way | DEU > UKR | marder | 21 | live"),
    ("Polen hat der Ukraine ein Dutzend Hubschrauber vom Typ Mi-24 überlassen.",
     "deliver done | POL > UKR | mi-24 | ~12 | live"),
    ("Die Niederlande wollen der Ukraine rund hundert Leopard 1A5 liefern.",
     "plan planned | NLD > UKR | leopard-1a5 | ~100 | live"),
    ("Deutschland hat der Ukraine mehr als 1.000 Panzerfäuste 3 geliefert.",
     "deliver done | DEU > UKR | panzerfaust-3 | >1000 | live"),
    ("Finnland schickt der Ukraine bis zu 20 Haubitzen.",
     "deliver under way | FIN > UKR | howitzer | ≤20 | live"),
    ("Slowenien übergibt der Ukraine zwischen 25 und 30 Schützenpanzer M80A.",
     "deliver under way | SVN > UKR | m-80a | 25..30 | live"),
    ("Estland hat der Ukraine über 10.000 Schuss Artilleriemunition geliefert.",
     "deliver done | EST > UKR | artillery-ammunition | >10000 | live"),
    ("Dänemark hat der Ukraine knapp 50 M113 überlassen.",
     "deliver done | DNK > UKR | m113 | ~50 | live"),
    ("Litauen lieferte der Ukraine Dutzende gepanzerte Mannschaftstransporter M113.",
     "deliver done | LTU > UKR | m113 | * | live"),
    ("Tschechien hat der Ukraine eine halbe Million Artilleriegranaten geliefert.",
     "deliver done | CZE > UKR | artillery-ammunition | 500000 | live"),
    ("Deutschland gab der Ukraine zwei der drei Patriot-Systeme aus Beständen der Bundeswehr ab.",
     "deliver done | DEU > UKR | patriot | 2 | *"),
    ("Die Ukraine hat die ersten vier von 18 Haubitzen vom Typ RCH 155 aus Deutschland erhalten.",
     "deliver done | DEU > UKR | rch-155 | 4 | live of=18"),
    ("Rheinmetall produziert monatlich 20.000 Artilleriegranaten.",
     "produce under way | rheinmetall > * | artillery-ammunition | 20000 | per=month"),
    # compounds
    ("Deutschland hat der Ukraine drei Flugabwehrraketensysteme Patriot geliefert.",
     "deliver done | DEU > UKR | patriot | 3 | live"),
    ("Die Niederlande haben fünf Panzerhaubitzen an die Ukraine abgegeben.",
     "deliver done | NLD > UKR | self-propelled-howitzer | 5 | live"),
    ("Berlin liefert Kiew 30 Leopard-2-Panzer.",
     "deliver under way | DEU > UKR | leopard-2 | 30 | live"),
    ("Norwegen schickt der Ukraine 10.000 155-Millimeter-Granaten.",
     "deliver under way | NOR > UKR | 155mm-shell | 10000 | live"),
    ("Polen überlässt der Ukraine zehn T-72-Kampfpanzer.",
     "deliver under way | POL > UKR | t-72 | 10 | live"),
    ("Großbritannien liefert der Ukraine 14 Challenger-2-Panzer.",
     "deliver under way | GBR > UKR | challenger-2 | 14 | live"),
    ("Schweden stellt der Ukraine zwei Flugabwehrbatterien vom Typ Iris-T bereit.",
     "deliver under way | SWE > UKR | iris-t | 2 | live"),
    ("Die Bundesregierung sagte der Ukraine 60.000 Schuss Flakpanzermunition zu.",
     "promise announced | DEU > UKR | * | 60000 | live"),
    (("Die Bundesregierung hat der Ukraine 100 Maschinengewehre und 26.350 Schuss "
      "40-Millimeter-Munition geliefert."),
     "deliver done | DEU > UKR | machine-gun | 100 | live",
     "deliver done | DEU > UKR | * | 26350 | live"),
    ("Frankreich lieferte der Ukraine Ersatzteile und zwölf Radarsysteme.",
     "deliver done | FRA > UKR | spare-parts | - | live",
     "deliver done | FRA > UKR | radar | 12 | live"),
    ("Belgien übergab Kiew 200 Panzerabwehrwaffen und 5.000 Sturmgewehre.",
     "deliver done | BEL > UKR | anti-tank-weapon | 200 | live",
     "deliver done | BEL > UKR | * | 5000 | live"),
    ("Deutschland liefert der Ukraine vier Brückenlegepanzer vom Typ Biber und drei Bergepanzer.",
     "deliver under way | DEU > UKR | biber | 4 | live",
     "deliver under way | DEU > UKR | * | 3 | live"),
    # totals and increments
    ("Dänemark liefert der Ukraine sechs weitere Caesar, insgesamt sind es damit 19.",
     "deliver under way | DNK > UKR | caesar | 6 | live basis=increment"),
    ("Insgesamt hat Deutschland der Ukraine bisher 52 Gepard geliefert.",
     "deliver done | DEU > UKR | gepard | 52 | *"),
    (("Zusätzlich zu den 14 gelieferten Leopard 2A6 schickt Berlin der Ukraine vier "
      "weitere Leopard 2A6."),
     "deliver under way | DEU > UKR | leopard-2a6 | 4 | live basis=increment",
     "deliver done | * > * | leopard-2a6 | 14 | candidate"),
    # money
    ("Deutschland stellt der Ukraine Militärhilfe im Wert von 2,4 Milliarden Euro bereit.",
     "deliver under way | DEU > UKR | military-aid | - | money=2400000000 EUR"),
    ("Norwegen sagte der Ukraine 500 Mio. Kronen für Munition zu.",
     "promise announced | NOR > UKR | * | - | money=500000000 NOK"),
    ("Die Niederlande bezahlen 100 Leopard 1A5 für die Ukraine.",
     "finance under way | NLD > UKR | leopard-1a5 | 100 | *"),
    ("Die Bundeswehr bestellte bei Rheinmetall für 1,2 Mrd. Euro 50 Schützenpanzer Puma.",
     "order done | DEU > * | puma-ifv | 50 | by=rheinmetall money=1200000000 EUR"),
    # in exchange
    ("Tschechien gibt der Ukraine 40 T-72 und erhält im Gegenzug 14 Leopard 2A4 aus Deutschland.",
     "deliver under way | CZE > UKR | t-72 | 40 | *",
     "backfill under way | DEU > CZE | leopard-2a4 | 14 | *"),
    ("Im Ringtausch bekommt die Slowakei von Deutschland 15 Leopard 2A4 als Ersatz für 30 BVP-1.",
     "* * | DEU > SVK | leopard-2a4 | 15 | *"),
    # published lists
    (("Gelieferte militärische Unterstützungsleistungen für die Ukraine:\n\n"
     "- 30 Flakpanzer GEPARD inklusive rund 6.000 Schuss Flakpanzermunition*\n"
     "- 14 Panzerhaubitzen 2000\n- 5 Mehrfachraketenwerfer MARS II mit Munition\n"),
     "deliver done | * > UKR | gepard | 30 | *",
     "deliver done | * > UKR | * | ~6000 | *",
     "deliver done | * > UKR | pzh-2000 | 14 | *",
     "deliver done | * > UKR | mars-ii | 5 | *",
     "deliver done | * > UKR | ammunition | - | *"),
    (("Die Bundesregierung liefert der Ukraine folgende Waffen:\n\n"
     "- 40 Schützenpanzer MARDER\n- 2 Luftverteidigungssysteme IRIS-T SLM\n"),
     "deliver under way | DEU > UKR | marder | 40 | *",
     "deliver under way | DEU > UKR | iris-t-slm | 2 | *",
     "deliver under way | DEU > UKR | weapons | - | candidate"),
    (("Militärische Unterstützungsleistungen Deutschlands für die Ukraine in Vorbereitung:\n\n"
      "- 18 Radhaubitzen RCH 155\n- 4 Luftverteidigungssysteme IRIS-T SLM\n"),
     "plan planned | DEU > UKR | rch-155 | 18 | *",
     "plan planned | DEU > UKR | iris-t-slm | 4 | *"),
]  # fmt: skip


@pytest.mark.parametrize("row", READ, ids=lambda row: row[0])
def test_reads(check: Check, row: tuple[str, ...]) -> None:
    check(row[0], row[1:], language="de")
