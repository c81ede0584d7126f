"""A logical line of code: what it binds, reads and needs, found from its tokens."""

from __future__ import annotations

import builtins
import keyword
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEYWORDS = frozenset(keyword.kwlist)
_BUILTINS = frozenset(dir(builtins))
_FSTRING_FIELD = regex(r"(?<!\{)\{(?!\{)([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}?")
_QUOTED = regex(r"'[^']*'|\"[^\"]*\"")
_FSTRING_FORMAT = regex(r"[:!](?!=)[^\])]*\Z")
_NAME = regex(r"(?<![\w.])[^\W\d]\w*(?!\w|\s*=[^=])")
_COMPREHENSION_TARGET = regex(r"\bfor\s+([\w\s,()]+?)\s+in\b")
_AUGMENTED = frozenset({"+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", ">>=", "<<=", "@="})

HEADERS = frozenset(
    {
        "def",
        "class",
        "if",
        "elif",
        "else",
        "for",
        "while",
        "with",
        "try",
        "except",
        "finally",
        "match",
        "case",
    }
)
CLAUSES = frozenset({"elif", "else", "except", "finally"})
"""Headers that go on with a statement that another header began."""
BLOCK_EXITS = frozenset({"return", "raise", "break", "continue"})
"""Statements after which nothing of their block can run."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a statement, with the brackets around it."""

    kind: str
    text: str
    depth: int
    """Brackets open around it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One logical line of code."""

    first: int
    """Its first line, from 0."""
    last: int
    kind: str
    """Its keyword; else assign, augment, call, print, string or other."""
    opens: bool
    """A block must follow."""
    inline: bool
    """A header with its body behind the colon."""
    uses: frozenset[str]
    binds: frozenset[str]
    parameters: tuple[str, ...]
    target: str
    """What is assigned to, dotted; empty for none."""
    callee: str
    """What is called first, dotted; empty for none."""
    name: str
    """The function or class defined; empty for none."""
    needs_function: bool
    needs_loop: bool
    bare: bool = False
    """It is one word alone."""
    comments: tuple[int, ...] = ()
    """The comment lines right before it."""
    comment: str = ""
    """The first of them."""


def statement_of(
    tokens: list[Token], first: int, last: int, comments: tuple[int, ...], lines: Sequence[str]
) -> Statement:
    """Return the statement that the tokens of one logical line make up."""
    head = tokens[1:] if tokens[0].text == "async" and len(tokens) > 1 else tokens
    word = head[0].text if head[0].kind == "name" else ""
    kind = _kind(head, word)
    colon = _header_colon(head) if kind in HEADERS else -1
    opens = colon == len(head) - 1 and colon > 0
    inline = 0 < colon < len(head) - 1
    if kind in HEADERS and colon < 0:
        kind = "other"
    uses, inner = _names_read(head)
    binds, target = _names_bound(head, kind)
    parameters = _parameters(head) if kind == "def" else ()
    words = {token.text for token in head if token.kind == "name"}
    return Statement(
        first,
        last,
        kind,
        opens,
        inline,
        frozenset(uses - inner - (frozenset(parameters) if kind == "def" else frozenset())),
        frozenset(binds),
        parameters,
        target,
        _callee(head, target),
        head[1].text if kind in {"def", "class"} and len(head) > 1 else "",
        kind != "def" and bool(words & {"return", "yield", "nonlocal"}),
        "break" in words or "continue" in words,
        len(head) == 1,
        comments,
        lines[comments[0]] if comments else "",
    )


def _kind(tokens: list[Token], word: str) -> str:
    if tokens[0].text == "@":
        return "decorator"
    if word in {"match", "case"}:
        soft = len(tokens) > 2 and tokens[-1].text == ":" and tokens[1].text not in {"=", ".", ":", ","}
        return word if soft else _expression(tokens)
    if word in {"from", "import"}:
        return "import"
    if word in HEADERS or word in BLOCK_EXITS:
        return word
    if word in {"pass", "yield", "assert", "del", "global", "nonlocal", "await"}:
        return word
    if tokens[0].kind in {"string", "open_string"} and all(token.kind == "string" for token in tokens):
        return "string"
    return _expression(tokens)


def _expression(tokens: list[Token]) -> str:
    for token in tokens:
        if token.depth == 0 and token.kind == "operator":
            if token.text == "=":
                return "assign"
            if token.text in _AUGMENTED:
                return "augment"
    if len(tokens) > 2 and tokens[0].kind == "name" and tokens[-1].text == ")":
        return "print" if tokens[0].text == "print" else "call"
    if len(tokens) > 1 and tokens[0].kind == "name" and tokens[1].text == ":" and tokens[1].depth == 0:
        return "assign"
    return "other"


def _header_colon(tokens: list[Token]) -> int:
    """Return the place of the colon that ends a header; -1 for none."""
    lambdas = 0
    for place, token in enumerate(tokens):
        if token.depth:
            continue
        if token.text == "lambda":
            lambdas += 1
        elif token.text == ":" and token.kind == "operator":
            if not lambdas:
                return place
            lambdas -= 1
    return -1


def _names_read(tokens: list[Token]) -> tuple[set[str], set[str]]:
    """Return the names that are read, and those of comprehensions and lambdas, which are nobody else's."""
    uses: set[str] = set()
    inner: set[str] = set()
    binder = ""
    for place, token in enumerate(tokens):
        before = tokens[place - 1].text if place else ""
        if token.kind == "string":
            uses.update(_string_names(token.text))
        elif token.kind != "name" or token.text in _KEYWORDS:
            binder = _binder_after(token, binder)
        elif before == ".":
            continue  # an attribute
        elif binder and not (binder == "lambda" and before == "="):
            inner.add(token.text)
        elif token.text not in _BUILTINS and not _names_argument(tokens, place):
            uses.add(token.text)
    return uses, inner


def _binder_after(token: Token, binder: str) -> str:
    """Return whose names follow the token: those of a `for` in brackets, of a `lambda`, or empty for neither.

    `binder` is whose names stand before it.
    """
    match token.text:
        case "for" if token.depth:
            return "for"
        case "lambda":
            return "lambda"
        case "in" if binder == "for":
            return ""
        case ":" if binder == "lambda":
            return ""
        case _:
            return binder


def _names_argument(tokens: list[Token], place: int) -> bool:
    """Tell whether a name is that of a keyword argument."""
    if not tokens[place].depth or not 0 < place < len(tokens) - 1:
        return False
    return tokens[place + 1].text == "=" and tokens[place - 1].text in {"(", ","}


def _string_names(text: str) -> Iterator[str]:
    """Yield the names that a string reads: none unless its prefix gives it fields."""
    prefix = text[: text.find(text[-1])].lower()
    if "f" in prefix or "t" in prefix:
        yield from _fstring_names(text)


def _fstring_names(text: str) -> Iterator[str]:
    """Yield the names that the fields of an f-string read."""
    for field in _FSTRING_FIELD.findall(text):
        code = _FSTRING_FORMAT.sub("", _QUOTED.sub("", field))
        inner = {name for looped in _COMPREHENSION_TARGET.findall(code) for name in _NAME.findall(looped)}
        for name in _NAME.findall(code):
            if name not in inner and name not in _KEYWORDS and name not in _BUILTINS:
                yield name


def _names_bound(tokens: list[Token], kind: str) -> tuple[set[str], str]:
    match kind:
        case "assign" | "augment":
            return _assigned_names(tokens)
        case "def" | "class":
            return ({tokens[1].text} if len(tokens) > 1 else set()), ""
        case "for":
            end = next((place for place, token in enumerate(tokens) if token.text == "in"), 0)
            return {token.text for token in tokens[1:end] if token.kind == "name"}, ""
        case "with" | "except":
            return set(_alias_names(tokens)), ""
        case "import":
            return set(_imported_names(tokens)), ""
        case _:
            return {before.text for before, after in pairwise(tokens) if after.text == ":="}, ""


def _assigned_names(tokens: list[Token]) -> tuple[set[str], str]:
    ends = [
        place
        for place, token in enumerate(tokens)
        if token.depth == 0
        and token.kind == "operator"
        and (token.text in {"=", ":"} or token.text in _AUGMENTED)
    ]
    binds = {
        token.text
        for place, token in enumerate(tokens[: ends[-1]] if ends else [])
        if token.kind == "name"
        and token.text not in _KEYWORDS
        and (place == 0 or tokens[place - 1].text in {",", "(", "[", "=", "*"})
        and tokens[place + 1].text not in {".", "[", "("}
    }
    return binds, "".join(token.text for token in tokens[: ends[0]]) if ends else ""


def _alias_names(tokens: list[Token]) -> Iterator[str]:
    for place, token in enumerate(tokens[:-1]):
        if token.text == "as":
            for alias in tokens[place + 1 :]:
                if alias.kind == "name":
                    yield alias.text
                    if alias.depth == token.depth:
                        break
                elif alias.text in {":", "="}:
                    break


def _imported_names(tokens: list[Token]) -> Iterator[str]:
    names = tokens
    if tokens[0].text == "from":
        start = next((place for place, token in enumerate(tokens) if token.text == "import"), len(tokens) - 1)
        names = tokens[start:]
    for place, token in enumerate(names):
        if token.kind == "name" and token.text not in _KEYWORDS and names[place - 1].text != ".":
            after = names[place + 1].text if place + 1 < len(names) else ""
            if after != "as":
                yield token.text


def _parameters(tokens: list[Token]) -> tuple[str, ...]:
    return tuple(
        token.text
        for before, token in pairwise(tokens)
        if token.kind == "name"
        and token.depth == 1
        and before.text in {"(", ",", "*", "**"}
        and token.text not in _KEYWORDS
    )


def _callee(tokens: list[Token], target: str) -> str:
    """Return the dotted name of the first call, behind the target if there is one."""
    start = 0
    if target:
        start = next(
            (
                place + 1
                for place, token in enumerate(tokens)
                if token.depth == 0 and (token.text == "=" or token.text in _AUGMENTED)
            ),
            0,
        )
    dotted = ""
    for token in tokens[start:]:
        if token.kind == "name" and token.text not in _KEYWORDS:
            dotted += token.text
        elif token.text == "." and dotted:
            dotted += "."
        elif token.text == "(" and dotted:
            return dotted
        else:
            dotted = ""
    return ""
