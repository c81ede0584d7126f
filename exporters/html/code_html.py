"""Code as HTML, line by line, with Pygments' class names: a style sheet colours it for day and night."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String, Token
from pygments.util import ClassNotFound

from cards.guide.text import BLANK
from cards.regex import regex
from exporters.html.safe_text import clean, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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

_BLANK = regex(rf"(?<!\w){BLANK}(?!\w)")

_LONG_RUN = regex(r"\S{20,}")
"""Code without blanks that may be too long for the lines of a phone."""
_JOINT = regex(r"(?<=\w)(?:[(\[{,]|=(?=\w))(?=.)|(?<=[A-Za-z_])\.(?=[A-Za-z_])")
"""Where such code is broken: behind an opening bracket, a comma, a dot, a sign of equality."""

OUTPUT = "output"
"""The language of what a program printed."""

_PLAIN = frozenset({"", OUTPUT, "text"})


Piece: TypeAlias = tuple[str, str]
"""A class of the style sheet, empty for none, and some code of one line."""


def highlight(source: str, language: str) -> str:
    """Return the code as HTML with a span around each coloured token; unknown languages stay plain."""
    return "\n".join(pieces_html(line) for line in coloured_lines(source, language))


@lru_cache(maxsize=2048)
def coloured_lines(source: str, language: str) -> tuple[tuple[Piece, ...], ...]:
    """Return the lines of code, each as coloured pieces; unknown languages stay plain."""
    lexer = None if len(source) > _MAX_HIGHLIGHTED else _lexer(language)
    text = clean(source)
    lines: list[list[Piece]] = [[]]
    for kind, words in [(Token, text)] if lexer is None else _tokens(lexer, text):
        css_class = _class_of(kind)
        for number, part in enumerate(words.split("\n")):
            if number:
                lines.append([])
            _append(lines[-1], css_class, part)
    return tuple(map(tuple, lines))


def _append(line: list[Piece], css_class: str, text: str) -> None:
    """Add code to a line, to its last piece where that has the same colour."""
    if line and line[-1][0] == css_class:
        text = line.pop()[1] + text
    if text:
        line.append((css_class, text))


def pieces_html(line: Sequence[Piece]) -> str:
    """Return pieces of a line as HTML, gaps marked, with places to break what has no blanks."""
    text = "".join(words for _, words in line)
    joints = frozenset(
        run.start() + joint.end() for run in _LONG_RUN.finditer(text) for joint in _JOINT.finditer(run[0])
    )
    spans: list[str] = []
    start = 0
    for css_class, words in line:
        spans.append(_span(words, css_class, [joint - start for joint in joints]))
        start += len(words)
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


def _span(text: str, css_class: str, joints: Iterable[int]) -> str:
    """Return a piece as HTML that may be broken behind these of its letters."""
    cuts = [0, *sorted(joint for joint in joints if 0 < joint <= len(text)), len(text)]
    html = "<wbr>".join(escape(text[start:end]) for start, end in pairwise(cuts))
    return f'<span class="{css_class}">{html}</span>' if css_class and text else html


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
