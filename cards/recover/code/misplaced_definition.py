"""Functions and classes that stand within brackets, where Python allows none, put above their statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.recover.code.lexer import lex
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.code.lexer import LexedCode

_DEFINITION = regex(r"(?:async\s+def|def|class)\s+(?P<name>\w+)\b.*:\s*(?:#.*)?\Z")
_LEADS_IN = regex(r"[#@]")
"""A comment or decorator, which belongs to the definition below it."""
_CLOSES = regex(r"[)\]}]")


class MovedDefinition(NamedTuple):
    """Lines in another order: what stood within brackets stands above their statement."""

    lines: tuple[str, ...]
    name: str
    """What is defined."""


def move_definition(lines: Sequence[str]) -> MovedDefinition | None:
    """Return the lines with the definition that ends a list or a call above its statement; None for none.

    Where further entries follow, nobody knows at which line the definition ends.
    """
    flat = [line.strip() for line in lines if line.strip()]
    lexed = lex(flat)
    if not lexed.whole:
        return None
    for place, line in enumerate(flat):
        found = _DEFINITION.match(line)
        if found and (around := _statement_around(place, lexed)) is not None:
            first, last = _with_lead_in(place, flat), _last_line(place, flat, lexed)
            if last is None or first <= around:
                return None
            moved = (*flat[:around], *flat[first:last], *flat[around:first], *flat[last:])
            return MovedDefinition(moved, found["name"])
    return None


def _statement_around(place: int, lexed: LexedCode) -> int | None:
    """Return the line at which the statement around a line within brackets begins, with its comments."""
    for statement in lexed.statements:
        if statement.first < place <= statement.last and lexed.depths[place] > 0:
            return min((*statement.comments, statement.first))
    return None


def _with_lead_in(place: int, flat: Sequence[str]) -> int:
    while place and _LEADS_IN.match(flat[place - 1]):
        place -= 1
    return place


def _last_line(place: int, flat: Sequence[str], lexed: LexedCode) -> int | None:
    """Return the line that closes the brackets around a definition, right behind its body; None for none."""
    depth = lexed.depths[place]
    for later in range(place + 1, len(flat)):
        if lexed.depths[later] < depth:
            return later if _CLOSES.match(flat[later]) and later > place + 1 else None
        if lexed.depths[later] == depth and flat[later].endswith(","):
            return None
    return None
