"""The parts of an interview question, and the words that tell what each is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from cards.language.natural_language import Language
from cards.regex import regex


class AskedFor(Enum):
    """What a part of a question asks for."""

    NAMES = auto()
    """Several things: `Which callbacks ...?`, `What are the three ways ...?`."""
    DIFFERENCE = auto()
    """How things differ."""
    WAY = auto()
    """How one does something: `How do you ...?`."""
    REASON = auto()
    """Why something is so."""
    OCCASION = auto()
    """When one uses something."""
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part of a question: `What is X`, and `when do you need it`."""

    words: str
    wish: AskedFor
    stems: frozenset[str]
    """Of the words that tell what it is about; none where it only says `how do they work`."""
    is_of_each: bool = False
    """Whether it asks of each of the things that the part before asks for."""
    number: int = 0
    """How many things it asks for; 0 where it does not say."""


_PART_END = regex(
    r"[?;]\s*|,?\s+and\s+(?=(?:what|how|when|why|which|where|who)\b)|,\s+(?=(?:what|how|when|why|which)\b)",
    re.IGNORECASE,
)
_DIFFERENCE = regex(
    r"\b(?:differ(?:s|ent|ences?)?|vs\.?|versus|compared?|distinguish|changed? (?:from|between)"
    r"|tell .* apart)\b",
    re.IGNORECASE,
)
_NAMES = regex(
    r"(?:which|what)(?:\s+(?!is|was|does|do|did|can|will|are|were)[\w-]+){0,3}?\s+(?!does\b|[\w-]*ss\b)[\w-]{3,}s\b"
    r"(?!\s+(?:is|was|it)\b)|what (?:are|were) (?:the|some|all)\b|(?:list|name|enumerate|mention)\b"
    r"|.*\b(?:types|kinds|components|advantages|disadvantages|benefits|drawbacks|principles|features|phases"
    r"|techniques|examples) of\b",
    re.IGNORECASE,
)
_WAY = regex(r"how (?:(?:do|would|can|could|should|must) (?:you|we|i|one|they)|to)\b", re.IGNORECASE)
_REASON = regex(r"why\b|.*\bwhat (?:is|are) the (?:reasons?|causes?)\b", re.IGNORECASE)
_OCCASION = regex(r"when\b|in which (?:cases?|situations?)\b", re.IGNORECASE)
_OF_EACH = regex(r"\b(?:each|they|them|these|those)\b", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}

_PIECE = regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_A-Za-z]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "ed", "er", "es", "s", "e")
_STEM_LENGTH = 6
_MIN_STEM = 3
# Words of which most questions are made: they do not tell what one is about.
_COMMON_WORDS = """
a about actually advantage advantages again all an and answer answers any apart are as ask asked asks at
back bad basic basics be been before benefit benefits best better between both brief briefly but by can
change changed choose come common compare concept could define describe detail details did differ difference
differences different do does each else every example examples explain few first five following for four
from further gain gains get give given go good had happen happens has have help here how i idea if
importance important in into is it its itself just kind kinds know like list look lose main make makes many
matter matters may me mean means mention more most much must name names need needed needs new no not of off
offer offers on one only or order other our out over own part parts people place point possible purpose put
question questions really reason requires role same say second shall short should show significance so some
step steps such surprise surprises take talk tell term terms than that the their them then there these they
thing things this those three to trap traps two type types under up use used uses using various versus very
vs want wants was way ways we well were what when where which while who whose why will with within without
word words work works would write you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@lru_cache(maxsize=256)  # each outline of a question asks for them
def asked_parts(title: str, language: Language) -> tuple[AskedPart, ...]:
    """Return the parts of an English question, in their order; none of one in another language."""
    if language is not Language.ENGLISH:
        return ()
    words = [words.strip() for words in _PART_END.split(title)]
    return tuple(_part(each) for each in words if each)


def _part(words: str) -> AskedPart:
    numbers = (_NUMBERS.get(each.casefold(), 0) for each in words.split())
    return AskedPart(
        words, _wish(words), content_stems(words), bool(_OF_EACH.search(words)), max(numbers, default=0)
    )


def _wish(words: str) -> AskedFor:
    if _DIFFERENCE.search(words):
        return AskedFor.DIFFERENCE
    return next((wish for wish, form in _FORMS if form.match(words)), AskedFor.OTHER)


_FORMS = (
    (AskedFor.REASON, _REASON),
    (AskedFor.OCCASION, _OCCASION),
    (AskedFor.WAY, _WAY),
    (AskedFor.NAMES, _NAMES),
)


@lru_cache(maxsize=4096)
def content_stems(words: str) -> frozenset[str]:
    """Return the stems of the words that tell what a text is about: `tracing` and `traces` are one."""
    pieces = (piece.casefold() for piece in _PIECE.findall(words))
    return frozenset(_stem(piece) for piece in pieces if piece not in _COMMON and not piece.isdigit())


@lru_cache(maxsize=4096)
def all_stems(words: str) -> frozenset[str]:
    """Return the stems of all words and numbers of a text."""
    return frozenset(_stem(piece.casefold()) for piece in _PIECE.findall(words))


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    return word[:_STEM_LENGTH]
