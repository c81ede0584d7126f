"""Find the blocks that a recovered guide marks for review, and replace them once decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.recover.code.code_block import CodeBlock, IndentationDoubt, flatten, restore_block
from cards.recover.decision import NO_DECISIONS
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

_DOUBTFUL = regex(
    r"^<!-- recovered: review;[^\n]*-->\n+(?P<between>(?:<!-- recovered:[^\n]*-->\n+)*)"
    r"(?P<marks>`{3,})(?P<info>python\b[^\n]*)\n(?P<source>.*?)\n(?P=marks)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class DoubtfulBlock:
    """A code block that is marked for review, and where its remark starts."""

    block: CodeBlock
    start: int
    """Where the remark starts, in characters."""


def doubtful_blocks(text: str) -> tuple[DoubtfulBlock, ...]:
    """Return the blocks marked for review, each with the indentations that are possible now."""
    found = []
    for match in _DOUBTFUL.finditer(text):
        line = text.count("\n", 0, match.start("source")) + 1
        block = restore_block(flatten(match["source"]).split("\n"), line, NO_DECISIONS)
        if block.doubt is not IndentationDoubt.BROKEN and block.choices:
            found.append(DoubtfulBlock(block, match.start()))
    return tuple(found)


def replace_doubtful(text: str, chosen: Mapping[int, str]) -> str:
    """Return the guide with each chosen source in its block's place and the remark gone; keyed by `start`."""

    def settle(match: re.Match[str]) -> str:
        if match.start() not in chosen:
            return match[0]
        marks = match["marks"]
        return f"{match['between']}{marks}{match['info']}\n{chosen[match.start()]}\n{marks}"

    return _DOUBTFUL.sub(settle, text)
