"""A line while it is typed, and the keys of a terminal that it is typed with."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from srs.screen.typing.typed_line import TypedLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.screen.keys import TerminalKeys

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def typed(*keys: str) -> TypedLine:
    line = TypedLine()
    for key in keys:
        line = line.after(key)
    return line


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        pytest.param([*"ab", "space", "q"], TypedLine("ab q", 4), id="characters"),
        pytest.param([*"ab", "left", "x"], TypedLine("axb", 2), id="in the middle"),
        pytest.param([*"ab", "home", "x", "end", "y"], TypedLine("xaby", 4), id="ends"),
        pytest.param([*"abc", "left", "backspace", "delete"], TypedLine("a", 1), id="erased"),
        pytest.param([*"ab", "space", *"cd", "\x17"], TypedLine("ab ", 3), id="a word"),
        pytest.param([*"ab", "left", "\x15"], TypedLine("b", 0), id="all before"),
        pytest.param([*"ab", "left", "\x0b"], TypedLine("a", 1), id="all behind"),
        pytest.param(["(", "pasted:a,\nb", ")"], TypedLine("(a,\nb)", 6), id="pasted lines"),
        pytest.param(["left", "backspace", "up", "\x1b", "tick", "resized"], TypedLine(), id="nothing"),
        pytest.param(["ä", "量"], TypedLine("ä量", 2), id="wide characters"),
    ],
)
def test_a_key_changes_the_line(keys: list[str], line: TypedLine) -> None:
    assert typed(*keys) == line


def test_the_cursor_is_always_in_sight() -> None:
    assert TypedLine("abcdefgh", 8).window(5) == ("efgh", 4)
    assert TypedLine("abcdefgh", 2).window(5) == ("abcd", 2)
    assert TypedLine("量量量", 3).window(5) == ("量量", 4)
    assert TypedLine("f(\na)", 5).window(20) == ("f(⏎a)", 5)


@pytest.fixture
def terminal() -> Iterator[tuple[TerminalKeys, int]]:
    """The keys of a pseudo-terminal, and where to press them."""
    import pty

    from srs.screen.keys import TerminalKeys

    pressed, read = pty.openpty()
    keys = TerminalKeys(read)
    with keys.held():
        yield keys, pressed
    os.close(pressed)
    os.close(read)


def test_what_is_pasted_is_one_key(terminal: tuple[TerminalKeys, int]) -> None:
    keys, pressed = terminal
    os.write(pressed, "a\x1b[200~f(\r\n  1,\r  ä)\n\x1b[201~b\x1b[C\x1b[3~".encode())
    assert [keys.read() for _ in range(5)] == ["a", "pasted:f(\n  1,\n  ä)\n", "b", "right", "delete"]


def test_a_paste_that_never_ends_ends_after_a_while(terminal: tuple[TerminalKeys, int]) -> None:
    keys, pressed = terminal
    os.write(pressed, b"\x1b[200~abc")
    assert keys.read() == "pasted:abc"


def test_keys_that_were_put_back_come_first(terminal: tuple[TerminalKeys, int]) -> None:
    keys, pressed = terminal
    os.write(pressed, b"c")
    keys.put_back(["a", "b"])
    assert [keys.read() for _ in range(3)] == ["a", "b", "c"]
    assert keys.read(seconds=0.01) == "tick"
