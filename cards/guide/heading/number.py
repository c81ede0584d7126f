"""Numbers and labels of questions and sections: `Q3.`, `3)`, `Part II:`."""

from __future__ import annotations

import re

from cards.guide.decoration import undecorated
from cards.guide.label_word import ASIAN_QUESTION_WORD, QUESTION_WORD
from cards.guide.page_part import advertises
from cards.regex import regex

# `Q3.`, `Q3:`, `Question 3 -`: certainly a question.  `3)` and `3.` may also number a section.
_QUESTION_NUMBER = regex(
    rf"(?:(?:Q(?:ue)?|{QUESTION_WORD})[-.\s]*(?:[#№]?\s*\d+\s*(?:[.:)：]|[-–—]\s)|[:：])"  # noqa: RUF001 - dashes people type
    rf"|Q\.(?=\s)|Q[-.\s]{{0,2}}\d+\s+(?=(?-i:[^\W\da-z]))|{ASIAN_QUESTION_WORD}\s*\d*\s*[：:.、]"  # noqa: RUF001
    r"|(?-i:[PВس])\s*\d{1,3}\s*[.:)](?=[^\n]*[?？؟]))\s*",  # noqa: RUF001 - Cyrillic
    re.IGNORECASE,
)

_COUNTED = regex(r"\d+(?:\.\d+)*\s*(?:[.)]\s+|[、．）]\s*)|\d{1,3}\.(?=[^\W\d_])")  # noqa: RUF001

# Numbers that are no more than decoration, whatever else has them.
_PLAIN_NUMBER = regex(
    r"(?:\d\ufe0f?\u20e3)+[.)]?\s*|\U0001f51f\s*"  # on keys: the emoji of 1 to 10
    rf"|{_COUNTED.pattern}|[(\[（]\d{{1,3}}[)\]）]\s*|\d{{1,3}}\s*[-–—:：]\s+|#\d{{1,3}}[.:)]?\s+"  # noqa: RUF001
    r"|(?:Exercise|Problem|Task|Ejercicio|Aufgabe|Задача)\s*[#№]?\d+\s*(?:[.:)]|[-–—]\s)\s*",  # noqa: RUF001
    re.IGNORECASE,
)

# `1 What is ...`: a number, if the guide counts like this.
_BARE_NUMBER = regex(r"\d{1,3}(?:\.\d+)*\s+(?=[^\W\d_a-z]|[`*@_])")

# `1. Basics`, `Part II: Basics`, `Chapter 3 - Basics`.
_NUMBER_BEFORE = regex(r"\d{1,3}(?:\.\d+)*\s+(?=[^\W\d_]|[`*@_])")
"""The same before a word in small letters, where others are counted: `1 select and poll`."""

_SECTION_NUMBER = regex(
    r"(?:(?:part|chapter|section|unit|module)\s+)?(?:\d+(?:\.\d+)*|[ivx]+)"
    r"(?:\s*[.:)]|\s+[-–—])\s+(?=\S)",  # noqa: RUF001 - dashes people type
    re.IGNORECASE,
)

_NUMBER_ALONE = regex(
    rf"(?:(?:Q|{QUESTION_WORD})\s*[#№]?\d*|[(\[]?\d{{1,3}}|{ASIAN_QUESTION_WORD}\s*\d*)\s*[-.:)\]：、]+|Q\s*\d+",  # noqa: RUF001
    re.IGNORECASE,
)

_NUMBERED_LABEL = regex(
    rf"(?:Q|{QUESTION_WORD}|Exercise|Problem|Task|Challenge|Puzzle|Kata|Ejercicio|Aufgabe"
    rf"|Задача|Задание|Exercício|Exercice|Esercizio|{ASIAN_QUESTION_WORD}|题目|练习)\s*[#№.-]?\s*\d+(?:\.\d+)*[a-z]?\s*[.:)\-–：、]*",  # noqa: RUF001
    re.IGNORECASE,
)


def has_question_number(words: str) -> bool:
    """Tell whether words begin with a question's number: `Q3.`"""
    return bool(_QUESTION_NUMBER.match(words))


def is_counted(words: str) -> bool:
    """Tell whether words begin with a number that a section may have too: `3)`, `1.2. `."""
    return bool(_COUNTED.match(words))


def bare_number(words: str) -> tuple[int, ...]:
    """Return the number before words without a mark behind it: (2, 1) for `2.1 What is ...`; () for none."""
    match = _BARE_NUMBER.match(words)
    return tuple(map(int, match[0].split("."))) if match else ()


def without_number(words: str) -> str:
    """Return a question's words without its number."""
    for form in (_QUESTION_NUMBER, _PLAIN_NUMBER):
        if (match := form.match(words)) and words[match.end() :].strip():
            return words[match.end() :]
    return words


def without_bare_number(words: str) -> str:
    """Return a question's words without the number that stands before them without a mark."""
    return _NUMBER_BEFORE.sub("", words, count=1) if _NUMBER_BEFORE.match(words) else words


def is_number(words: str) -> bool:
    """Tell whether the words are a question's number and no more: `3)`, `Q3.`, `Question 3:`."""
    return bool(_NUMBER_ALONE.fullmatch(words))


def is_numbered_label(words: str) -> bool:
    """Tell whether a heading only counts the question that stands below it: `Exercise 3`, `Q3.`"""
    words = undecorated(words).strip()
    return bool(_NUMBERED_LABEL.fullmatch(words)) or is_number(words)


def section_without_number(words: str) -> str:
    """Return a section's words without its number."""
    return _SECTION_NUMBER.sub("", words, count=1) if _SECTION_NUMBER.match(words) else words


def section_words(words: str) -> str:
    """Return a section's words as its cards name it; nothing for one that only calls readers elsewhere."""
    bare_words = undecorated(words).lstrip("#").strip()
    return "" if advertises(words) else section_without_number(bare_words)
