"""Split flat lines of Python into statements, by tokens.

Works on tokens and never on a syntax tree: without indentation there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cards.recover.code.statement import Token, statement_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.recover.code.statement import Statement

_TOKEN = regex(
    r"""(?P<string>[rRbBfFuUtT]{0,3}(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''
                  |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
      |(?P<open_string>[rRbBfFuUtT]{0,3}(?:\"\"\"|'''))
      |(?P<comment>\#[^\n]*)
      |(?P<name>[^\W\d]\w*)
      |(?P<number>\d[\w.]*|\.\d[\w.]*)
      |(?P<joined>\\\n)
      |(?P<newline>\n)
      |(?P<operator>\*\*=|//=|>>=|<<=|\.\.\.|[-+*/%&|^@]=|:=|==|!=|<=|>=|->|\*\*|//|<<|>>|[^\s\w])
      |(?P<blank>[^\S\n]+)""",
    re.VERBOSE | re.DOTALL,
)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class LexedCode:
    """The statements of flat lines, with comments and bracket depths."""

    lines: tuple[str, ...]
    statements: tuple[Statement, ...]
    trailing: tuple[int, ...]
    """Comment lines after the last statement."""
    depths: tuple[int, ...]
    """How far each line goes in for the brackets around it, in units; -1 inside a string."""
    whole: bool
    """Every bracket and every string is closed."""


def lex(lines: Sequence[str]) -> LexedCode:
    """Return the statements of flat lines, none of them blank."""
    reader = _Lexer(lines, [0] * len(lines))
    for match in _TOKEN.finditer("\n".join(lines)):
        reader.take(match.lastgroup or "", match[0])
    return reader.done()


@dataclass(slots=True)
class _Lexer:
    lines: Sequence[str]
    depths: list[int]
    statements: list[Statement] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    """Of the statement being read."""
    comments: list[int] = field(default_factory=list)
    """Lines of comments that wait for their statement."""
    first: int = 0
    line: int = 0
    opened: list[int] = field(default_factory=list)
    """The lines of the brackets that are open."""
    whole: bool = True

    def take(self, kind: str, piece: str) -> None:
        """Take the next token into the statement being read."""
        match kind:
            case "blank":
                pass
            case "newline":
                if not self.opened:
                    self._finish()
                self._next_line()
            case "joined":
                self._next_line()
            case "comment":
                if not self.tokens:
                    self.comments.append(self.line)
            case _:
                self._take_code(kind, piece)

    def _take_code(self, kind: str, piece: str) -> None:
        if not self.tokens:
            self.first = self.line
        if kind == "open_string" or (piece in _CLOSING and not self.opened):
            self.whole = False
        if piece in _CLOSING and self.opened:
            self.opened.pop()
        self.tokens.append(Token(kind, piece, len(self.opened)))
        if piece in _OPENING:
            self.opened.append(self.line)
        for _ in range(piece.count("\n")):
            self._next_line(in_string=True)

    def _next_line(self, *, in_string: bool = False) -> None:
        self.line += 1
        if in_string:
            self.depths[self.line] = -1
        elif self.line < len(self.lines) and self.opened:
            # Brackets that one line opens take their content in by one unit together.
            text = self.lines[self.line]
            closers = len(text) - len(text.lstrip(")]}"))
            self.depths[self.line] = len(set(self.opened[: max(0, len(self.opened) - closers)]))
        elif self.line < len(self.lines):
            self.depths[self.line] = int(bool(self.tokens))

    def _finish(self) -> None:
        if self.tokens:
            comments, self.comments = tuple(self.comments), []
            self.statements.append(statement_of(self.tokens, self.first, self.line, comments, self.lines))
            self.tokens = []

    def done(self) -> LexedCode:
        """Return the statements of all tokens taken."""
        self._finish()
        whole = self.whole and not self.opened
        return LexedCode(
            tuple(self.lines), tuple(self.statements), tuple(self.comments), tuple(self.depths), whole
        )
