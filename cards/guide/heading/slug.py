"""The slug of a heading, of which identities and anchors are made."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_SLUG = 80


def slug_of(words: str) -> str:
    """Return the words in lower case joined by hyphens, at most 80 characters, cut between words."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    slug = "-".join(re.findall(r"[^\W_]+", folded))
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug
