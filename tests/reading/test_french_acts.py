"""Verbs, modes and negation: what a French sentence says was done, promised or refused."""

from __future__ import annotations

import pytest

READ: list[tuple[str, ...]] = [
    (
        "L'Estonie a livré neuf obusiers D-30 à l'Ukraine.",
        "deliver done | EST > UKR | d-30 | 9 | live",
    ),
    (
        "La Lettonie vient de livrer quatre hélicoptères Mi-17 à Kiev.",
        "deliver done | LVA > UKR | mi-17 | 4 | live",
    ),
    (
        "L'Espagne est en train de livrer des missiles Hawk à l'Ukraine.",
        "deliver under way | ESP > UKR | mim-23-missile | - | live",
    ),
    (
        "L'Irlande livrera deux radars Giraffe à l'Ukraine.",
        "promise announced | IRL > UKR | giraffe-radar | 2 | live",
    ),
    (
        "Le Danemark va fournir des drones à l'Ukraine.",
        "promise announced | DNK > UKR | drone | - | live",
    ),
    (
        "La Norvège s'est engagée à livrer huit chars Leopard 2 à l'Ukraine.",
        "promise announced | NOR > UKR | leopard-2 | 8 | live",
    ),
    (
        "La Norvège a accepté de céder huit chars Leopard 2 à l'Ukraine.",
        "promise announced | NOR > UKR | leopard-2 | 8 | live",
    ),
    (
        "Rome a annoncé la livraison d'une batterie SAMP/T à Kiev.",
        "promise announced | ITA > UKR | samp-t | 1 | live",
    ),
    (
        "La Grèce prévoit de livrer quarante BMP-1 à l'Ukraine.",
        "plan planned | GRC > UKR | bmp-1 | 40 | live",
    ),
    (
        "La Belgique compte envoyer des camions en Ukraine.",
        "plan planned | BEL > UKR | truck | - | live",
    ),
    (
        "Athènes envisage de céder des S-300 à l'Ukraine.",
        "consider planned | GRC > UKR | s-300 | - | live",
    ),
    (
        "Le Portugal étudie l'envoi de chars Leopard 2 en Ukraine.",
        "consider planned | PRT > UKR | leopard-2 | - | live",
    ),
    (
        "La Bulgarie pourrait céder des MiG-29 à l'Ukraine.",
        "consider planned | BGR > UKR | mig-29 | - | live",
    ),
    (
        "La Bulgarie se dit prête à céder des MiG-29 à l'Ukraine.",
        "promise planned | BGR > UKR | mig-29 | - | live",
    ),
    (
        "La Slovaquie a proposé de céder treize MiG-29 à l'Ukraine.",
        "promise conditional | SVK > UKR | mig-29 | 13 | live",
    ),
    (
        "L'Autriche refuse de livrer des chars à l'Ukraine.",
        "refuse announced | AUT > UKR | tank | - | live",
    ),
    (
        "La Hongrie n'a pas livré d'armes à l'Ukraine.",
        "deliver denied | HUN > UKR | weapons | - | *",
    ),
    (
        "La Serbie dément avoir vendu des obus à l'Ukraine.",
        "deliver denied | SRB > UKR | artillery-ammunition | - | *",
    ),
    (
        "Chypre ne livrera pas ses T-80 à l'Ukraine.",
        "refuse announced | CYP > UKR | t-80 | - | live",
    ),
    (
        "La Suisse a interdit la réexportation de munitions vers l'Ukraine.",
        "refuse announced | CHE > UKR | ammunition | - | *",
    ),
    (
        "L'Ukraine demande des avions F-16 à ses partenaires.",
        "request announced | UKR > UKR | f-16 | - | live",
    ),
    (
        "Kiev a réclamé deux cents chars supplémentaires.",
        "request announced | UKR > UKR | tank | 200 | live",
    ),
    (
        "L'Ukraine a besoin de 250 000 obus par mois.",
        "need announced | UKR > UKR | artillery-ammunition | 250000 | live per=month",
    ),
    (
        "La Finlande a commandé à Nammo 20 000 obus de 155 mm.",
        "order done | FIN > * | 155mm-shell | 20000 | live by=nammo",
    ),
    (
        "La Roumanie a acheté 54 chars Abrams aux États-Unis.",
        "order done | ROU > * | m1-abrams | 54 | live",
    ),
    (
        "La Lituanie a signé un contrat pour l'achat de 44 chars Leopard 2A8.",
        "order done | LTU > * | leopard-2a8 | 44 | live",
    ),
    (
        "Rheinmetall produit 700 000 obus par an.",
        ("produce under way | rheinmetall > - | artillery-ammunition | 700000 | live per=year"),
    ),
    (
        "Nammo va doubler sa production d'obus.",
        "expand announced | nammo > - | * | - | *",
    ),
    (
        "La Grande-Bretagne a formé 45 000 soldats ukrainiens.",
        "train done | GBR > UKR | training | * | live",
    ),
    (
        "La France forme des pilotes ukrainiens.",
        "train under way | FRA > UKR | training | - | live",
    ),
    (
        "L'Union européenne a remboursé à la Pologne l'achat de munitions.",
        "reimburse done | eu > POL | ammunition | - | live",
    ),
    (
        "Le Luxembourg financera l'achat de 10 000 obus pour l'Ukraine.",
        "finance announced | LUX > UKR | artillery-ammunition | 10000 | live",
    ),
    (
        "Les Pays-Bas ont déployé une batterie Patriot en Slovaquie.",
        "deploy done | NLD > * | patriot | 1 | candidate",
    ),
    (
        "La Pologne possède 250 chars Leopard 2.",
        "hold done | POL > - | leopard-2 | 250 | candidate",
    ),
    (
        "Les stocks de munitions de l'Allemagne sont épuisés.",
        "deplete done | DEU > - | military-stocks | - | candidate",
    ),
    (
        "L'Albanie a fait don de vingt-deux véhicules MaxxPro à l'Ukraine.",
        "deliver done | ALB > UKR | * | 22 | live",
    ),
    (
        "La Slovénie offre vingt-huit chars M-55S à l'Ukraine.",
        "promise announced | SVN > UKR | m-55s | 28 | live",
    ),
    (
        "La Croatie a remis à l'Ukraine quatorze hélicoptères Mi-8.",
        "deliver done | HRV > UKR | mi-8 | 14 | live",
    ),
    (
        "La livraison de douze Caesar par le Danemark a commencé.",
        "deliver under way | DNK > - | caesar | 12 | live",
    ),
    (
        "La Corée du Sud n'exclut pas d'envoyer des obus à l'Ukraine.",
        "consider planned | KOR > UKR | artillery-ammunition | - | live",
    ),
    (
        "La Corée du Sud a exclu d'envoyer des obus à l'Ukraine.",
        "refuse announced | KOR > UKR | artillery-ammunition | - | live",
    ),
    (
        "Le Brésil s'oppose à la livraison de munitions à l'Ukraine.",
        "refuse announced | BRA > UKR | ammunition | - | *",
    ),
    (
        "Israël a dit non à la livraison de missiles Spike à l'Ukraine.",
        "refuse announced | ISR > UKR | spike | - | *",
    ),
    (
        "Le Danemark a décidé d'envoyer dix-neuf F-16 à l'Ukraine.",
        "promise announced | DNK > UKR | f-16 | 19 | live",
    ),
    (
        "La Tchéquie espère livrer 800 000 obus à l'Ukraine.",
        "plan planned | CZE > UKR | artillery-ammunition | 800000 | live",
    ),
    (
        "L'Allemagne doit livrer dix Gepard à l'Ukraine.",
        "plan planned | DEU > UKR | gepard | 10 | live",
    ),
    (
        "L'Allemagne devrait livrer dix Gepard à l'Ukraine.",
        "plan planned | DEU > UKR | gepard | 10 | live",
    ),
    (
        "L'Allemagne continue de livrer des Gepard à l'Ukraine.",
        "deliver under way | DEU > UKR | gepard | - | live",
    ),
    (
        "L'Allemagne a fini de livrer ses dix Gepard à l'Ukraine.",
        "deliver done | DEU > UKR | gepard | 10 | live",
    ),
    (
        "L'Allemagne a renoncé à livrer des missiles Taurus.",
        "refuse announced | DEU > - | taurus-kepd-350 | - | live",
    ),
    (
        "L'Allemagne a suspendu la livraison de missiles Taurus.",
        "refuse announced | DEU > - | taurus-kepd-350 | - | *",
    ),
    (
        "L'Autriche livra des blindés à l'Ukraine.",
        "deliver done | AUT > UKR | armoured-vehicle | - | live",
    ),
    (
        "L'Estonie avait livré des D-30 à l'Ukraine avant l'été.",
        "deliver done | EST > UKR | d-30 | - | live",
    ),
    (
        "L'Estonie aura livré tous ses D-30 à l'Ukraine en mars.",
        "promise announced | EST > UKR | d-30 | - | live",
    ),
    (
        ("La Lettonie a donné son feu vert à la livraison de six hélicoptères à l'Ukraine."),
        "promise announced | LVA > UKR | helicopter | 6 | *",
    ),
    (
        "Le parlement slovène a voté l'envoi de vingt véhicules à l'Ukraine.",
        "promise announced | SVN > UKR | vehicle | 20 | live",
    ),
    (
        "Bratislava a autorisé le transfert de treize MiG-29 à l'Ukraine.",
        "promise announced | SVK > UKR | mig-29 | 13 | live",
    ),
    (
        "Bratislava hésite à céder ses MiG-29 à l'Ukraine.",
        "consider planned | SVK > UKR | mig-29 | - | live",
    ),
    (
        "Madrid s'apprête à envoyer des chars Leopard 2 en Ukraine.",
        "plan planned | ESP > UKR | leopard-2 | - | live",
    ),
    (
        "Rome souhaite livrer une deuxième batterie SAMP/T à Kiev.",
        "plan planned | ITA > UKR | samp-t | 1 | live",
    ),
    (
        "La Bulgarie a démenti l'envoi de missiles S-300 à l'Ukraine.",
        "deliver denied | BGR > UKR | * | - | *",
    ),
    (
        "Le Danemark n'a jamais livré de chars à l'Ukraine.",
        "deliver denied | DNK > UKR | tank | - | *",
    ),
    (
        "La Norvège n'a livré aucun char à l'Ukraine.",
        "deliver denied | NOR > UKR | tank | - | *",
    ),
    (
        "L'Allemagne ne livrera plus de Gepard à l'Ukraine.",
        "refuse announced | DEU > UKR | gepard | - | live",
    ),
    (
        "L'Allemagne n'envisage pas de livrer des Taurus à l'Ukraine.",
        "refuse announced | DEU > UKR | taurus-kepd-350 | - | live",
    ),
    (
        "Kiev presse Berlin de livrer des missiles Taurus.",
        "request announced | UKR > UKR | taurus-kepd-350 | - | live",
    ),
    (
        "L'Ukraine manque d'obus de 155 mm.",
        "need announced | UKR > UKR | 155mm-shell | - | live",
    ),
    (
        "La Roumanie va acheter sept batteries Patriot.",
        "order announced | ROU > * | patriot | 7 | live",
    ),
    (
        "La Roumanie a annulé l'achat de chars Abrams.",
        "order denied | ROU > * | m1-abrams | - | *",
    ),
    (
        "KNDS construira une usine de munitions en Ukraine.",
        "produce announced | knds > * | * | * | *",
    ),
    (
        "Nammo augmentera sa production d'obus de 150 000 à 200 000 par an.",
        "expand announced | nammo > - | * | * | *",
    ),
    (
        "La Belgique a débloqué 92 millions d'euros d'aide militaire pour l'Ukraine.",
        "allocate done | BEL > UKR | military-aid | - | live money=92000000 EUR",
    ),
    (
        "L'Irlande instruira des démineurs ukrainiens.",
        "train announced | IRL > UKR | training | - | live",
    ),
    (
        "La Suède a alloué 30 millions d'euros à l'achat de munitions pour l'Ukraine.",
        "allocate done | SWE > UKR | ammunition | - | live money=30000000 EUR",
    ),
    (
        "L'Islande a versé 10 millions d'euros pour l'achat de munitions.",
        "finance done | ISL > - | ammunition | - | live money=10000000 EUR",
    ),
    (
        "L'Allemagne n'a pas l'intention de livrer des Taurus à l'Ukraine.",
        "refuse announced | DEU > UKR | taurus-kepd-350 | - | live",
    ),
]
NOT_YET: list[tuple[str, ...]] = [
    (
        "the owner behind a share",
        "La moitié des Leopard 2A6 de l'Ukraine sont en réparation.",
        "repair under way | UKR > - | leopard-2a6 | - | candidate",
    ),
    (
        "a programme of production is read as produced",
        "Le Canada a lancé un programme de production d'obus.",
        "announce done | CAN > - | * | - | candidate",
    ),
    (
        "the object inside a support verb",
        "Le Monténégro a mis des munitions à la disposition de l'Ukraine.",
        "deliver done | MNE > UKR | ammunition | - | live",
    ),
    (
        "the noun of selling",
        "Tokyo négocie la vente de missiles Patriot aux États-Unis.",
        "consider planned | JPN > USA | * | - | live",
    ),
    (
        "asking X to give",
        "L'Ukraine a demandé à la Pologne de lui livrer des MiG-29.",
        "request announced | UKR > UKR | mig-29 | - | live",
    ),
    (
        "a pronoun as object",
        "Le Portugal a réparé ses Leopard 2 avant de les livrer à l'Ukraine.",
        "repair done | PRT > - | leopard-2 | - | candidate",
        "deliver done | PRT > UKR | leopard-2 | - | candidate",
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
