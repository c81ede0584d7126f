"""Errors on a narrow terminal are broken between words."""

from __future__ import annotations

import io
import sys

import pytest

from srs.cli import main
from srs.cli.output.wrapped_lines import wrapped_error

PATH = "a-folder-of-a-long-name/and-another-one/guide-of-everything.md"
LOST = f"{PATH}: no such guide; name a Markdown file."


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal_of(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """Return standard error, which is a terminal of 40 columns now."""
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("COLUMNS", "40")
    return stream


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Short.", ["Short."]),
        (
            "g.md:3: this question has no answer; write one below it.",
            ["g.md:3: this question has no answer;", "write one below it."],
        ),
        (LOST, [f"{PATH}:", "no such guide; name a Markdown file."]),
        (
            "More than one card holds 'x'; name one by its id:\n  abcdef  What is x?",
            ["More than one card holds 'x'; name one", "by its id:", "  abcdef  What is x?"],
        ),
        ("a" * 60, ["a" * 60]),
    ],
)
def test_a_line_breaks_between_words_and_a_long_word_stays_whole(
    text: str, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal_of(monkeypatch)
    assert wrapped_error(text).split("\n") == lines


def test_a_pipe_gets_an_error_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert wrapped_error(LOST) == LOST


@pytest.mark.parametrize(
    "arguments", [["build", PATH], ["export", "--format", "unheard-of-format"], ["buidl"]]
)
def test_what_a_command_says_is_broken_so(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    with pytest.raises(SystemExit):
        main(arguments)
    said = terminal.getvalue()
    assert said.endswith("\n")
    assert all(len(line) <= 40 or PATH in line for line in said.splitlines()), said
    assert not said.endswith("\n\n")
