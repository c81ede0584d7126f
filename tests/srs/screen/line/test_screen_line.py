"""Lines are broken, cut and coloured as rich does it, which draws the tables beside them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.style import Style as RichStyle
from rich.text import Text

from srs.screen.line.look import link_of, look_escapes
from srs.screen.line.screen_line import ScreenLine, behind, joined, set_in, styled

CHARACTERS = [*"aaaabc.", " ", " ", "\t", "\n", "é", "漢", "e\u0301", "👩\u200d💻", "─", "\ufe0f", "\u00a0"]
texts = st.lists(st.sampled_from(CHARACTERS), max_size=40).map("".join)
LOOKS = ["", "bold", "dim italic", "bright_blue", "bold reverse", "bright_blue bold reverse default"]


def rich_rows(text: str, width: int) -> list[str]:
    console = Console(file=io.StringIO(), width=width, _environ={})
    return [row.plain.rstrip() for row in Text(text).wrap(console, width, overflow="fold")]


@given(texts, st.integers(2, 30))
def test_text_is_broken_where_rich_breaks_it(text: str, width: int) -> None:
    assert [row.stripped().plain for row in styled(text).wrapped(width)] == rich_rows(text, width)


@given(texts, st.integers(1, 30))
def test_text_is_cut_where_rich_cuts_it(text: str, width: int) -> None:
    cut = Text(text)
    cut.truncate(width, overflow="ellipsis")
    line = styled(text).cut(width, "…")
    assert line.plain == cut.plain
    assert len(line.looks) == len(line.plain)


def test_unbroken_lines_end_where_there_is_no_room() -> None:
    assert [line.plain for line in styled("a\tbcd\nefghijklmnop\n").clipped(10)] == [
        "a       b…",
        "efghijklm…",
        "",
    ]


@given(st.lists(st.tuples(texts, st.sampled_from(LOOKS))), st.integers(2, 30))
def test_every_character_keeps_its_look(parts: list[tuple[str, str]], width: int) -> None:
    line = joined(*(styled(text, look) for text, look in parts))
    rows = line.wrapped(width)
    assert all(len(row.plain) == len(row.looks) and row.width <= width for row in rows)
    before = [pair for pair in zip(line.plain, line.looks, strict=True) if not pair[0].isspace()]
    after = [pair for row in rows for pair in zip(row.plain, row.looks, strict=True) if not pair[0].isspace()]
    assert after == before


@pytest.mark.parametrize("look", [*LOOKS, "bold green", "bold red", "cyan", "dim strike", "none"])
def test_a_look_is_written_as_rich_writes_it(look: str) -> None:
    before, end = look_escapes(look, in_colour=True)
    style = RichStyle.parse("bold reverse default" if look.endswith("default") else look)
    assert f"{before}x{end}" == style.render("x")


def test_without_colour_weights_are_left() -> None:
    assert look_escapes("bold green", in_colour=False) == ("\x1b[1m", "\x1b[0m")
    assert look_escapes("green", in_colour=False) == ("", "")


def test_a_link_stands_around_its_text() -> None:
    look = "dim link=file:///a.png"
    assert link_of(look) == "file:///a.png"
    assert look_escapes(look, in_colour=True) == (
        "\x1b]8;;file:///a.png\x1b\\\x1b[2m",
        "\x1b[0m\x1b]8;;\x1b\\",
    )


def test_what_hides_is_written_as_an_escape() -> None:
    assert styled("a\x1b[2Jb\u202e", "bold").plain == "a\\x1b[2Jb\\u202e"
    assert len(styled("\x07", "bold").looks) == len("\\x07")


def test_rows_stand_behind_a_mark_and_a_margin() -> None:
    rows = behind(styled("1. "), [styled("one"), styled("two")])
    assert [row.plain for row in set_in(rows, 2)] == ["  1. one", "     two"]


def test_a_look_is_added_to_some_characters() -> None:
    line = joined(styled("ab", "dim"), styled("cd")).looking("bold", 1, 3)
    assert list(line.runs()) == [(0, 1, "dim"), (1, 2, "dim bold"), (2, 3, "bold"), (3, 4, "")]
    assert line.spans("bold") == [(1, 3)]
    assert line.part(1, 3) == ScreenLine("bc", ("dim bold", "bold"))
