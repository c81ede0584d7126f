"""The part of the code that a comment speaks of: a statement, an argument, an entry."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from cards.atomize.outline.asked_part import content_stems
from cards.python.bindings import bound_names
from cards.python.comments import code_comments
from cards.python.syntax import DEFINITIONS, nodes_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.python.comments import CodeComment

_MANY_SHARED = 2
"""Words that a comment shares with the name that the line right below it binds, where it speaks of that."""
_SHARED_LETTERS = 4
"""The fewest letters by which two forms of a word are known."""


def node_spoken_of(
    comment: CodeComment, text: str, tree: ast.Module, lines: tuple[str, ...]
) -> ast.AST | None:
    """Return the part that a comment speaks of, `text` its words; None where that is not clear."""
    if comment.trailing:
        return _node_beside(comment, tree, lines)
    parts = parts_below(comment, tree, lines)
    if not parts:
        return None
    best = best_part(text, parts, lines)
    shared = shared_words(text, best, lines)
    is_next = best is parts[0] and count_shared(text, _target(best)) >= _MANY_SHARED
    if len(parts) > 1 and not (shared and (is_next or _is_named(best, text))):
        return outcome_of(parts)
    return None if isinstance(best, DEFINITIONS) else best


def _target(part: ast.AST) -> str:
    """Return what a statement binds to a value that it gets or calls; empty for another."""
    if not isinstance(part, ast.Assign):
        return ""
    is_read = any(isinstance(node, ast.Attribute | ast.Call) for node in nodes_in(part.value))
    return ast.unparse(part.targets[0]) if is_read else ""


def outcome_of(parts: Sequence[ast.AST]) -> ast.AST | None:
    """Return the formula that combines what all statements before it bind, two or more; None for none."""
    bound: set[str] = set()
    for place, part in enumerate(parts):
        match part:
            case ast.Assign(targets=[ast.Name()], value=value):
                read = {node.id for node in nodes_in(value) if isinstance(node, ast.Name)}
                if place > 1 and isinstance(value, ast.BinOp) and read >= bound:
                    return part
                bound |= bound_names(part)
            case _:
                return None
    return None


def decorated_below(
    comment: CodeComment, text: str, tree: ast.Module, lines: tuple[str, ...]
) -> ast.FunctionDef | None:
    """Return the function below a comment whose one decorator shares a word with it; None for none."""
    for part in () if comment.trailing else parts_below(comment, tree, lines):
        if isinstance(part, ast.FunctionDef) and len(part.decorator_list) == 1:
            return part if count_shared(text, ast.unparse(part.decorator_list[0])) else None
    return None


def _is_named(part: ast.AST, text: str) -> bool:
    """Tell whether a comment above several lines names what one of them calls or takes, not what it binds."""
    value = part.value if isinstance(part, ast.Assign | ast.Expr | ast.AugAssign) else part
    named = [value.func if isinstance(value, ast.Call) else value]
    if isinstance(part, ast.Assign):
        named += [each for each in part.targets if isinstance(each, ast.Attribute)]
    return any(count_shared(text, ast.unparse(each)) for each in named)


def _node_beside(comment: CodeComment, tree: ast.Module, lines: tuple[str, ...]) -> ast.AST | None:
    """Return the statement, argument, entry or call of a chain that stands alone before a comment."""
    number = comment.line + 1
    written = lines[comment.line][: comment.column].strip().rstrip(",")
    if written.startswith("."):
        ends = [
            node
            for node in nodes_in(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.end_lineno == number
            and node.func.end_lineno == number
        ]
        return next((node for node in ends if written.startswith(f".{node.func.attr}(")), None)  # type: ignore[attr-defined]
    defined = [part for part in parts_at(number, tree, lines) if isinstance(part, ast.FunctionDef)]
    if defined and not defined[0].decorator_list:
        return defined[0]
    parts = [part for part in parts_at(number, tree, lines) if _is_alone(part, number)]
    return parts[0] if parts else None


def _is_alone(part: ast.AST, number: int) -> bool:
    """Tell whether a part ends on its line, but for what is defined below its decorator."""
    is_decorator = (
        isinstance(part, ast.FunctionDef) and bool(part.decorator_list) and first_line(part) == number
    )
    return last_line(part) == number or is_decorator


def parts_below(comment: CodeComment, tree: ast.Module, lines: Sequence[str]) -> tuple[ast.AST, ...]:
    """Return what a comment on lines of its own may speak of: the part right below it and those that follow.

    They end at the next such comment, and at an empty line. None where no code stands right below.
    """
    first = comment.line + comment.text.count("\n") + 2
    if not (parts := parts_at(first, tree, lines)):
        return ()
    part = parts[0]
    if not isinstance(part, ast.stmt):
        return (part,)
    end = _end_of_section(first, lines)
    siblings = next((body for body in bodies(tree) if part in body), [part])
    return tuple(each for each in siblings[siblings.index(part) :] if first_line(each) < end)


def best_part(words: str, parts: Sequence[ast.AST], lines: Sequence[str]) -> ast.AST:
    """Return the part that shares most words with a comment; the first of several."""
    return max(parts, key=lambda part: shared_words(words, part, lines))


def shared_words(words: str, part: ast.AST, lines: Sequence[str]) -> int:
    """Return how many words of a comment stand in the names of a part of the code."""
    last = first_line(part) if isinstance(part, DEFINITIONS) else last_line(part)
    written = "\n".join(lines[first_line(part) - 1 : last])
    return count_shared(words, written)


def count_shared(words: str, written: str) -> int:
    """Return how many words of a text stand in code, as names spell them: `clipping` in `clip_by_norm`."""
    names = content_stems(written)
    return sum(any(_are_one(stem, name) for name in names) for stem in content_stems(words))


def _are_one(stem: str, name: str) -> bool:
    shorter, longer = sorted((stem, name), key=len)
    return longer.startswith(shorter) and (len(shorter) >= _SHARED_LETTERS or shorter == longer)


def parts_at(line: int, tree: ast.Module, lines: Sequence[str]) -> list[ast.AST]:
    """Return the statements, arguments and entries that begin with a line, the widest first; lines from 1."""
    if line > len(lines):
        return []
    column = len(lines[line - 1]) - len(lines[line - 1].lstrip())
    at_line = [
        node
        for node in nodes_in(tree)
        if isinstance(node, ast.stmt | ast.expr | ast.keyword)
        and first_line(node) == line
        and _first_column(node, lines) == column
    ]
    return sorted(at_line, key=lambda node: (-last_line(node), not isinstance(node, ast.stmt)))


def first_line(node: ast.AST) -> int:
    """Return the first line of a node, from 1: of what is decorated, that of its decorators."""
    decorators = node.decorator_list if isinstance(node, DEFINITIONS) else []
    return min([getattr(node, "lineno", 0), *(each.lineno for each in decorators)])


def last_line(node: ast.AST) -> int:
    """Return the last line of a node, from 1."""
    return getattr(node, "end_lineno", None) or 0


def _first_column(node: ast.stmt | ast.expr | ast.keyword, lines: Sequence[str]) -> int:
    written = lines[node.lineno - 1]
    return len(written.encode()[: node.col_offset].decode(errors="ignore"))


def _end_of_section(first: int, lines: Sequence[str]) -> int:
    """Return the first line behind a section that is empty, or holds a comment alone; from 1."""
    own_lines = {
        each.line + 1
        for each in code_comments("\n".join(lines))
        if not each.trailing and each.line + 1 > first
    }
    empty = {number for number, line in enumerate(lines, 1) if number > first and not line.strip()}
    return min(own_lines | empty, default=len(lines) + 1)


def bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    """Yield the lists of statements of a program: its own, and those of its functions, loops and branches."""
    for node in nodes_in(tree):
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and all(isinstance(each, ast.stmt) for each in value):
                yield value
