"""Rules for markdown-it that know the marks of people's editors: highlights, hidden text, links to notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_HIGHLIGHT = regex(r"(?<![\w=])==(?=[^\s=])(?P<words>(?:(?!==)[^\n])+)(?<=[^\s=])==(?![\w=])")
_HIDDEN = regex(r"(?<!\S)%%(?:(?!%%).)+%%(?![\w%])", re.DOTALL)
_SPACED_IMAGE = regex(
    r"!\[(?P<alt>[^\[\]\n]*)\]\((?P<path>[^()<>\"'\n]*[^()<>\"'\s] [^()<>\"'\n]*"
    r"\.(?:png|jpe?g|gif|webp|svg|avif|bmp))\)",
    re.IGNORECASE,
)
_NOTE_LINK = regex(r"(?<![\w\])])\[\[(?P<note>[^\W\d_][^\[\]|\n,]*)(?:\|(?P<words>[^\[\]\n]+))?\]\](?!\()")
_EMBEDDED = regex(r"!\[\[(?P<note>[^\[\]|\n]+)(?:\|[^\[\]\n]*)?\]\]")

HIGHLIGHT_OPENS, HIGHLIGHT_CLOSES = "mark_open", "mark_close"


def add_editor_marks(parser: MarkdownIt) -> None:
    """Make the parser know `==marked==`, `%%hidden%%`, `[[a note]]`, `![[a picture]]`, `![](a b.png)`."""
    rules = parser.inline.ruler
    rules.before("emphasis", "highlight", _highlight)
    rules.before("emphasis", "hidden", _hidden)
    rules.before("link", "note_link", _note_link)
    rules.before("image", "embedded", _embedded)
    rules.before("image", "spaced_image", _spaced_image)
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "hidden_lines", _hidden_lines, ends)


def _highlight(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = _HIGHLIGHT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = found.span("words")
        state.push(HIGHLIGHT_OPENS, "mark", 1)
        state.md.inline.tokenize(state)
        state.push(HIGHLIGHT_CLOSES, "mark", -1)
        state.posMax = end
    state.pos = found.end()
    return True


def _hidden(state: StateInline, silent: bool) -> bool:  # noqa: ARG001, FBT001 - markdown-it's signature
    found = _HIDDEN.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    state.pos = found.end()
    return True


def _hidden_lines(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Leave out what stands between two lines of `%%` alone."""

    def is_mark(line: int) -> bool:
        return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip() == "%%"

    if not is_mark(start):
        return False
    closing = next((line for line in range(start + 1, end) if is_mark(line)), None)
    if closing is None:
        return False
    if not silent:
        state.line = closing + 1
    return True


def _note_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = _NOTE_LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.pending += (found["words"] or found["note"]).strip()
    state.pos = found.end()
    return True


def _spaced_image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Read an image whose path has blanks, which CommonMark wants within angle brackets."""
    found = _SPACED_IMAGE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        _push_image(state, found["path"], found["alt"])
    state.pos = found.end()
    return True


def _embedded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = _EMBEDDED.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        _push_image(state, found["note"], "")
    state.pos = found.end()
    return True


def _push_image(state: StateInline, address: str, alt: str) -> None:
    token = state.push("image", "img", 0)
    token.attrs = {"src": address.strip(), "alt": alt}
    token.children, token.content = [], alt
