"""Mutate a program at a gap: leave the piece out, or replace it by its opposite."""

from __future__ import annotations

import ast
from dataclasses import replace

from cards.exercise.filling import fill_gap
from cards.exercise.gap import Gap, GapKind
from cards.python.syntax import expression_of, tree_of


def mutants(source: str, gap: Gap) -> tuple[str, ...]:
    """Return the source without the piece, and with a changed one where it has an opposite."""
    texts = [
        _remove_gap(source, gap),
        *(fill_gap(source, gap, text) for text in _changed_texts(gap, source.split("\n")[gap.line - 1])),
    ]
    # One that does not parse would be noticed whatever it hides.
    return tuple(text for text in texts if text != source and tree_of(text) is not None)


def _remove_gap(source: str, gap: Gap) -> str:
    match gap.sort:
        case GapKind.ARGUMENT:
            return _remove_argument(source, gap)
        case GapKind.DECORATOR:
            lines = source.split("\n")
            return "\n".join([*lines[: gap.line - 1], *lines[gap.line :]])
        case GapKind.CONTEXT:
            return fill_gap(source, gap, "__import__('contextlib').nullcontext()")
        case GapKind.OPERATOR:
            return fill_gap(source, gap, _operands(gap)[0])
        case GapKind.CALL:
            before = source.split("\n")[gap.line - 1][: gap.start]
            if before.endswith("."):
                return fill_gap(source, replace(gap, start=gap.start - 1), "")
            return fill_gap(source, gap, _first_argument(gap))


def _remove_argument(source: str, gap: Gap) -> str:
    line = source.split("\n")[gap.line - 1]
    before, after = line[: gap.start], line[gap.end :]
    if before.rstrip().endswith(","):
        start = len(before.rstrip()) - 1
        return fill_gap(source, replace(gap, start=start), "")
    if after.lstrip().startswith(","):
        end = gap.end + len(after) - len(after.lstrip()) + 1
        return fill_gap(source, replace(gap, end=end), "")
    return fill_gap(source, gap, "")


def _changed_texts(gap: Gap, line: str) -> tuple[str, ...]:
    """Return the piece with another meaning of the same kind, if it has an obvious one."""
    match gap.sort:
        case GapKind.OPERATOR:
            left, right = _operands(gap)
            return (f"{left} * {right}",)
        case GapKind.CALL if not gap.text.partition("(")[0].isidentifier():
            # What does as well with nothing is no question (`bool(None)` is False too), nor is a layer that
            # could be left out.
            is_called = line[gap.end :].lstrip().startswith("(")
            return ("None", *(["(lambda *given, **_: given[0])"] if is_called else []))
        case _:
            return ()


def _operands(gap: Gap) -> tuple[str, str]:
    tree = expression_of(gap.text)
    assert isinstance(tree, ast.BinOp)  # noqa: S101 - `gap_candidates` made it from one
    return ast.unparse(tree.left), ast.unparse(tree.right)


def _first_argument(gap: Gap) -> str:
    match tree_of(gap.text):
        case ast.Module(body=[ast.Expr(value=ast.Call(args=[first, *_]))]):
            return f"({ast.unparse(first)})"
        case _:
            return "None"
