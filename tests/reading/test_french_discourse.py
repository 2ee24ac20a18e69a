"""Beyond one clause: lists, gapping, numbers alone, pronouns, "we" and packages."""

from __future__ import annotations

import pytest

READ: list[tuple[str, ...]] = [
    (
        (
            "Le nouveau paquet d'aide militaire de la Finlande à l'Ukraine comprend :\n\n- 20 "
            "000 obus de 155 mm ;\n- deux radars ;\n- des vêtements d'hiver."
        ),
        "promise announced | FIN > UKR | 155mm-shell | 20000 | *",
        "promise announced | FIN > UKR | radar | 2 | *",
        "promise announced | FIN > UKR | winter-clothing | - | *",
    ),
    (
        (
            "L'Estonie a livré à l'Ukraine le matériel suivant :\n\n• neuf obusiers D-30\n• "
            "des missiles Javelin"
        ),
        "deliver done | EST > UKR | d-30 | 9 | *",
        "deliver done | EST > UKR | fgm-148-javelin | - | *",
        "deliver done | EST > UKR | equipment | - | candidate",
    ),
    (
        (
            "La Suède livrera à l'Ukraine : dix chars Leopard 2, des systèmes Archer et des "
            "missiles Robot 17."
        ),
        "promise announced | SWE > UKR | leopard-2 | 10 | live",
        "promise announced | SWE > UKR | archer | - | live",
        "promise announced | SWE > UKR | * | - | live",
    ),
    (
        (
            "Livraisons à l'Ukraine par pays :\n\n- Estonie : neuf obusiers D-30 et des "
            "missiles Javelin.\n- Norvège : huit chars Leopard 2.\n- Portugal : trois chars "
            "Leopard 2."
        ),
        "deliver done | EST > UKR | d-30 | 9 | *",
        "deliver done | EST > UKR | fgm-148-javelin | - | *",
        "deliver done | NOR > UKR | leopard-2 | 8 | *",
        "deliver done | PRT > UKR | leopard-2 | 3 | *",
    ),
    (
        "La Suède a promis dix chars Leopard 2 à l'Ukraine et la Norvège huit.",
        "promise announced | SWE > UKR | leopard-2 | 10 | live",
        "promise announced | NOR > UKR | leopard-2 | 8 | *",
    ),
    (
        "L'Espagne a promis dix Leopard 2A4 à l'Ukraine. Elle en a livré six.",
        "promise announced | ESP > UKR | leopard-2a4 | 10 | live",
        "deliver done | ESP > UKR | leopard-2a4 | 6 | candidate",
    ),
    (
        ("Le Portugal a promis quatre Leopard 2A6 à l'Ukraine. Ces chars seront livrés en mars."),
        "promise announced | PRT > UKR | leopard-2a6 | 4 | live",
        "promise announced | PRT > UKR | leopard-2a6 | - | candidate",
    ),
    (
        "La Grèce possède des S-300. Le pays a refusé de livrer ce système à l'Ukraine.",
        "hold done | GRC > - | s-300 | - | candidate",
        "refuse announced | GRC > UKR | s-300 | - | candidate",
    ),
    (
        (
            "« Nous enverrons six hélicoptères à l'Ukraine », a annoncé le ministre letton "
            "de la Défense."
        ),
        "promise announced | LVA > UKR | helicopter | 6 | live",
    ),
    (
        (
            "La Lituanie a annoncé un nouveau paquet d'aide à l'Ukraine. Il comprend trente "
            "véhicules M113 et des munitions."
        ),
        "promise announced | LTU > UKR | * | - | *",
        "promise announced | LTU > UKR | m113 | 30 | candidate",
        "promise announced | LTU > UKR | ammunition | - | candidate",
    ),
    (
        (
            "L'Estonie a livré neuf D-30 à l'Ukraine. L'Estonie a aussi livré à l'Ukraine "
            "des missiles Javelin. Elle enverra des camions."
        ),
        "deliver done | EST > UKR | d-30 | 9 | live",
        "deliver done | EST > UKR | fgm-148-javelin | - | live",
        "promise announced | EST > UKR | truck | - | candidate",
    ),
    (
        (
            "L'Italie livrera à l'Ukraine une batterie SAMP/T, l'Espagne six lanceurs Hawk "
            "et la Norvège deux NASAMS."
        ),
        "promise announced | ITA > UKR | samp-t | 1 | live",
        "promise announced | ESP > UKR | hawk | 6 | *",
        "promise announced | NOR > UKR | nasams | 2 | *",
    ),
    (
        "Leopard 2 : Lisbonne en livrera trois à l'Ukraine.",
        "promise announced | PRT > UKR | leopard-2 | 3 | *",
    ),
    (
        "La Finlande a livré des Leopard 2 de déminage. L'Ukraine en a reçu six.",
        "deliver done | FIN > * | * | - | live",
        "* done | * > UKR | * | 6 | candidate",
    ),
    (
        (
            "La Lettonie a promis des hélicoptères à l'Ukraine. Riga a aussi promis des "
            "drones à Kiev. Vilnius livrera des radars."
        ),
        "promise announced | LVA > UKR | helicopter | - | live",
        "promise announced | LVA > UKR | drone | - | live",
        "promise announced | LTU > UKR | radar | - | *",
    ),
    (
        (
            "Le Pentagone a dévoilé un paquet de 300 millions de dollars pour l'Ukraine. Il "
            "contient des missiles Stinger et des Javelin."
        ),
        "promise announced | USA > UKR | * | - | * money=300000000 USD",
        "promise announced | USA > UKR | fim-92-stinger | - | candidate",
        "promise announced | USA > UKR | fgm-148-javelin | - | candidate",
    ),
]
NOT_YET: list[tuple[str, ...]] = [
    (
        "a verb of arrival without an item",
        "L'Espagne a livré six Leopard 2A4 à l'Ukraine. Quatre autres suivront en mai.",
        "deliver done | ESP > UKR | leopard-2a4 | 6 | live",
        "promise announced | ESP > UKR | leopard-2a4 | 4 | candidate basis=increment",
    ),
    (
        "the speaker of the sentence before",
        (
            "Le ministre letton de la Défense a rencontré la presse jeudi. « Nous enverrons "
            "six hélicoptères à l'Ukraine », a-t-il annoncé."
        ),
        "promise announced | LVA > UKR | helicopter | 6 | *",
    ),
    (
        "an office without a nation",
        (
            "« L'Allemagne livrera des Gepard », a dit la ministre. « Nous enverrons aussi "
            "des radars à l'Ukraine », a-t-elle ajouté."
        ),
        "promise announced | DEU > * | gepard | - | live",
        "promise announced | DEU > UKR | radar | - | *",
    ),
    (
        "a part without a noun",
        "La France a livré dix-huit Caesar à l'Ukraine, dont six neufs.",
        "deliver done | FRA > UKR | caesar | 18 | live",
        "deliver done | FRA > UKR | caesar | 6 | candidate basis=part",
    ),
    (
        "a number as subject",
        "Varsovie a promis quatorze Leopard 2 à l'Ukraine ; quatre sont déjà arrivés.",
        "promise announced | POL > UKR | leopard-2 | 14 | live",
        "deliver done | POL > UKR | leopard-2 | 4 | candidate",
    ),
    (
        "a pronoun as the subject of a passive",
        "Kiev a reçu vingt véhicules Bushmaster. Ils ont été donnés par l'Australie.",
        "receive done | * > UKR | bushmaster | 20 | *",
        "deliver done | AUS > * | bushmaster | * | candidate",
    ),
    (
        "the latter of two",
        ("L'Allemagne et la France discutent. Celle-ci livrera des AMX-10 RC à l'Ukraine."),
        "promise announced | FRA > UKR | amx-10rc | - | candidate",
    ),
    (
        "the donor in a heading",
        (
            "Les livraisons de la Norvège à l'Ukraine :\n\n1. 22 obusiers M109\n2. 14 "
            "véhicules NM199"
        ),
        "deliver done | NOR > UKR | m109 | 22 | *",
        "deliver done | NOR > UKR | m113 | 14 | *",
    ),
    (
        "a package and who is cited for it",
        (
            "Le paquet, d'une valeur de 300 millions de dollars, comprend des missiles "
            "Stinger, des obus et des Javelin, selon le Pentagone."
        ),
        "promise announced | USA > * | fim-92-stinger | - | *",
        "promise announced | USA > * | artillery-ammunition | - | *",
        "promise announced | USA > * | fgm-148-javelin | - | *",
    ),
]


@pytest.mark.parametrize("row", READ, ids=[row[0] for row in READ])
def test_what_is_read(check, row: tuple[str, ...]) -> None:
    check(row[0], row[1:])


@pytest.mark.parametrize(
    "row",
    [pytest.param(row, marks=pytest.mark.xfail(reason=row[0])) for row in NOT_YET],
    ids=[row[1] for row in NOT_YET],
)
def test_what_is_not_read_yet(check, row: tuple[str, ...]) -> None:
    check(row[1], row[2:])
