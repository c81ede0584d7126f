from __future__ import annotations

import pytest

from cards.errors import GuideError
from cards.guide.block import Code, Prose
from cards.guide.reading.parse import parse_guide
from cards.guide.text import plain_text

QUESTION = "### What is it?\n\n"


def test_prose_loses_them_and_says_so() -> None:
    guide = parse_guide(f"{QUESTION}It\u200b is \u202eright\u202c.\n", "guide.md")
    (block,) = guide.questions[0].blocks
    assert isinstance(block, Prose)
    assert plain_text(block.inline) == "It is right."
    assert [str(warning) for warning in guide.warnings] == [
        (
            "guide.md:3: this line holds U+200B, U+202E, U+202C, which nobody sees; "
            "cards leave it out: delete it."
        )
    ]


def test_code_is_shown_and_run_escaped() -> None:
    source = 'allowed = "user\u202e \u2066# admin\u2069"\nprint("a\u200bb", "\x1b[2J")'
    guide = parse_guide(f"{QUESTION}```python\n{source}\n```\n", "guide.md")
    (block,) = guide.questions[0].blocks
    assert isinstance(block, Code)
    assert block.source == 'allowed = "user\\u202e \\u2066# admin\\u2069"\nprint("a\\u200bb", "\\x1b[2J")'
    assert guide.questions[0].snippets[0].source == block.source
    assert [warning.line for warning in guide.warnings] == [4, 5]
    assert "U+202E, U+2066, U+2069" in guide.warnings[0].sentence


def test_a_page_break_in_code_is_left_out() -> None:
    guide = parse_guide(f"{QUESTION}```python\n\x0cx = 1\n```\n", "guide.md")
    assert guide.questions[0].snippets[0].source == "x = 1"


def test_a_heading_and_a_table_are_cleared_too() -> None:
    text = "### What\u200b is \u2067it?\n\n| a\u202e | b |\n| - | - |\n| 1\ufeff | 2 |\n"
    guide = parse_guide(text, "guide.md")
    assert guide.questions[0].title == "What is it?"
    assert [warning.line for warning in guide.warnings] == [1, 3, 5]


def test_a_nul_is_told_with_its_line() -> None:
    with pytest.raises(GuideError) as raised:
        parse_guide(f"{QUESTION}It is.\n\nHalf\0 of \0it.\n", "guide.md")
    assert str(raised.value) == (
        "guide.md:5: a NUL character is no text; delete it, or save the guide as UTF-8."
    )


def test_a_guide_without_them_has_no_warnings() -> None:
    assert parse_guide(f"{QUESTION}It is größer \U0001f469\u200d\U0001f4bb.\n", "guide.md").warnings == ()
