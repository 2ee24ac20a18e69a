"""One reader for all tests, and the short notation of what a text is expected to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import settings

from intendance.catalogue import Catalogue
from intendance.reading import Document, Reader
from intendance.reading._input import boilerplate
from intendance.terms import UNKNOWN_TIME, Interval, Reading, Statement, TimeSpan, span_of

Read = Callable[..., Reading]
Check = Callable[..., None]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_ANY = "*"
_SIGNS = {">": (True, True), "≥": (True, False), "<": (False, True), "≤": (False, False)}


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the packaged catalogue."""
    return Reader()


@pytest.fixture(scope="session")
def cat(reader: Reader) -> Catalogue:
    """The packaged catalogue."""
    return reader.catalogue


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Reads a text in a language, however short it is; ``published`` is YYYY[-MM[-DD]]."""

    def read_text(text: str, published: str | None = None, language: str = "fr") -> Reading:
        time: TimeSpan = span_of(published) if published else UNKNOWN_TIME
        document = Document(
            text=text,
            kind="article",
            address="test",
            raw_hash="0" * 64,
            published=time,
            date_from="option" if published else "unknown",
            language=language,
            skip=boilerplate(text),
        )
        return reader.read_document(document)

    return read_text


@pytest.fixture(scope="session")
def check(read: Read) -> Check:
    """Asserts that a text (French unless said) gives exactly the statements wanted, in any order.

    Each is written ``act certainty | actors > recipients | item | quantity | more``: ``*`` is
    anything and ``-`` nothing; a quantity is ``30``, ``~20``, ``>50``, ``≥50``, ``<5``, ``≤5`` or
    ``2..3``. ``more`` holds ``live`` or ``candidate``, and where they matter ``joint``, ``of=4``,
    ``per=month``, ``basis=part``, ``by=`` (suppliers), ``paid=`` (financers), ``money=5 EUR``,
    ``if=`` (the first word of the condition), ``origin=`` (the attribution), ``speaker=``
    (``-``: nobody), ``backfills``, ``part_of`` (a link).
    """

    def check_text(text: str, wanted: Sequence[str], language: str = "fr") -> None:
        said = list(read(text, language=language).statements)
        left = list(said)
        for line in wanted:
            found = next((each for each in left if not _differences(line, each)), None)
            assert found is not None, f"{line!r} is not among\n" + "\n".join(map(shown, left))
            left.remove(found)
        assert left == [], "not wanted:\n" + "\n".join(map(shown, left))

    return check_text


def shown(said: Statement) -> str:
    """A statement in the notation of the tests."""
    more = ["live" if said.live else "candidate", said.rule]
    more += [f"of={_figure(said.part_of)}"] if said.part_of is not None else []
    more += [f"per={said.per}"] if said.per else []
    more += [f"basis={said.basis}"] if said.basis else []
    more += [f"by={','.join(said.suppliers)}"] if said.suppliers else []
    more += [f"paid={','.join(said.financers)}"] if said.financers else []
    more += [f"if={said.condition}"] if said.condition else []
    more += [f"origin={','.join(said.attribution)}"] if said.attribution else []
    more += [f"speaker={said.speaker}"] if said.speaker else []
    more += [link.kind for link in said.links]
    if said.money is not None:
        more.append(f"money={said.money.low} {said.money.currency}")
    roles = f"{' '.join(said.actors) or '-'} > {' '.join(said.recipients) or '-'}"
    figure = _figure(said.quantity)
    head = f"{said.act} {said.certainty}"
    return f"{head} | {roles} | {said.item or '-'} | {figure} | {' '.join(more)}"


def _figure(interval: Interval) -> str:
    if not interval.known:
        return "-"
    if interval.high is None:
        return f"{'>' if interval.low_open else '≥'}{interval.low}"
    if interval.low is None:
        return f"{'<' if interval.high_open else '≤'}{interval.high}"
    about = "~" if interval.approx else ""
    if interval.low != interval.high:
        return f"{about}{interval.low}..{interval.high}"
    return f"{about}{interval.low}"


def _differences(line: str, said: Statement) -> list[str]:
    """Which parts of an expectation a statement does not meet."""
    head, roles, item, figure, more = (part.strip() for part in line.split("|"))
    act, _, certainty = head.partition(" ")
    actors, _, recipients = (part.strip() for part in roles.partition(">"))
    pairs = [
        ("act", act, said.act),
        ("certainty", certainty, said.certainty),
        ("actors", actors, " ".join(said.actors) or "-"),
        ("recipients", recipients, " ".join(said.recipients) or "-"),
        ("item", item, said.item or "-"),
        ("quantity", figure, _figure(said.quantity)),
    ]
    found = [name for name, wanted, got in pairs if wanted not in (_ANY, got)]
    # a refusal is said, not denied; only a denial is negative
    negative = said.certainty == "denied"
    found += ["polarity"] if (said.polarity == "negative") != negative else []
    return found + [each for each in _words(more) if not _meets(each, said)]


def _words(more: str) -> list[str]:
    """The words of the last part; an amount of money keeps its currency."""
    words: list[str] = []
    for word in more.split():
        if words and words[-1].startswith("money=") and " " not in words[-1]:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _meets(word: str, said: Statement) -> bool:
    name, _, value = word.partition("=")
    links = [link.kind for link in said.links]
    tests: dict[str, Callable[[], bool]] = {
        _ANY: lambda: True,
        "live": lambda: said.live,
        "candidate": lambda: not said.live,
        "joint": lambda: said.joint,
        "of": lambda: said.part_of is not None and _figure(said.part_of) == value,
        "per": lambda: said.per == value,
        "basis": lambda: said.basis == value,
        "by": lambda: ",".join(said.suppliers) == value,
        "paid": lambda: ",".join(said.financers) == value,
        "if": lambda: (said.condition or "").split(" ")[0] == value,
        "origin": lambda: ",".join(said.attribution) == value,
        "speaker": lambda: (said.speaker or "-") == value,
        "backfills": lambda: "backfills" in links,
        "part_of": lambda: "part_of" in links,
        "money": lambda: _is_money(value, said),
    }
    return tests[name]()


def _is_money(value: str, said: Statement) -> bool:
    if said.money is None:
        return False
    amount, _, currency = value.partition(" ")
    above = amount.startswith(">")
    wanted = Decimal(amount.lstrip(">"))
    upper = said.money.high is None if above else said.money.high == wanted
    return said.money.currency == currency and said.money.low == wanted and upper
