"""Colours for code, made once when a deck is built: a review loads no Pygments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token
from pygments.util import ClassNotFound

from cards.guide.block import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pygments.lexer import Lexer

    from cards.card.sides import Side

_LEXERS: dict[str, Lexer | None] = {}


def colour_code(sides: Iterable[Side]) -> dict[str, list[tuple[str, str]]]:
    """Return the (short Pygments class, text) pairs of each piece of code that has colours."""
    return {
        block.source: pairs
        for side in sides
        for block in side
        if isinstance(block, Code) and (pairs := _coloured_pairs(block))
    }


def _coloured_pairs(code: Code) -> list[tuple[str, str]]:
    lexer = _lexer(code.language)
    if lexer is None:
        return []
    pairs: list[tuple[str, str]] = []
    for token, text in lexer.get_tokens(code.source):
        while token not in STANDARD_TYPES:
            token = token.parent or Token  # noqa: PLW2901 - walks up to a type that has a class
        css = STANDARD_TYPES[token]
        if pairs and pairs[-1][0] == css:
            pairs[-1] = (css, pairs[-1][1] + text)
        else:
            pairs.append((css, text))
    # The lexer may end in a newline of its own; a code block never does.
    if pairs and "".join(text for _, text in pairs) == code.source + "\n":
        css, text = pairs.pop()
        if text != "\n":
            pairs.append((css, text[:-1]))
    return pairs if "".join(text for _, text in pairs) == code.source else []


def _lexer(language: str) -> Lexer | None:
    if language in {"", "output", "text"}:
        return None
    if language not in _LEXERS:
        try:
            _LEXERS[language] = get_lexer_by_name(language, stripnl=False)
        except ClassNotFound:
            _LEXERS[language] = None
    return _LEXERS[language]
