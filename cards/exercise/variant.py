"""Vary a program's data, to tell an answer that computes from one that prints the expected text.

An answer may print the expected text, or be a constant, and look right. So it is run a second time with the
numbers of the example changed, and must do there what the reference does.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import TYPE_CHECKING

from cards.exercise.data_edit import EDITOR_SETS
from cards.program.snippet import SnippetRole
from cards.python.syntax import Edit, apply_edits, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.exercise.data_edit import Editor
    from cards.exercise.gap import Gap
    from cards.program.program import Program

NAMED_VALUE_PREFIX = "_seen_"
"""How the names begin that `with_named_values` gives."""


def program_variants(program: Program, position: int, gap: Gap) -> tuple[Program, ...]:
    """Return the program over other data: other values, other sizes, and both; those that tell most first.

    The gap's line in the snippet at `position` stays as it is, and where it is. Not every one of them runs:
    a label may be no other number, and two sizes have to be alike.
    """
    found = [_vary(program, position, gap, kinds) for kinds in EDITOR_SETS]
    return tuple(other for other in dict.fromkeys(found) if other != program)


def with_named_values(program: Program, position: int, gap: Gap) -> Program:
    """Return the program with names for values of which it prints no more than the shape, dtype or length.

    Otherwise an answer that gives any value of that shape would pass. The gap's line stays as it is.
    """
    snippet = program.snippets[position]
    tree = tree_of(snippet.source)
    calls = [call for statement in tree.body for call in _described_calls(statement)] if tree else []
    edits = [
        edit
        for number, call in enumerate(calls)
        if not call.lineno <= gap.line <= (call.end_lineno or 0)
        for edit in _naming_edits(call, f"{NAMED_VALUE_PREFIX}{number}")
    ]
    text = apply_edits(snippet.source, edits)
    snippets = list(program.snippets)
    snippets[position] = replace(snippet, source=text) if tree_of(text) else snippet
    return replace(program, snippets=tuple(snippets))


def _described_calls(statement: ast.stmt) -> Iterator[ast.Call]:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args)):
            yield from (call for argument in args if (call := _described_call(argument)) is not None)
        case _:
            pass


def _described_call(node: ast.expr) -> ast.Call | None:
    """Return the call that an expression only describes: `f(x)` of `f(x).dtype.name`."""
    is_described = False
    while True:
        match node:
            case ast.Attribute(value=inner, attr=name):
                is_described = is_described or name in {"shape", "dtype", "element_spec"}
                node = inner
            case ast.Call(func=ast.Name(id="len"), args=[inner]):
                is_described = True
                node = inner
            case ast.Call(func=ast.Attribute() as method, args=[], keywords=[]) if not is_described:
                node = method
            case ast.Call():
                return node if is_described else None
            case _:
                return None


def _naming_edits(call: ast.Call, name: str) -> tuple[Edit, Edit]:
    end, column = call.end_lineno or 0, call.end_col_offset or 0
    return (
        Edit(call.lineno, call.col_offset, call.col_offset, f"({name} := "),
        Edit(end, column, column, ")"),
    )


def _vary(program: Program, position: int, gap: Gap, editors: tuple[Editor, ...]) -> Program:
    snippets = []
    for place, snippet in enumerate(program.snippets):
        tree = tree_of(snippet.source) if snippet.role is not SnippetRole.CHECK else None
        edits = [edit for editor in editors for edit in editor(tree)] if tree else []
        # What is around a value may stand on several lines: all of it changes or nothing does.
        kept = [
            edit
            for change in edits
            if place != position or all(edit.line != gap.line for edit in change)
            for edit in change
        ]
        text = apply_edits(snippet.source, kept)
        snippets.append(replace(snippet, source=text) if tree_of(text) else snippet)
    return replace(program, snippets=tuple(snippets))
