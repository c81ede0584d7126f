"""Compare the words of two texts, and set text for the sides of cards."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cards.card import sides
from cards.guide.block import Block, Code, Picture, Prose
from cards.guide.heading.slug import slug_of
from cards.guide.inline import merge_adjacent
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.language.grammar import GRAMMARS
from cards.language.natural_language import COLONS, EXCLAMATION_MARKS, FULL_STOPS, QUESTION_MARKS
from cards.language.word_count import UNSPACED, count_words, has_unspaced
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.card.sides import Side
    from cards.language.natural_language import Language

_PROPER_NAMES = frozenset(
    {"Python", "Keras", "Google", "Linux", "Windows", "Docker"}
    | {"Adam", "Nesterov", "Glorot", "Gaussian", "Bayesian", "Jacobian", "Hessian"}
)
"""Names that are no abbreviation and keep their capital within a sentence."""

_TOKEN = regex(r"[^\W_]+(?:[._][^\W_]+)*|_+[^\W_]+")
_UNSPACED_TOKEN = regex(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W_])+(?:[._](?:(?![{UNSPACED}])[^\W_])+)*")
_PIECE = regex(r"\{(\w+)\}")

# What may take a capital letter: a word, no name (`learning_rate=0.1`), address or symbol (`x`).
_WORD = regex(
    r"(?!(?![aA])[^\W\d_](?:[-\W]|\Z))"  # no symbol
    r"[^\W\d_]+(?:[-’'][^\W\d_]+)*"  # noqa: RUF001 - typographic apostrophe
    r"[,;:.!?)\]”’'\"…]*(?:\s|\Z)"  # noqa: RUF001 - typographic quotes
)

# Names in a row, none of more than a word: `click, typer`.
_NAMES = regex(r"[^\s,]+(?:,\s+[^\s,]+)+\.?")

GAP_TEXT = StyledText("…", Style.GAP)
"""The text that stands for a hidden answer."""


def parse_backticks(words: str) -> Inline:
    """Return plain words with what stands in backticks set as code."""
    pieces = re.split(r"`([^`]+)`", words)
    return tuple(
        StyledText(piece, Style.CODE if place % 2 else Style.PLAIN)
        for place, piece in enumerate(pieces)
        if piece
    )


def cue_of(words: str) -> str:
    """Return a cue: the words in lower case, hyphens between them."""
    return slug_of(words) or "-"


def prose_words(side: Side) -> str:
    """Return a side's words without its code blocks and its gaps' labels."""
    if len(side) == 1:
        return _block_prose_words(side[0])
    return "\n".join([_block_prose_words(block) for block in side if not isinstance(block, Code | Picture)])


@lru_cache(maxsize=1024)  # a title and a front are compared with many answers
def tokens(words: str) -> tuple[str, ...]:
    """Return the words that count when two texts are compared: lower case, without marks.

    Where no blanks part words, each character counts as one.
    """
    folded = words.casefold()
    token = _UNSPACED_TOKEN if has_unspaced(folded) else _TOKEN
    return tuple(token.findall(folded))


def contains_words(text: str, answer: str) -> bool:
    """Tell whether the answer's words stand in the text, in their order and together."""
    wanted = _padded_tokens(answer)
    return bool(wanted.strip()) and wanted in _padded_tokens(text)


def gives_away(text: str, answer: str) -> bool:
    """Tell whether a text holds the word stems of an answer in a row (`trace`, `tracing`)."""
    wanted = _padded_stems(answer)
    return bool(wanted.strip()) and wanted in _padded_stems(text)


@lru_cache(maxsize=1024)  # title and section of a question are held against each of its answers
def _padded_stems(words: str) -> str:
    """Return the stems of the words that count with a blank on either side of each."""
    return f" {' '.join(map(_stem, tokens(words)))} "


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1024)
def _padded_tokens(words: str) -> str:
    """Return the words that count with a blank on either side of each."""
    return f" {' '.join(tokens(words))} "


def word_count(side: Side) -> int:
    """Return how many words a side's prose has."""
    return count_words(prose_words(side))


def sentence_case(inline: Inline) -> Inline:
    """Return the text with a capital first letter; code and names such as `gRPC` stay as they are."""
    if not inline or inline[0].style.is_verbatim:
        return inline
    first = inline[0]
    behind = first.text.split(" ", 1)[0][1:]
    if not behind.islower() and any(letter.isupper() for letter in behind):
        return inline
    if _NAMES.fullmatch(plain_text(inline)):
        return inline
    joined = len(inline) > 1 and not first.text[-1:].isspace() and " " not in first.text
    if not _WORD.match(plain_text(inline) if joined else first.text):
        return inline
    return (StyledText(first.text[:1].upper() + first.text[1:], first.style), *inline[1:])


def lower_first_letter(inline: Inline, language: Language) -> Inline:
    """Return the text as it stands within a sentence; names such as `TPU` and `GradientTape` stay."""
    if not inline or inline[0].style.is_verbatim or not GRAMMARS[language].lowers_first_letter:
        return inline
    first = inline[0]
    word = first.text.split(" ", 1)[0].rstrip(",.:;?!").removesuffix("’s").removesuffix("'s")  # noqa: RUF001
    if word in _PROPER_NAMES or not _is_in_small_letters(word[1:]) or (len(word) == 1 and word != "A"):
        return inline
    return (StyledText(first.text[:1].lower() + first.text[1:], first.style), *inline[1:])


def _is_in_small_letters(letters: str) -> bool:
    """Tell whether all letters are small, hyphens among them."""
    is_plain = letters.isascii() and letters.isalpha() and letters.islower()
    return is_plain or all(letter.islower() or letter == "-" for letter in letters)


def without_full_stop(inline: Inline) -> Inline:
    """Return the text without its final full stop."""
    if (
        inline
        and not inline[-1].style.is_verbatim
        and inline[-1].text.endswith(FULL_STOPS)
        and not inline[-1].text.endswith("..")
    ):
        trimmed = StyledText(inline[-1].text[:-1], inline[-1].style)
        return (*inline[:-1], trimmed) if trimmed.text else inline[:-1]
    return inline


def prose_of(*parts: str | Inline) -> Prose:
    """Return a paragraph of plain strings and styled text."""
    runs: list[StyledText] = []
    for piece in parts:
        runs += [StyledText(piece)] if isinstance(piece, str) else piece
    return Prose(merge_adjacent(runs))


def in_bold(inline: Inline) -> Inline:
    """Return the text set strong, code left as code."""
    return tuple(run if run.style.is_verbatim else StyledText(run.text, Style.STRONG) for run in inline)


def without_bold(inline: Inline) -> Inline:
    """Return the text without bold, code left as code."""
    return tuple(
        StyledText(run.text) if run.style is Style.STRONG else StyledText(run.text, run.style)
        for run in inline
    )


def fill_frame(frame: str, pieces: Mapping[str, str | Inline]) -> Inline:
    """Return a frame with its pieces: `What is {term}?` with the term."""
    parts = _parts_of(frame)
    return prose_of(*(pieces[part] if place % 2 else part for place, part in enumerate(parts))).inline


@lru_cache(maxsize=256)
def _parts_of(frame: str) -> tuple[str, ...]:
    """Return the text of a frame and the names of its pieces in turn."""
    return tuple(_PIECE.split(frame))


def with_end_mark(inline: Inline, language: Language) -> Inline:
    """Return what is asked as a sentence before another: with a full stop, if it has no mark at its end."""
    words = plain_text(inline).rstrip()
    if not words or words.endswith((*FULL_STOPS, *QUESTION_MARKS, *EXCLAMATION_MARKS, *COLONS)):
        return inline
    return prose_of(inline, language.colon).inline


def without_end_mark(inline: Inline) -> Inline:
    """Return the text without its final full stop or question mark, which the frame around it brings."""
    trimmed = without_full_stop(inline)
    if trimmed and not trimmed[-1].style.is_verbatim and trimmed[-1].text.endswith(QUESTION_MARKS):
        return merge_adjacent((*trimmed[:-1], StyledText(trimmed[-1].text[:-1], trimmed[-1].style)))
    return trimmed


def _block_prose_words(block: Block) -> str:
    if isinstance(block, Prose):
        return "".join([run.text for run in block.inline if run.style is not Style.GAP])
    return "" if isinstance(block, Code | Picture) else sides.words((block,))
