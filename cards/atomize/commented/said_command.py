"""Commands of a shell whose comment says what they are for: `# List all volumes` above what lists them."""

from __future__ import annotations

from typing import NamedTuple

from cards.atomize.commented.said_line import tells_purpose
from cards.atomize.outline.asked_part import all_stems
from cards.regex import regex

SHELL_LANGUAGES = frozenset({"bash", "sh", "shell", "zsh", "console", "shell-session"})
MOST_LINES = 5
MOST_COMMANDS = 2
"""The most commands of one block that are asked for."""
_LABEL = regex(r"#+\s+(?P<words>\S.*)")
_PROMPT = regex(r"(?:\$|%)\s+")
_GOES_ON = "\\"
_LEAST_NEW_WORDS = 2
"""Words of a command that its comment does not say."""


class SaidCommand(NamedTuple):
    """A command, and what its comment says that it does."""

    words: str
    command: str


def said_commands(source: str, title: str) -> list[SaidCommand]:
    """Return the commands of a shell block that their comments tell, those that say more than the title."""
    found: list[SaidCommand] = []
    label, command = "", [""]
    for line in (*source.split("\n"), "#"):
        if not line.strip() or line.startswith("#"):
            if said := _command(label, command, title):
                found.append(said)
            words = _LABEL.fullmatch(line.strip())
            # Of two comments in a row neither is the heading of what is below.
            label, command = (words["words"] if words and (command or not label) else ""), []
        else:
            command.append(_PROMPT.sub("", line))
    return found[:MOST_COMMANDS]


def _command(label: str, lines: list[str], title: str) -> SaidCommand | None:
    """Return one command, on several lines where each but the last goes on; None if it says too little."""
    is_one = 0 < len(lines) <= MOST_LINES and all(line.rstrip().endswith(_GOES_ON) for line in lines[:-1])
    if not (label and is_one and tells_purpose(label)) or all_stems(label) <= all_stems(title):
        return None
    command = "\n".join(lines).rstrip()
    new = all_stems(command) - all_stems(label)
    return SaidCommand(label.rstrip(".:"), command) if len(new) >= _LEAST_NEW_WORDS else None
