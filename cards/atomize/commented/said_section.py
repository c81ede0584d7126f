"""The lines of code that a comment above them is a heading of: what it says, done in a few statements."""

from __future__ import annotations

import ast
from textwrap import dedent
from typing import TYPE_CHECKING

from cards.atomize.commented.asked_code import AskedCode
from cards.atomize.commented.said_line import says_what_is_done
from cards.atomize.commented.said_piece import begins_otherwise
from cards.atomize.commented.spoken_of import first_line, last_line, parts_below
from cards.atomize.outline.asked_part import all_stems, content_stems
from cards.exercise.everyday import EVERYDAY_CALLS
from cards.exercise.worth_asking import SAY_LITTLE
from cards.language.frame import Frame
from cards.python.comments import code_comments, joined_comments, strip_comments
from cards.python.imports import imported_names
from cards.python.syntax import called_name, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.python.comments import CodeComment

MOST_LINES = 4
"""Lines of a section that can be said at once."""
_MOST_NUMBERS = 1
"""Numbers that an author chose, and that nobody can say."""


def said_sections(source: str, title: str) -> list[AskedCode]:
    """Return the sections of a block that can be said by who reads their comment below the question.

    Those with most calls to know come first.
    """
    tree = tree_of(source)
    lines = tuple(source.split("\n"))
    own_lines = [each.line + 1 for each in code_comments(source) if not each.trailing]
    found: list[tuple[int, AskedCode]] = []
    for comment in joined_comments(source) if tree else ():
        words = says_what_is_done(comment)
        if comment.trailing or not words or not content_stems(words) - content_stems(title):
            continue
        parts = _section_below(comment, own_lines, tree, lines) if tree else ()
        if parts and (count := _calls_to_say(parts, words, tree or ast.Module([], []))):
            span = first_line(parts[0]), last_line(parts[-1])
            code = dedent(strip_comments("\n".join(lines[span[0] - 1 : span[1]])))
            found.append((count, AskedCode(Frame.WHICH_CODE, words, "", code, code, span)))
    return [section for _, section in sorted(found, key=lambda each: -each[0])]


def _section_below(
    comment: CodeComment, own_lines: Sequence[int], tree: ast.Module, lines: Sequence[str]
) -> tuple[ast.stmt, ...]:
    """Return the few statements right below a comment, up to the next comment or an empty line.

    None where one of `own_lines`, those of comments, stands within them.
    """
    parts = tuple(part for part in parts_below(comment, tree, lines) if isinstance(part, ast.stmt))
    if not parts:
        return ()
    first, last = first_line(parts[0]), last_line(parts[-1])
    is_whole = last - first < MOST_LINES and not any(first < line <= last for line in own_lines)
    return parts if is_whole else ()


def _calls_to_say(parts: Sequence[ast.stmt], words: str, tree: ast.Module) -> int:
    """Return how many calls of a section one can know that the words do not tell.

    0 where any of its statements is made up, or no call.
    """
    known = imported_names(tree)
    said = all_stems(words)
    calls = [_call_of(part, known) for part in parts]
    numbers = sum(_is_free_number(node, words) for part in parts for node in nodes_in(part))
    if None in calls or numbers > _MOST_NUMBERS or any(map(_holds_data, parts)):
        return 0
    names = [called_name(call.func) for call in calls if isinstance(call, ast.Call)]
    is_begun_otherwise = any(begins_otherwise(name, words) for name in names[:1])
    return 0 if is_begun_otherwise else sum(_is_telling(name, said) for name in names)


def _call_of(part: ast.stmt, known: frozenset[str]) -> ast.AST | None:
    """Return the call that a statement makes, or the attribute that it sets; None for anything else."""
    match part:
        case ast.Assign(targets=[ast.Attribute()]):
            return part
        case ast.Assign(value=value) | ast.Expr(value=value):
            return _first_call(value, known)
        case _:
            return None


def _first_call(value: ast.expr, known: frozenset[str]) -> ast.Call | None:
    """Return the outermost call of a library, or of a method of a value; of `print`, what it shows."""
    match value:
        case ast.Call(func=ast.Name(id="print"), args=[shown]):
            return _first_call(shown, known)
        case ast.Call(func=ast.Attribute()):
            return value
        case ast.Call(func=ast.Name(id=name)) if name in known:
            return value
        case ast.Subscript(value=inner) | ast.Attribute(value=inner):
            return _first_call(inner, known)
        case _:
            return None


def _holds_data(part: ast.stmt) -> bool:
    """Tell whether a statement holds rows or pairs that its author made up: `Counter(["a", "b"])`."""
    literals = (
        node for node in nodes_in(part) if isinstance(node, ast.List | ast.Set | ast.Dict | ast.Tuple)
    )
    return any(sum(isinstance(each, ast.Constant) for each in nodes_in(one)) > 1 for one in literals)


def _is_free_number(node: ast.AST, words: str) -> bool:
    is_number = isinstance(node, ast.Constant) and isinstance(node.value, int | float)
    return is_number and not isinstance(node.value, bool) and str(node.value) not in words  # type: ignore[attr-defined]


def _is_telling(name: str, said: frozenset[str]) -> bool:
    return not (name in EVERYDAY_CALLS or name in SAY_LITTLE or content_stems(name) <= said)
