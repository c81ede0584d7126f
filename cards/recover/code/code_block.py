"""A restored code block: its indentation, the confidence in it, and a person's choice."""

from __future__ import annotations

import hashlib
import textwrap
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from cards.recover.code.indent import is_python, restore
from cards.recover.code.misplaced_definition import move_definition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BlockDigest = NewType("BlockDigest", str)
"""A digest of a block's lines without indentation: what a decision is remembered by."""


class IndentationDoubt(StrEnum):
    """How far a block's indentation can be trusted."""

    SURE = "sure"
    REVIEW = "review"
    """A person should check it."""
    BROKEN = "broken"
    """No indentation makes it Python."""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A block of Python on a page, with its indentation restored."""

    number: int
    """Its first line, as the input counts them."""
    mark: BlockDigest
    text: str
    doubt: IndentationDoubt
    confidence: float
    """How probable it is that the indentation is right, 0 to 1."""
    choices: tuple[str, ...] = ()
    """What it can be, the likeliest first; empty where there is no choice."""
    levels: tuple[tuple[int, ...], ...] = ()
    """The level of each line that is not blank, for each of the choices."""
    uncertain_lines: tuple[int, ...] = ()
    """The lines, from 0, whose level differs between the two likeliest choices."""
    kept: bool = False
    """The indentation is the page's own."""
    decided: bool = False
    """A person chose it."""
    moved: str = ""
    """The function or class that stood within brackets, and stands above their statement now."""


def block_digest(text: str) -> BlockDigest:
    """Return what identifies a block whatever its indentation."""
    return BlockDigest(hashlib.sha256(flatten(text).encode("utf-8", "surrogatepass")).hexdigest()[:16])


def restore_block(
    lines: Sequence[str], number: int, decisions: Mapping[BlockDigest, tuple[int, ...]]
) -> CodeBlock:
    """Return the block of the raw lines, indented; blank lines stay where they are."""
    raw = textwrap.dedent("\n".join(lines)).strip("\n")
    mark = block_digest(raw)
    indented = any(line[:1] in " \t" for line in raw.split("\n"))
    if indented and is_python(raw):
        return CodeBlock(number, mark, raw, IndentationDoubt.SURE, 1.0, kept=True)
    restored = restore(raw)
    if restored.broken:
        broken = CodeBlock(
            number, mark, raw if indented else restored.best.text, IndentationDoubt.BROKEN, 0.0
        )
        return _with_definition_moved(broken, raw, decisions) or broken
    candidates = (restored.best, *restored.others)
    blanks = [place for place, line in enumerate(raw.split("\n")) if not line.strip()]
    texts = tuple(_with_blanks(candidate.text, blanks) for candidate in candidates)
    levels = tuple(candidate.levels for candidate in candidates)
    if mark in decisions:
        for candidate, text in zip(candidates, texts, strict=True):
            if candidate.levels == decisions[mark]:
                return CodeBlock(number, mark, text, IndentationDoubt.SURE, 1.0, texts, levels, decided=True)
    doubt = IndentationDoubt.REVIEW if restored.review else IndentationDoubt.SURE
    shift = _lines_with_blanks(restored.uncertain_lines, blanks)
    return CodeBlock(number, mark, texts[0], doubt, restored.confidence, texts, levels, shift)


def _with_definition_moved(
    broken: CodeBlock, raw: str, decisions: Mapping[BlockDigest, tuple[int, ...]]
) -> CodeBlock | None:
    """Return a block that is Python once what it defines within brackets stands above them; else None."""
    moved = move_definition(raw.split("\n"))
    if moved is None:
        return None
    block = restore_block(moved.lines, broken.number, decisions)
    return None if block.doubt is IndentationDoubt.BROKEN else replace(block, moved=moved.name)


def flatten(text: str) -> str:
    """Return the lines that are not blank, without their indentation."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _with_blanks(text: str, blanks: Sequence[int]) -> str:
    lines = text.split("\n")
    for place in blanks:
        lines.insert(place, "")
    return "\n".join(lines)


def _lines_with_blanks(lines: Sequence[int], blanks: Sequence[int]) -> tuple[int, ...]:
    shifted = []
    for line in lines:
        place = line
        for blank in blanks:
            if blank <= place:
                place += 1
        shifted.append(place)
    return tuple(shifted)
