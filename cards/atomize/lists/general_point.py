"""Tell points in general words from facts: `Fast prototyping: lets one try ideas quickly` teaches nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.block import Prose, Subheading
from cards.guide.text import plain_text
from cards.language.natural_language import COLONS, Language
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.guide import Question
    from cards.guide.text import Inline
    from cards.span import Span

_LISTS_POINTS = regex(
    r"\b(?:(?:dis)?advantages?|benefits?|drawbacks?|strengths?|weaknesses|limitations?|pros|cons"
    r"|(?:key |main )features|use[- ]?cases?|applications|characteristics|best practices|considerations"
    r"|takeaways|importance|challenges|highlights|capabilities|selling points)\b",
    re.IGNORECASE,
)
"""Heads a list of what speaks for or against something."""
_COMPARES = regex(r"\b(?:both|neither|unlike|whereas|while|than|only)\b", re.IGNORECASE)
_MAX_HEADING_WORDS = 8
"""A longer sentence above a list says more than what it lists."""
_MAX_LABEL_WORDS = 3
"""Words of the label that ends what stands above a nested list: `... Advantages:`."""
# A number, an abbreviation, or a name within a sentence.
_NAMED = regex(r"\d|\b[A-Z]{2,}|[a-z][A-Z]|(?<=[a-z,;(] )[A-Z]\w+|(?<=\()[A-Z]\w+")


def is_general_point(text: Inline, cue: Inline, at: Span, question: Question) -> bool:
    """Tell whether an English text makes a point that names nothing, in a list of such points.

    `cue` are the words above the list; what the question names itself is no news.
    """
    if question.language is not Language.ENGLISH or any(run.style.is_verbatim for run in text):
        return False
    heading = _heading_above(at, question)
    above = (heading or question.title, " ".join(plain_text(cue).split()[-_MAX_LABEL_WORDS:]))
    lists_points = any(
        _LISTS_POINTS.search(each)
        for each in above
        if each in question.title or count_words(each) <= _MAX_HEADING_WORDS
    )
    return lists_points and not _names_something(plain_text(text), question.title)


def _names_something(words: str, title: str) -> bool:
    """Tell whether words set things against each other, or hold a number or a name that is news."""
    if _COMPARES.search(words):
        return True
    known = {word.casefold() for word in re.findall(r"\w+", title)}
    news = " ".join(word for word in words.split() if re.sub(r"\W|['’]s", "", word).casefold() not in known)  # noqa: RUF001
    return bool(_NAMED.search(news))


def _heading_above(at: Span, question: Question) -> str:
    """Return the last heading, or paragraph that leads into something, above a place; empty for none."""
    above = [
        plain_text(block.inline)
        for block in question.blocks
        if block.span.first < at.first
        and (
            isinstance(block, Subheading)
            or (isinstance(block, Prose) and plain_text(block.inline).endswith(COLONS))
        )
    ]
    return above[-1] if above else ""
