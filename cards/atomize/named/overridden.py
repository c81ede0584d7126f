"""The methods of a base class that a class overrides: which one, told by the base and the method's body."""

from __future__ import annotations

import ast
from textwrap import dedent
from typing import TYPE_CHECKING

from cards.atomize.commented.asked_code import AskedCode
from cards.guide.text import BLANK
from cards.language.frame import Frame
from cards.python.comments import strip_comments
from cards.python.syntax import called_name, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HOOKS_TEXT = """
    Metric: update_state result reset_state
    Callback: on_epoch_end on_epoch_begin on_train_end on_train_begin on_train_batch_end on_train_batch_begin
        on_batch_end on_batch_begin on_test_end on_predict_end
    Model: train_step test_step predict_step call
    Layer: build compute_output_shape compute_mask call get_config
    Loss: call get_config
    Sequence: __getitem__ __len__
    PyDataset: __getitem__ __len__
    Dataset: __getitem__ __len__
    IterableDataset: __iter__
    Module: forward __call__
    LearningRateSchedule: __call__
    Regularizer: __call__
    Constraint: __call__
    Initializer: __call__
    Optimizer: update_step
    TransformerMixin: transform
    Thread: run
    Process: run
    JSONEncoder: default
    NodeVisitor: generic_visit
    HTMLParser: handle_starttag handle_data
    TestCase: setUp tearDown setUpClass
"""
MOST_BODY_LINES = 6
"""Lines of a method that a card shows."""
_MOST_OTHERS = 4
"""Other methods that a card shows, without their bodies."""


def _hooks_by_base() -> dict[str, tuple[str, ...]]:
    """Return for each base class the methods that it calls and others write, best to ask first."""
    found: dict[str, tuple[str, ...]] = {}
    base = ""
    for line in _HOOKS_TEXT.strip().splitlines():
        head, colon, rest = line.strip().rpartition(":")
        base = head if colon else base
        found[base] = (*found.get(base, ()), *rest.split())
    return found


HOOKS = _hooks_by_base()


def overridden_methods(source: str) -> Iterator[AskedCode]:
    """Yield the methods of each class that its base class names: one of each class, best to ask first."""
    tree = tree_of(source)
    lines = source.split("\n")
    for node in tree.body if tree else ():
        if isinstance(node, ast.ClassDef):
            yield from _hooks_of(node, lines)


def _hooks_of(node: ast.ClassDef, lines: Sequence[str]) -> Iterator[AskedCode]:
    hooks = [hook for base in node.bases for hook in HOOKS.get(called_name(base), ())]
    methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    for name in hooks:
        method = methods.get(name)
        if method is None or method.decorator_list or _is_long(method):
            continue
        shown = _skeleton(node, method, lines)
        if name not in shown and len(methods) <= _MOST_OTHERS + 1:
            written = strip_comments(lines[method.lineno - 1]).strip()
            span = method.lineno, method.end_lineno or method.lineno
            yield AskedCode(Frame.NAME_IN_GAP, f"{node.name}.{name}", shown, name, written, span)


def _is_long(method: ast.FunctionDef) -> bool:
    return (method.end_lineno or method.lineno) - method.lineno >= MOST_BODY_LINES


def _skeleton(node: ast.ClassDef, method: ast.FunctionDef, lines: Sequence[str]) -> str:
    """Return a class with a blank in place of a method's name, the bodies of its other methods left out."""
    shown = [f"class {node.name}({', '.join(map(ast.unparse, node.bases))}):"]
    for each in node.body:
        if not isinstance(each, ast.FunctionDef):
            continue
        text = strip_comments(dedent("\n".join(lines[each.lineno - 1 : each.end_lineno])))
        if each is method:
            text = text.replace(f"def {method.name}(", f"def {BLANK}(", 1)
        else:
            text = f"def {each.name}({ast.unparse(each.args)}): ..."
        shown += [f"    {line}" if line.strip() else line for line in text.split("\n")]
    return "\n".join(shown)
