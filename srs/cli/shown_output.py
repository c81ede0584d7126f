"""Standard output and standard error, with every hidden character written as an escape.

What a guide, a lock, a store, a file's name or a program's output says goes to a terminal, which takes some
characters as commands: to set its title or clipboard, to hide or to overwrite what stands there.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOOK = regex(r"(\x1b\[(?:0|1|2|3[1-6])m|\r\n)")
"""What the commands themselves write: bold, dim and six colours, and the ends of lines of a table."""
_SURROGATE = regex("[\ud800-\udfff]")
"""Stand for bytes that are no text, in the name of a file."""


class ShownOutput:
    """A stream that writes to another one what a person may see."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - the streams of Python and of tests
        """Write to a stream, in which what its encoding lacks becomes an escape, also where Rich draws."""
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
        self.rich_proxied_file = stream
        """Rich draws here, with escapes of its own; `srs.screen.shown_console` clears what it draws."""

    def write(self, text: str) -> int:
        """Write a text, and return its length."""
        self.rich_proxied_file.write(shown(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write some texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        if name == "buffer":
            # Nobody writes past the escapes.
            raise AttributeError(name)
        return getattr(self.rich_proxied_file, name)


def drawing_output() -> TextIO:
    """Return standard output for what writes hidden characters as escapes itself, and draws with others."""
    return getattr(sys.stdout, "rich_proxied_file", sys.stdout)


def shown(text: str, *, may_look: bool = True) -> str:
    """Return a text with hidden characters as escapes; with `may_look` plain looks of a terminal are kept."""
    if text.replace("\n", "").isprintable():
        return text
    if not may_look:
        return _escape(text)
    return "".join(part if number % 2 else _escape(part) for number, part in enumerate(_LOOK.split(text)))


def _escape(text: str) -> str:
    from cards.hidden_character import escape_hidden

    # As JSON writes them: what was JSON stays JSON.
    return escape_hidden(_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text), as_json=True)


@contextmanager
def shown_outputs() -> Iterator[None]:
    """Let both standard streams show hidden characters as escapes within the block."""
    before = sys.stdout, sys.stderr
    for name, stream in zip(("stdout", "stderr"), before, strict=True):
        if stream is not None:
            setattr(sys, name, ShownOutput(stream))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
