"""Clears a guide's text of characters that nobody sees, and says where they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cards.errors import Problem
from cards.hidden_character import clear_prose, escape_hidden, has_hidden, hidden_names
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = regex(r"[ \t>*+\-\d.)]*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_PAGE_BREAKS = regex("[\x0b\x0c]")
"""White space to Python and nothing to a reader; written as an escape they would break the code."""


class ClearedText(NamedTuple):
    """A guide's text as it is read, line for line, and what was found in it."""

    text: str
    warnings: tuple[Problem, ...] = ()
    """Where a character was escaped or left out."""
    problems: tuple[Problem, ...] = ()
    """Where it is no text at all."""


def clear_text(text: str, path: str) -> ClearedText:
    r"""Return the text without hidden characters: in code escaped as `\u202e`, in prose left out.

    What code shows is then what runs: in a text of Python the escape means the same character.
    """
    if not has_hidden(text):
        return ClearedText(text)
    lines, warnings = [], []
    for number, (line, is_code) in enumerate(_lines(text), start=1):
        if names := hidden_names(line.replace("\0", "")):
            warnings.append(Problem(path, number, _sentence(", ".join(names), is_code=is_code)))
        plain = _PAGE_BREAKS.sub("", line.replace("\0", ""))
        lines.append(escape_hidden(plain) if is_code else clear_prose(plain))
    return ClearedText("\n".join(lines), tuple(warnings), tuple(_nul_problems(text, path)))


def _sentence(names: str, *, is_code: bool) -> str:
    if is_code:
        return f"this code holds {names}, which nobody sees; shown escaped: write the escape, or delete it."
    return f"this line holds {names}, which nobody sees; cards leave it out: delete it."


def _nul_problems(text: str, path: str) -> Iterator[Problem]:
    place = text.find("\0")
    if place >= 0:
        sentence = "a NUL character is no text; delete it, or save the guide as UTF-8."
        yield Problem(path, text.count("\n", 0, place) + 1, sentence)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it stands in a fenced block."""
    fence = ""
    for line in text.split("\n"):
        opening = _FENCE.match(line)
        if opening and not fence:
            fence = opening["fence"]
            yield line, False
        elif opening and opening["fence"].startswith(fence) and not opening["info"].strip():
            fence = ""
            yield line, False
        else:
            yield line, bool(fence)
