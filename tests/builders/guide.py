"""Guides as people and accidents write them, for property tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import strategies as st

from cards.errors import GuideError
from cards.guide.reading.parse import parse_guide

if TYPE_CHECKING:
    from cards.guide.guide import Guide

_WORDS = st.sampled_from(
    [
        "a tensor",
        "**Eager execution**",
        "`tf.function`",
        "*graph*",
        "is an array of numbers.",
        "It",
        "is because",
        "so that it runs.",
        "holds 3 values,",
        "e.g. `a.b`.",
        "Why?",
        "Q: Is it?",
        "A: It is.",
        "x | y",
        "<int32>",
        "<!-- note -->",
        "![](a.png)",
        "**bold `code` bold**",
        "term: text of the term",
        "1e-3",
        "\\|",
        "``",
        "$",
        "é 张 🙂",
        "\t",
        "\u00a0",
        "\u2028",
    ]
)
SENTENCES = st.lists(_WORDS, min_size=1, max_size=6).map(" ".join)

_FRAGMENTS = [
    "---",
    "...",
    "# Title",
    "## Section",
    "### Q1. What is it?",
    "### 2) Explain it",
    "###",
    "#### What else?",
    "**Q3: And this?**",
    "**Is it?**",
    "**4. Step**",
    "Q: Is it free?\nA: Yes.",
    "Q: Is it free?",
    "A: Yes.\nQ: And?\nA: No.",
    "| Aspect | A | B |\n|---|---|---|\n| Runs | now | later |",
    "| API | Use |\n|---|---|\n| x | y | z |\n| `a|b` |",
    "| a |\n|---|",
    "- term: text that is long enough\n- other: text that differs from it",
    "- \n-\n  - x\n\n  y",
    "1. one\n2. two\n1. one",
    "- ```python\n  x = 1\n  ```",
    "> quoted\n> ```python\n> x = 1",
    "```python\nx = 1  # because it is\nprint(x)\n```",
    "```output\n1\n```",
    "```python raises=ValueError:a\nint('a')  # no number\n```",
    "```python context\nx = 1\n```",
    "```\nplain\n```",
    "```python\n",
    "````",
    "~~~py\nx\n~~~",
    "    indented",
    "<!-- proofdeck: context -->",
    "<!-- proofdeck: check\nassert x\n-->",
    "<!-- proofdeck: define=a\nx = 1\n-->",
    "<!-- proofdeck: id=a -->",
    "<!-- proofdeck: timeout=3 -->",
    "<!-- proofdeck: nonsense=1 -->",
    "<!-- proofdeck:",
    "<!--",
    "-->",
    "<div>",
    "[a]: https://example.org",
    "&#0; &amp; \\",
    "=====",
    "-----",
    "\x00",
    "\ufeff",
    "\r",
    "\ud800",
]
FRAGMENTS = st.one_of(st.sampled_from(_FRAGMENTS), SENTENCES)


@st.composite
def nasty_texts(draw: st.DrawFn) -> str:
    """Return fragments of Markdown in an order that nobody meant."""
    pieces = draw(st.lists(FRAGMENTS, max_size=12))
    joints = st.sampled_from(["\n\n", "\n", "\n\n\n", " ", "\n> ", "\n- ", "\n   ", "\r\n"])
    return "".join(piece + draw(joints) for piece in pieces)


_BLOCKS = st.one_of(
    # Without what makes a block of code of a line, or a pair of a sentence.
    SENTENCES.map(lambda words: words.lstrip("\t ").replace("Q: ", "").replace("A: ", "")),
    st.sampled_from(
        [
            "| Aspect | A | B |\n|---|---|---|\n| Runs | now | later |\n| Saves | - | x |",
            "| API | Use of it |\n|---|---|\n| x | one or two or three |\n| y | four or five |\n| y | |",
            "- term: text that is long enough\n- other: text that differs from it",
            "- one\n- two\n- three\n- two",
            "1. one\n2. two\n3. two\n4. four",
            "Like this:",
            "```python\nx = 1  # because it is\nprint(x)\n```\n\n```output\n1\n```",
            "```python\nx = 1\ny = [x]\n```",
            "```python\ny.append(2)\nprint(y)\n```\n\n```output\n[1, 2]\n```",
            "```python raises=ValueError:a\nint('a')  # no number\n```",
            "```python no-run=why\nx\n```",
            "```python context\nx = 1\n```",
            "```bash\nls\n```",
            "#### Details",
            "---",
            "Q: Is it free?\nA: Yes, it is free for everybody.",
            "<!-- proofdeck: context -->\n\nOnly to be read.",
            "<!-- proofdeck: check\nassert True\n-->",
        ]
    ),
)


@st.composite
def good_guides(draw: st.DrawFn) -> str:
    """Return a guide; most of them have no problem."""
    lines = ["# Guide"]
    for number in range(1, draw(st.integers(1, 4)) + 1):
        if draw(st.booleans()):
            lines.append(f"## Section {number}")
        lines.append(f"### Q{number}. What is thing number {number}?")
        lines += draw(st.lists(_BLOCKS, min_size=1, max_size=6))
    return "\n\n".join(lines) + "\n"


def parsed(text: str) -> Guide:
    """Return the guide; leave the example out where the drawn blocks do not fit together."""
    try:
        return parse_guide(text, "guide.md")
    except GuideError:
        assume(condition=False)
        raise
