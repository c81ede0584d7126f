"""The command on a pseudo-terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pexpect

from tests.builders.command import COMMAND, environment

if TYPE_CHECKING:
    from pathlib import Path


class CommandTerminal:
    """A terminal on which the command was started."""

    def __init__(
        self, *arguments: str, width: int = 80, height: int = 24, patience: int = 20, **more: str
    ) -> None:
        program, *options = COMMAND
        self.child = pexpect.spawn(
            program,
            [*options, *arguments],
            env=environment(**more),
            dimensions=(height, width),
            encoding="utf-8",
            timeout=patience,
        )

    def sees(self, *words: str) -> str:
        """Wait until the words have been drawn, one after the other; return everything up to them."""
        seen = ""
        for word in words:
            self.child.expect_exact(word)
            seen += str(self.child.before) + str(self.child.after)
        return seen

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def ends(self) -> str:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return str(self.child.before)


def review_terminal(home: Path, *arguments: str, patience: int = 20, **more: str) -> CommandTerminal:
    """Return a terminal on which a home's cards are reviewed."""
    started = ("--home", str(home), "review", *arguments)
    return CommandTerminal(*started, width=80, height=24, patience=patience, **more)
