"""Coverage of an answer: how many cards each block made, and why parts of it made none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, assert_never

from cards.atomize.question_context import NoCard
from cards.guide.block import Code, FollowUp, Listing, Other, Picture, Prose, Subheading, Table
from cards.guide.element import OUTPUT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.atomize.question_context import CardOrReason
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.span import Span


@dataclass(frozen=True, slots=True)
class BlockCoverage:
    """How many cards a block of the guide made, and why parts of it made none."""

    what: str
    """paragraph, list, table, code, output, follow-up, subheading, or what it is in words."""
    cards: int
    reasons: tuple[str, ...]
    """Why places in it made no card, each with its count where it is more than one."""
    span: Span
    reading: str = ""
    """What a list is taken for, and why; empty for any other block."""


class LostQuestion(NamedTuple):
    """A question of which no card is made, and what became of its blocks."""

    question: Question
    blocks: tuple[BlockCoverage, ...]


def block_coverage(block: Block, results: Sequence[CardOrReason], reading: str = "") -> BlockCoverage:
    """Return the coverage of a block, given its cards and the reasons why parts of it made none."""
    reasons = Counter(result.reason for result in results if isinstance(result, NoCard))
    counted = (f"{count} × {reason}" if count > 1 else reason for reason, count in reasons.items())  # noqa: RUF001
    return BlockCoverage(
        _block_name(block), len(results) - reasons.total(), tuple(counted), block.span, reading
    )


def _block_name(block: Block) -> str:
    """Return what a block is, in a word for the author."""
    match block:
        case Prose():
            return "paragraph"
        case Listing():
            return "list"
        case Table():
            return "table"
        case Code() if block.language == OUTPUT_LANGUAGE:
            return "output"
        case Code():
            return "code"
        case FollowUp():
            return "follow-up"
        case Subheading():
            return "subheading"
        case Picture():
            return "picture"
        case Other():
            return block.what
        case _:
            assert_never(block)
