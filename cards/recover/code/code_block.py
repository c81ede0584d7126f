"""A block of code with its indentation, how sure that is, and what a person decided about it."""

from __future__ import annotations

import hashlib
import textwrap
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from cards.recover.code.indent import compiles, restore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BlockMark = NewType("BlockMark", str)
"""A digest of a block's lines without indentation: what a decision is remembered by."""


class Doubt(StrEnum):
    """How far a block's indentation can be trusted."""

    SURE = "sure"
    REVIEW = "review"
    """A person should look."""
    BROKEN = "broken"
    """It is Python in no way to indent it."""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Python of a page, restored."""

    number: int
    """Its first line, as the input counts them."""
    mark: BlockMark
    text: str
    doubt: Doubt
    confidence: float
    """How probable it is that the indentation is right, 0 to 1."""
    choices: tuple[str, ...] = ()
    """What it can be, the likeliest first; empty where there is no choice."""
    levels: tuple[tuple[int, ...], ...] = ()
    """The level of each line that is not blank, for each of the choices."""
    in_question: tuple[int, ...] = ()
    """The lines, from 0, whose level differs between the two likeliest choices."""
    kept: bool = False
    """The indentation is the page's own."""
    decided: bool = False
    """A person chose it."""


def mark_of(text: str) -> BlockMark:
    """Return what identifies a block whatever its indentation."""
    return BlockMark(hashlib.sha256(flattened(text).encode("utf-8", "surrogatepass")).hexdigest()[:16])


def restored_block(
    lines: Sequence[str], number: int, decisions: Mapping[BlockMark, tuple[int, ...]]
) -> CodeBlock:
    """Return the block that the raw lines are; blank ones among them stay where they are."""
    raw = textwrap.dedent("\n".join(lines)).strip("\n")
    mark = mark_of(raw)
    indented = any(line[:1] in " \t" for line in raw.split("\n"))
    if indented and compiles(raw):
        return CodeBlock(number, mark, raw, Doubt.SURE, 1.0, kept=True)
    restored = restore(raw)
    if restored.broken:
        return CodeBlock(number, mark, raw if indented else restored.best.text, Doubt.BROKEN, 0.0)
    candidates = (restored.best, *restored.others)
    blanks = [place for place, line in enumerate(raw.split("\n")) if not line.strip()]
    texts = tuple(_with_blanks(candidate.text, blanks) for candidate in candidates)
    levels = tuple(candidate.levels for candidate in candidates)
    if mark in decisions:
        for candidate, text in zip(candidates, texts, strict=True):
            if candidate.levels == decisions[mark]:
                return CodeBlock(number, mark, text, Doubt.SURE, 1.0, texts, levels, decided=True)
    doubt = Doubt.REVIEW if restored.review else Doubt.SURE
    shift = _shifted(restored.in_question, blanks)
    return CodeBlock(number, mark, texts[0], doubt, restored.confidence, texts, levels, shift)


def flattened(text: str) -> str:
    """Return the lines that are not blank, without their indentation."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _with_blanks(text: str, blanks: Sequence[int]) -> str:
    lines = text.split("\n")
    for place in blanks:
        lines.insert(place, "")
    return "\n".join(lines)


def _shifted(lines: Sequence[int], blanks: Sequence[int]) -> tuple[int, ...]:
    shifted = []
    for line in lines:
        place = line
        for blank in blanks:
            if blank <= place:
                place += 1
        shifted.append(place)
    return tuple(shifted)
