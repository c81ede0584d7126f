"""Find cards that spoil one another: one prints the answer of the other, or an answer fits both fronts.

Siblings are compared by an index of their words, and over a whole guide only fronts of the same words are, so
the time grows with the number of words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.atomize.outline.asked_part import all_stems, content_stems
from cards.atomize.wording import prose_words, tokens
from cards.card import sides
from cards.card.kind import CardKind
from cards.check.lint import Finding, shorten
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cards.card.card import Draft
    from cards.span import Span

_MOST_ANSWER_WORDS = 6
"""A longer answer is not read off another card in passing."""
_LEAST_CUE_WORDS = 3
_CUE_SHARE = 0.7
"""The part of a front that another one repeats from which it tells what is asked there."""
_SAYS_NOTHING = regex(r"(?:\d{1,2}|yes|no|none|true|false|nothing|one|two|three)", re.IGNORECASE)
_LITTLE_WORDS = frozenset(
    [
        "a",
        "an",
        "are",
        "be",
        "called",
        "does",
        "for",
        "in",
        "is",
        "it",
        "named",
        "of",
        "on",
        "that",
        "the",
        "this",
        "to",
        "was",
        "what",
        "which",
    ]
)
"""Words that do not tell two fronts apart."""
_MIRRORS = (
    frozenset({CardKind.CELL, CardKind.REVERSE}),
    frozenset({CardKind.TERM, CardKind.NAME}),
)
"""Kinds that ask for one another's fronts."""
_SHOW_THEIR_LIST = frozenset({CardKind.ITEM, CardKind.STEP})
_ASK_FOR_A_NAME = frozenset({CardKind.NAME, CardKind.REVERSE})
"""Kinds whose front is a value or a description that should fit one thing only."""


def pair_findings(drafts: Sequence[Draft]) -> tuple[Finding, ...]:
    """Return the pairs of cards of which one spoils the other, in the order of their lines."""
    by_question: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_question[draft.slug].append(draft)
    found = [each for siblings in by_question.values() for each in _leaks(siblings)]
    found += [each for siblings in by_question.values() for each in _names_that_fit_two(siblings)]
    found += _asked_twice(drafts)
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.rule, finding.sentence)))


def _leaks(siblings: Sequence[Draft]) -> Iterator[Finding]:
    """Yield a finding for each card whose answer a sibling's front prints together with what is asked."""
    answers: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in siblings:
        answer = tokens(sides.words(draft.back))
        if 0 < len(answer) <= _MOST_ANSWER_WORDS:
            answers[answer].append(draft)
    twins: set[tuple[Span, Span]] = set()
    for teller in siblings:
        shown = tokens(sides.words(teller.front))
        told = {piece for piece in _pieces(shown) if piece in answers}
        for draft in (each for piece in sorted(told) for each in answers[piece]):
            if not _tells(teller, draft):
                continue
            if not (teller.snippets and draft.snippets and teller.block == draft.block):
                yield _leak(teller, draft)
            # Whoever sees all of a piece of code sees its gaps filled: only what it prints is given away.
            elif draft.kind is CardKind.PREDICT and (teller.span, draft.span) not in twins:
                twins.add((teller.span, draft.span))
                yield _twin_leak(teller)


def _leak(teller: Draft, draft: Draft) -> Finding:
    answer, front = shorten(sides.words(draft.back)), shorten(prose_words(teller.front))
    sentence = (
        f"the front prints the answer “{answer}” to the card of line {draft.span.first} "
        f"and what is asked there; leave one of them out: “{front}”"
    )
    return Finding(severe=False, rule="sibling-leak", span=teller.span, sentence=sentence)


def _twin_leak(teller: Draft) -> Finding:
    sentence = (
        f"a card ({teller.kind.noun}) prints what another one asks of this code ({CardKind.PREDICT.noun}); "
        f"`without=predict` or `without={teller.kind}` keeps one of them"
    )
    return Finding(severe=False, rule="twin-leak", span=teller.span, sentence=f"{sentence}.")


def _pieces(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _MOST_ANSWER_WORDS, len(words)) + 1):
            yield words[start:end]


def _tells(teller: Draft, draft: Draft) -> bool:
    """Tell whether a front says most of what another card asks, and is not made to ask it backwards."""
    kinds = {teller.kind, draft.kind}
    is_by_design = kinds in _MIRRORS or (kinds <= _SHOW_THEIR_LIST and teller.block == draft.block)
    is_chance = teller.block != draft.block and bool(_SAYS_NOTHING.fullmatch(sides.words(draft.back)))
    if (
        teller is draft
        or is_by_design
        or is_chance
        or tokens(sides.words(teller.back)) == tokens(sides.words(draft.back))
    ):
        return False
    cue = content_stems(sides.words(draft.front)) - all_stems(draft.slug.replace("-", " "))
    shared = cue & all_stems(sides.words(teller.front))
    return len(shared) >= _LEAST_CUE_WORDS and len(shared) >= _CUE_SHARE * len(cue)


def _names_that_fit_two(siblings: Sequence[Draft]) -> Iterator[Finding]:
    """Yield a finding for each front that describes what a sibling's front describes more closely."""
    named = [(frozenset(_telling_words(draft)), draft) for draft in siblings if draft.kind in _ASK_FOR_A_NAME]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, (words, _) in enumerate(named):
        for word in words:
            holders[word].append(place)
    for place, (words, draft) in enumerate(named):
        rarest = min(words, key=lambda word: (len(holders[word]), word), default=None)
        for other in holders[rarest] if rarest else ():
            closer, twin = named[other]
            if other != place and words < closer and _differ(draft, twin):
                yield _fits_both(draft, twin)


def _asked_twice(drafts: Iterable[Draft]) -> Iterator[Finding]:
    """Yield a finding for each front of the same words as another one of the guide, answered otherwise."""
    alike: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        words = _telling_words(draft)
        if len(words) > 1 and _asks_in_words(draft):
            alike[words].append(draft)
    for group in alike.values():
        for draft, twin in pairwise(group):
            if _differ(draft, twin) and sides.words(draft.front) != sides.words(twin.front):
                yield _fits_both(draft, twin)


def _asks_in_words(draft: Draft) -> bool:
    is_of_list = draft.kind in _SHOW_THEIR_LIST or draft.kind is CardKind.WHY
    return not (draft.kind.is_answered_in_code or is_of_list or draft.kind.is_optional)


def _telling_words(draft: Draft) -> tuple[str, ...]:
    """Return the words of a front that tell it from others, in the order of the alphabet."""
    return tuple(sorted(word for word in tokens(sides.words(draft.front)) if word not in _LITTLE_WORDS))


def _differ(draft: Draft, twin: Draft) -> bool:
    return content_stems(sides.words(draft.back)) != content_stems(sides.words(twin.back))


def _fits_both(draft: Draft, twin: Draft) -> Finding:
    front = shorten(prose_words(draft.front))
    answer = shorten(sides.words(twin.back))
    return Finding(
        severe=False,
        rule="two-answers",
        span=draft.span,
        sentence=(
            f"the answer of line {twin.span.first} (“{answer}”) fits too; say what sets them apart: “{front}”"
        ),
    )
