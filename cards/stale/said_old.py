"""Find the lines of code of which a comment says that they are the old way."""

from __future__ import annotations

import ast
from itertools import takewhile

from cards.python.comments import code_comments
from cards.stale.said_gone import speaks_of_old


def lines_said_old(source: str, tree: ast.Module) -> frozenset[int]:
    """Return the lines, from 1, of which a comment or a docstring says that they are the old way.

    It says so of its own line, of the line below, of the definition that it stands above or begins, and at
    the head of the code of all that follows.
    """
    comments = {each.line + 1: each for each in code_comments(source)}
    old = {line for line, each in comments.items() if speaks_of_old(each.text)}
    alone = {line for line, each in comments.items() if not each.trailing}
    total = source.count("\n") + 1
    head = set(takewhile(alone.__contains__, range(1, total + 1)))
    if head & old:
        return frozenset(range(1, total + 1))
    said = set(old)
    for line in range(1, total + 1):
        above = set(takewhile(alone.__contains__, range(line - 1, 0, -1)))
        if above & old:
            said.add(line)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if first in said or node.lineno in said or speaks_of_old(ast.get_docstring(node) or ""):
                said |= set(range(first, (node.end_lineno or node.lineno) + 1))
    return frozenset(said)
