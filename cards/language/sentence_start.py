"""Find where sentences begin, in any script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.language.grammar import GRAMMARS
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.language.natural_language import Language

_CLOSING = '["”’)»“]*'  # noqa: RUF001 - typographic quotes
_END = regex(
    # A full stop before a blank and what begins a sentence.
    rf"[.!?؟۔।](?:{_CLOSING})\s+(?=[\"“„«(¿¡]*(?P<next>\w|`|@)|[a-z]+[._(])"  # noqa: RUF001 - marks of other scripts
    # The marks of Chinese and Japanese, with or without a blank.
    r"|[。！？]+[」』”’）》]*\s*(?=\S)"  # noqa: RUF001 - marks of other scripts
)
_CALL = regex(r"[a-z]+[._(]")


def sentence_starts(words: str, language: Language) -> Iterator[int]:
    """Yield where each sentence but the first begins."""
    abbreviation = GRAMMARS[language].abbreviation
    for match in _END.finditer(words):
        end = match.start() + 1
        first = match["next"]
        if first and not _begins_sentence(first, words, match.end()):
            continue
        if words[match.start()] == "." and abbreviation.search(words, max(0, end - 12), end):
            continue
        yield match.end()


def _begins_sentence(first: str, words: str, start: int) -> bool:
    """Tell whether a word begins a sentence: with no small letter, or as a call or name in code."""
    return not first.islower() or bool(_CALL.match(words, start))
