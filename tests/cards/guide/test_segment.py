"""A guide is read segment by segment, and nobody can tell."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.errors import GuideError, Problem
from cards.guide.reading.markdown import segment_elements
from cards.guide.reading.parse import GuideReader, Reading, parse_guide
from cards.guide.reading.segment import Segment, segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.guide.guide import Guide

# What opens, closes or hides something, and headings that may stand within it.
BITS = """
### Q1. What?
|## Section
|# comment
|
|    # code
|a line
|- entry
|  - inner
|1. step
|```python
|```
|~~~
|````
|  ```
|- ```
|> ```
|<!-- proofdeck: check
|<!-- note -->
|-->
|> quote
|> ## quoted heading
|Title
===
|Title
---
|<div>
|</div>
|`<!--`
|\t# tab
|[label]: target
|[label]
|<script>
"""
TEXTS = st.lists(
    st.sampled_from([bit.removeprefix("\n") for bit in BITS.split("|")]) | st.just("\n### Q2. Why?\n"),
    max_size=24,
).map("".join)


@given(TEXTS)
def test_a_cut_text_has_the_elements_of_the_whole(text: str) -> None:
    parts = [segment_elements(segment, "guide.md") for segment in segments(text)]
    whole = segment_elements(Segment(0, text), "guide.md")
    if any(part.leaves_open for part in parts):
        return  # it may have been cut within what is left open: then nothing counts but the whole
    assert everything([element for part in parts for element in part.elements]) == everything(whole.elements)
    assert not whole.leaves_open


@given(TEXTS)
def test_a_guide_read_chunk_by_chunk_is_the_guide_read_in_one_piece(text: str) -> None:
    def in_one_piece() -> Guide:
        reader = GuideReader(text, "guide.md", how=Reading.IN_ONE_PIECE)
        for chunk in reader.chunks():
            reader.parse(chunk)
        return reader.guide()

    assert everything(outcome(lambda: parse_guide(text, "guide.md"))) == everything(outcome(in_one_piece))


def outcome(read: Callable[[], Guide]) -> Guide | tuple[Problem, ...]:
    try:
        return read()
    except GuideError as error:
        return error.problems


@given(TEXTS)
def test_the_segments_are_the_text(text: str) -> None:
    cut = list(segments(text))
    assert "".join(segment.text for segment in cut) == text
    assert [segment.lines_before for segment in cut] == [
        text[: sum(len(each.text) for each in cut[:place])].count("\n") for place in range(len(cut))
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("# T\n\n## Q1. A?\n\nB.\n\n## Q2. C?\n\nD.\n", 3),
        ("## Q1. A?\n\n```python\n\n# no heading\n```\n\n## Q2. C?\n", 2),
        ("## Q1. A?\n\n<!-- proofdeck: check\n\n# no heading\n-->\n\n## Q2. C?\n", 2),
        ("## Q1. A?\n\n## Q2. See [C]?\n\n[C]: far-away\n", 1),
        ("## Q1. A?\n\n<pre>\n\n## no heading\n\n</pre>\n", 1),
        ("A\n## Q1. B?\n", 1),
        ("", 1),
    ],
)
def test_where_a_text_is_cut(text: str, count: int) -> None:
    assert len(list(segments(text))) == count


def everything(value: Any) -> Any:  # noqa: ANN401 - any tree of values
    """Return a value with all that its comparison leaves out."""
    if is_dataclass(value):
        return type(value).__name__, [everything(getattr(value, field.name)) for field in fields(value)]
    return [everything(each) for each in value] if isinstance(value, list | tuple) else value
