"""A built guide of which nothing is saved yet but the proofs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.build.pipeline import BuildResult
    from cards.card.card import CardId
    from cards.check.failing_block import FailingBlock
    from cards.errors import Problem
    from cards.lock.lock import Lock
    from cards.program.program import Program


@dataclass(frozen=True, slots=True)
class GuideBuild:
    """A built guide of which nothing is saved yet but the proofs."""

    questions: int
    """The number of questions."""
    programs: tuple[Program, ...]
    ran: tuple[Program, ...]
    """The programs that had to run, and did."""
    result: BuildResult
    failing: tuple[FailingBlock, ...]
    """The blocks that do not hold."""
    recovered_lock: Lock | None
    """What the store knew of a guide whose lock was missing."""
    warnings: tuple[Problem, ...] = ()
    """What its author should mend: blemishes of the guide, and questions that came to nothing."""
    has_pictures: bool = False
    mendings: tuple[str, ...] = ()
    """What was mended in the lock, a sentence each."""
    has_times_ahead: bool = False
    """Some cards changed later than the clock says: the deck may have other times than the lock."""
    short_name: str = ""
    """The deck's, unique in the store; the guide's own name where no store keeps it."""
    identity: tuple[str, ...] = ()
    """What its author should know of the guide's identity, in sentences."""
    gone_to: Mapping[CardId, str] = field(default_factory=dict)
    """Cards that another guide has taken with their history, and what its deck is called."""
    came_from: Mapping[CardId, str] = field(default_factory=dict)
    """Cards that vanished from another guide and are in this one now, and what its deck is called."""

    @property
    def package_name(self) -> str:
        """The usual name of the deck's file."""
        return f"{self.short_name or self.result.deck.slug}.apkg"
