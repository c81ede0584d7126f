"""Code as a card displays it, what the card's back says of it, and what was seen of it alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NewType

from cards.program.proof_key import program_digest, runtime_fields
from cards.program.written_fields import written_fields

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import SnippetName

DISPLAY_VERSION = 1
"""The version of how displayed code is run; raise it, and every card's code is run again."""

DisplayKey = NewType("DisplayKey", str)
"""A digest of all that the outcome of displayed code depends on, and of what its card says of it."""


class Expectation(StrEnum):
    """The sort of thing that a card's back says of the code on its front."""

    PRINTS = "prints"
    RAISES = "raises"
    SHAPE = "shape"
    DTYPE = "dtype"


@dataclass(frozen=True, slots=True)
class DisplayedCode:
    """The code on a card as a learner sees it, its gap filled, and what the card says of it."""

    source: str
    expects: Expectation
    text: str
    """The output, the exception's text, the shape or the dtype, as the card has it."""
    name: str = ""
    """The name of the value, or of the exception's class; empty for output."""
    given: tuple[SnippetName, ...] = ()
    """The snippets of the question's program that bind what the card says is given: they run before it."""


@dataclass(frozen=True, slots=True)
class DisplayedVerdict:
    """What was seen of a card's displayed code when it ran alone."""

    card: str
    """The card's key."""
    key: DisplayKey
    fault: str = ""
    """Why the card must not be shown, a phrase; empty where the code does what the card says."""
    is_repeatable: bool = True
    """Whether another run would end in the same way; a limit is met on a busy machine alone."""
    runtime: Runtime | None = None
    """What it ran under; None in a lock of one runtime, where the key alone knows."""


@lru_cache(maxsize=8192)
def display_key(program: Program, code: DisplayedCode, runtime: Runtime) -> DisplayKey:
    """Digest the program that ends in the displayed code, what is expected of it, and the versions."""
    expected = written_fields(code, {"source"})
    last = len(program.snippets) - 1
    return DisplayKey(program_digest(program, last, expected, runtime_fields(runtime), DISPLAY_VERSION)[:16])
