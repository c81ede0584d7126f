"""Tell whether a fence below a label such as `Output:` may hold what the code above the label prints."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.guide.element import OUTPUT_LANGUAGE, PYTHON_LANGUAGES
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.guide.block import Code

_PRINTED_LANGUAGES = frozenset(
    {OUTPUT_LANGUAGE, "", "text", "txt", "plaintext", "plain", "console", "none", "stdout"}
)
"""The languages that people write on fences of what is printed."""


def may_be_output(code: Code) -> bool:
    """Tell whether a fence may hold printed text: it names no language, or Python and is no code."""
    if code.language not in PYTHON_LANGUAGES:
        return code.language in _PRINTED_LANGUAGES
    tree = tree_of(code.source)
    has_prompt = any(line.lstrip().startswith(">>>") for line in code.source.split("\n"))
    return not has_prompt and (tree is None or all(map(_is_value, tree.body)))


def _is_value(statement: ast.stmt) -> bool:
    """Tell whether a statement is nothing but a literal, as a printed value looks."""
    if not isinstance(statement, ast.Expr):
        return False
    try:
        ast.literal_eval(statement.value)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True
