"""Lists as outlines: the points of a short list whose entries are too long to hide one of them."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from cards.atomize.lists.list_kind import is_asked_about, is_options_or_navigation
from cards.atomize.whole.point import MAX_POINTS, MAX_WORDS, is_entry, is_note_to_self
from cards.guide.block import Item, Listing, Other, Picture, Prose, Subheading, words_of
from cards.guide.decoration import asks
from cards.guide.example import is_advice
from cards.guide.inline import slice_inline, without_colon
from cards.guide.text import Style, StyledText, plain_text
from cards.language.grammar import GRAMMARS
from cards.language.natural_language import COLONS, FULL_STOPS
from cards.language.sentence_start import sentence_starts
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cards.card.sides import Side
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.guide.text import Inline
    from cards.language.natural_language import Language

MAX_LABEL_WORDS = 3
MAX_SHORT_WORDS = 40
"""A list of no more words answers as it stands, where nothing else in it is asked."""
_MAX_ENTRIES = 8
"""Entries of an outline together with those below them."""
_MAX_NAME_WORDS = 3
"""The most words of an entry that is a name for those below it."""
MAX_HIDDEN_WORDS = 7
"""Nobody says a longer entry from seeing its neighbours."""
_LETTER_OR_DIGIT = regex(r"\w")
_ANNOUNCES = regex(
    r"\b(?:let['’]?s|here (?:are|is)|there are|some|several|many|various|(?:a )?few|number of|two|three|four"  # noqa: RUF001
    r"|five|six|seven|eight|[2-8]|following|these|main|mainly)\b",
    re.IGNORECASE,
)
"""Words of a sentence above a list that say no more than that the list comes."""
_MARKS = ("?", "!", ",", ";")
_ENDS_OF_LABEL = " " + "".join(COLONS)
_LEAD_ENDS = (*COLONS, ",", "，", ":-")  # noqa: RUF001 - a Chinese comma


def outline_of_list(listing: Listing, language: Language) -> tuple[Item, ...]:
    """Return the entries of a list as the points of an outline, each cut to its first sentence.

    None where they are more, or longer, than one can say, or lead into something else.
    """
    if not listing.items or len(listing.items) > MAX_POINTS or is_options_or_navigation(listing):
        return ()
    said = [item for item in listing.items if not is_note_to_self(plain_text(item.inline))]
    points = tuple(_point_with_entries(item, language) for item in said)
    words = [plain_text(point.inline) for point in points]
    if not all(_says_something(each) for each in words) or len(set(words)) < len(words):
        return ()
    if any(map(GRAMMARS[language].pointing.search, words)):
        return ()
    if _word_count(points) <= MAX_WORDS and sum(map(_entry_count, points)) <= _MAX_ENTRIES:
        return points
    if any(item.items and is_name_of_entries(item) for item in listing.items):
        return ()
    return tuple(Item(point.inline) for point in points) if sum(map(count_words, words)) <= MAX_WORDS else ()


def is_name_of_entries(item: Item) -> bool:
    """Tell whether an entry only names what the list below it says: `Changes to the algorithm:`."""
    words = plain_text(item.inline).rstrip()
    return words.endswith(COLONS) or count_words(words) <= _MAX_NAME_WORDS


def labelled_point(label: Inline, entry: Inline, language: Language) -> Inline:
    """Return the first sentence of an entry behind what it belongs to: `Pros: fast lookups`."""
    words = plain_text(label).rstrip(_ENDS_OF_LABEL)
    return (StyledText(words, Style.STRONG), _colon(language), *_point(entry, language))


def _colon(language: Language) -> StyledText:
    return StyledText(f"{language.colon} " if language.has_spaces else language.colon)


def _point_with_entries(item: Item, language: Language) -> Item:
    """Return an entry as a point with the points below it; one that leads into them has lost its colon."""
    named = without_colon(item.inline) if item.items and plain_text(item.inline).endswith(COLONS) else None
    said = (inner for inner in item.items if is_entry(inner.inline))
    below = tuple(_point_with_entries(inner, language) for inner in said)
    return Item(named or _point(item.inline, language), below)


def _word_count(points: Iterable[Item]) -> int:
    return sum(count_words(plain_text(point.inline)) + _word_count(point.items) for point in points)


def _entry_count(point: Item) -> int:
    return 1 + sum(map(_entry_count, point.items))


def is_asked_as_outline(listing: Listing, language: Language) -> bool:
    """Tell whether a list is better said as a whole than one hidden entry at a time."""
    words = [count_words(plain_text(item.inline)) for item in listing.items]
    return median(words) > MAX_HIDDEN_WORDS and bool(outline_of_list(listing, language))


def list_that_answers(question: Question) -> Listing | None:
    """Return the list that answers a question: the first block, or below words that lead into it."""
    blocks = [
        block
        for place, block in enumerate(question.blocks)
        if place not in question.context and not isinstance(block, Picture | Other)
    ]
    for place, block in enumerate(blocks):
        if isinstance(block, Listing) and not is_asked_about(block, question.title):
            return block
        is_above = isinstance(blocks[place + 1], Listing) if place + 1 < len(blocks) else False
        if not (isinstance(block, Prose) and _leads_on(block, question.language, is_above=is_above)):
            return None
    return None


def short_list_answer(blocks: Sequence[Block], language: Language) -> Side:
    """Return a short answer that is a list, as it stands with its lead-in; empty for any other answer."""
    shown: list[Block] = []
    for place, block in enumerate(blocks):
        match block:
            case Prose() if place == 0 and plain_text(block.inline).endswith(COLONS):
                shown.append(block)
            case Listing() if is_options_or_navigation(block) or any(item.items for item in block.items):
                return ()
            case Listing(items=(only,)):
                shown.append(Prose(only.inline))
            case Listing() if outline_of_list(block, language):
                shown.append(block)
            case _:
                return ()
    words = " ".join(map(words_of, shown))
    items = sum(len(block.items) for block in blocks if isinstance(block, Listing))
    is_short = count_words(words) <= MAX_SHORT_WORDS and items <= MAX_POINTS
    return tuple(shown) if is_short and _LETTER_OR_DIGIT.search(words) and not asks(words) else ()


def has_labelled_lists(question: Question) -> bool:
    """Tell whether an answer is several lists below labels, of which none answers alone: `Pros:`, `Cons:`."""
    return len(_labelled_lists(question)) > 1


def labelled_outline(question: Question) -> tuple[Item, ...]:
    """Return the entries of lists below labels as points, each behind its label; none if too many."""
    points = tuple(
        Item(labelled_point(label, item.inline, question.language))
        for label, listing in _labelled_lists(question)
        for item in listing.items
    )
    words = sum(count_words(plain_text(point.inline)) for point in points)
    return points if len(points) <= MAX_POINTS and words <= MAX_WORDS else ()


def _labelled_lists(question: Question) -> list[tuple[Inline, Listing]]:
    """Return the lists below labels of a few words, each with its label."""
    return [
        (above.inline, block)
        for above, block in pairwise(question.blocks)
        if isinstance(block, Listing)
        and isinstance(above, Subheading | Prose)
        and _is_label(above)
        and not is_advice(above.inline)
    ]


def _is_label(block: Subheading | Prose) -> bool:
    words = plain_text(block.inline).rstrip()
    ends_as_label = isinstance(block, Subheading) or words.endswith(COLONS) or is_bold_label(block)
    return ends_as_label and count_words(words) <= MAX_LABEL_WORDS


def is_bold_label(prose: Prose) -> bool:
    """Tell whether a paragraph is a short bold line that says what stands below it: `**Advantages**`."""
    words = plain_text(prose.inline).strip()
    is_bold = all(run.style is Style.STRONG or not run.text.strip() for run in prose.inline)
    ends = words.endswith((*COLONS, *FULL_STOPS, *_MARKS))
    return is_bold and 0 < count_words(words) <= MAX_LABEL_WORDS and "\n" not in words and not ends


def _leads_on(prose: Prose, language: Language, *, is_above: bool) -> bool:
    """Tell whether a paragraph leads into the list below it."""
    words = plain_text(prose.inline).rstrip()
    if words.endswith(_LEAD_ENDS) or GRAMMARS[language].pointing.search(words):
        return True
    is_short = plain_text(_first_sentence(prose.inline, language)) == words
    return is_above and is_short and bool(_ANNOUNCES.search(words))


def _point(inline: Inline, language: Language) -> Inline:
    """Return the first sentence of an entry without its full stop."""
    first = _first_sentence(inline, language)
    words = plain_text(first)
    closes = words.endswith(FULL_STOPS) and not words.endswith("..") and not first[-1].style.is_verbatim
    return slice_inline(first, 0, len(words) - 1) if closes else first


def _first_sentence(inline: Inline, language: Language) -> Inline:
    # No pattern may match inside code.
    words = "".join("`" * len(run.text) if run.style.is_verbatim else run.text for run in inline)
    end = next(iter(sentence_starts(words, language)), len(words))
    return slice_inline(inline, 0, end)


def _says_something(words: str) -> bool:
    return bool(words.strip()) and not words.rstrip().endswith((*COLONS, ",")) and not asks(words)
