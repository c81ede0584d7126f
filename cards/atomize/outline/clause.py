"""Cut a sentence to its main clause, where what is left is true and whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.inline import slice_inline
from cards.guide.text import Style, StyledText, plain_text
from cards.language.natural_language import FULL_STOPS, Language
from cards.language.plain_claim import goes_on
from cards.language.word_count import count_words
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.text import Inline

MAX_CLAUSE_WORDS = 16
"""A sentence of no more words is said as it stands."""
_MIN_CLAUSE_WORDS = 4
_REASON = regex(r",?\s+because\b|,\s+(?:as|since|so(?: that)?)\s|\s+so that\s")
"""What begins a reason or an effect."""
_ASIDE = regex(
    r",\s+(?:which|who|whose|where|in which|such as|including|for example|for instance|e\.g\.|i\.e\.|thus"
    r"|hence|an? (?:mode|path|technique|process|method|way|plugin|protocol|symbol))\s|;\s|\s+[\u2013\u2014]\s"
)
"""What begins a remark on what was said."""
# A clause or phrase that goes before the main one, up to a comma.
_GOES_BEFORE = regex(
    r"(?:if|when(?:ever)?|while|although|though|since|because|as|once|after|before|unless|where|given|for|with"
    r"|in|to|on|by|at|under|from|even|unlike|like|instead|without|until|during|among)\b",
    re.IGNORECASE,
)
_OPEN_END = regex(
    r"\b(?:is|are|was|were|be|only|just|mainly|mostly|partly|simply|and|or|but|that|not|this|these)\Z",
    re.IGNORECASE,
)
_DENIES = regex(r"\b(?:not|never|no|nor|neither)\b|n[’']t\b", re.IGNORECASE)  # noqa: RUF001
_PAIRED = (("(", ")"), ("[", "]"), ("“", "”"))


def main_clause(sentence: Inline, language: Language, *, keeps_reason: bool = False) -> Inline:
    """Return a long sentence without the reason or remark that it ends in; others as they are.

    What is bold is never cut away, nor what explains it, and no reason is cut off what it denies.
    """
    words = _masked(sentence)
    if language is not Language.ENGLISH or count_words(words) <= MAX_CLAUSE_WORDS:
        return sentence
    ends = [match.start() for match in _ASIDE.finditer(words)]
    if not keeps_reason:
        ends += [
            match.start() for match in _REASON.finditer(words) if not _DENIES.search(words[: match.start()])
        ]
    for end in sorted(ends):
        kept, rest = slice_inline(sentence, 0, end), slice_inline(sentence, end)
        is_needed = _has_bold(rest) or _explains_bold(kept, words[end:]) or _sets_right(words, end)
        if _is_whole(words[:end]) and not is_needed and not goes_on(words[end:]):
            stop = FULL_STOPS[0] if words.endswith(tuple(FULL_STOPS)) else ""
            return (*_without_comma(kept), StyledText(stop)) if stop else kept
    return sentence


def _without_comma(kept: Inline) -> Inline:
    return slice_inline(kept, 0, len(plain_text(kept).rstrip(" ,;")))


def _is_whole(kept: str) -> bool:
    goes_before = _GOES_BEFORE.match(kept) and "," not in kept
    is_closed = all(kept.count(left) == kept.count(right) for left, right in _PAIRED)
    # Behind a colon a comma may part what is listed.
    is_closed = is_closed and kept.count('"') % 2 == 0 and ":" not in kept
    return (
        is_closed
        and not goes_before
        and count_words(kept) >= _MIN_CLAUSE_WORDS
        and not _OPEN_END.search(kept.rstrip())
    )


def _explains_bold(kept: Inline, rest: str) -> bool:
    """Tell whether a remark explains the bold term that it follows: `**replicas**, which ...`."""
    return bool(kept) and _has_bold(kept[-1:]) and bool(re.match(r",\s+(?:which|who|a|an)\s", rest))


def _sets_right(words: str, end: int) -> bool:
    """Tell whether a rest says what is so in place of what the words before it deny: `not ..., but ...`."""
    return bool(_DENIES.search(words[:end])) and " but " in words[end:]


def _masked(inline: Inline) -> str:
    """Return the words with backticks for what stands in code, so that no pattern matches inside."""
    return "".join("`" * len(run.text) if run.style.is_verbatim else run.text for run in inline)


def _has_bold(inline: Inline) -> bool:
    return any(run.style is Style.STRONG or run.is_bold for run in inline)
