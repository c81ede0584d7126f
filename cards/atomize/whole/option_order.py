"""The order in which a card shows the options of a quiz, and the letters that they get there."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from cards.guide.answer.option import LETTERS
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.guide.answer.option import Option

_FEWEST_TO_TURN = 3
_STAYS_LAST = regex(
    r"(?:all|none|both|neither|any|either)\b.{0,20}\b(?:above|these|those|them|options|answers|of the)\b"
    r"|(?:all|none|both|neither)(?:\s+of)?\s+(?:[A-J]\b.*|the above.*)?\Z|todas? las anteriores"
    r"|ningun[ao] de las anteriores"
    r"|alle der genannten|keine der genannten|(?:以上|上述)",
    re.IGNORECASE,
)
_NAMES_OPTIONS = regex(
    r"(?:(?:both|only|neither|either|options?|answers?)\s+)*[A-Ja-j](?:\s*(?:,|&|/|and|or|nor|und"
    r"|oder|y|o)\s*[A-Ja-j])+(?:\s+only)?\.?",
    re.IGNORECASE,
)
_NAMED_IN_WORDS = regex(
    r"\b(?:options?|answers?|choices?|alternatives?|statements?)\s+[(\[\"'“‘]*[A-J](?:[)\]\"'”’]*\s*(?:,|&"  # noqa: RUF001
    r"|/|and|or)\s*(?:option\s+|answer\s+)?[(\[\"'“‘]*[A-J])*\b"  # noqa: RUF001
    r"|(?:(?<=^)|(?<=[.;:] ))[(\[]?[A-J](?=[)\]:]|\s+(?:is|was|are|and|does|would|will|has)\b)"
    r"|\b[B-HJ](?=\s+(?:is|was|does|would|will)\s+(?:not|wrong|incorrect|right|correct|false|true"
    r"|invalid)\b)",
    re.IGNORECASE,
)
_LONE_LETTER = regex(r"(?<![\w'’])[A-Ja-j](?![\w'’])")  # noqa: RUF001


def shown_order(options: Sequence[Option], seed: str) -> tuple[int, ...]:
    """Return the positions of the options in the order of the card.

    It depends on the words of each option and the card's key alone: an edit of one moves no other past its
    neighbours. What speaks of the options above it stays last.
    """
    free = [place for place, option in enumerate(options) if not speaks_of_others(option)]
    last = [place for place in range(len(options)) if place not in free]
    order = sorted(free, key=lambda place: (_digest(seed, options[place]), place))
    if order == free and len(order) >= _FEWEST_TO_TURN:
        order = [*order[1:], order[0]]
    return (*order, *last)


def speaks_of_others(option: Option) -> bool:
    """Tell whether an option is about others: `All of the above`, `Both A and C`."""
    words = plain_text(option.words).strip(" .")
    return bool(_STAYS_LAST.match(words) or _NAMES_OPTIONS.fullmatch(words))


def new_letters(options: Sequence[Option], order: Sequence[int]) -> dict[str, str]:
    """Return the letter on the card for each letter of the author."""
    return {
        options[place].label or LETTERS[place]: LETTERS[number]
        for number, place in enumerate(order)
        if not options[place].label.isdigit()
    }


def relabelled_option(inline: Inline, letters: Mapping[str, str]) -> Inline:
    """Return an option that is about others with their letters on the card."""
    return (
        _replaced(inline, _LONE_LETTER, letters)
        if _NAMES_OPTIONS.fullmatch(plain_text(inline).strip())
        else inline
    )


def relabelled_explanation(inline: Inline, letters: Mapping[str, str]) -> Inline:
    """Return an explanation with the options' letters on the card: `Option B is wrong.`"""
    return _replaced(inline, _NAMED_IN_WORDS, letters)


def _replaced(inline: Inline, pattern: re.Pattern[str], letters: Mapping[str, str]) -> Inline:
    def renamed(match: re.Match[str]) -> str:
        return _LONE_LETTER.sub(lambda one: _in_case(letters.get(one[0].lower(), one[0]), one[0]), match[0])

    return tuple(
        run if run.style is Style.CODE else StyledText(pattern.sub(renamed, run.text), run.style)
        for run in inline
    )


def _in_case(letter: str, like: str) -> str:
    return letter.upper() if like.isupper() else letter


def _digest(seed: str, option: Option) -> str:
    code = "\n".join(each.source for each in option.code)
    return hashlib.sha256(f"{seed}\n{plain_text(option.words)}\n{code}".encode()).hexdigest()
