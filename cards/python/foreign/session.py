"""Makes a script of an interpreter session: the code of its prompts, and what the lines below state.

A value that the session shows is printed by the script as the interpreter shows it, with `repr`. No line
changes its number: an output stands as a comment where it stood.
"""

from __future__ import annotations

import ast
import re
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cards.python.syntax import DEFINITIONS, Edit, apply_edits, called_name, nodes_in, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROMPT = regex(r"^>>>(?: |$)")
_CONTINUATION = regex(r"^\.\.\.(?: |$)")
_NOTEBOOK_PROMPTS = (
    (regex(r"^In \[\d+\]: ?", re.MULTILINE), ">>> "),
    (regex(r"^ +\.\.\.: ?", re.MULTILINE), "... "),
    (regex(r"^Out\[\d+\]: ?", re.MULTILINE), ""),
)
_TRACEBACK = "Traceback (most recent call last):"
_EXCEPTION = regex(r"^(?P<kind>[A-Za-z_][\w.]*)(?:: (?P<text>.*))?$")
_PRINTING = regex(r"^(?:print|pprint|pp|help|dis|display|show|summary|tprint|main)$|^(?:print|show)_")


class Session(NamedTuple):
    """A session as a script."""

    source: str
    stated: str | None
    """What its lines say that it prints; None where they say nothing."""
    exception: str = ""
    """The class of the exception that its last statement is said to end in; empty for none."""
    exception_text: str = ""


@dataclass(slots=True)
class _Exchange:
    """What one prompt asks, and what the lines below say is answered."""

    code: list[str] = field(default_factory=list)
    output: list[str] = field(default_factory=list)

    @property
    def stated(self) -> list[str]:
        lines = list(self.output)
        while lines and not lines[-1].strip():
            lines.pop()
        return ["" if line.strip() == "<BLANKLINE>" else line for line in lines]

    @property
    def exception(self) -> re.Match[str] | None:
        """The class and the text of the exception that a traceback ends in; None without a traceback."""
        stated = self.stated
        if not stated or stated[0].strip() != _TRACEBACK:
            return None
        return next((match for line in stated[:0:-1] if (match := _EXCEPTION.match(line))), None)


def is_session(source: str) -> bool:
    """Tell whether code begins with a prompt of the interpreter."""
    return bool(_PROMPT.match(_plain(source).lstrip()))


def session_script(source: str) -> Session | None:
    """Return the script that a session comes to; None where its code does not parse."""
    exchanges = list(_exchanges(_plain(source)))
    returning = {
        each.name
        for exchange in exchanges
        for each in _definitions("\n".join(exchange.code))
        if any(isinstance(node, ast.Return) and node.value for node in nodes_in(each))
    }
    defined = {each.name for exchange in exchanges for each in _definitions("\n".join(exchange.code))}
    silent = defined - returning
    lines: list[str] = []
    stated: list[str] = []
    ending: re.Match[str] | None = None
    for number, exchange in enumerate(exchanges):
        code = "\n".join(exchange.code)
        if tree_of(code) is None:
            return None
        exception, is_last = exchange.exception, number == len(exchanges) - 1
        if exception and is_last:
            ending = exception
            lines += _with_output(code, exchange)
        elif exception:
            lines += _caught(code, len(exchange.output))
            stated.append(_exception_line(exception))
        else:
            lines += _with_output(_echoing(code, silent) if exchange.stated else code, exchange)
            stated += exchange.stated
    script = "\n".join(lines)
    if tree_of(script) is None:
        return None
    kind, text = (ending["kind"].rpartition(".")[2], ending["text"] or "") if ending else ("", "")
    return Session(script, "\n".join(stated) if stated else None, kind, text)


def _plain(source: str) -> str:
    """Return a session with the prompts of the plain interpreter, without shared indentation."""
    text = textwrap.dedent(source)
    if _NOTEBOOK_PROMPTS[0][0].match(text.lstrip()):
        for pattern, replacement in _NOTEBOOK_PROMPTS:
            text = pattern.sub(replacement, text)
    return text


def _exchanges(source: str) -> Iterator[_Exchange]:
    """Yield what each prompt asks; lines before the first prompt go with it."""
    current = _Exchange()
    begun = False
    for line in source.split("\n"):
        if _PROMPT.match(line):
            if begun:
                yield current
                current = _Exchange()
            begun = True
            current.code.append(line[4:])
        elif not begun:
            current.code.append(line)
        elif _CONTINUATION.match(line) and not current.output:
            current.code.append(line[4:])
        else:
            current.output.append(line)
    yield current


def _definitions(code: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = tree_of(code)
    found = tree.body if tree else []
    return [each for each in found if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]


def _with_output(code: str, exchange: _Exchange) -> list[str]:
    """Return the lines of the code, and as comments those of its output."""
    return [*code.split("\n"), *(f"# {line}".rstrip() if line.strip() else "" for line in exchange.output)]


def _caught(code: str, room: int) -> list[str]:
    """Return the code with its exception caught and printed as the traceback's last line says it."""
    lines = ["try:", *(f"    {line}" if line else "" for line in code.split("\n"))]
    lines.append('except Exception as error: print(f"{type(error).__name__}: {error}")')
    return lines + [""] * (room - 2)


def _exception_line(exception: re.Match[str]) -> str:
    return f"{exception['kind'].rpartition('.')[2]}: {exception['text'] or ''}".rstrip()


def _echoing(code: str, silent: set[str]) -> str:
    """Return the code with each value that the interpreter shows printed as it shows it."""
    tree = tree_of(code)
    edits = []
    for value in _shown_values(tree.body if tree else []):
        if _prints_itself(value, silent):
            continue
        edits.append(Edit(value.lineno, value.col_offset, value.col_offset, "print(repr("))
        last = value.end_lineno or value.lineno
        edits.append(Edit(last, value.end_col_offset or 0, value.end_col_offset or 0, "))"))
    return apply_edits(code, edits)


def _shown_values(body: list[ast.stmt]) -> Iterator[ast.expr]:
    """Yield the expressions that stand as statements, also in loops and branches, never in definitions."""
    for statement in body:
        if isinstance(statement, ast.Expr):
            yield statement.value
        elif not isinstance(statement, DEFINITIONS):
            for name in ("body", "orelse", "finalbody"):
                yield from _shown_values(getattr(statement, name, []))


def _prints_itself(value: ast.expr, silent: set[str]) -> bool:
    """Tell whether an expression prints by itself and gives no value that would be shown."""
    if not isinstance(value, ast.Call):
        return isinstance(value, ast.Await | ast.Yield)
    name = called_name(value.func)
    return bool(_PRINTING.match(name)) or name in silent
