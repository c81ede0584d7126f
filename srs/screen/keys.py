"""Keys from a terminal, one at a time."""

from __future__ import annotations

import os
import select
import signal
import termios
import tty
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

OTHER = "other"
"""Read when no key was pressed but the other descriptor became readable."""

RESIZED = "resized"
"""Read when no key was pressed but the screen must be drawn again."""

TICK = "tick"
"""Read when nothing happened for as long as was said."""

ENDED = "ended"
"""Read when the terminal has gone away, Ctrl-C was pressed, or the sitting is told to end."""

_PASTED = "pasted:"
"""How a key begins that is a text which was pasted."""
_PASTE_BEGINS, _PASTE_ENDS = b"\x1b[200~", b"\x1b[201~"
_PASTE_SECONDS = 1.0
"""How long the rest of a pasted text is waited for."""

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""They are read like a key: raised in the middle of anything they could be swallowed there."""
_SIGNALS = (signal.SIGWINCH, signal.SIGCONT, *_ENDINGS)
_INTERRUPT_BYTE = b"c"

_KEY_NAMES = {
    " ": "space",
    "\r": "enter",
    "\n": "enter",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x1b": "escape",
    "\x1b[A": "up",
    "\x1b[B": "down",
    "\x1bOA": "up",
    "\x1bOB": "down",
    "\x1b[C": "right",
    "\x1b[D": "left",
    "\x1bOC": "right",
    "\x1bOD": "left",
    "\x1b[H": "home",
    "\x1b[F": "end",
    "\x1bOH": "home",
    "\x1bOF": "end",
    "\x1b[1~": "home",
    "\x1b[4~": "end",
    "\x1b[3~": "delete",
    "\x1b[5~": "page-up",
    "\x1b[6~": "page-down",
    "\x04": "ctrl-d",
}

STOPPING = frozenset({"q", "ctrl-d", ENDED})
"""The keys that stop a sitting."""


def pasted_text(key: str) -> str | None:
    """Return the text that was pasted; None for a key."""
    return key.removeprefix(_PASTED) if key.startswith(_PASTED) else None


class KeyReader(Protocol):
    """A source of keys."""

    def read(self, other: int = -1, *, seconds: float | None = None) -> str:
        """Wait for the next key and return its name, or the character itself; `other` is waited for too.

        With a number of seconds `tick` comes when nothing else did.
        """
        ...

    def put_back(self, keys: list[str]) -> None:
        """Have keys read again before any other."""
        ...


class TerminalKeys:
    """Keys from the terminal behind a file descriptor, unbuffered and unechoed while `held`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._wake_read, self._wake_write = -1, -1
        self._cooked: list[object] = []
        self._before: dict[signal.Signals, signal._HANDLER] = {}
        self._put_back: list[str] = []

    @contextmanager
    def held(self) -> Iterator[None]:
        """Set the terminal to unbuffered, unechoed keys within the block, and restore it afterwards."""
        self._cooked = termios.tcgetattr(self._descriptor)
        self._wake_read, self._wake_write = os.pipe()
        os.set_blocking(self._wake_write, False)
        self._before = {number: signal.getsignal(number) for number in _SIGNALS}
        try:
            self._take()
            for number in _SIGNALS:
                signal.signal(number, self._on_signal)
            yield
        finally:
            for number, handler in self._before.items():
                signal.signal(number, handler)
            # A window that was closed has no modes.
            with suppress(termios.error):
                termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._cooked)  # type: ignore[arg-type]
            os.close(self._wake_read)
            os.close(self._wake_write)

    @contextmanager
    def cooked_mode(self) -> Iterator[None]:
        """Restore the terminal's normal mode within the block, for an editor or a typed line."""
        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._cooked)  # type: ignore[arg-type]
        for number in _ENDINGS:
            signal.signal(number, self._before[number])
        try:
            yield
        finally:
            for number in _ENDINGS:
                signal.signal(number, self._on_signal)
            self._take()

    def put_back(self, keys: list[str]) -> None:
        """Have keys read again before any other."""
        self._put_back = [*keys, *self._put_back]

    def read(self, other: int = -1, *, seconds: float | None = None) -> str:
        """Wait for a key; `resized` when the screen's size changed, or it was stopped and continued.

        `other` when that descriptor is readable before a key is pressed; -1 waits for none. A text that was
        pasted comes as one key (`pasted_text`). `tick` when nothing of these happened for so many seconds.
        """
        if self._put_back:
            return self._put_back.pop(0)
        waited_for = [self._descriptor, self._wake_read, *([other] if other >= 0 else [])]
        ready, _, _ = select.select(waited_for, [], [], seconds)
        if not ready:
            return TICK
        if self._wake_read in ready:
            if _INTERRUPT_BYTE in os.read(self._wake_read, 512):
                return ENDED
            self._take()
            return RESIZED
        if self._descriptor not in ready:
            return OTHER
        try:
            pressed = os.read(self._descriptor, 1)
        except OSError:
            pressed = b""
        if not pressed:
            return ENDED
        pressed += self._read_rest(pressed)
        if pressed == _PASTE_BEGINS:
            return f"{_PASTED}{self._read_paste()}"
        text = pressed.decode(errors="replace")
        return _KEY_NAMES.get(text, text)

    def _read_rest(self, first: bytes) -> bytes:
        """Read what belongs to the same key: the rest of an escape sequence or of a UTF-8 character."""
        more = b""
        if first == b"\x1b":
            # A terminal sends a sequence in one go; a lone Escape is followed by nothing.
            while select.select([self._descriptor], [], [], 0.02)[0] and len(more) < 8:
                more += os.read(self._descriptor, 1)
                if len(more) > 1 and (more[-1:].isalpha() or more[-1:] == b"~"):
                    break
        elif first[0] >= 0xC0:
            for _ in range(1 + (first[0] >= 0xE0) + (first[0] >= 0xF0)):
                more += os.read(self._descriptor, 1)
        return more

    def _read_paste(self) -> str:
        """Read a text up to the mark that ends it, its line ends made newlines."""
        pasted = b""
        while not pasted.endswith(_PASTE_ENDS):
            if not select.select([self._descriptor], [], [], _PASTE_SECONDS)[0]:
                break
            more = os.read(self._descriptor, 1)
            if not more:
                break
            pasted += more
        text = pasted.removesuffix(_PASTE_ENDS).decode(errors="replace")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _take(self) -> None:
        tty.setcbreak(self._descriptor)
        # Else a line of a pasted text that ends in both characters would end twice.
        modes = termios.tcgetattr(self._descriptor)
        modes[0] &= ~termios.ICRNL
        termios.tcsetattr(self._descriptor, termios.TCSANOW, modes)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        os.write(self._wake_write, _INTERRUPT_BYTE if number in _ENDINGS else b"!")
