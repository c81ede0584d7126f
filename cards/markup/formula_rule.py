"""Rules for markdown-it that keep formulas whole, and money and names of a shell as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.dollarmath.index import math_block_dollar, math_inline_dollar

from cards.markup.formula import is_bracket_formula, is_dollar_formula
from cards.regex import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_DOLLARS = regex(r"\$(?!\$)(?P<tex>(?:\\.|[^\\$])+)\$", re.DOTALL)
_BRACKETS = regex(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<display>.+?)\\\]", re.DOTALL)
_PARAGRAPH_ENDS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}

_DOLLAR_BLOCK = math_block_dollar(allow_labels=True)

BLOCK_FORMULA = "math_block"
INLINE_FORMULAS = frozenset({"math_inline", "math_inline_double", "math_brackets"})
"""The tokens that hold a formula between words."""


def add_formulas(parser: MarkdownIt) -> None:
    """Make the parser take formulas as they are written."""
    parser.inline.ruler.before(
        "escape", "math_inline", math_inline_dollar(allow_space=False, allow_double=True)
    )
    parser.inline.ruler.before("math_inline", "dollar_text", _dollar_text)
    parser.inline.ruler.before("escape", "math_brackets", _brackets)
    parser.block.ruler.before("fence", "math_block", _dollar_block, _PARAGRAPH_ENDS)
    parser.block.ruler.before("fence", "math_brackets", _bracket_block, _PARAGRAPH_ENDS)


def _dollar_text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Take a dollar that begins no formula as text."""
    if state.src[state.pos] != "$":
        return False
    if state.src.startswith("$$", state.pos):
        run = len(state.src) - state.pos - len(state.src[state.pos :].lstrip("$"))
        is_formula = run == 2 and state.src.find("$$", state.pos + 2) > 0
        return False if is_formula else _take(state, run, silent)
    found = _DOLLARS.match(state.src, state.pos, state.posMax)
    if found and is_dollar_formula(found["tex"], state.src[: state.pos][-1:], state.src[found.end() :][:8]):
        return False
    return _take(state, 1, silent)


def _take(state: StateInline, length: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    if not silent:
        state.pending += state.src[state.pos : state.pos + length]
    state.pos += length
    return True


def _brackets(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    if state.src[state.pos] != "\\":
        return False
    found = _BRACKETS.match(state.src, state.pos, state.posMax)
    if not found or not is_bracket_formula(found["inline"] or found["display"]):
        return False
    if not silent:
        token = state.push("math_brackets", "math", 0)
        token.content = found[0]
    state.pos = found.end()
    return True


def _dollar_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Take a formula between lines of two dollars; asked silently, leave the state as it was."""
    first = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("$$$", first):
        return False
    line, count = state.line, len(state.tokens)
    found = _DOLLAR_BLOCK(state, start, end, silent)
    if silent:
        state.line = line
        del state.tokens[count:]
    return found


def _bracket_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    first = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith("\\[", first):
        return False
    for line in range(start, end):
        text = state.getLines(start, line + 1, state.blkIndent, keepLastLF=False).strip()
        if line > start and not state.src[state.bMarks[line] : state.eMarks[line]].strip():
            return False
        if text.endswith("\\]") and text.count("\\]") == 1:
            if not is_bracket_formula(text[2:-2]):
                return False
            if not silent:
                token = state.push(BLOCK_FORMULA, "math", 0)
                token.block, token.markup, token.content = True, "\\[", text[2:-2]
                token.map = [start, line + 1]
                state.line = line + 1
            return True
    return False
