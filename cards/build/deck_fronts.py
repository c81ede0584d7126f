"""The gate over a whole deck: no two cards ask the same and are answered otherwise, no gap is asked twice."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import IntEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from cards.build.cache import FrontsOfQuestion, SharedFront
from cards.card import sides
from cards.card.same_front import front_words, labelled_front, with_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cards.atomize.atomize import QuestionCards
    from cards.build.cache import CachedChunk
    from cards.build.cached_reading import ReadChunk
    from cards.card.card import Draft

_HIDDEN_ELSEWHERE = "a gap of another question hides the same"
_ASKED_ELSEWHERE = "another question asks the same and is answered otherwise: say what it is about"


class Distinction(IntEnum):
    """How a card is told from others with its front."""

    ALIKE = 0
    """Not at all: all have the same answer."""
    LABELLED = 1
    """By a label before its front."""
    LEFT_OUT = 2
    """It is left out, since no label tells it."""


@dataclass(frozen=True, slots=True)
class DeckFronts:
    """The fronts of a deck: those of the cards that are made now, and what the cache knows of the others."""

    made: dict[str, list[Draft]]
    """The cards that are made now, by the digests of their fronts."""
    cached: dict[str, list[SharedFront]]
    """The cards that are taken over and had no front of their own, by their fronts."""

    @classmethod
    def of(cls, question_cards: Sequence[QuestionCards], chunks: Iterable[ReadChunk] = ()) -> DeckFronts:
        """Return the fronts of the cards of all questions, those of cached chunks among them."""
        made: dict[str, list[Draft]] = defaultdict(list)
        for each in _without_repeated_gaps(question_cards):
            for draft in each.drafts:
                made[digest_of_words(front_words(draft))].append(draft)
        cached: dict[str, list[SharedFront]] = defaultdict(list)
        for chunk in chunks:
            for one in chunk.cached.shared_fronts if chunk.cached else ():
                cached[one.front].append(one)
        return cls(made, cached)

    def shared(self) -> Iterator[tuple[list[Draft], list[SharedFront]]]:
        """Yield the cards that are made now and share a front, and how each of them is told apart."""
        for front, drafts in self.made.items():
            if len(drafts) > 1 or front in self.cached:
                ours = [_shared_front(front, draft) for draft in drafts]
                told = _tell_apart([*ours, *self.cached.get(front, ())])
                pairs = zip(ours, told, strict=False)
                yield drafts, [one._replace(told=how) for one, how in pairs]

    def chunks_told_otherwise(self, chunks: Iterable[ReadChunk]) -> frozenset[str]:
        """Return the keys of the cached chunks with a card that is told from others otherwise than before."""
        otherwise = set()
        for front, cached in self.cached.items():
            ours = [_shared_front(front, draft) for draft in self.made.get(front, ())]
            told = _tell_apart([*cached, *ours])
            if any(one.told != how for one, how in zip(cached, told, strict=False)):
                otherwise.add(front)
        return frozenset(
            chunk.key
            for chunk in chunks
            if chunk.cached
            and (
                any(front in self.made for front in chunk.cached.fronts)
                or (otherwise and any(one.front in otherwise for one in chunk.cached.shared_fronts))
            )
        )

    def settled(self, cached: CachedChunk) -> CachedChunk:
        """Return the entry of a cached chunk; a front whose others are gone is its own again."""
        alone = {
            one.front
            for one in cached.shared_fronts
            if len(self.cached[one.front]) == 1 and one.front not in self.made
        }
        if not alone:
            return cached
        return cached._replace(
            fronts=tuple(sorted([*cached.fronts, *alone])),
            shared_fronts=tuple(one for one in cached.shared_fronts if one.front not in alone),
        )

    def known(self) -> dict[str, FrontsOfQuestion]:
        """Return what the next build must know of the fronts of each question that is made now."""
        alone: dict[str, list[str]] = defaultdict(list)
        shared: dict[str, list[SharedFront]] = defaultdict(list)
        for front, drafts in self.made.items():
            if len(drafts) == 1 and front not in self.cached:
                alone[drafts[0].slug].append(front)
        for drafts, ours in self.shared():
            for draft, one in zip(drafts, ours, strict=True):
                shared[draft.slug].append(one)
        return {
            slug: FrontsOfQuestion(tuple(sorted(alone[slug])), tuple(sorted(shared[slug])))
            for slug in {**alone, **shared}
        }


class RememberedFronts:
    """Remembers the fronts of one deck, which each step of a build asks for, and its cards told apart."""

    def __init__(self) -> None:
        self._made_of: tuple[object, object] | None = None
        self._fronts = DeckFronts({}, {})
        self._told: tuple[QuestionCards, ...] | None = None

    def of(self, question_cards: Sequence[QuestionCards], chunks: Sequence[ReadChunk]) -> DeckFronts:
        """Return the fronts of these cards."""
        if self._made_of is None or self._made_of[0] is not question_cards or self._made_of[1] is not chunks:
            self._fronts = DeckFronts.of(question_cards, chunks)
            self._made_of, self._told = (question_cards, chunks), None
        return self._fronts

    def told_apart(
        self, question_cards: Sequence[QuestionCards], chunks: Sequence[ReadChunk]
    ) -> tuple[QuestionCards, ...]:
        """Return these cards as they are told apart."""
        fronts = self.of(question_cards, chunks)
        if self._told is None:
            self._told = tell_questions_apart(question_cards, fronts=fronts)
        return self._told

    def forget(self) -> None:
        """Give the memory back."""
        self._made_of, self._fronts, self._told = None, DeckFronts({}, {}), None


def tell_questions_apart(
    question_cards: Sequence[QuestionCards],
    chunks: Iterable[ReadChunk] = (),
    fronts: DeckFronts | None = None,
) -> tuple[QuestionCards, ...]:
    """Return the cards of all questions; a front that several have names its question, or is left out.

    Cards that are taken over in cached chunks count among the several. So is a gap that hides what a gap of
    an earlier question hides. `fronts` are those of all of these, where they are known.
    """
    question_cards = _without_repeated_gaps(question_cards)
    changed: dict[int, Draft | None] = {}
    for drafts, ours in (fronts or DeckFronts.of(question_cards, chunks)).shared():
        for draft, one in zip(drafts, ours, strict=True):
            if one.told == Distinction.LEFT_OUT:
                changed[id(draft)] = None
            elif one.told == Distinction.LABELLED:
                changed[id(draft)] = with_label(draft, _question_of(draft))
    if not changed:
        return tuple(question_cards)
    return tuple(
        _with_drafts(each, [changed.get(id(draft), draft) for draft in each.drafts], _ASKED_ELSEWHERE)
        for each in question_cards
    )


def _tell_apart(cards: Sequence[SharedFront]) -> list[Distinction]:
    """Return how each of the cards of one front is told from the others."""
    if len({one.answer for one in cards}) < 2:
        return [Distinction.ALIKE] * len(cards)
    answers: dict[str, set[str]] = defaultdict(set)
    for one in cards:
        answers[one.labelled].add(one.answer)
    return [
        Distinction.LABELLED if len(answers[one.labelled]) == 1 else Distinction.LEFT_OUT for one in cards
    ]


def _shared_front(front: str, draft: Draft) -> SharedFront:
    labelled = sides.words(labelled_front(draft.front, _question_of(draft)))
    return SharedFront(
        front, digest_of_words(sides.words(draft.back)), digest_of_words(labelled), Distinction.ALIKE
    )


def digest_of_words(words: str) -> str:
    """Return a digest that two texts share only if they are equal."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _without_repeated_gaps(question_cards: Sequence[QuestionCards]) -> Sequence[QuestionCards]:
    seen: set[str] = set()
    result = []
    for each in question_cards:
        repeated = [draft.gap is not None and draft.gap.text in seen for draft in each.drafts]
        seen |= {draft.gap.text for draft in each.drafts if draft.gap is not None}
        kept = [None if again else draft for again, draft in zip(repeated, each.drafts, strict=True)]
        result.append(_with_drafts(each, kept, _HIDDEN_ELSEWHERE) if any(repeated) else each)
    return result


def _question_of(draft: Draft) -> str:
    """Return the words of the card's question, or of its section where these are its front already."""
    front = front_words(draft)
    return next((words for words in reversed(draft.breadcrumb) if words not in front), "")


def _with_drafts(cards: QuestionCards, drafts: Sequence[Draft | None], why: str) -> QuestionCards:
    """Return the cards of a question as they are told apart; its blocks account for what is left out."""
    kept = tuple(draft for draft in drafts if draft is not None)
    if kept == cards.drafts:
        return cards
    lost = [before.span for before, draft in zip(cards.drafts, drafts, strict=True) if draft is None]
    coverage = tuple(
        replace(block, cards=block.cards - count, reasons=(*block.reasons, why))
        if block.cards
        and (count := sum(block.span.first <= span.first and span.last <= block.span.last for span in lost))
        else block
        for block in cards.coverage
    )
    return replace(cards, drafts=kept, coverage=coverage)
