"""The slug of a heading, of which identities and anchors are made."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from cards.regex import regex

_LONGEST_SLUG = 80
_WORD = regex(r"[^\W_]+")


@lru_cache(maxsize=1024)  # the tags and the cues of a question are made of the same words
def slug_of(words: str) -> str:
    """Return the words in lower case joined by hyphens, at most 80 characters, cut between words."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    slug = "-".join(_WORD.findall(folded))
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug
