"""The tokens of printed text: words, marks, numbers, spaces and line ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from cards.prove.client.machine_path import hide_installation
from cards.regex import regex

if TYPE_CHECKING:
    import re

# Of Keras: `12ms/step`, and in `0s 12ms/step` and `1s - 12ms/step` the seconds before it.
_PACE = r"\d+(?:\.\d+)?[mµun]?s/(?:step|epoch|sample)\b"
_TIMING = regex(rf"\b{_PACE}|\b\d+s(?=\s(?:- )?{_PACE})")
_ADDRESS = regex(r"(?<=\bat )0x[0-9a-fA-F]{4,}\b|\bid=\d{6,}\b")
_TOKEN = regex(
    r"(?P<anything>\.\.\.|…)"
    # A dotted word such as a version (2.21.0) holds no number; an exponent of more digits is none.
    r"|(?P<number>(?<![\w.])[-+]?(?:[0-9]+\.(?!\.)[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]{1,4})?j?"
    r"(?!\w|\.\w))"
    r"|(?P<word>\w+)|(?P<line>\n)|(?P<space>[^\S\n]+)|(?P<mark>[^\w\s])"
)


class TokenKind(Enum):
    """The kind of a token."""

    ANYTHING = auto()
    """An ellipsis."""
    NUMBER = auto()
    WORD = auto()
    MARK = auto()
    SPACE = auto()
    INDENT = auto()
    """The spaces that a line begins with."""
    LINE = auto()
    """The end of a line."""


@dataclass(frozen=True, slots=True)
class OutputToken:
    """One token of printed text."""

    kind: TokenKind
    text: str
    is_cut: bool = False
    """An ellipsis follows at once, so that it is only the beginning of what stands there."""

    @property
    def is_whole(self) -> bool:
        """Whether it is a number without a point or an exponent."""
        return self.kind is TokenKind.NUMBER and not set(self.text) & set(".eEj")

    @property
    def number(self) -> float | None:
        """Its value; None for what is no number, and for an imaginary one."""
        return float(self.text) if self.kind is TokenKind.NUMBER and self.text[-1] != "j" else None


def without_volatile_parts(text: str) -> str:
    """Return the visible text with one address and one of Keras's timings in place of all.

    Its paths are as on any machine.
    """
    return visible_text(_TIMING.sub("0s", _ADDRESS.sub("0x", hide_installation(text))))


def visible_text(text: str) -> str:
    """Return the text without what nobody sees: spaces at the end of lines, empty lines at its end."""
    return "\n".join(line.expandtabs().rstrip() for line in text.split("\n")).rstrip("\n")


def output_tokens(text: str) -> list[OutputToken]:
    """Return the tokens of a text, spaces and line ends among them."""
    tokens: list[OutputToken] = []
    for match in _TOKEN.finditer(text):
        kind = _kind(match, tokens[-1].kind if tokens else TokenKind.LINE)
        if kind is TokenKind.ANYTHING and tokens and tokens[-1].kind in {TokenKind.NUMBER, TokenKind.WORD}:
            tokens[-1] = replace(tokens[-1], is_cut=True)
        tokens.append(OutputToken(kind, match[0]))
    return tokens


def _kind(match: re.Match[str], before: TokenKind) -> TokenKind:
    match match.lastgroup:
        case "anything":
            return TokenKind.ANYTHING
        case "number":
            return TokenKind.NUMBER
        case "word":
            return TokenKind.WORD
        case "line":
            return TokenKind.LINE
        case "space":
            return TokenKind.INDENT if before is TokenKind.LINE else TokenKind.SPACE
        case _:
            return TokenKind.MARK


def without_padding(tokens: list[OutputToken]) -> list[OutputToken]:
    """Return the tokens with one space for the several beside a number, and none before a closing bracket.

    numpy pads the numbers of a column to one width, which is another once they are rounded.
    """
    kept: list[OutputToken] = []
    for place, token in enumerate(tokens):
        if token.kind is TokenKind.SPACE:
            before, after = tokens[place - 1], tokens[place + 1] if place + 1 < len(tokens) else token
            if before.kind is TokenKind.NUMBER and after.text in {"]", ","}:
                continue
            if before.text == "[" and after.kind is TokenKind.NUMBER:
                continue
            if TokenKind.NUMBER in {before.kind, after.kind}:
                kept.append(replace(token, text=" "))
                continue
        kept.append(token)
    return kept


def without_spaces(tokens: list[OutputToken]) -> list[OutputToken]:
    """Return the tokens without spaces and line ends."""
    left_out = {TokenKind.SPACE, TokenKind.INDENT, TokenKind.LINE}
    return [token for token in tokens if token.kind not in left_out]
