"""Read which options a line says are right: `Answer: B`, `**Correct answer:** A, C`, `B. Because ...`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.answer.option import LETTERS
from cards.guide.text import Style, plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.answer.option import Option
    from cards.guide.text import Inline

_ANSWER = regex(
    r"[\s>*_✅✔☑✓💡👉🔑-]*(?:(?:the|your|final|la|die|le)\s+)*"
    r"(?:(?:(?:correct|right|best)\s+)?(?:answers?|ans|options?|choices?"
    r"|solutions?)(?:\s+keys?)?(?:\s+(?:numbers?|no\.?))?"
    r"|correct|right|a(?=\s*[:：])|respuestas?(?:\s+correctas?)?|opci(?:ón|ones)\s+correctas?"  # noqa: RUF001
    r"|(?:richtige\s+)?antwort(?:en)?|lösung"
    r"|(?:bonne\s+)?réponses?|(?:правильный\s+)?ответы?|(?:正确|参考)?答案|正解|解答|回答)"
    r"(?:\(s\))?(?:\s*\d{1,3})?(?:\s+(?:is|are|es|son|ist|est))?(?P<mark>\s*[.:：=—–]+|\s+-|(?=\s)|\Z)\s*",  # noqa: RUF001
    re.IGNORECASE,
)
_LABEL = regex(
    r"(?:(?:options?|choices?|answers?|letters?|opción|antwort|вариант)\s+)?"
    r"(?:[\[(](?P<inner>[A-J]|\d{1,2})(?P<closed>[\])])|(?P<label>[A-J]|\d{1,2}))(?![\w'’])",  # noqa: RUF001
    re.IGNORECASE,
)
_BETWEEN = regex(r"\s*(?:,\s*(?:and|y|und|и)?|&|/|\+|;|、|\band\b|\by\b|\bund\b|\bи\b|和)\s*", re.IGNORECASE)
_RUN_OF_LETTERS = regex(r"[A-J]{2,6}(?=\s*(?:[.:,)]|\Z))")
_END = regex(r"\s*(?:[).:;,：、。—–\]-]+|\Z|(?=\n)|(?=\s+[A-ZÀ-ÞА-Я(]))\s*")  # noqa: RUF001
_MARKED_END = regex(r"\s*(?:[).:：、。\]]+\s|[—–-]+\s|[).:]?\Z|(?=\n))\s*")  # noqa: RUF001
_SPACE = regex(r"\s*")


class StatedAnswer(NamedTuple):
    """The options that a line says are right, and where the words behind them begin."""

    right: tuple[int, ...]
    """Positions among the options; empty for a line that only says that the answer is below."""
    end: int


def stated_answer(inline: Inline, options: Sequence[Option], *, follows_label: bool) -> StatedAnswer | None:
    """Return what a paragraph says of the options; None where it does not say which are right.

    Right behind a label (`Answer:` alone, or the end of the options) letters may stand without a word before.
    """
    words = plain_text(inline)
    match = _ANSWER.match(words)
    if match is not None:
        if not words[match.end() :].strip(" *_"):
            return StatedAnswer((), len(words))
        named = _option_by_words(words, match.end(), options)
        named = named or _options_by_label(words, match.end(), options, _END)
        if named is not None:
            return named
    if not follows_label:
        return None
    if inline and inline[0].style is Style.STRONG:
        named = _options_by_label(inline[0].text, 0, options, _END)
        if named is not None and not inline[0].text[named.end :].strip(" ."):
            return named
    if not options[0].label.isalpha():
        return None
    return _options_by_label(words, 0, options, _MARKED_END)


def _option_by_words(words: str, start: int, options: Sequence[Option]) -> StatedAnswer | None:
    """Return the option whose words stand from a place on."""
    rest = words[start:].lstrip(" *_")
    found = _option_at_start(rest, options)
    return StatedAnswer((found[0],), len(words) - len(rest) + found[1]) if found else None


def _options_by_label(
    words: str, start: int, options: Sequence[Option], ending: re.Pattern[str]
) -> StatedAnswer | None:
    """Return the options whose labels stand from a place on: `B`, `A and C`, `ACD`."""
    start += len(words[start:]) - len(words[start:].lstrip(" *_"))
    if match := _RUN_OF_LETTERS.match(words, start):
        places = [_place_of(letter, options) for letter in match[0]]
        if None not in places and len(set(places)) == len(places):
            return StatedAnswer(tuple(place for place in places if place is not None), match.end())
    places = []
    position, is_closed = start, False
    while match := _LABEL.match(words, position):
        place = _place_of(match["inner"] or match["label"], options)
        if place is None:
            break
        places.append(place)
        position = match.end()
        is_closed = bool(match["closed"])
        between = _BETWEEN.match(words, position)
        if between is None or _LABEL.match(words, between.end()) is None:
            break
        position = between.end()
    end = ending.match(words, position) or (_SPACE.match(words, position) if is_closed else None)
    if not places or end is None:
        return None
    right = tuple(sorted({place for place in places if place is not None}))
    if len(right) == 1 and (repeated := _option_at_start(words[end.end() :], (options[right[0]],))):
        return StatedAnswer(right, end.end() + repeated[1])
    return StatedAnswer(right, end.end())


def _option_at_start(words: str, options: Sequence[Option]) -> tuple[int, int] | None:
    """Return the option whose words stand at the start, and how far they go; the longest of several."""
    found = [
        (len(said), place)
        for place, option in enumerate(options)
        if (said := plain_text(option.words).strip(" ."))
        and len(said) > 1
        and words.casefold().startswith(said.casefold())
        and not words[len(said) : len(said) + 1].isalnum()
    ]
    return (max(found)[1], max(found)[0]) if found else None


def _place_of(label: str, options: Sequence[Option]) -> int | None:
    """Return the position of the option with a label; without labels they count from the first."""
    labels = [option.label for option in options]
    label = label.lower()
    if label in labels:
        return labels.index(label)
    if labels[0].isdigit() and label.isdigit():
        return None
    place = int(label) - 1 if label.isdigit() else LETTERS.find(label)
    return place if not labels[0].isalpha() and 0 <= place < len(options) else None
