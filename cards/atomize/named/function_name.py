"""The call that does what a function's name says: `parse_example` parses by `parse_single_example`."""

from __future__ import annotations

import ast
from textwrap import dedent
from typing import TYPE_CHECKING

from cards.atomize.commented.asked_code import AskedCode
from cards.atomize.commented.spoken_of import bodies, first_line, last_line
from cards.atomize.outline.asked_part import all_stems, content_stems
from cards.exercise.everyday import EVERYDAY_CALLS
from cards.exercise.worth_asking import SAY_LITTLE
from cards.guide.text import BLANK
from cards.language.frame import Frame
from cards.python.bindings import bound_names
from cards.python.comments import strip_comments
from cards.python.syntax import called_name, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEAST_WORDS = 2
"""Words of a function's name that says what it does."""
_LEAST_LETTERS = 3
"""Letters of a word that a call adds to it."""
_CUT = "..."


def calls_by_name(source: str) -> Iterator[AskedCode]:
    """Yield of each function the first call whose name has a word of the function's, and one of its own."""
    tree = tree_of(source)
    lines = source.split("\n")
    for function in nodes_in(tree) if tree else ():
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("__"):
            said = all_stems(function.name)
            if len(said) >= _LEAST_WORDS:
                yield from _first_call(function, said, lines)


def _first_call(function: ast.FunctionDef, said: frozenset[str], lines: Sequence[str]) -> Iterator[AskedCode]:
    for body in bodies(ast.Module(function.body, [])):
        for statement in body:
            if first_line(statement) != last_line(statement):
                continue
            for node in nodes_in(statement):
                if isinstance(node, ast.Call) and (asked := _asked(node.func, statement, function, lines)):
                    if _is_told(node.func, asked.shown.rpartition("\n")[2], said):
                        continue
                    yield asked
                    return


def _is_told(func: ast.expr, around: str, said: frozenset[str]) -> bool:
    """Tell whether a call's name has no word of the function's, or none but its and those beside it."""
    name = called_name(func)
    stems = content_stems(name)
    own = frozenset(stem for stem in stems - said - content_stems(around) if len(stem) >= _LEAST_LETTERS)
    return name in EVERYDAY_CALLS or name in SAY_LITTLE or not (stems & said and own)


def _asked(
    func: ast.expr, statement: ast.stmt, function: ast.FunctionDef, lines: Sequence[str]
) -> AskedCode | None:
    """Return the card of a call: its function's head, and its line with a blank for the method's name."""
    if not isinstance(func, ast.Attribute):
        return None
    line = statement.lineno
    raw, end = lines[line - 1].encode(), func.end_col_offset or 0
    start = end - len(func.attr.encode())
    text = strip_comments(f"{raw[:start].decode()}{BLANK}{raw[end:].decode()}".strip())
    head = strip_comments(dedent("\n".join(lines[function.lineno - 1 : function.body[0].lineno - 1])))
    above = _made_above(func, statement, function)
    shown_from = above[0] if above else statement
    between = [] if shown_from is function.body[0] else [_CUT]
    made = [strip_comments(lines[each.lineno - 1]).strip() for each in above]
    shown = "\n".join((head, *(f"    {each}" for each in (*between, *made, text))))
    if func.attr in shown:
        return None
    written = strip_comments(lines[line - 1]).strip()
    return AskedCode(
        Frame.NAME_IN_GAP, f"{function.name} {func.attr}", shown, func.attr, written, (line, line)
    )


def _made_above(func: ast.Attribute, statement: ast.stmt, function: ast.FunctionDef) -> list[ast.stmt]:
    """Return the statement of a function that makes the object whose method is called; none if it is long."""
    made = [
        each
        for each in function.body
        if isinstance(func.value, ast.Name)
        and each.lineno < statement.lineno
        and first_line(each) == last_line(each)
        and func.value.id in bound_names(each)
    ]
    return made[-1:]
