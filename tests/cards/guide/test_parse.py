"""Reading a guide: what no case file can show, and what holds for every text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cards.errors import GuideError, Problem
from cards.guide.block import Code, FollowUp, Listing, Other, Picture, Prose, Subheading, Table
from cards.guide.reading.parse import decode_guide, parse_guide
from cards.guide.text import plain_text
from cards.hidden_text import clear_text
from cards.language.natural_language import Language
from tests.builders.guide import good_guides, nasty_texts, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.guide.block import Block, Item
    from cards.guide.guide import Guide
    from cards.span import Span

SMALL = "# Guide\n\n### Q1. What is a tensor?\n\nAn array\nof numbers.\n\n```python\nprint(1)\n```\n"


def problems(text: str) -> list[str]:
    with pytest.raises(GuideError) as caught:
        parse_guide(text, "guide.md")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("ending", ["\r\n", "\r"], ids=["windows", "old mac"])
def test_line_ends_of_other_systems_change_nothing(ending: str) -> None:
    assert parse_guide(SMALL.replace("\n", ending), "guide.md") == parse_guide(SMALL, "guide.md")


def test_a_byte_order_mark_is_left_out() -> None:
    assert decode_guide(b"\xef\xbb\xbf# Guide", "guide.md") == "# Guide"


def test_a_file_that_is_not_utf_8_is_a_problem_of_its_line() -> None:
    with pytest.raises(GuideError) as caught:
        decode_guide(b"# Guide\n\ncaf\xe9\n", "guide.md")
    assert caught.value.problems == (
        Problem("guide.md", 3, "the byte 0xe9 is not UTF-8; save the guide as UTF-8."),
    )


def test_half_a_character_is_replaced() -> None:
    guide = parse_guide("### What is \ud800?\n\nHalf.\n", "guide.md")
    assert guide.questions[0].title == "What is ??"


@pytest.mark.parametrize(
    ("path", "slug", "title"),
    [
        ("source/My Guide.md", "my-guide", "My Guide"),
        ("tensorflow-interview.md", "tensorflow-interview", "tensorflow interview"),
        ("?.md", "guide", "?"),
    ],
)
def test_a_guide_without_a_title_is_named_after_its_file(path: str, slug: str, title: str) -> None:
    guide = parse_guide("### What is it?\n\nIt is.\n", path)
    assert (guide.slug, guide.title) == (slug, title)


def test_all_warnings_come_in_the_order_of_their_lines() -> None:
    text = "### B?\n\n### A?\n\n```python timeot=3\nx\n```\n\n<!-- proofdeck: context -->\n"
    assert [warning.line for warning in parse_guide(text, "guide.md").warnings] == [1, 5, 9]


@given(nasty_texts())
@example("Q: a\nA: b\nQ: c")
@example("<!-- proofdeck: check\n```\n-->")
def test_every_text_is_a_guide_or_a_guide_error(text: str) -> None:
    match outcome(text):
        case tuple() as found:
            assert {problem.path for problem in found} == {"guide.md"}
            assert all(1 <= problem.line <= len(lines_of(text)) + 1 for problem in found)
        case guide:
            assert guide.questions


@given(st.text(st.characters(codec="utf-8")))
def test_arbitrary_text_is_a_guide_or_a_guide_error(text: str) -> None:
    assert outcome(f"### What?\n\n{text}")


@given(st.binary())
def test_arbitrary_bytes_are_text_or_a_guide_error(raw: bytes) -> None:
    try:
        text = decode_guide(raw, "guide.md")
    except GuideError as error:
        lines = [problem.line for problem in error.problems]
    else:
        lines = []
        assert text.encode() == raw.removeprefix(b"\xef\xbb\xbf")
    assert [line for line in lines if not 1 <= line <= raw.count(b"\n") + 1] == []


@given(good_guides())
def test_every_span_points_at_the_lines_that_hold_its_words(text: str) -> None:
    guide = parsed(text)
    lines = lines_of(clear_text(text, "guide.md").text)
    for span, words in claims(guide):
        assert 1 <= span.first <= span.last <= len(lines)
        there = "\n".join(lines[span.first - 1 : span.last])
        assert [word for word in words if word not in there] == []


@given(good_guides())
def test_the_lines_of_a_block_of_code_are_its_source(text: str) -> None:
    guide = parsed(text)
    lines = lines_of(text)
    for question in guide.questions:
        for snippet in question.snippets:
            assert lines[snippet.span.first - 1 : snippet.span.last] == snippet.source.split("\n")


@given(good_guides())
def test_questions_follow_each_other_and_hold_their_blocks(text: str) -> None:
    guide = parsed(text)
    last = 0
    for question in guide.questions:
        assert question.span.first > last
        last = question.span.last
        for block in question.blocks:
            assert question.span.first <= block.span.first <= block.span.last <= last


@given(good_guides(), st.data())
def test_empty_lines_between_blocks_change_nothing(text: str, data: st.DataObject) -> None:
    guide = parsed(text)
    pieces = text.split("\n\n")
    gaps = data.draw(st.lists(st.integers(0, 3), min_size=len(pieces), max_size=len(pieces)))
    spread = "".join(piece + "\n" * (2 + gap) for piece, gap in zip(pieces, gaps, strict=True))
    assert parse_guide(spread, "guide.md") == guide


@given(good_guides(), st.integers(0, 99))
def test_the_numbers_of_questions_may_change_freely(text: str, first: int) -> None:
    guide = parsed(text)
    renumbered = re.sub(r"(?m)^### Q(\d+)\.", lambda match: f"### {first + int(match[1])})", text)
    bare = re.sub(r"(?m)^### Q\d+\. ", "### ", text)
    assert renumbered != text
    assert parse_guide(renumbered, "guide.md") == guide
    assert parse_guide(bare, "guide.md") == guide


def outcome(text: str) -> Guide | tuple[Problem, ...]:
    """Return the guide, or the problems that there must be then."""
    try:
        return parse_guide(text, "guide.md")
    except GuideError as error:
        return error.problems


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def claims(guide: Guide) -> Iterator[tuple[Span, list[str]]]:
    """Yield every span with words that must stand in its lines."""
    for question in guide.questions:
        yield question.span, plain_words(question.title)
        for block in question.blocks:
            yield from block_claims(block)
    for block in guide.asides:
        yield from block_claims(block)


def block_claims(block: Block) -> Iterator[tuple[Span, list[str]]]:
    match block:
        case Prose() | Subheading():
            yield block.span, plain_words(plain_text(block.inline))
        case FollowUp():
            yield block.span, plain_words(plain_text(block.asked) + " " + plain_text(block.answer))
        case Code():
            yield block.span, block.source.split()
        case Table():
            yield block.span, plain_words(" ".join(map(plain_text, block.header)))
            for row in block.rows:
                yield row.span, plain_words(" ".join(map(plain_text, row.cells)))
        case Listing():
            for item in block.items:
                yield from item_claims(item)
        case Picture() | Other():
            yield block.span, []


def item_claims(item: Item) -> Iterator[tuple[Span, list[str]]]:
    yield item.span, plain_words(plain_text(item.inline))
    for inner in item.items:
        yield from item_claims(inner)


def plain_words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9]+", text)


def test_the_front_matter_says_the_language_of_every_question() -> None:
    text = "---\nlang: pt-BR\n---\n\n### What is a tensor?\n\nIt is an array of numbers.\n"
    assert [question.language for question in parse_guide(text, "guide.md").questions] == [
        Language.PORTUGUESE
    ]


def test_a_question_in_another_language_than_its_guide_is_known_by_its_words() -> None:
    text = "### Was ist das?\n\nDas ist ein Feld.\n\n### GIL\n\nGlobal Interpreter Lock.\n\n"
    text += "### What is it?\n\nIt is an array, and that is all of it.\n\n"
    text += "### Wie ist es?\n\nEs ist gut und die Form auch.\n"
    assert [question.language for question in parse_guide(text, "guide.md").questions] == [
        Language.GERMAN,
        Language.GERMAN,
        Language.ENGLISH,
        Language.GERMAN,
    ]
