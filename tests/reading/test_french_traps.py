"""What looks like a transfer and is none, or is another: the traps of reports in French."""

from __future__ import annotations

import pytest

READ: list[tuple[str, ...]] = [
    (
        "Berlin a remis à l'Ukraine la première des trois batteries Patriot promises.",
        "deliver done | DEU > UKR | patriot | 1 | live of=3",
    ),
    (
        "Le deuxième des six systèmes Hawk espagnols est arrivé en Ukraine.",
        "deliver done | ESP > UKR | hawk | 1 | * of=6",
    ),
    (
        "Deux des huit Caesar danois sont arrivés en Ukraine.",
        "deliver done | DNK > UKR | caesar | 2 | * of=8",
    ),
    (
        "L'Allemagne a livré à l'Ukraine trois des quatorze chars Leopard 2 promis.",
        "deliver done | DEU > UKR | leopard-2 | 3 | live of=14",
    ),
    (
        "Le Danemark a commandé 155 pièces d'artillerie, puis des missiles antichar.",
        "order done | DNK > * | * | - | candidate",
        "order done | DNK > * | anti-tank-missile | - | live",
    ),
    (
        "La Slovaquie livrera des munitions de 155 à l'Ukraine.",
        "promise announced | SVK > UKR | * | - | *",
    ),
    (
        "La Finlande a livré des obusiers de 122 mm à l'Ukraine.",
        "deliver done | FIN > UKR | 122mm-howitzer | - | live",
    ),
    (
        "La Grèce a livré 50 obusiers de 155 mm à l'Ukraine.",
        "deliver done | GRC > UKR | 155mm-howitzer | 50 | live",
    ),
    ("L'alliance a porté à 40 navires sa présence en mer Noire.",),
    (
        (
            "L'agence NSPA a conclu un contrat-cadre d'une valeur de 900 millions d'euros "
            "pour des munitions, dont 200 millions d'euros d'achats fermes."
        ),
        "frame done | nspa > * | ammunition | - | * money=900000000 EUR",
        "order done | nspa > * | * | - | * money=200000000 EUR part_of",
    ),
    (
        "L'Allemagne a passé un contrat-cadre de 300 000 obus avec Rheinmetall.",
        "frame done | DEU > * | artillery-ammunition | 300000 | live by=rheinmetall",
    ),
    (
        (
            "L'Allemagne livrera quatorze Leopard 2A4 à la Tchéquie pour remplacer les T-72 "
            "que Prague a cédés à l'Ukraine."
        ),
        "backfill announced | DEU > CZE | leopard-2a4 | 14 | live backfills",
        "deliver done | CZE > UKR | t-72 | - | *",
    ),
    (
        (
            "La Slovénie a cédé 28 M-55S à l'Ukraine et reçoit de l'Allemagne quarante "
            "camions en remplacement."
        ),
        "deliver done | SVN > UKR | m-55s | 28 | live",
        "backfill under way | DEU > SVN | truck | 40 | *",
    ),
    (
        "La France et l'Italie ont déployé un système SAMP/T en Roumanie.",
        "deploy done | FRA ITA > * | samp-t | 1 | candidate",
    ),
    (
        "L'Allemagne stationnera trois batteries Patriot en Pologne.",
        "deploy announced | DEU > * | patriot | 3 | candidate",
    ),
    (
        (
            "L'Espagne a envoyé une batterie NASAMS en Lettonie dans le cadre de la "
            "présence avancée de l'OTAN."
        ),
        "deploy done | ESP > * | nasams | 1 | candidate",
    ),
    (
        ("Les États-Unis ont livré pour plus de 40 milliards de dollars d'armes à l'Ukraine."),
        "deliver done | USA > UKR | weapons | - | live money=>40000000000 USD",
    ),
    (
        "L'OTAN enverra des armes plus lourdes à l'Ukraine.",
        "promise announced | nato > UKR | heavy-weapons | - | live",
    ),
    (
        "Le Japon a promis 100 millions d'euros d'aide militaire à l'Ukraine.",
        "promise announced | JPN > UKR | military-aid | - | live money=100000000 EUR",
    ),
    (
        "La Lettonie consacrera 1 % de son PIB à l'aide militaire à l'Ukraine.",
        "allocate announced | LVA > UKR | military-aid | - | *",
    ),
    (
        "L'Allemagne a livré à l'Ukraine des Gepard pour abattre des drones Shahed.",
        "deliver done | DEU > UKR | gepard | - | live",
    ),
    (
        (
            "La Norvège a promis à l'Ukraine des NASAMS contre les missiles de croisière et "
            "les drones."
        ),
        "promise announced | NOR > UKR | nasams | - | live",
    ),
    ("La Russie a tiré quarante missiles Kalibr et dix drones contre Odessa.",),
    ("L'armée ukrainienne a détruit vingt chars T-72.",),
    ("L'Ukraine a perdu deux cents Bradley depuis l'été.",),
    (
        ("Les systèmes IRIS-T livrés par l'Allemagne ont abattu des missiles et des drones."),
        "deliver done | DEU > * | iris-t | - | live",
    ),
    (
        "Des soldats ukrainiens sont entraînés en Espagne.",
        "train under way | ESP > UKR | training | - | *",
    ),
    (
        "La Pologne a entraîné 5 000 soldats ukrainiens.",
        "train done | POL > UKR | training | * | live",
    ),
    (
        "D'après Reuters, la Grèce a cédé des S-300 à l'Ukraine.",
        "deliver done | GRC > UKR | s-300 | - | * origin=reuters",
    ),
    (
        "La Grèce aurait livré des S-300 à l'Ukraine.",
        "deliver hearsay | GRC > UKR | s-300 | - | candidate",
    ),
    (
        "Des S-300 grecs auraient été livrés à l'Ukraine.",
        "deliver hearsay | GRC > UKR | s-300 | - | candidate",
    ),
    (
        "Le Maroc aurait envoyé vingt T-72B à l'Ukraine, selon la presse.",
        "deliver hearsay | MAR > UKR | t-72b | 20 | candidate",
    ),
    (
        "Le Pakistan est accusé d'avoir livré des obus à l'Ukraine.",
        "deliver alleged | PAK > UKR | artillery-ammunition | - | candidate",
    ),
    (
        "La Pologne livrera ses MiG-29 à l'Ukraine si les alliés les remplacent.",
        "promise conditional | POL > UKR | mig-29 | - | * if=si",
    ),
    (
        (
            "L'Allemagne livrera des Leopard 2 à l'Ukraine à condition que Washington "
            "envoie des Abrams."
        ),
        "promise conditional | DEU > UKR | leopard-2 | - | * if=à",
        "* * | USA > * | m1-abrams | - | *",
    ),
    (
        (
            "Tant que la Hongrie bloque les fonds, l'Union européenne ne remboursera pas "
            "les munitions."
        ),
        "reimburse denied | eu > * | ammunition | - | *",
    ),
    (
        "Il n'est pas exclu que la France livre des Mirage à l'Ukraine.",
        "consider planned | FRA > UKR | mirage-2000 | - | *",
    ),
    (
        "Personne n'a livré de missiles Taurus à l'Ukraine.",
        "deliver denied | - > UKR | taurus-kepd-350 | - | candidate",
    ),
    (
        "L'objectif initial était de livrer 31 chars Abrams à l'Ukraine.",
        "plan planned | * > UKR | m1-abrams | 31 | candidate",
    ),
    (
        "La France a livré six Caesar de plus à l'Ukraine, portant le total à 24.",
        "deliver done | FRA > UKR | caesar | 6 | live basis=increment",
    ),
    (
        "À ce jour, la Norvège a livré 22 obusiers M109 à l'Ukraine.",
        "deliver done | NOR > UKR | m109 | 22 | live basis=cumulative",
    ),
    ("LIRE LA SUITE : L'Estonie a livré neuf obusiers D-30 à l'Ukraine",),
    ("À lire aussi : La France livre dix Caesar à l'Ukraine",),
    ("Les Leopards ont livré un beau match contre les Lions.",),
    ("La compagnie aérienne a commandé vingt avions Airbus.",),
    (
        "Le client a reçu sa commande de vingt drones pour enfants.",
        "order done | - > - | drone | 20 | candidate",
    ),
    ("L'attaque a fait douze morts et détruit trois véhicules.",),
    (
        "La ville a commandé dix camions à ordures.",
        "order done | - > - | truck | 10 | candidate",
    ),
    ("Le musée possède un char Sherman.",),
    (
        "La Russie a livré des S-400 à la Turquie.",
        "deliver done | RUS > TUR | s-400 | - | live",
    ),
    (
        "L'Iran a fourni des drones Shahed à la Russie.",
        "deliver done | IRN > RUS | shahed-136 | - | live",
    ),
    ("La première des deux batteries SAMP/T est en service en Ukraine.",),
    (
        "Le dernier des huit Leopard 2 norvégiens a été livré à l'Ukraine.",
        "deliver done | NOR > UKR | leopard-2 | 1 | * of=8",
    ),
    (
        "La France a livré la moitié des douze Caesar promis à l'Ukraine.",
        "deliver done | FRA > UKR | caesar | - | *",
    ),
    ("Les obusiers M777 tirent des obus de 155 mm.",),
    ("Un missile Kalibr a frappé une école à Kharkiv.",),
    ("Les Bradley américains ont résisté à douze attaques de drones.",),
    ("La Russie a perdu 3 000 chars, affirme Londres.",),
    ("Dix soldats polonais ont été tués par un missile S-300.",),
    ("La Suède a rejoint l'OTAN avec ses Gripen.",),
    ("Le ministre est arrivé à Kiev à bord d'un hélicoptère Mi-8.",),
    (("L'exercice Steadfast a réuni cinquante navires et quatre-vingts avions de l'OTAN."),),
    ("La Pologne a reçu 300 000 réfugiés de l'Ukraine.",),
    (
        "La police a reçu dix drones.",
        "receive done | - > - | drone | 10 | candidate",
    ),
    ("Ryanair a commandé 150 Boeing 737.",),
    ("Le joueur ukrainien a livré un match superbe contre la France.",),
    ("La Croatie a livré un match décevant contre le Maroc.",),
    ("La Poste a livré deux millions de colis.",),
    ("L'Italie a dominé l'Ukraine 3 à 1.",),
    ("L'Estonie n'exclut pas d'envoyer des troupes en Ukraine.",),
    ("La Lettonie commande le bataillon multinational.",),
    ("La Norvège produit du gaz pour l'Allemagne.",),
    ("Le Japon a remis une médaille à l'ambassadeur d'Ukraine.",),
    (
        "La Chine aurait vendu des drones à la Russie, affirme Washington.",
        "deliver hearsay | CHN > RUS | drone | - | candidate",
    ),
    (
        "Washington accuse la Corée du Nord d'avoir livré des obus à la Russie.",
        "deliver alleged | PRK > RUS | artillery-ammunition | - | candidate",
    ),
    (
        "Sur les 31 Abrams promis, les États-Unis en ont livré dix à l'Ukraine.",
        "deliver done | USA > UKR | m1-abrams | 10 | *",
        "promise announced | * > * | m1-abrams | 31 | *",
    ),
    (
        "Le nombre exact de missiles livrés par le Royaume-Uni n'a pas été précisé.",
        "deliver done | GBR > * | missile | - | *",
    ),
    ("La valeur du contrat n'a pas été divulguée.",),
    (
        "L'Ukraine a besoin de chars, pas de promesses.",
        "need announced | UKR > UKR | tank | - | live",
    ),
    ("L'Ukraine tire 6 000 obus de 155 mm par jour.",),
    (
        "La Russie produit deux millions d'obus par an.",
        "produce under way | RUS > - | artillery-ammunition | 2000000 | * per=year",
    ),
    (
        ("Le Royaume-Uni a livré à l'Ukraine des missiles Storm Shadow d'une portée de 250 km."),
        "deliver done | GBR > UKR | storm-shadow | - | live",
    ),
    (
        "La Slovénie a cédé à l'Ukraine des chars M-55S vieux de 50 ans.",
        "deliver done | SVN > UKR | m-55s | - | live",
    ),
    (
        "L'Allemagne a livré à l'Ukraine 1 000 tonnes de munitions.",
        "deliver done | DEU > UKR | ammunition | * | *",
    ),
    ("Un char Leopard 2 coûte environ 10 millions d'euros.",),
    (
        "Entre 2014 et 2021, le Royaume-Uni a formé 22 000 soldats ukrainiens.",
        "train done | GBR > UKR | training | * | *",
    ),
    (
        "En 1991, l'Ukraine possédait 6 500 chars.",
        "hold done | UKR > - | tank | 6500 | candidate",
    ),
    (
        "30 % des chars promis à l'Ukraine ne sont pas arrivés.",
        "deliver denied | - > UKR | tank | - | candidate",
        "promise announced | - > UKR | tank | - | candidate",
    ),
    ("Le rapport compte 12 pays, 40 usines et 3 000 emplois.",),
    ("Le cargo a livré 20 000 tonnes de blé à l'Égypte.",),
    ("Depuis Berlin, le ministre ukrainien a remercié la Norvège pour ses NASAMS.",),
    ("La Pologne a autorisé le Canada à faire transiter des M777 par son territoire.",),
    (
        "La Suède veut acheter des Patriot aux États-Unis.",
        "order planned | SWE > * | patriot | - | * by=USA",
    ),
    (
        "L'Estonie a livré tous ses D-30, soit neuf pièces, à l'Ukraine.",
        "deliver done | EST > UKR | d-30 | - | live",
        "deliver done | EST > UKR | d-30 | 9 | candidate",
    ),
    (
        (
            "La Norvège a livré des obusiers M109 à l'Ukraine. LIRE AUSSI. L'Ukraine attend "
            "des chars."
        ),
        "deliver done | NOR > UKR | m109 | - | live",
        "* planned | * > UKR | tank | - | *",
    ),
    (
        "L'Allemagne livrerait des Taurus à l'Ukraine, selon Bild.",
        "deliver hearsay | DEU > UKR | taurus-kepd-350 | - | candidate origin=bild",
    ),
    (
        "La 155e brigade ukrainienne a été formée en France.",
        "train done | FRA > UKR | training | - | *",
    ),
    (
        "La Russie prétend que la Pologne a livré des chars à l'Ukraine.",
        "deliver alleged | POL > UKR | tank | - | candidate",
    ),
]
NOT_YET: list[tuple[str, ...]] = [
    (
        "own means of a speaker without a nation",
        (
            "Nous avons triplé notre dispositif en Méditerranée à plus de 20 frégates, a "
            "dit l'amiral."
        ),
    ),
    (
        "the rest of a torn name is a second item",
        "La Norvège livrera des avions NASAMS. systèmes antiaériens à l'Ukraine.",
        "promise announced | NOR > UKR | nasams | - | *",
    ),
    (
        "a full stop inside a noun group",
        "Le Canada a promis des véhicules. blindés à l'Ukraine.",
        "promise announced | CAN > UKR | * | - | *",
    ),
    (
        "a possessive before its owner",
        ("En échange de ses T-72 livrés à l'Ukraine, Prague recevra de Berlin quinze Leopard 2A4."),
        "backfill announced | DEU > CZE | leopard-2a4 | 15 | *",
        "deliver done | CZE > UKR | t-72 | - | *",
    ),
    (
        "a share as subject",
        "Un tiers des Caesar livrés à l'Ukraine sont en réparation.",
        "repair under way | * > * | caesar | - | candidate",
    ),
    (
        "the agent of a passive state",
        "Plusieurs AS-90 ont été cannibalisés pour les pièces par l'armée ukrainienne.",
        "cannibalise done | UKR > * | as-90 | - | candidate",
    ),
    (
        "a relative clause that cites",
        (
            "Selon Der Spiegel, qui cite un haut responsable de l'OTAN, la Slovaquie "
            "livrera des MiG-29 à l'Ukraine."
        ),
        ("promise announced | SVK > UKR | mig-29 | - | * origin=der-spiegel,senior-official:nato"),
    ),
    (
        "an outlet that cites an official",
        (
            "La Pologne livrera dix MiG-29 à l'Ukraine, a rapporté lundi le Wall Street "
            "Journal, citant un responsable américain."
        ),
        ("promise announced | POL > UKR | mig-29 | 10 | * origin=wall-street-journal,official:USA"),
    ),
    (
        "a calibre alone",
        "Le 155 mm manque à l'Ukraine.",
        "need announced | UKR > UKR | 155mm-shell | - | *",
    ),
    (
        "forming that is no training",
        "La France forme un nouveau gouvernement.",
    ),
    (
        "a call to share",
        "Partager sur Facebook : l'Allemagne livre des chars",
    ),
    (
        "a list of other articles",
        "Les plus lus : La Suède livre dix chars à l'Ukraine",
    ),
    (
        "a supposition",
        "Si l'Allemagne livrait des Taurus, la Russie protesterait.",
    ),
    (
        "a condition with an infinitive",
        ("La Slovaquie est prête à céder ses S-300 à l'Ukraine, à condition d'être dédommagée."),
        "promise conditional | SVK > UKR | s-300 | - | *",
    ),
    (
        "a condition without a verb",
        "Une fois les équipages formés, la Suède livrera des Gripen à l'Ukraine.",
        "promise conditional | SWE > UKR | gripen | - | *",
    ),
    (
        "a condition of time",
        "La Suède livrera des Gripen à l'Ukraine dès que les équipages seront formés.",
        "promise conditional | SWE > UKR | gripen | - | *",
    ),
    (
        "the subject of what is added to",
        "Outre les dix-huit Caesar déjà livrés, la France en livrera douze à l'Ukraine.",
        "deliver done | FRA > * | caesar | 18 | *",
        "promise announced | FRA > UKR | caesar | 12 | *",
    ),
    (
        "a total brought to",
        "Les Pays-Bas ont porté à 24 le nombre de F-16 promis à l'Ukraine.",
        "promise announced | NLD > UKR | f-16 | 24 | * basis=total",
    ),
    (
        "a refusal in reported speech",
        "La Norvège a annoncé qu'elle ne livrerait pas de chars à l'Ukraine.",
        "refuse announced | NOR > UKR | tank | - | *",
    ),
    (
        "negation of a second object",
        "La Finlande a livré des chars à l'Ukraine, mais aucun avion.",
        "deliver done | FIN > UKR | tank | - | live",
    ),
    (
        "not X but Y",
        "La Belgique livrera non pas des Leopard 1 mais des F-16 à l'Ukraine.",
        "promise announced | BEL > UKR | f-16 | - | live",
    ),
    (
        "X and not Y",
        "La Grèce livrera des S-300, et non des Patriot, à l'Ukraine.",
        "promise announced | GRC > UKR | s-300 | - | live",
    ),
    (
        "a question",
        "La France livrera-t-elle des Mirage 2000 à l'Ukraine ?",
    ),
    (
        "a crew's means",
        "La Belgique a livré à l'Ukraine de quoi former un bataillon de chars.",
        "deliver done | BEL > UKR | tank | - | *",
    ),
    (
        "a state that is no more",
        "Les chars T-72 de l'armée russe ont été livrés à l'origine par l'URSS.",
    ),
    (
        "giving back",
        "L'Ukraine a rendu à la Pologne dix Leopard 2 à réparer.",
        "deliver done | UKR > POL | leopard-2 | 10 | *",
    ),
    (
        "an aeroplane that lands",
        "L'avion de la Première ministre danoise a atterri à Kiev.",
    ),
    (
        "an ordinal alone",
        "L'Allemagne a livré deux IRIS-T SLM à l'Ukraine et un troisième est attendu.",
        "deliver done | DEU > UKR | iris-t-slm | 2 | live",
        "* * | * > UKR | iris-t-slm | 1 | candidate",
    ),
    (
        "an act only spoken of",
        "La livraison de Taurus à l'Ukraine serait une escalade, a dit le chancelier.",
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
