"""Single figures of the statistics."""

from __future__ import annotations

from typing import NamedTuple


class Recall(NamedTuple):
    """A number of reviews, and how many of them were right."""

    reviews: int
    recalled: int

    @property
    def share(self) -> float:
        """The share that was right; 0 without reviews."""
        return self.recalled / self.reviews if self.reviews else 0.0


class QuestionStats(NamedTuple):
    """One question, with how often its cards were recalled."""

    guide: str
    question: str
    title: str
    """The question as the guide has it."""
    source: str
    """`path:line` of its first card."""
    recall: Recall
    lapses: int


class SectionStats(NamedTuple):
    """One section of a guide: how much of it was begun, and how often its cards were recalled."""

    section: str
    """As the guide has it; empty for what stands in none."""
    cards: int
    begun: int
    recall: Recall

    @property
    def share_begun(self) -> float:
        """The share of its cards that were answered."""
        return self.begun / self.cards


class Pace(NamedTuple):
    """The time that answers took."""

    answers: int
    median_seconds: float
    slow_seconds: float
    """One in ten took longer."""
