"""The gate over a whole deck: no two cards ask the same and are answered otherwise, no gap is asked twice."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card.same_front import front_words, tell_fronts_apart
from cards.errors import StaleCacheError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cards.atomize.atomize import QuestionCards
    from cards.build.cached_reading import ReadChunk
    from cards.card.card import Draft
    from cards.guide.guide import QuestionSlug

_HIDDEN_ELSEWHERE = "a gap of another question hides the same"
_ASKED_ELSEWHERE = "another question asks the same and is answered otherwise: say what it is about"


def tell_questions_apart(question_cards: Sequence[QuestionCards]) -> tuple[QuestionCards, ...]:
    """Return the cards of all questions; a front that several have names its question, or is left out.

    So is a gap that hides what a gap of an earlier question hides.
    """
    question_cards = _without_repeated_gaps(question_cards)
    drafts = [draft for each in question_cards for draft in each.drafts]
    told = tell_fronts_apart(drafts, _question_of, keep_repeated=True)
    if all(draft is before for draft, before in zip(told, drafts, strict=True)):
        return tuple(question_cards)
    after = iter(told)
    return tuple(
        _with_drafts(each, [next(after) for _ in each.drafts], _ASKED_ELSEWHERE) for each in question_cards
    )


def _without_repeated_gaps(question_cards: Sequence[QuestionCards]) -> Sequence[QuestionCards]:
    seen: set[str] = set()
    result = []
    for each in question_cards:
        repeated = [draft.gap is not None and draft.gap.text in seen for draft in each.drafts]
        seen |= {draft.gap.text for draft in each.drafts if draft.gap is not None}
        kept = [None if again else draft for again, draft in zip(repeated, each.drafts, strict=True)]
        result.append(_with_drafts(each, kept, _HIDDEN_ELSEWHERE) if any(repeated) else each)
    return result


def uncached_chunks(
    chunks: Iterable[ReadChunk], before: Sequence[QuestionCards], told: Sequence[QuestionCards]
) -> tuple[ReadChunk, ...]:
    """Return the chunks, those never taken over whose cards depend on the fronts of other questions."""
    changed = {
        draft.slug
        for one, other in zip(before, told, strict=True)
        if one is not other
        for draft in one.drafts
    }
    changed |= _questions_with_shared_gaps(before)
    if not changed:
        return tuple(chunks)
    return tuple(
        replace(chunk, key="") if any(each.slug in changed for each in chunk.questions) else chunk
        for chunk in chunks
    )


def _questions_with_shared_gaps(question_cards: Sequence[QuestionCards]) -> set[QuestionSlug]:
    """Return the questions of which a gap hides what one of another question hides too."""
    asking: dict[str, set[QuestionSlug]] = {}
    for each in question_cards:
        for draft in each.drafts:
            if draft.gap is not None:
                asking.setdefault(draft.gap.text, set()).add(draft.slug)
    return {slug for slugs in asking.values() if len(slugs) > 1 for slug in slugs}


def check_cached_fronts(cached_lines: Iterable[str], question_cards: Sequence[QuestionCards]) -> None:
    """Raise StaleCacheError if a card that is made now has the front of one that is taken over."""
    text = "\n".join(cached_lines)
    if not text:
        return
    gaps = {draft.cue for each in question_cards for draft in each.drafts if draft.gap is not None}
    if any(f'/complete/{cue}"' in text for cue in gaps):
        raise StaleCacheError("A gap hides the same as one of an unchanged question.")
    fronts = {front_words(draft) for each in question_cards for draft in each.drafts}
    if any(f'"front": {json.dumps(front, ensure_ascii=False)}' in text for front in fronts):
        raise StaleCacheError("A card asks the same as one of an unchanged question.")


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
