"""Count the cards that an edit left their identity, that lost it, and that got another card's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cards.build.pipeline import plan_build
from cards.card.kind import CardKind
from cards.card.sides import words
from cards.lock.compared_card import compare_draft
from tests.builders.built import finished, lock_of
from tests.builders.edited_guide import text_of
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.card.card import CardId
    from tests.builders.edited_guide import Line

_ENTRIES = frozenset({CardKind.ITEM, CardKind.STEP})
_WHOLE = frozenset(
    {CardKind.FAQ, CardKind.OVERVIEW, CardKind.QUIZ, CardKind.OUTPUT, CardKind.CODE, CardKind.COMMAND}
)
"""Kinds that ask the question itself: they are its card, whichever line answers it."""


@dataclass(frozen=True, slots=True)
class OriginCard:
    """A card of a build, and where its fact came from."""

    id: CardId
    front: str
    back: str
    origins: frozenset[tuple[int, str, int]]
    """A line's number, what is asked of it, and the place among such cards; one in common is enough."""

    entry: str = ""
    """Its question, with what it hides of a list; empty for a card that is told by its own words."""
    question: str = ""

    @property
    def words(self) -> str:
        """All its words."""
        return f"{self.front}\n{self.back}"

    @property
    def below(self) -> str:
        """All its words below its question."""
        return f"{self.question}: {self.words}"


@dataclass(frozen=True, slots=True)
class OriginBuild:
    """A build of lines whose origin is known."""

    result: BuildResult
    cards: tuple[OriginCard, ...]


def build_lines(lines: Sequence[Line], before: OriginBuild | None = None, now: int = 1000) -> OriginBuild:
    """Return the build of some lines, with the origin of each of its cards."""
    lock = lock_of(before.result) if before else None
    plan = plan_build(text_of(lines), "guide.md", lock, frozenset({HERE}))
    result = finished(plan, verdicts_of(plan.to_run), now)
    return OriginBuild(result, _cards_of(lines, plan, result))


def _cards_of(lines: Sequence[Line], plan: BuildPlan, result: BuildResult) -> tuple[OriginCard, ...]:
    asked = {
        question.slug: (lines[question.span.first - 1].number, question.title)
        for question in plan.guide.questions
    }
    counts: dict[tuple[int, str], int] = defaultdict(int)
    cards = []
    for card in result.deck.whole_cards:
        asks = "entry" if card.kind in _ENTRIES else str(card.kind)
        line = lines[card.span.first - 1].number
        heading, title = asked[card.slug]
        origins = set() if card.kind in _WHOLE else {(line, asks, counts[line, asks])}
        counts[line, asks] += 1
        if card.kind in _WHOLE or words(card.front) == title:
            origins.add((heading, "whole", 0))
        said = compare_draft(0, card, {})
        entry = f"{title}: {said.entry}" if card.kind in _ENTRIES else title if card.kind in _WHOLE else ""
        cards.append(OriginCard(card.id, said.front, said.back, frozenset(origins), entry, title))
    return tuple(cards)


@dataclass(slots=True)
class IdentityCount:
    """The cards of builds after edits: those that are what they should be, and the others."""

    builds: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    """New cards that are old ones."""
    wrong: list[str] = field(default_factory=list)
    """Cards with the identity of another one."""

    @property
    def total(self) -> int:
        """The number of cards."""
        return self.right + len(self.missed) + len(self.wrong)

    @property
    def share_right(self) -> float:
        """The share of cards that are what they should be."""
        return self.right / max(self.total, 1)

    def add(self, before: OriginBuild, after: OriginBuild) -> None:
        """Count the cards of a build after an edit."""
        self.builds += 1
        by_id = {card.id: card for card in before.cards}
        taken = {card.id for card in after.cards}
        for card in after.cards:
            same = {old.id for old in before.cards if old.origins & card.origins}
            old = by_id.get(card.id)
            if old is not None and card.id not in same and old.words != card.words:
                self.wrong.append(f"{old.words!r} -> {card.words!r}")
            elif old is None and same - taken:
                lost = by_id[min(same - taken)]
                self.missed.append(f"{lost.words!r} -> {card.words!r}")
            else:
                self.right += 1

    def join(self, other: IdentityCount) -> None:
        """Add what another count counted."""
        self.builds += other.builds
        self.right += other.right
        self.missed += other.missed
        self.wrong += other.wrong
