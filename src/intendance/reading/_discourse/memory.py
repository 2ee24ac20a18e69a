"""What a text has spoken of so far: actors, items and the speaker, for pronouns and "such arms"."""

from __future__ import annotations

from collections import Counter
from typing import Protocol

import msgspec

from intendance.catalogue import Catalogue
from intendance.reading._grammar.groups import ActorGroup, ItemGroup
from intendance.terms import Act, Certainty

_PACKAGE_REACH = 5
_GIFT_REACH = 4
"""How many sentences later a gift may be spoken of again without its giver."""
_REACH = 2
"""How many sentences back a pronoun or "these systems" may reach."""


class Frame(msgspec.Struct):
    """The act that a list under a colon, or "the package includes", goes on with.

    ``open`` is true where the sentence before ended in a colon; ``sentence`` where it was said;
    ``package`` the key of what was announced together; ``past`` marks a list of what was given
    before.
    """

    act: Act
    certainty: Certainty
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    open: bool
    sentence: int
    package: str | None = None
    past: bool = False


class HasSpeaker(Protocol):
    """The speech of a sentence, which a later one may name the speaker of."""

    speaker: str | None


class Memory:
    """Stacks of what was mentioned, by sentence, newest last."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._actors: list[tuple[int, tuple[str, ...], bool]] = []
        self._items: list[tuple[int, ItemGroup]] = []
        self._recipients: Counter[str] = Counter()
        self._gifts: Counter[str] = Counter()
        self._given: list[tuple[int, str, tuple[str, ...]]] = []
        self.maker: tuple[str, ...] = ()
        self.speaker: str | None = None
        self.speaker_ids: tuple[str, ...] = ()
        self.person: tuple[str, tuple[str, ...]] | None = None
        self.attribution: tuple[str, ...] = ()
        self.quote_open = False
        self.last_speech: HasSpeaker | None = None
        self.frame: Frame | None = None
        self.aid: Frame | None = None
        self.title: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self.sentence = 0

    def hear(
        self,
        actors: list[ActorGroup],
        items: list[ItemGroup],
        sellers: frozenset[str] = frozenset(),
    ) -> None:
        """Remembers the groups of the sentence just read; ``sellers`` get nothing in it."""
        for actor in actors:
            if actor.speaker is not None and actor.role is None and not actor.outlet:
                self.person = (actor.speaker, actor.ids)
            if actor.maker and actor.ids:
                self.maker = actor.ids
            if actor.ids and not actor.outlet and not actor.maker and not actor.adjective:
                self._actors.append((self.sentence, actor.ids, actor.role is None))
            if items and actor.role in ("to", "for") and len(actor.ids) == 1 and not actor.place:
                self._recipients.update(
                    each
                    for each in actor.ids
                    if each in self._catalogue.nations and each not in sellers
                )
        for item in items:
            if item.item is not None:
                self._items.append((self.sentence, item))

    def took_part(self, ids: tuple[str, ...]) -> None:
        """Remembers what a pronoun was found to stand for, so that the next one reaches it."""
        if ids:
            self._actors.append((self.sentence, ids, True))

    def gave(self, item: str | None, actors: tuple[str, ...]) -> None:
        """Remembers who was said to give what."""
        self._gifts.update(actors)
        if item is not None and actors:
            self._given.append((self.sentence, item, actors))

    def giver(self, item: str | None) -> tuple[str, ...]:
        """Who was said to give this a little before; nobody where several did."""
        if item is None:
            return ()
        found = {
            actors
            for sentence, given, actors in self._given
            if self.sentence - sentence <= _GIFT_REACH
            and (self._catalogue.specialises(given, item) or self._catalogue.includes(item, given))
        }
        return found.pop() if len(found) == 1 else ()

    def institution(self, before: tuple[str, ...], speaker: tuple[str, ...]) -> tuple[str, ...]:
        """Whose "the government" or "the army" is: a subject's, the speaker's, the text's."""
        nations = [each for each in before if each in self._catalogue.nations]
        if nations:
            return (nations[-1],)
        for sentence, ids, subject in reversed(self._actors):
            if self.sentence - sentence > 1:
                break
            if subject and len(ids) == 1 and ids[0] in self._catalogue.nations:
                return ids
        if len(speaker) == 1 and speaker[0] in self._catalogue.nations:
            return speaker
        return self.protagonist()

    @property
    def fresh(self) -> bool:
        """Whether an item was named so lately that a bare number may count it."""
        return bool(self._items) and self.sentence - self._items[-1][0] <= _REACH

    @property
    def silent(self) -> bool:
        """Whether nobody has spoken yet, so that a pronoun before "said" stands for nobody."""
        return self.speaker is None and self.person is None

    def pass_over(self, text: str) -> None:
        """Goes on past a sentence that says nothing, but may open or close a quote."""
        self.quote_open = text.count('"') % 2 == 1
        self.last_speech = None

    def received(self, recipients: tuple[str, ...]) -> None:
        """Counts a recipient that was said."""
        self._recipients.update(recipients)

    def current_frame(self) -> Frame | None:
        """The frame that still holds: of this sentence, the one before, or the list going on."""
        frame = self.frame
        if frame is None or self.sentence - frame.sentence > 1:
            return None
        return frame

    def announced_package(self) -> Frame | None:
        """The package that "the package includes" means some sentences after it was announced."""
        frame = self.frame
        if frame is None or frame.package is None:
            # a sum of aid may turn out to be what "the package" is
            frame = self.aid
        if frame is None or self.sentence - frame.sentence > _PACKAGE_REACH:
            return None
        return frame

    def topic(self) -> str | None:
        """The one recipient that a text is about: the only one said, or said in most cases."""
        taking = Counter(
            {each: count for each, count in self._recipients.items() if count > self._gifts[each]}
        )
        if not taking:
            return None
        (first, count), *_ = taking.most_common(1)
        total = sum(taking.values())
        return first if count * 10 >= total * 6 else None

    def subject(self, plural: bool) -> tuple[str, ...]:
        """What "il", "ils", "they" stands for: the last subject within reach, alone there."""
        for sentence, ids, subject in reversed(self._actors):
            if self.sentence - sentence > _REACH:
                break
            if subject and (plural or (len(ids) == 1 and ids[0] in self._catalogue.nations)):
                return ids
        return () if plural else self.protagonist()

    def protagonist(self) -> tuple[str, ...]:
        """The one nation that most of the text's subjects so far are, if there is one."""
        nations, subjects = self._catalogue.nations, dict[str, int]()
        for _, ids, subject in self._actors:
            for each in ids if subject else ():
                if each in nations:
                    subjects[each] = subjects.get(each, 0) + 1
        for each, count in subjects.items():
            if count * 2 > sum(subjects.values()):
                return (each,)
        return ()

    def country(self, before: list[ActorGroup], exclude: tuple[str, ...]) -> tuple[str, ...]:
        """What "le pays" stands for: the last nation named, in this sentence or just before."""
        for group in reversed(before):
            for each in reversed(group.ids):
                if each in self._catalogue.nations and each not in exclude:
                    return (each,)
        for sentence, ids, _ in reversed(self._actors):
            if self.sentence - sentence > 1:
                break
            nations = [each for each in ids if each in self._catalogue.nations]
            if nations and nations[-1] not in exclude:
                return (nations[-1],)
        return ()

    def countries(self, before: list[ActorGroup], count: int) -> tuple[str, ...]:
        """What "the two countries" stands for: as many nations named here, or just before.

        With a ``count`` of 0 they are as many as were named; nobody where the number differs.
        """
        topic = self.topic()
        here = [each for group in before for each in group.ids]
        last = [each for at, ids, _ in self._actors if self.sentence - at == 1 for each in ids]
        for named in (here, last):
            found = tuple(
                dict.fromkeys(
                    each for each in named if each in self._catalogue.nations and each != topic
                )
            )
            if len(found) == count or (not count and len(found) > 1):
                return found
        return ()

    def item(
        self, wanted: frozenset[str], before: list[ItemGroup], owners: tuple[str, ...] = ()
    ) -> ItemGroup | None:
        """What "ces armes" or "le système" stands for: the last item of a fitting class.

        With ``owners`` ("its battery") an item that was said to be theirs goes first.
        """
        for item in reversed(before) if owners else ():
            if item.owner in owners and self._suits(item, wanted):
                return item
        for item in reversed(before):
            if self._suits(item, wanted):
                return item
        for sentence, item in reversed(self._items):
            if self.sentence - sentence > _REACH:
                return None
            if self._suits(item, wanted):
                return item
        return None

    def _suits(self, item: ItemGroup, wanted: frozenset[str]) -> bool:
        if item.against or item.item is None:
            return False
        return not wanted or bool(wanted & {item.item, *self._catalogue.classes(item.item)})
