"""Ask before a build retires much of a deck or takes questions for code; refuse where nobody can answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.build.pipeline import BuildPlan, BuildResult
    from cards.errors import Problem

_MOST_CAUSES = 6


@dataclass(slots=True)
class LossGuard:
    """Lets a build pass that loses little, or whose losses a person wants."""

    yes: bool = False
    """Nobody is asked: the person said so beforehand."""
    may_ask: bool = True
    """Somebody may sit at the terminal; not while a guide is watched."""
    has_written: bool = False
    """A first deck is written already, without gaps."""
    _agreed: int = 0
    """How many cards of this guide a person agreed to lose."""

    def require_assent(self, plan: BuildPlan, result: BuildResult, text: str, path: str) -> None:
        """Ask about cards that would be retired; raises ProofdeckError, with nothing written, for a no."""
        from cards.check.big_loss import loss_to_ask_about

        if self.yes or not result.newly_retired:
            return
        loss = loss_to_ask_about(result.newly_retired, result.cards_before, text, path, plan.guide)
        if loss is None or loss.retired <= self._agreed:
            return
        cards = f"{loss.retired} of {count(loss.total, 'card')}"
        self._ask(f"{path}: this build would retire {cards}.", loss.causes)
        self._agreed = loss.retired

    def require_assent_to_headings(self, swallowed: Sequence[Problem], path: str) -> None:
        """Ask about headings in code blocks before the first build; raises ProofdeckError for a no."""
        if swallowed and not self.yes:
            self._ask(f"{path}: questions of this guide would count as code.", swallowed)

    def require_assent_to_marks(self, marks: Sequence[Problem], path: str) -> None:
        """Ask about marks of a merge, which cards would show as words; raises ProofdeckError for a no."""
        if marks and not self.yes:
            self._ask(f"{path}: cards would show both sides of a merge.", marks)

    def _ask(self, news: str, causes: Sequence[Problem]) -> None:
        lines = [news, *(f"  {cause}" for cause in causes[:_MOST_CAUSES])]
        if len(causes) > _MOST_CAUSES:
            lines.append(f"  and {count(len(causes) - _MOST_CAUSES, 'place')} more")
        if not (self.may_ask and sys.stdin.isatty() and sys.stderr.isatty()):
            lines.append(f"{self._no_news} Mend these lines, or say --yes if it is meant.")
            raise ProofdeckError("\n".join(lines))
        click.echo("\n".join(lines), err=True)
        if not click.confirm("Build all the same?", default=False, err=True):
            raise ProofdeckError(self._no_news)

    @property
    def _no_news(self) -> str:
        return f"Nothing {'more ' if self.has_written else ''}was written."
