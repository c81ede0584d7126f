"""A code cell becomes a fence, with what it printed in a fence below."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.python.foreign.notebook import has_only_notebook_lines, without_notebook_lines
from cards.python.syntax import Edit, apply_edits, called_name, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from cards.notebook.cell import Cell, CellError

_CELL_MAGIC = regex(r"\s*%%(?P<name>\w+)[^\n]*\n?")
_LANGUAGE_OF_MAGIC = {
    "bash": "bash",
    "sh": "bash",
    "script": "bash",
    "cmd": "bash",
    "system": "bash",
    "html": "html",
    "svg": "html",
    "javascript": "javascript",
    "js": "javascript",
    "latex": "latex",
    "sql": "sql",
    "bigquery": "sql",
    "perl": "perl",
    "ruby": "ruby",
    "r": "r",
    "cython": "cython",
    "writefile": "text",
    "file": "text",
}
_COMMAND = regex(r"\s*(?:!{1,2}|%(?=(?:pip|conda|mamba|uv)\b))\s*(?P<command>.*)")
# What the author's machine lacked, or where the author lost patience, says nothing about the code.
_SAYS_NOTHING = frozenset({"KeyboardInterrupt", "ImportError", "ModuleNotFoundError", "SystemExit"})
_MOST_ERROR_CHARACTERS = 120
_ADDRESS = regex(r"<[^<>\n]* at 0x[0-9a-f]+>|<Figure size|^<function |^<bound method")


@dataclass(frozen=True, slots=True)
class CodeFence:
    """The lines of Markdown that a code cell becomes."""

    info: str
    """What stands behind the marks of the fence: the language, and directives."""
    lines: tuple[str, ...]
    first: int
    """The line of the cell that the first of them is."""
    stated: tuple[str, ...] = ()
    """The lines that the cell printed; empty where none are compared."""
    left_out: str = ""
    """What of the cell is not there, as a phrase for a note; empty for nothing."""


def code_fence_of(cell: Cell) -> CodeFence | None:
    """Return the fence that a code cell becomes; None where nothing of it is to be shown."""
    if not cell.source.strip():
        return None
    if cell.language not in {"python", "python3", "ipython", "ipython3"}:
        return CodeFence(cell.language, _lines(cell.source), 1)
    magic = _CELL_MAGIC.match(cell.source)
    language = _LANGUAGE_OF_MAGIC.get(magic["name"].lower()) if magic else None
    if magic and language:
        rest = cell.source[magic.end() :]
        first = 1 + magic[0].count("\n")
        return CodeFence(language, _lines(rest), first) if rest.strip() else None
    if has_only_notebook_lines(cell.source):
        return _command_fence(cell.source)
    return _python_fence(cell)


def _command_fence(source: str) -> CodeFence | None:
    """Return the commands for the shell that a cell of notebook lines holds; None where it has none."""
    commands = [match["command"] for line in source.split("\n") if (match := _COMMAND.match(line))]
    return CodeFence("bash", tuple(commands), 1) if commands else None


def _python_fence(cell: Cell) -> CodeFence:
    source = without_notebook_lines(cell.source.rstrip())
    left_out = ""
    words = ["python"]
    if cell.error is not None and cell.error.name in _SAYS_NOTHING:
        return CodeFence("python", _lines(source), 1, left_out=f"the {cell.error.name} that it ended in")
    if cell.error is not None:
        words += _error_directives(cell.error, source)
    result = _result_as_printed(cell.result, source)
    if result:
        source = _with_printed_result(source)
    stated = cell.printed + result
    return CodeFence(" ".join(words), _lines(source), 1, _lines(stated) if stated.strip() else (), left_out)


def _error_directives(error: CellError, source: str) -> list[str]:
    """Return the directives that say how the cell ended when its author ran it."""
    if error.name in {"SyntaxError", "IndentationError", "TabError"}:
        return ["syntax-error"] if tree_of(source) is None else []
    if not error.name.isidentifier():
        return []
    text = _ADDRESS.split(error.text.partition("\n")[0])[0].strip()[:_MOST_ERROR_CHARACTERS].rstrip()
    if not text:
        return [f"raises={error.name}"]
    escaped = f"{error.name}:{text}".replace("\\", "\\\\").replace('"', '\\"')
    return [f'raises="{escaped}"']


def _result_as_printed(result: str, source: str) -> str:
    """Return the displayed value as `repr` writes it; empty where it writes something else each time.

    A notebook displays long lists and dictionaries on several lines, and classes by their bare names.
    """
    result = result.rstrip()
    value = _last_value(source)
    if value is None or not result or _ADDRESS.search(result):
        return ""
    if isinstance(value, ast.Call) and called_name(value.func) == "type" and not result.startswith("<"):
        return f"<class '{result}'>"
    if "\n" in result and result[0] in "[({":
        try:
            return repr(ast.literal_eval(result))
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            return result
    return result


def _with_printed_result(source: str) -> str:
    """Return the code with the value of its last expression printed, as the notebook displays it."""
    value = _last_value(source)
    if value is None:
        return source
    last = value.end_lineno or value.lineno
    end = value.end_col_offset or 0
    return apply_edits(
        source,
        [Edit(value.lineno, value.col_offset, value.col_offset, "print(repr("), Edit(last, end, end, "))")],
    )


def _last_value(source: str) -> ast.expr | None:
    tree = tree_of(source)
    last = tree.body[-1] if tree is not None and tree.body else None
    return last.value if isinstance(last, ast.Expr) else None


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.strip("\n").split("\n")) if text.strip() else ()
