"""Lines right below a list that Markdown takes for its last entry, and people mean as a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEGINS_ANEW = regex(r"[^\W\d_a-z]|\[\[?[^\W_]")
_ENDS = regex(r"(?:[.!?。！？:]|  |\\)\Z")  # noqa: RUF001 - fullwidth marks
_LONGEST_SHORT_LINE = 50
"""A longer line may have been broken by its author's editor."""


def cut_lazy_lines(tokens: Sequence[Token], lines: Sequence[str]) -> Token | None:
    """Return the lines below a list that are no part of its last entry, cut off that; None for none.

    `tokens` are those within the list, `lines` the text that they were read from. The lines are not indented,
    and begin a sentence where the entry above has ended.
    """
    last = next((token for token in reversed(tokens) if token.type == "inline"), None)
    is_last = last is not None and all(token.nesting < 0 for token in tokens[tokens.index(last) + 1 :])
    if last is None or not is_last or not last.map:
        return None
    children = last.children or []
    breaks = [place for place, child in enumerate(children) if child.type in {"softbreak", "hardbreak"}]
    for number, place in enumerate(breaks, last.map[0] + 1):
        if number >= min(last.map[1], len(lines)):
            return None
        if _begins_anew(lines[number - 1], lines[number]) and _is_balanced(children[:place]):
            tail = Token("inline", "", 0, map=[number, last.map[1]], children=children[place + 1 :])
            tail.content = "\n".join(lines[number : last.map[1]])
            last.children = children[:place]
            last.map = [last.map[0], number]
            return tail
    return None


def _begins_anew(above: str, line: str) -> bool:
    if not _BEGINS_ANEW.match(line):
        return False
    is_sentence = len(above) <= _LONGEST_SHORT_LINE < len(line) or line.rstrip().endswith(
        (".", "!", "?", ":")
    )
    return bool(_ENDS.search(above)) or (len(above) <= _LONGEST_SHORT_LINE and is_sentence)


def _is_balanced(children: Sequence[Token]) -> bool:
    """Tell whether what opens in these tokens closes in them."""
    return sum(child.nesting for child in children) == 0
