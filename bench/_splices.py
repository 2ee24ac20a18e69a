"""Texts for the fuzzer: sentences of our own in five languages, torn apart as bytes say.

The same bytes give the same text, with or without the fuzzer: what it found can be read again.
"""

from __future__ import annotations

from typing import Final

SENTENCES: Final = (
    "L'Estonie a livré neuf obusiers D-30 à l'Ukraine.",
    "Oslo en a promis huit autres d'ici 2027, a dit le ministre.",
    "« Nous enverrons 20\u202f000 obus de 155\u00a0mm », a promis la ministre.",
    "Le paquet de la Finlande à l'Ukraine comprend :\n- deux radars ;\n- des vêtements d'hiver.",
    "Prague a cédé ses T-72 à l'Ukraine en échange de quinze Leopard 2A4 allemands.",
    "Lisbonne n'a pas livré les chars qu'elle avait promis ; elle en étudie la réparation.",
    "L'agence a conclu un contrat-cadre de 2 milliards d'euros, dont 500 millions fermes.",
    "LIRE AUSSI : la Suède livre des chars",
    "Le 3 mars, Vilnius portait à 62 le total de ses M113, soit une vingtaine de plus.",
    "Latvia has delivered four helicopters and 200 Stinger missiles to Ukraine.",
    "The package includes: \n• up to 30 Bradley vehicles;\n• $1.5 billion for air defence.",
    "Canberra denied it would send tanks, bringing the total to 49, officials said.",
    "Ten more of these will follow by next spring, 10 each for Ukraine and Moldova.",
    "According to Reuters, neither Norway nor Denmark supplied the F-16s it had pledged.",
    "Deutschland hat der Ukraine 18 Panzerhaubitzen und fünf Mars-II-Werfer übergeben.",
    "Weitere 30 Flugabwehrkanonenpanzer sollen bis Jahresende folgen, teilte Berlin mit.",
    "Ein Sprecher dementierte, dass Wien dreißig Radpanzer liefern werde.",
    "Естонія передала Україні дев'ять гаубиць Д-30 і 2,5 тисячі снарядів.",
    "Литва пообіцяла ще п'ятдесят бронетранспортерів M113 до кінця року.",
    "Polska przekazała Ukrainie czternaście czołgów Leopard 2A4 i 60 czołgów PT-91.",
    "Czechy kupią 180 tysięcy pocisków kalibru 155 mm za 300 mln euro.",
    "Airbus a livré 63 avions à des compagnies aériennes ; l'équipe des Leopards a gagné 3-1.",
)
JOINS: Final = (" ", "\n", "\n\n", "", "\r\n", " – ", "\t", "\u2028", ": ", "\n- ", "»", "<br>")
JUNK: Final = (
    *"\u0301\u0308\u20dd\u0336\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u202d\u202c\u2067\u2069",
    *"\u200f\u200e\u061c\ufffd\ufffe\U000e0041\ud800\udfff\udc80\x00\x0b\x0c\x1f\x7f\x85\u2028",
    *"\u00a0\u202f\u3000\u2009\u1680０１２３４５６７８９٠١٢٣०१२३²³¹½⅔①Ⅻ㎜㌧€$£￥₴%‰/\\",
    *"İıſßẞŉǰΐﬁﬀς\u0345аеорсухіІАЕОР𝐋𝟗Ａｂ。、．，：；'’‘ʼ`´\"«»“”„‹›()[]{}<>&#;:.,!?…–—―-_*=|~^@+",
    *"😀👨\u200d👩\u200d👧🇺🇦🇫🇷1️⃣❤️\u4e00あ한ไทยעא\u05b0ש",
    "1 000 000 ", "12.345,67", "1.5.2023", "9" * 25, "10-20", " a ", " de ", " un ", " et ", "dix-",
    " ne ", " pas ", " milliards d'euros ", " d'ici 2030 ", " Leopard 2", " M113", " HIMARS ",
    " in ", " die ", " та ", " oraz ", "n't ", " il ", " en ", " 155 mm ", " F-16 ", "\n* ",
    "\n1. ",
)  # fmt: skip
MAX_CHARACTERS: Final = 20_000

_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")


class _Choices:
    """Numbers below a bound, taken from bytes one after the other; zeros when they are used up."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def below(self, bound: int) -> int:
        """A number from 0 to ``bound`` - 1."""
        size = 1 if bound <= 256 else 2
        taken = int.from_bytes(self._data[self._at : self._at + size], "little")
        self._at += size
        return taken % bound if bound else 0

    def left(self) -> bool:
        """Whether there are bytes left."""
        return self._at < len(self._data)


def spliced(data: bytes) -> str:
    """The text that these bytes choose: some sentences, then edits as long as there are bytes."""
    choices = _Choices(data)
    parts: list[str] = []
    for _ in range(1 + choices.below(6)):
        parts += [SENTENCES[choices.below(len(SENTENCES))], JOINS[choices.below(len(JOINS))]]
    text = "".join(parts)
    repeats = choices.below(256)
    while choices.left():
        text = _edited(text, choices)
    if repeats >= 250:
        text *= 1 + min(4 ** (repeats - 249), MAX_CHARACTERS // max(1, len(text)))
    return text[:MAX_CHARACTERS]


def _edited(text: str, choices: _Choices) -> str:
    """One edit: a span goes, comes twice, changes its case or digits, or junk is put before it."""
    edit = choices.below(8)
    start = choices.below(len(text) + 1)
    end = min(len(text), start + choices.below(24))
    span = text[start:end]
    if edit == 1:
        span = ""
    elif edit == 2:
        span *= 2
    elif edit == 3:
        span = span.swapcase()
    elif edit == 4:
        span = span.translate(_FULL_WIDTH)
    elif edit == 5:
        span = span[::-1]
    else:
        times = 1 + (choices.below(40) if edit == 6 else 0)
        span = JUNK[choices.below(len(JUNK))] * times + span
    return text[:start] + span + text[end:]
