"""Rules for markdown-it that keep names, products and addresses letter for letter."""

from __future__ import annotations

import re
import types
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_SPECIAL_NAME = regex(r"__[a-z][a-z0-9_]*?__(?![A-Za-z0-9_])")
_TYPES = (object, type, int, str, list, dict, set, float, complex, memoryview, BaseException, property)
_KNOWN_NAMES = frozenset(
    name for each in (*_TYPES, *map(type, (len, iter(()), types))) for name in dir(each)
) | frozenset(
    f"__{name}__"
    for name in re.findall(
        r"\w+",
        "aenter aexit aiter all anext annotations array author await bases builtins cached "
        "closure code complex copy deepcopy del delete delitem dict enter exit file float fspath "
        "future get globals iadd imul import index int invert isub kwdefaults main matmul missing "
        "mro name next origin package path prepare proto pycache qualname reversed round set "
        "setitem slots spec trunc version weakref wrapped",
    )
)
"""Names that are no words in bold; one with an underline inside (`__post_init__`) is known by that."""
_URL_REST = regex(r"://[^\s<>\"`|\\^{}\[\]]+")
_SCHEME = regex(r"(?:https?|ftp|file|s3|gs|ssh|git)\Z", re.IGNORECASE)
_STAR = ord("*")
_STARS = regex(r"\*+")
_GOES_ON = regex(r"\w|\.\w")
_EMOJI = regex(r"(?<![\w:]):(?P<name>[a-z0-9_+-]{2,40}):(?![\w:])")

NAME = "special_name"
"""The token of a name such as `__init__`."""


def add_names(parser: MarkdownIt) -> None:
    """Make the parser take names, products, addresses and short names of emoji for what they are."""
    rules = parser.inline.ruler
    rules.before("emphasis", NAME, _special_name)
    rules.before("emphasis", "inner_stars", _inner_stars)
    rules.before("escape", "address", _address)
    rules.before("escape", "emoji", _emoji)


def _special_name(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = _SPECIAL_NAME.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    before, after = state.src[: state.pos][-1:], state.src[found.end() :][:2]
    in_code = before in {".", "/"} or after[:1] == "(" or re.match(r"\.[a-z]", after)
    if found[0] not in _KNOWN_NAMES and not in_code and "_" not in found[0].strip("_"):
        return False
    if before.isalnum() or before == "_":
        return False
    if not silent:
        state.push(NAME, "code", 0).content = found[0]
    state.pos = found.end()
    return True


def _inner_stars(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Take stars as text that multiply (`2*3*4`, `x**2`) or stand in a path (`src/*_test/*.py`)."""
    found = _STARS.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    before, after = state.src[: state.pos][-1:], state.src[found.end() : found.end() + 1]
    is_path = before in {"/", "\\"} and len(found[0]) <= 2
    # A path that goes on behind its star closes nothing.
    goes_on = is_path and _GOES_ON.match(state.src, found.end())
    if not before.isascii() or not after.isascii() or (_is_open(state) and not goes_on):
        return False
    multiplies = (before.isalnum() or before == "_") and (after.isalnum() or after == "_")
    if not multiplies and not is_path:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _is_open(state: StateInline) -> bool:
    """Tell whether emphasis with stars is open, so that these may close it."""
    depth = 0
    for delimiter in state.delimiters:
        if delimiter.marker != _STAR:
            continue
        if delimiter.close and depth:
            depth -= 1
        elif delimiter.open:
            depth += 1
    return depth > 0


def _address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Take a bare address as text: its stars and underlines emphasize nothing."""
    found = _URL_REST.match(state.src, state.pos, state.posMax)
    if not found or not _SCHEME.search(state.src[max(0, state.pos - 5) : state.pos]):
        return False
    rest = found[0].rstrip(".,;:!?'*_~$=")
    while rest.endswith(")") and rest.count("(") < rest.count(")"):
        rest = rest[:-1].rstrip(".,;:!?'*_~$=")
    if not silent:
        state.pending += rest
    state.pos += len(rest)
    return True


def _emoji(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    if state.src[state.pos] != ":":
        return False
    found = _EMOJI.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    from rich.emoji import Emoji

    character = Emoji.replace(found[0])
    if character == found[0]:
        return False
    if not silent:
        state.pending += character
    state.pos = found.end()
    return True
