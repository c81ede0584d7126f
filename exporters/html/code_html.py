"""Code as HTML with Pygments' own class names, so that a style sheet colours it for day and night."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String, Token
from pygments.util import ClassNotFound

from cards.guide.text import BLANK
from exporters.html.safe_text import clean, escape

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

_CLASSES = {
    Comment: "c",
    Keyword: "k",
    Keyword.Constant: "kc",
    Operator.Word: "ow",
    Name.Builtin: "nb",
    Name.Builtin.Pseudo: "bp",
    Name.Class: "nc",
    Name.Function: "nf",
    Name.Decorator: "nd",
    Name.Exception: "ne",
    Name.Tag: "nt",
    Number: "m",
    Literal: "l",
    String: "s",
    String.Affix: "sa",
    String.Interpol: "si",
    String.Escape: "se",
    Generic.Prompt: "gp",
    Generic.Output: "go",
    Generic.Error: "gr",
    Generic.Traceback: "gt",
    Generic.Inserted: "gi",
    Generic.Deleted: "gd",
}
"""The token types the style sheet colours; every other has the class of its nearest ancestor here."""

_MAX_HIGHLIGHTED = 50_000
"""Characters above which code stays plain: some lexers are slow on long odd lines, and no card is so long."""

_BLANK = re.compile(rf"(?<!\w){BLANK}(?!\w)")

OUTPUT = "output"
"""The language of what a program printed."""

_PLAIN = frozenset({"", OUTPUT, "text"})


@lru_cache(maxsize=2048)
def highlight(source: str, language: str) -> str:
    """Return the code as HTML with a span around each coloured token; unknown languages stay plain."""
    lexer = None if len(source) > _MAX_HIGHLIGHTED else _lexer(language)
    if lexer is None:
        return escape(source)
    spans: list[str] = []
    pending, pending_class = "", ""
    for kind, text in _tokens(lexer, clean(source)):
        css_class = _class_of(kind)
        if css_class != pending_class:
            spans.append(_span(pending, pending_class))
            pending, pending_class = "", css_class
        pending += text
    spans.append(_span(pending, pending_class))
    return _BLANK.sub(rf'<span class="gap">{BLANK}</span>', "".join(spans))


def _tokens(lexer: Lexer, source: str) -> list[tuple[_TokenType, str]]:
    """Return the tokens of code, which say all of it; one without colour where the lexer loses a part."""
    # Some lexers lose a last line that does not end in a newline.
    for end in ("", "\n"):
        tokens = list(lexer.get_tokens(source + end))
        if tokens and "".join(text for _, text in tokens) == source + end:
            kind, text = tokens.pop()
            return [*tokens, (kind, text.removesuffix(end))]
    return [(Token, source)]


def _span(text: str, css_class: str) -> str:
    return f'<span class="{css_class}">{escape(text)}</span>' if css_class and text else escape(text)


@lru_cache(maxsize=256)
def _class_of(kind: _TokenType) -> str:
    ancestor: _TokenType | None = kind
    while ancestor is not None:
        if ancestor in _CLASSES:
            return _CLASSES[ancestor]
        ancestor = ancestor.parent
    return ""


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    if language in _PLAIN:
        return None
    try:
        # Nothing is added or stripped: what a card shows is what the guide says.
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
