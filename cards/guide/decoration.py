"""What stands around a question and is no part of it: emoji, stars, how hard it is, links to its source."""

from __future__ import annotations

import re
from functools import lru_cache

from cards.regex import regex

_MARK = (
    r"[\s\u00a0\u200b-\u200d\u2190-\u21ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff\ufe0e\ufe0f"
    r"\U0001f000-\U0001faff]"
)
_SHORT_CODE = r":[a-z][a-z0-9_+-]+:"
LONGEST_QUESTION = 300
"""Characters; a longer line is no question, whatever it looks like."""

MARKS = rf"(?:{_MARK}|{_SHORT_CODE})*"
"""A pattern of the decoration that may stand before words."""
_SOURCE_LINK = r"\[{1,2}\s*(?:src|source|ref|reference|link|answer|solution|top|\^)\s*\]{1,2}"
_LEVEL = (
    r"[\[(]\s*(?:(?:difficulty|level)\s*[:=]\s*)?(?:very )?"
    r"(?:easy|medium|hard|basic|beginner|intermediate|advanced|expert|junior|senior|mid(?:-level)?"
    r"|einfach|mittel|schwer|fácil|difícil|лёгкий|средний|сложный|简单|中等|困难)\s*[\])]"
)
_BEHIND_QUESTION = r"(?<=[?？)\]]\s)(?:\[[A-Z][\w'’.-]*(?:[ ,&/]+[A-Z][\w'’.-]*)*\]|(?:perma)?link)"  # noqa: RUF001
"""Who asked it, and a link to it: `[Amazon, Google]`."""
_STARS = r"\((?:[★☆⭐*]+\s*)+\)"
_LEADING = regex(rf"(?:{_MARK}|{_SHORT_CODE}|\[{_MARK}+\])+")
_TRAILING = regex(
    rf"(?:{_MARK}|{_SHORT_CODE}|{_STARS}|{_SOURCE_LINK}|{_LEVEL}|{_BEHIND_QUESTION}|(?<=\s)\*+)+\Z",
    re.IGNORECASE,
)
_TRAILING_END = regex(rf"{_MARK}|[:)\]*k]")
"""A character that the decoration behind words may end in."""
_QUESTION_END = regex(r"[?？؟](?:[\"'”’»)*_]|\s*\([^()]*\)|\s*\[[^\[\]]*\])*\Z")  # noqa: RUF001 - as people type it
_ASKING_START = regex(
    r"(?:what|why|how|when|where|which|who|whose|can|could|do|does|did|is|are|was|were|will|would|should|has|have)\b",
    re.IGNORECASE,
)
_IMPERATIVE = regex(
    r"(?:(?:briefly|please|now)\s+)?(?:explain|describe|define|discuss|compare|contrast|differentiate|distinguish|give"
    r"|name|list|state|write|implement|create|build|find|compute|calculate|derive|prove|show|tell|talk|outline"
    r"|summari[sz]e|illustrate|design|demonstrate|mention|predict|solve|print|convert|consider|suppose|given"
    r"|generate|reverse|sort|import|use|add|remove|get|make|check|replace|select|count|draw|fix|correct)\b",
    re.IGNORECASE,
)
_LETTER = regex(r"[^\W\d_]")


@lru_cache(maxsize=1024)  # the forms of questions are held against the same words
def bare(words: str) -> tuple[int, int]:
    """Return where the words begin and end that decoration stands around."""
    leading = _LEADING.match(words)
    start = leading.end() if leading else 0
    # A search from every place would take long on long texts, and decoration is short.
    tail = max(start, len(words) - 80)
    trailing = _TRAILING.search(words, tail) if _TRAILING_END.match(words, len(words) - 1) else None
    end = trailing.start() if trailing else len(words)
    return (start, end) if end > start and _LETTER.search(words, start, end) else (0, len(words))


def undecorated(words: str) -> str:
    """Return the words without the decoration around them."""
    start, end = bare(words)
    return words[start:end]


def asks(words: str) -> bool:
    """Tell whether the words end in a question mark, whatever stands behind it, or ask and go on."""
    words = undecorated(words)
    if _QUESTION_END.search(words[-200:]):
        return True
    return bool(_ASKING_START.match(words)) and "? " in words


def question_end(line: str) -> int:
    """Return where the question ends that begins a line which asks."""
    start, end = bare(line)
    words = line[start:end]
    if _QUESTION_END.search(words[-200:]):
        return len(line)
    return start + words.rfind("? ") + 1


def is_imperative(words: str) -> bool:
    """Tell whether the words tell somebody to answer: `Explain ...`, `Write ...`."""
    return bool(_IMPERATIVE.match(undecorated(words)))
