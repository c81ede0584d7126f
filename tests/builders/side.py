"""Text, blocks and sides of cards, written by hand or drawn by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from cards.guide.block import Code, Item, Listing, Prose, Row, Table
from cards.guide.text import Style, StyledText

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from cards.card.sides import Side
    from cards.guide.text import Inline

_MARKS = {"`": Style.CODE, "*": Style.STRONG, "[": Style.GAP, "]": Style.GAP}


def inline(*parts: str | StyledText) -> Inline:
    """Return text of these parts; words are plain, whatever stands in them."""
    return tuple(part if isinstance(part, StyledText) else StyledText(part) for part in parts)


def side(*parts: str | StyledText) -> Side:
    """Return a side with one paragraph of these parts."""
    return (Prose(inline(*parts)),)


def marked(words: str) -> Inline:
    """Return text with `code`, *strong* and [gap] marks set."""
    runs = []
    style = Style.PLAIN
    word = ""
    for letter in words:
        if letter in _MARKS:
            if word:
                runs.append(StyledText(word, style))
            style = Style.PLAIN if style is not Style.PLAIN else _MARKS[letter]
            word = ""
        else:
            word += letter
    if word:
        runs.append(StyledText(word, style))
    return tuple(runs)


def marked_prose(words: str) -> Prose:
    """Return a paragraph with marks set."""
    return Prose(marked(words))


def marked_side(words: str) -> Side:
    """Return a side with one paragraph with marks set."""
    return (marked_prose(words),)


def sides(
    texts: SearchStrategy[str],
    *,
    sources: SearchStrategy[str],
    languages: SearchStrategy[str],
) -> SearchStrategy[Side]:
    """Draw sides with every kind of block that a card may show."""
    inlines = st.lists(st.builds(StyledText, texts, st.sampled_from(Style)), max_size=4).map(tuple)
    items = st.recursive(
        st.builds(Item, inlines),
        lambda inner: st.builds(Item, inlines, st.lists(inner, max_size=3).map(tuple)),
        max_leaves=6,
    )
    rows = st.lists(st.builds(Row, st.lists(inlines, max_size=3).map(tuple)), max_size=3).map(tuple)
    return st.lists(
        st.one_of(
            st.builds(Prose, inlines),
            st.builds(Code, sources, languages),
            st.builds(Listing, st.booleans(), st.lists(items, max_size=3).map(tuple)),
            st.builds(Table, st.lists(inlines, max_size=3).map(tuple), rows),
        ),
        max_size=4,
    ).map(tuple)
