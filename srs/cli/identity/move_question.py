"""Ask once whether a guide has moved or is a copy, and remember the answer while it is built."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum, auto

import click

from cards.errors import ProofdeckError


class Wish(Enum):
    """What a person said of a file's identity."""

    NOTHING = auto()
    ADOPT = auto()
    """It is the guide that the store knows, moved or copied here."""
    NEW = auto()
    """It is a guide of its own, whatever it looks like."""


@dataclass(slots=True)
class MoveQuestion:
    """What a person says of a guide's identity: beforehand, or when asked.

    A build that is repeated without its cache asks nobody a second time.
    """

    wish: Wish = Wish.NOTHING
    may_ask: bool = True
    """Somebody may sit at the terminal."""

    def has_moved(self, news: str) -> bool:
        """Return whether the guide is the one that the news names; ProofdeckError if nobody says."""
        return self._is_adopted(
            news,
            "Say --adopt if it has moved here, or --new if this is a copy that becomes a deck of its own.",
            "Has it moved here, with its cards and their history? (no: a deck of its own)",
        )

    def keeps_cards(self, news: str) -> bool:
        """Return whether the cards built here stay under another lock; ProofdeckError if nobody says."""
        return self._is_adopted(
            news,
            "Say --adopt to keep them with their history and have the lock written for them, or --new to go "
            "by this lock, with a second deck.",
            "Keep them with their history, and write the lock for them? (no: a second deck)",
        )

    def _is_adopted(self, news: str, remedy: str, prompt: str) -> bool:
        match self.wish:
            case Wish.ADOPT:
                return True
            case Wish.NEW:
                return False
            case Wish.NOTHING:
                self.wish = Wish.ADOPT if self._asks(news, remedy, prompt) else Wish.NEW
                return self.wish is Wish.ADOPT

    def _asks(self, news: str, remedy: str, prompt: str) -> bool:
        if not (self.may_ask and sys.stdin.isatty() and sys.stderr.isatty()):
            raise ProofdeckError(f"{news} {remedy}")
        click.echo(news, err=True)
        return click.confirm(prompt, default=False, err=True)
