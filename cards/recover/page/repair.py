"""Rejoin sentences and split names that text extraction broke, where that is certain.

Two things happen to text around `code` in a sentence: the line breaks before it, and the blank after it goes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.page.page import Line


@dataclass(frozen=True, slots=True)
class Repair:
    """One repaired line, before and after."""

    number: int
    """The line, as the input counts them."""
    before: str
    after: str


# After these words no sentence and no list entry ends.
_ENDS_OPEN = regex(
    r"\b(?:with|to|of|the|a|an|in|for|and|or|by|using|from|as|is|are|via|on|at|like|into|than|that|use|call)$"
)
_GLUED_NAME = regex(r"(?<![\w.`/])((?:[a-z_]\w*\.)+[a-z_]\w+)(?![\w.(])")
_WORD = regex(r"(?<![\w.])[a-z]{4,}(?![\w(]|\.\w)")
_DOTTED = regex(r"(?<![\w.])(?:[a-z_]\w*\.)+[a-z_]\w*")


def repair_lines(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Repair, ...]]:
    """Return the lines with broken sentences joined and glued words parted, and what was done."""
    done: list[Repair] = []
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before is not None and _continues(before, line):
            text = f"{before.text} {line.text}"
            done.append(Repair(before.number, before.text, text))
            joined[-1] = replace(before, text=text, raw=text)
        else:
            joined.append(line)
    return _split_glued_names(joined, done), tuple(done)


def _continues(before: Line, line: Line) -> bool:
    if before.known or line.known or before.marked or not _ENDS_OPEN.search(before.text):
        return False
    is_text = before.text.startswith("- ") or len(before.text.split()) >= 5
    starts_small = line.text[0].islower() or line.text[0] == "`"
    code_like = re.search(
        r"[=({\[:]\s*$|^\w+\s*=|^(?:import|from|def|class|return|for|if|while|with)\b", line.text
    )
    return (
        is_text and "#" not in before.text and starts_small and not code_like and len(line.text.split()) <= 12
    )


def _split_glued_names(lines: list[Line], done: list[Repair]) -> tuple[Line, ...]:
    """Part a dotted name from the word glued to it: both occur elsewhere, and together never."""
    whole = "\n".join(line.text for line in lines)
    dotted = Counter(_DOTTED.findall(whole))
    words = Counter(_WORD.findall(whole))

    def part(match: re.Match[str]) -> str:
        token = match[1]
        if dotted[token] > 1:
            return token
        for end in range(len(token) - 4, token.rfind(".") + 2, -1):
            name, word = token[:end], token[end:]
            if dotted[name] >= 2 and words[word]:
                return f"{name} {word}"
        return token

    parted = []
    for line in lines:
        text = line.text if line.known or line.marked else _GLUED_NAME.sub(part, line.text)
        if text != line.text:
            done.append(Repair(line.number, line.text, text))
            line = replace(line, text=text, raw=text)  # noqa: PLW2901 - the mended line stands for it
        parted.append(line)
    return tuple(parted)
