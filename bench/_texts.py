"""The texts of `reading.py`: dense articles with what they say, general news, streams of both.

All are in our own wording. `dense_fr.txt` and `general_fr.txt` hold one document a block, blocks
apart by an empty line; `dense_fr.claims` says of the first dense articles what they say.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any, NamedTuple

from accuracy import SHARED, Mapping

DATA = Path(__file__).resolve().parent / "data"
_MARKS = re.compile(r"\{(?P<nation>[^}]*)\}|<(?P<figure>[^>]*)>|\[(?P<item>[^\]]*)\]")


class Mention(NamedTuple):
    """A nation, a figure or an item that a claim rests on: which document, where."""

    document: int
    kind: str
    start: int
    end: int


def dense() -> list[str]:
    """The articles in which nearly every sentence is about military support."""
    return _blocks("dense_fr.txt")


def general() -> list[str]:
    """The news of everything else."""
    return _blocks("general_fr.txt")


def seeds() -> list[str]:
    """The annotated articles of the shared folder, where it is there."""
    return [path.read_text("utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))]


def mixed(count: int, seed: int, share: int = 20) -> list[tuple[bool, str]]:
    """A stream of documents, one in ``share`` dense (told by the flag), in a seeded order."""
    chance = random.Random(f"mixed {seed}")
    pools = {True: dense(), False: general()}
    flags = [number < count // share for number in range(count)]
    chance.shuffle(flags)
    return [(flag, chance.choice(pools[flag])) for flag in flags]


def page(text: str, number: int) -> bytes:
    """An HTML page of a newspaper around a text: menus, scripts, related headlines, a footer."""
    chance = random.Random(f"page {number}")
    headlines = [block.split(".")[0] for block in general()]
    title, *paragraphs = re.split(r"(?<=[.»]) ", text)
    menu = "".join(
        f'<li class="menu-item"><a href="/rubrique/{each}">Rubrique {each}</a></li>'
        for each in range(40)
    )
    related = "".join(
        f'<li><a href="/article/{chance.randrange(10**6)}"><span>{headline}</span></a></li>'
        for headline in chance.sample(headlines, 12)
    )
    script = "".join(f"var v{each}={{a:{chance.randrange(10**9)},b:'x'}};" for each in range(250))
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">'
        f"<title>{title}</title><meta property='og:title' content=\"{title}\">"
        "<meta property='article:published_time' content='2024-03-05T08:00:00+01:00'>"
        f"<style>{'.c{margin:0;padding:1px}' * 200}</style><script>{script}</script></head><body>"
        f"<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>{body}"
        f"</article><aside><h2>À lire aussi</h2><ul>{related}</ul></aside></main>"
        f"<footer><ul>{menu}</ul><p>Mentions légales – Tous droits réservés</p></footer>"
        f"<script>{script}</script></body></html>"
    ).encode()


def claims() -> tuple[list[list[dict[str, Any]]], Mapping, list[Mention]]:
    """For each annotated dense article its claims; their words' meanings; their mentions."""
    texts = dense()
    found: list[list[dict[str, Any]]] = []
    mentions: set[Mention] = set()
    mapping = Mapping({}, {}, {})
    for line in (DATA / "dense_fr.claims").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        number, core, actor, act, item, quantity, money, recipient, marked = line.split("|")
        document = int(number) - 1
        while len(found) <= document:
            found.append([])
        start = texts[document].index(_MARKS.sub(lambda each: each[each.lastgroup], marked))
        end = start + len(_MARKS.sub(lambda each: each[each.lastgroup], marked))
        before = 0
        for mark in _MARKS.finditer(marked):
            place = start + mark.start() - before
            size = len(mark[mark.lastgroup])
            mentions.add(Mention(document, str(mark.lastgroup), place, place + size))
            before += 2
        amount, _, currency = money.partition(" ")
        mapping.act[act], mapping.item[item] = act.split(","), item.split(",")
        mapping.actor[actor] = actor.split(",")
        found[document].append(
            {
                "id": f"{number}-{len(found[document]) + 1}", "core": core == "1", "actor": actor,
                "action": act, "item": item, "quantity": int(quantity) if quantity else None,
                "money": {"amount": int(amount), "currency": currency} if money else None,
                "recipient": recipient, "quote": marked, "tier": "core" if core == "1" else "other",
                "char_start": start, "char_end": end,
            }
        )  # fmt: skip
    return found, mapping, sorted(mentions)


def _blocks(name: str) -> list[str]:
    text = (DATA / name).read_text("utf-8")
    return [each.strip() for each in text.split("\n\n") if each.strip()]
