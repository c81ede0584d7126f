"""Say again at once what a command said of guides, while nothing has changed that it depends on.

That is: the guides and their locks, the program, what is installed, what ran on this machine, the options of
the command, the folder that it is called from, and the terminal that it writes to.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from srs.cli.trust.run_memory import RunMemory
from srs.cli.unchanged.fingerprint import fingerprint_of, record_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from srs.cli.context import CommandContext

_LOOKS = ("COLUMNS", "LINES", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "LANG", "LC_ALL")
"""The variables that a terminal's width and colours hang on."""
_STREAMS = ("stdout", "stderr")


@dataclass(slots=True)
class Recording:
    """What a command says, and whether it would say the same again."""

    would_say_the_same: bool = False
    said: list[tuple[str, str]] = field(default_factory=list)
    """The texts in their order, each with the stream that it went to."""


class _Ear:
    """A stream that remembers what goes to another one."""

    def __init__(self, name: str, stream: Any, said: list[tuple[str, str]]) -> None:  # noqa: ANN401 - as Python's
        self._name = name
        self._stream = stream
        self._said = said

    def write(self, text: str) -> int:
        """Write a text, and return its length."""
        self._said.append((self._name, text))
        written: int = self._stream.write(text)
        return written

    def writelines(self, lines: Sequence[str]) -> None:
        """Write some texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self._stream, name)


@dataclass(frozen=True, slots=True)
class LastSaid:
    """The last words of a command about some guides, in a file of the home folder."""

    context: CommandContext
    command: str
    paths: Sequence[str]
    """Of the guides and their locks."""
    options: Mapping[str, Any]

    def say(self, work: Callable[[Recording], int], *, is_plain: bool) -> int:
        """Return the exit code of a command, of which `work` prints what it says where that is not known.

        Only what is said in a `plain` way, without options that make something run, is remembered.
        """
        known = self._say_again() if is_plain else None
        if known is not None:
            return known
        with self._listen() as recording:
            recording.would_say_the_same = is_plain
            code = work(recording)
        self._keep(recording, code)
        return code

    def _say_again(self) -> int | None:
        """Print what the command said last and return its exit code; None where something has changed."""
        from cards.files import read_file

        with suppress(OSError, ValueError, KeyError, TypeError):
            known = json.loads(read_file(self._path))
            if known["depends_on"] != self._depends_on() or known["at"] > self._now:
                return None
            said: list[tuple[str, str]] = known["said"]
            code: int = known["code"]
            for name, text in said:
                _bare(name).write(text)
            return code
        return None

    @contextmanager
    def _listen(self) -> Iterator[Recording]:
        """Remember what is said within the block."""
        recording = Recording()
        bare = {name: _bare(name) for name in _STREAMS}
        for name in _STREAMS:
            _set_bare(name, _Ear(name, bare[name], recording.said))
        try:
            yield recording
        finally:
            for name in _STREAMS:
                _set_bare(name, bare[name])

    def _keep(self, recording: Recording, code: int) -> None:
        """Write down what was said, if the command would say it again; only speed is lost if that fails."""
        from cards.files import write_atomically

        is_kept = recording.would_say_the_same and self.context.home.exists()
        depends_on = self._depends_on() if is_kept else None
        if depends_on is None:
            return
        record = {"depends_on": depends_on, "at": self._now, "code": code, "said": _joined(recording.said)}
        with suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            write_atomically(self._path, json.dumps(record).encode())

    @property
    def _path(self) -> Path:
        name = record_name("\n".join(map(os.path.abspath, self.paths)))
        return self.context.home / "builds" / f"{name}.{self.command}.json"

    @property
    def _now(self) -> float:
        return self.context.now().timestamp()

    def _depends_on(self) -> list[Any] | None:
        files = fingerprint_of(self.paths)
        if files is None:
            return None
        look = [os.environ.get(name) for name in _LOOKS]
        widths = [_width(name) for name in _STREAMS]
        options = json.loads(json.dumps(self.options, default=str))
        return [files, RunMemory(self.context.home).size_bytes(), os.getcwd(), options, look, widths]  # noqa: PTH109


def _bare(name: str) -> Any:  # noqa: ANN401 - the streams of Python and of tests
    """Return the stream below the one that writes hidden characters as escapes."""
    stream = getattr(sys, name)
    return getattr(stream, "rich_proxied_file", stream)


def _set_bare(name: str, stream: Any) -> None:  # noqa: ANN401
    shown = getattr(sys, name)
    if hasattr(shown, "rich_proxied_file"):
        shown.rich_proxied_file = stream
    else:
        setattr(sys, name, stream)


def _width(name: str) -> list[int] | None:
    """Return the size of the terminal that a stream writes to; None where it is no terminal."""
    stream = _bare(name)
    if not stream.isatty():
        return None
    with suppress(OSError, ValueError):
        return list(os.get_terminal_size(stream.fileno()))
    return []


def _joined(said: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the texts, those joined that went to one stream one after the other."""
    joined: list[tuple[str, list[str]]] = []
    for name, text in said:
        if not joined or joined[-1][0] != name:
            joined.append((name, []))
        joined[-1][1].append(text)
    return [(name, "".join(texts)) for name, texts in joined]
