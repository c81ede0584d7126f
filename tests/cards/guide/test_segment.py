"""A guide is read stretch by stretch, and nobody can tell."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.guide.markdown import elements_in, segment_elements
from cards.guide.segment import Segment, segments

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
def test_a_cut_text_has_the_pieces_of_the_whole(text: str) -> None:
    assert everything(elements_in(text, "guide.md")) == everything(
        segment_elements(Segment(0, text), "guide.md")
    )


@given(TEXTS)
def test_the_stretches_are_the_text(text: str) -> None:
    cut = list(segments(text))
    assert "".join(stretch.text for stretch in cut) == text
    assert [stretch.first for stretch in cut] == [
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
