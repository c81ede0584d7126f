"""The life of a guide: many edits in a row, some taken back, with a build after each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cards.build.cache import BuildCache, decode_cache, encode_cache
from cards.build.pipeline import plan_build
from cards.errors import GuideError, StaleCacheError
from cards.lock.likeness import similarity
from cards.lock.lock import UnparsedLock
from tests.builders.built import finished
from tests.builders.edited_guide import EDITS, Desk, text_of
from tests.builders.identity_count import build_lines
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from random import Random

    from cards.build.pipeline import BuildPlan
    from cards.card.card import CardId
    from tests.builders.edited_guide import Lines
    from tests.builders.guide_words import GuideWords
    from tests.builders.identity_count import OriginBuild, OriginCard

_MAX_LINES = 160
_SHARE_TAKEN_BACK = 0.15
_UNLIKE = 0.5
"""Answers less alike than this are different ones, whoever looks."""


@dataclass(slots=True)
class GuideLife:
    """A guide that is edited at random, and all that its builds should not have done."""

    lines: Lines
    words: GuideWords
    chance: Random
    first: Lines = field(init=False)
    build: OriginBuild = field(init=False)
    cache: BuildCache = field(default_factory=BuildCache)
    versions: list[Lines] = field(default_factory=list)
    owners: dict[CardId, set[tuple[int, str, int]]] = field(default_factory=lambda: defaultdict(set))
    """All that each identity ever was about."""
    said: dict[CardId, set[str]] = field(default_factory=lambda: defaultdict(set))
    """All that each identity ever said."""
    moment: int = 1000
    cards: int = 0
    """How many cards were built after edits."""
    wrong: list[str] = field(default_factory=list)
    """Cards with the history of another."""
    lost: list[str] = field(default_factory=list)
    """New cards although their old one was there, and no report asks whether they are it."""
    asked: int = 0
    """How many such cards a report asks about."""
    unsaid: list[str] = field(default_factory=list)
    """Cards that are answered otherwise, which no report says."""

    def __post_init__(self) -> None:
        """Build the guide for the first time."""
        self.first = self.lines
        self._begin()

    def _begin(self) -> None:
        """Begin a new life with the guide as it was written."""
        self.lines, self.versions, self.cache = self.first, [self.first], BuildCache()
        self.owners.clear()
        self.said.clear()
        self.build = build_lines(self.lines)
        self._remember()

    def step(self) -> str:
        """Edit the guide and build it; return what was done."""
        if not len(self.first) / 2 <= len(self.lines) <= _MAX_LINES:
            self._begin()
        name, lines = self._edited()
        self.moment += 7
        try:
            build = build_lines(lines, self.build, self.moment)
        except GuideError:
            return "refused"
        self._compare_with_quick_build(lines, build)
        before, self.build, self.lines = self.build, build, lines
        self._judge(name, before)
        self._remember()
        self.versions.append(lines)
        return name

    def _edited(self) -> tuple[str, Lines]:
        if self.chance.random() < _SHARE_TAKEN_BACK:
            return "an edit is taken back", self.chance.choice(self.versions[-3:])
        while True:
            edit = self.chance.choice(EDITS)
            lines = edit(Desk.of(self.lines, self.words, self.chance))
            if lines is not None:
                return edit.__name__, lines

    def _compare_with_quick_build(self, lines: Lines, whole: OriginBuild) -> None:
        plan = self._quick_plan(text_of(lines))
        quick = finished(plan, verdicts_of(plan.to_run), self.moment)
        assert quick.lock == whole.result.lock
        assert set(quick.changes.new_answers) == set(whole.result.changes.new_answers)
        self.cache = decode_cache(encode_cache(quick.cache))

    def _quick_plan(self, text: str) -> BuildPlan:
        lock = UnparsedLock(self.build.result.lock.split("\n"), "guide.lock")
        try:
            return plan_build(text, "guide.md", lock, frozenset({HERE}), cache=self.cache, keep_answers=False)
        except StaleCacheError:  # the command builds the whole guide then
            return plan_build(text, "guide.md", lock, frozenset({HERE}), keep_answers=False)

    def _judge(self, edit: str, before: OriginBuild) -> None:
        old = {card.id: card for card in before.cards}
        present = {card.id for card in self.build.cards}
        told = {one.id for one in self.build.result.changes.new_answers}
        doubts = {one.new: set(one.candidates) for one in self.build.result.changes.doubts}
        for card in self.build.cards:
            self.cards += 1
            if card.id in self.owners:
                if not (self.owners[card.id] & card.origins or self._is_back(card)):
                    self.wrong.append(f"{edit}: {self.said[card.id]} -> {card.words!r}")
            elif lost := [
                one for one in before.cards if one.origins & card.origins and one.id not in present
            ]:
                if doubts.get(card.id, set()) & {one.id for one in lost}:
                    self.asked += 1
                else:
                    self.lost.append(f"{edit}: {lost[0].words!r} -> {card.words!r}")
            was = old.get(card.id)
            if was and similarity(was.back, card.back) < _UNLIKE and card.id not in told:
                self.unsaid.append(f"{edit}: {was.words!r} -> {card.words!r}")

    def _is_back(self, card: OriginCard) -> bool:
        """Tell whether a card says what it said once; below its question letters may have changed places."""
        said = self.said[card.id]
        letters = sorted(card.below)
        return bool(said & {card.words, card.front, card.entry}) or any(
            sorted(each) == letters for each in said
        )

    def _remember(self) -> None:
        for card in self.build.cards:
            self.owners[card.id] |= card.origins
            self.said[card.id] |= {card.words, card.front, card.entry or card.words, card.below}
