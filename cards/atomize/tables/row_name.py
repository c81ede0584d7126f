"""Name what a row of a table is about within a sentence: `the Functional style`, `the call model.save`."""

from __future__ import annotations

import re
from typing import NamedTuple

from cards.regex import regex

_GENERIC_NOUNS = frozenset(
    {"component", "tool", "library", "framework", "technology", "name", "term", "concept", "item", "thing"}
    | {"product", "platform", "service", "package", "language", "system", "company", "domain", "database"}
    | {
        "scenario",
        "situation",
        "case",
        "question",
        "topic",
        "category",
        "aspect",
        "property",
        "feature",
        "what",
        "remedy",
    }
)
"""Words for what the rows are that say nothing of a thing which its name does not say."""
_KIND_OF = regex(r"(?:kind|type|sort|class|name|form) of\b", re.IGNORECASE)
_PREPOSITION = regex(r"\s(?:of|for|in|on|at|by|with|to|from|between|per|that|which)\s")
_ARTICLES = frozenset({"a", "an", "the"})
_SORTS = frozenset({"type", "kind", "sort", "category", "group"})
_JOINED = regex(r"[,/]|\s(?:and|or)\s")
"""Between several things in one cell, which no word for one of them names."""
_MOST_WORDS_BEFORE_NOUN = 2
_MOST_NOUN_WORDS = 3


class RowName(NamedTuple):
    """The words around the name of a row's thing."""

    before: str = ""
    after: str = ""
    begins_small: bool = False
    """The name is a phrase whose first letter is small within a sentence: `many tiny kernels`."""


def name_of_row(noun: str, thing: str, *, is_code: bool) -> RowName:
    """Return the words that go with a thing within a sentence, `noun` saying what the rows are."""
    kind = " ".join(_small(word) for word in noun.strip(" .:?").split())
    words = thing.split()
    if not is_code and _is_plural_phrase(thing):
        return RowName(begins_small=True)
    if not is_code and len(words) > 1 and words[0].casefold() in _ARTICLES:
        return RowName(begins_small=words[1][:1].islower())
    if not kind or is_plural(kind) or kind.casefold() in _GENERIC_NOUNS or _KIND_OF.match(kind):
        return RowName()
    if words and words[-1].casefold() == kind.split()[-1].casefold() and not is_code:
        return RowName("the ")
    if len(kind.split()) > _MOST_NOUN_WORDS or kind.casefold() in thing.casefold():
        return RowName()
    if kind.split()[-1].casefold() in _SORTS and (" " in kind or _JOINED.search(thing)):
        return RowName()
    if is_code or len(words) > _MOST_WORDS_BEFORE_NOUN or _PREPOSITION.search(thing):
        return RowName(f"the {kind} ")
    return RowName("the ", f" {kind}")


def noun_of_rows(noun: str) -> str:
    """Return the word for one of the rows: `optimizer` of `Optimizers`."""
    kind = " ".join(_small(word) for word in noun.strip(" .:?").split())
    if not is_plural(kind):
        return kind
    return f"{kind[:-3]}y" if kind.endswith("ies") else kind[:-1]


def is_plural(noun: str) -> bool:
    """Tell whether the last word of a noun phrase looks like a plural."""
    return noun.endswith("s") and not noun.casefold().endswith(("ss", "us", "is", "as", "ics"))


def _is_plural_phrase(thing: str) -> bool:
    """Tell whether a thing is several in plain words: `Makers of web pages`, no name."""
    head = _PREPOSITION.split(thing, maxsplit=1)[0].split()
    words = thing.split()
    is_plain = len(words) > 1 and words[1][:1].islower() and words[1] not in {"vs", "vs."}
    return is_plain and bool(head) and is_plural(head[-1]) and words[0][1:].islower()


def _small(word: str) -> str:
    """Return a word with a small first letter, unless it is an abbreviation or a name with more capitals."""
    return word if any(not (each.islower() or each in "-/") for each in word[1:]) else word.lower()
