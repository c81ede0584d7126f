"""Writes the file that a learner begins with: the task in comments, imports, definitions without bodies."""

from __future__ import annotations

import ast
import textwrap
from copy import deepcopy
from typing import TYPE_CHECKING

from cards.guide.block import Code, Listing, Prose, Table
from cards.guide.text import plain_text
from cards.python.bindings import defined_names
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.answer.task import Task
    from cards.guide.block import Block, Item
    from cards.python.syntax import Definition

_WIDTH = 88


def starting_file(task: Task) -> str:
    """Return the text of the file; it defines all that the checks call, and passes none of them."""
    lines = [f"# {task.title}", "#"]
    lines += [f"# {line}".rstrip() for line in description_lines(task.description)]
    lines += ["# It is checked that:", *_demand_lines(task.demands)]
    return "\n".join(lines) + "\n\n" + _skeleton(task.reference.source)


def description_lines(blocks: tuple[Block, ...], width: int = _WIDTH - 2) -> Iterator[str]:
    """Yield the lines of a description, an empty one after each block."""
    for block in blocks:
        match block:
            case Prose():
                yield from textwrap.wrap(plain_text(block.inline), width)
            case Listing():
                for item in block.items:
                    yield from _item_lines(item, width)
            case Table():
                for cells in (block.header, *(row.cells for row in block.rows)):
                    yield " | ".join(map(plain_text, cells))
            case Code():
                yield from textwrap.indent(block.source, "    ").split("\n")
            case _:
                continue
        yield ""


def _item_lines(item: Item, width: int) -> Iterator[str]:
    yield from textwrap.wrap(plain_text(item.inline), width, initial_indent="- ", subsequent_indent="  ")


def _demand_lines(demands: tuple[str, ...]) -> Iterator[str]:
    for words in demands:
        yield from textwrap.wrap(words, _WIDTH, initial_indent="# - ", subsequent_indent="#   ")


def _skeleton(source: str) -> str:
    """Return imports, signatures with docstrings, and constants without their values."""
    tree = tree_of(source)
    imports: list[str] = []
    parts: list[str] = []
    for node in tree.body if tree else ():
        match node:
            case ast.Import() | ast.ImportFrom():
                imports.append(ast.unparse(node))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                parts += [] if node.name.startswith("_") else [ast.unparse(_without_body(deepcopy(node)))]
            case _:
                parts += [f"{name} = ..." for name in defined_names(node)]
    return "\n\n\n".join(["\n".join(imports), *parts]).lstrip("\n") + "\n"


def _without_body(node: Definition) -> ast.stmt:
    """Return a definition without its decorators, which may be half of the answer, and without its body."""
    docstring = node.body[:1] if ast.get_docstring(node) is not None else []
    methods: list[ast.stmt] = []
    if isinstance(node, ast.ClassDef):
        methods = [
            _without_body(each)
            for each in node.body
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
    node.decorator_list = []
    node.body = [*docstring, *(methods or [ast.Expr(ast.Constant(...))])]
    return node
