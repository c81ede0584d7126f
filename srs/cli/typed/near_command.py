"""Which command somebody may have meant who typed another word."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_OTHER_WORDS = {
    "config": "settings",
    "deck": "decks",
    "edit": "build",
    "find": "cards",
    "import": "build",
    "init": "new",
    "learn": "review",
    "lint": "check",
    "list": "cards",
    "make": "build",
    "quiz": "review",
    "report": "stats",
    "run": "prove",
    "search": "cards",
    "start": "review",
    "statistics": "stats",
    "status": "due",
    "study": "review",
    "test": "prove",
    "today": "due",
    "validate": "check",
    "verify": "prove",
}
"""What other programs call it."""


def no_such_command(word: str, commands: Iterable[str]) -> str:
    """Return the sentence about a word that is no command, with the nearest ones."""
    known = list(commands)
    typed = word.casefold()
    other = _OTHER_WORDS.get(typed)
    near = [other] if other in known else get_close_matches(typed, known, n=3)
    near += [each for each in known if len(typed) > 1 and each.startswith(typed) and each not in near]
    if not near:
        return f"There is no command {word!r}."
    return f"There is no command {word!r}; did you mean {' or '.join(near)}?"
