"""Numbered steps as outlines: few as they stand, some more with the shortest neighbours in one point."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.atomize.lists.list_kind import is_options_or_navigation
from cards.atomize.whole.point import MAX_POINTS, MAX_WORDS
from cards.guide.block import Item, Listing, Prose
from cards.guide.inline import merge_adjacent, slice_inline, without_colon
from cards.guide.text import StyledText, plain_text
from cards.language.natural_language import COLONS, FULL_STOPS
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.block import Block, Code
    from cards.guide.guide import Question
    from cards.guide.text import Inline

MAX_STEP_WORDS = 16
_MOST_STEPS = 8
"""Of more steps even neighbours together are more points than one says."""
_ASKS_WAY = regex(r"\bhow\b|\b(?:steps|process|procedure|happens|stages|phases)\b", re.IGNORECASE)
_TELLS_ONE_THING = regex(
    r"(?:(?:key|main|some|the|its|common|other|typical)\s+)*(?:(?:dis)?advantages|benefits|drawbacks|pros|cons"
    r"|limitations|notes?|examples?|use cases|applications|features|tips|uses|properties|characteristics)",
    re.IGNORECASE,
)
_WORD = regex(r"[^\W\d_]{2,}|[^\W\d_a-z]")
_CAPITAL_FIRST = regex(r"[A-Z][a-z]+(?=\s)")


def ordered_steps(question: Question) -> tuple[tuple[Item, ...], list[Code]]:
    """Return the steps that answer the question, with the code that they lead into.

    Nothing where they make no outline: it is few short steps, all different.
    """
    most = _MOST_STEPS if _ASKS_WAY.search(question.title) else MAX_POINTS
    for above, block in pairwise((None, *question.blocks)):
        if isinstance(block, Listing) and not _is_label(above) and _is_list_of_steps(block, most):
            led = [item for item in block.items if plain_text(item.inline).endswith(COLONS)]
            code = [each for item in led for each in item.code]
            steps = tuple(Item(without_colon(item.inline)) for item in block.items)
            return _in_few_points(steps), code
    return (), []


def _is_list_of_steps(listing: Listing, most: int) -> bool:
    """Tell whether a list counts few short steps, all different."""
    words = {plain_text(item.inline).casefold() for item in listing.items}
    return (
        listing.ordered
        and not is_options_or_navigation(listing)
        and 1 < len(listing.items) <= most
        and len(words) == len(listing.items)
        and all(_WORD.search(each) and count_words(each) <= MAX_STEP_WORDS for each in words)
        and (len(words) <= MAX_POINTS or sum(map(count_words, words)) <= MAX_WORDS)
    )


def _is_label(block: Block | None) -> bool:
    """Tell whether a block says that the list below it tells one thing about the matter: `Benefits:`."""
    words = plain_text(block.inline).rstrip() if isinstance(block, Prose) else ""
    return words.endswith(COLONS) and bool(_TELLS_ONE_THING.fullmatch(words.rstrip("".join(COLONS))))


def _in_few_points(steps: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return steps in at most five points: of more, the shortest neighbours share one."""
    while len(steps) > MAX_POINTS:
        lengths = [count_words(plain_text(step.inline)) for step in steps]
        place = min(range(len(steps) - 1), key=lambda each: lengths[each] + lengths[each + 1])
        both = _without_stop(steps[place].inline), _within_sentence(steps[place + 1].inline)
        joined = Item(merge_adjacent((*both[0], StyledText("; "), *both[1])))
        steps = (*steps[:place], joined, *steps[place + 2 :])
    return steps


def _without_stop(step: Inline) -> Inline:
    words = plain_text(step)
    return slice_inline(step, 0, len(words) - 1) if words.endswith(FULL_STOPS) else step


def _within_sentence(step: Inline) -> Inline:
    """Return a step with a small letter where it begins with a word and no name."""
    first, *rest = step
    if first.style.is_verbatim or not _CAPITAL_FIRST.match(first.text):
        return step
    return (StyledText(first.text[0].lower() + first.text[1:], first.style, first.is_bold), *rest)
