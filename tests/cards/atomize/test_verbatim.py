"""Code, formulas, addresses and names stand on a card letter for letter, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from cards.atomize.atomize import atomize
from cards.guide.block import Code, Listing, Prose, Table
from cards.guide.reading.parse import parse_guide
from cards.guide.text import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cards.guide.block import Block, Item
    from cards.guide.text import Inline

NAMES = st.from_regex(r"[a-z]{1,5}(_[a-z0-9]{1,4}){1,2}", fullmatch=True)
EXACT = st.one_of(
    NAMES,
    NAMES.map("{}=0.1".format),
    NAMES.map("tf.{}".format),
    NAMES.map("https://a.example/{}/_x_/y*z*w".format),
    NAMES.map("`{}*2*3`".format),
    NAMES.map("`  {}`".format),
    NAMES.map("${}^2*x*3$".format),
    NAMES.map(r"\({}_1*y*z\)".format),
    NAMES.map(r"$\frac{{{}}}{{\{{1,2\}}}}$".format),
    st.sampled_from(
        ["2*3*4", "x**2", "a*b*c", "k-1", "f(3)", "src/*_test/*.py", "__init__", "__post_init__()"]
    ),
)
SENTENCES = st.sampled_from(
    [
        "{} is the **first** of the values in the table.",
        "**{}** is a value that nobody knows by heart.",
        "the layer keeps {} because of {} in its memory.",
        "It takes {} and **{}** in turn for every step.",
        "There are 7 of {} in it, and {} too.",
        "**Note:** {} is a sum of **two** numbers.",
        "- {}: what stands in the first row of it",
        "1. {}",
        "| what | {} |\n|---|---|\n| {} | a value of it |\n| other | {} and more of it |",
    ]
)
"""Where each brace stands for one of them."""
# What holds a sign that no word of a language has, without what may stand around it in a sentence.
NAME_ON_CARD = re.compile(r"[\w`$\\]\S*[_=*^/\\]\S*\w")


@st.composite
def answers(draw: st.DrawFn) -> str:
    """Return an answer that holds names, formulas, code and addresses in any place."""
    lines = draw(st.lists(SENTENCES, min_size=1, max_size=6))
    return "\n\n".join(re.sub(r"\{\}", lambda _: draw(EXACT), line) for line in lines)


@given(answers())
def test_what_counts_by_the_letter_is_never_altered(answer: str) -> None:
    question = parse_guide(f"### What is asked here?\n\n{answer}\n", "guide.md").questions[0]
    for draft in atomize(question).drafts:
        for inline in _inlines((*draft.front, *draft.back, *draft.context)):
            for run in inline:
                if run.style in {Style.CODE, Style.FORMULA}:
                    assert run.text in answer
            words = "".join(run.text for run in inline)
            for name in NAME_ON_CARD.findall(words):
                assert name in answer.replace("`", "").replace("**", "") or name in answer


def _inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    for block in blocks:
        match block:
            case Prose():
                yield block.inline
            case Listing():
                yield from _item_inlines(block.items)
            case Table():
                yield from block.header
                for row in block.rows:
                    yield from row.cells
            case Code():
                pass
            case _:
                raise TypeError(type(block).__name__)


def _item_inlines(items: tuple[Item, ...]) -> Iterator[Inline]:
    for item in items:
        yield item.inline
        yield from _item_inlines(item.items)
