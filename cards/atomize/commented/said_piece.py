"""The piece of code that a comment tells of: what a learner who reads the comment can say."""

from __future__ import annotations

import ast
import builtins
from typing import NamedTuple

from cards.atomize.outline.asked_part import all_stems, content_stems
from cards.exercise.everyday import EVERYDAY_CALLS, FREE_KEYWORDS
from cards.exercise.worth_asking import SAY_LITTLE
from cards.python.bindings import names_bound_in
from cards.python.imports import imported_names
from cards.python.syntax import DEFINITIONS, called_name, dotted_root_name, nodes_in

MOST_CHARACTERS = 48
"""The length of the longest hidden piece: more is copied, not recalled."""
_LEAST_CHARACTERS = 3
_BUILTINS = frozenset(dir(builtins))
_VERBS_TEXT = """
    add apply build compile compute convert create define evaluate export fit get init initialize load make
    predict read reset restore run save set start stop train update write
"""
_VERBS = frozenset(_VERBS_TEXT.split())
"""What comments and names of calls begin with; one says nothing of a call that begins with another."""


class SaidPiece(NamedTuple):
    """A piece of one line that a comment tells of."""

    node: ast.AST
    """The statement, argument or entry that holds it."""
    line: int
    """From 1."""
    start: int
    end: int
    """Its characters within the line."""
    text: str
    name: str
    """The name that it asks for."""
    is_argument: bool


class CommentedCode(NamedTuple):
    """A part of the code, and what a comment says of it."""

    node: ast.AST
    words: str
    tree: ast.Module
    lines: tuple[str, ...]
    yields: bool = False
    """The comment says no more than what shape it gives."""
    is_beside: bool = False
    """The comment stands on the line of the code."""
    is_bare: bool = False
    """Nothing above shows what its call is given, so that this stays in sight."""


def said_piece(code: CommentedCode, title: str) -> SaidPiece | None:
    """Return the piece that a comment tells of; None where it tells of none, or gives it away.

    Of a decorator above which a comment stands, an argument is: the decorator itself says what it is.
    """
    is_below = isinstance(code.node, ast.FunctionDef) and not code.is_beside
    for hidden in _hidden_nodes(code):
        if is_below and not isinstance(hidden, ast.keyword):
            continue
        piece = _piece(hidden, code)
        if piece and _can_be_said(piece, hidden, code, title):
            return piece._replace(name=_name_of(hidden))
    return None


def _hidden_nodes(code: CommentedCode) -> list[ast.AST]:
    """Return what may be hidden of a part: the call that it makes, an argument that the comment names."""
    if switch := _switch_of(code.node):
        return [switch]
    value = _value_of(code.node)
    match value:
        case ast.keyword() | ast.FunctionDef():
            return [value]
        case ast.Call(func=func) if code.yields:
            return [func] if code.is_bare else [value]
        case ast.Call(func=func):
            if isinstance(func, ast.Name) and func.id in _BUILTINS:
                return [] if func.id in {"print", "display"} else [value]
            return [*_only_switch(value), func, *_named_arguments(value, code)]
        case ast.BinOp() if factor := _named_factor(value):
            return [factor]
        case ast.BinOp() if is_formula(value):
            return [value]
        case ast.Attribute() | ast.List() | ast.BinOp() | ast.Subscript() | ast.Compare():
            has_names = any(isinstance(each, ast.Attribute | ast.Call) for each in nodes_in(value))
            return [value] if has_names else []
        case _:
            return []


def _named_factor(value: ast.BinOp) -> ast.Attribute | None:
    """Return the attribute that a number of the author's own is combined with: `64 * strategy.replicas`."""
    match value:
        case ast.BinOp(left=ast.Constant(), right=ast.Attribute() as factor):
            return factor
        case ast.BinOp(left=ast.Attribute() as factor, right=ast.Constant()):
            return factor
        case _:
            return None


def is_formula(node: ast.AST) -> bool:
    """Tell whether a statement or a value is two operations or more on names alone."""
    value = node.value if isinstance(node, ast.Assign | ast.Return) else node
    inner = [each for each in nodes_in(value) if isinstance(each, ast.expr)] if value else []
    operations = sum(isinstance(each, ast.BinOp) for each in inner)
    return operations > 1 and all(isinstance(each, ast.BinOp | ast.Name) for each in inner)


def _switch_of(node: ast.AST) -> ast.Assign | None:
    """Return a statement that switches something on or off: `layer.trainable = False`."""
    match node:
        case ast.Assign(targets=[ast.Attribute()], value=ast.Constant(value=bool())):
            return node
        case _:
            return None


def _only_switch(call: ast.Call) -> list[ast.AST]:
    """Return the only argument of a call where that is true or false: `jit_compile=True`."""
    match call:
        case ast.Call(args=[], keywords=[ast.keyword(arg=str(), value=ast.Constant(value=bool())) as only]):
            return [only]
        case _:
            return []


def _named_arguments(call: ast.Call, code: CommentedCode) -> list[ast.AST]:
    """Return the arguments whose keywords share a word with a comment, or whose values do on its own line."""
    said = content_stems(code.words)
    return [
        each
        for each in call.keywords
        if said & content_stems(_text(each, code) if code.is_beside else each.arg or "")
    ]


def _value_of(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.Assign(value=value) | ast.AugAssign(value=value) | ast.Expr(value=value):
            return value
        case ast.AnnAssign(value=value) | ast.Return(value=value):
            return value
        case ast.With(items=[item, *_]):
            return item.context_expr
        case ast.FunctionDef(decorator_list=[decorator, *_]):
            return decorator
        case ast.FunctionDef():
            return node
        case ast.expr() | ast.keyword():
            return node
        case _:
            return None


def _piece(hidden: ast.AST, code: CommentedCode) -> SaidPiece | None:
    """Return the piece of a line that hides a node; of a method of a value the guide made, its name alone."""
    if isinstance(hidden, ast.Assign):
        target = hidden.targets[0]
        name = len(target.attr.encode()) if isinstance(target, ast.Attribute) else 0
        return _cut(hidden, code, (target.end_col_offset or 0) - name, hidden.end_col_offset or 0)
    if isinstance(hidden, ast.FunctionDef):
        start = hidden.col_offset + len("def ")
        return _cut(hidden, code, start, start + len(hidden.name.encode()))
    if isinstance(hidden, ast.keyword) and hidden.arg and hidden.lineno != hidden.end_lineno:
        return _cut(hidden, code, hidden.col_offset, hidden.col_offset + len(hidden.arg.encode()))
    if not isinstance(hidden, ast.expr | ast.keyword) or hidden.lineno != hidden.end_lineno:
        return _last_name(hidden, code) if isinstance(hidden, ast.Attribute) else None
    if isinstance(hidden, ast.keyword) and hidden.arg and _has_free_value(hidden.value, code.words):
        return _cut(hidden, code, hidden.col_offset, hidden.col_offset + len(hidden.arg.encode()))
    if isinstance(hidden, ast.Attribute) and not _is_of_library(hidden, code):
        return _last_name(hidden, code)
    return _cut(hidden, code, hidden.col_offset, hidden.end_col_offset or 0)


def _last_name(hidden: ast.Attribute, code: CommentedCode) -> SaidPiece | None:
    """Return the last name of a call in a chain: `prefetch` of `data.batch(8).prefetch`."""
    end = hidden.end_col_offset or 0
    at_end = ast.copy_location(ast.Name(id=hidden.attr), hidden)
    at_end.lineno = hidden.end_lineno or 0
    return _cut(at_end, code, end - len(hidden.attr.encode()), end)


def _cut(node: ast.expr | ast.keyword | ast.stmt, code: CommentedCode, start: int, end: int) -> SaidPiece:
    line = code.lines[node.lineno - 1].encode()
    text = line[start:end].decode(errors="ignore")
    first = len(line[:start].decode(errors="ignore"))
    return SaidPiece(
        code.node, node.lineno, first, first + len(text), text, "", isinstance(node, ast.keyword)
    )


def _text(node: ast.keyword, code: CommentedCode) -> str:
    return ast.get_source_segment("\n".join(code.lines), node) or ""


def _is_of_library(hidden: ast.Attribute, code: CommentedCode) -> bool:
    """Tell whether an attribute is reached through names of modules alone: `tf.nn.softmax`."""
    root = dotted_root_name(hidden)
    return root in imported_names(code.tree)


def _has_free_value(value: ast.AST, words: str) -> bool:
    """Tell whether a value holds a number, or is a text, that its author chose: no comment says it."""
    kinds: tuple[type, ...] = (int, float, str) if isinstance(value, ast.Constant) else (int, float)
    return any(
        isinstance(each, ast.Constant)
        and isinstance(each.value, kinds)
        and not isinstance(each.value, bool)
        and str(each.value) not in words
        for each in nodes_in(value)
    )


def _can_be_said(piece: SaidPiece, hidden: ast.AST, code: CommentedCode, title: str) -> bool:
    """Tell whether a piece is a name to know, and neither its comment nor the question says it."""
    if not _LEAST_CHARACTERS <= len(piece.text) <= MOST_CHARACTERS:
        return False
    name = _name_of(hidden)
    if _is_everyday(hidden, name, code) or _is_own(name, hidden, code) or begins_otherwise(name, code.words):
        return False
    is_name = isinstance(hidden, ast.keyword | ast.Attribute | ast.FunctionDef)
    if not is_name and not code.yields and _has_free_value(hidden, code.words):
        return False
    stems = frozenset(stem for stem in all_stems(name) if len(stem) > 1 and not stem.isdigit())
    return not stems or not (stems <= all_stems(code.words) or stems <= all_stems(title))


def _is_everyday(hidden: ast.AST, name: str, code: CommentedCode) -> bool:
    """Tell whether a piece tests nothing: any program has it, or its author chose it."""
    if isinstance(hidden, ast.keyword):
        return name in FREE_KEYWORDS - {"dtype"}
    return not code.yields and (name in EVERYDAY_CALLS or name in SAY_LITTLE or name.startswith("__"))


def _name_of(hidden: ast.AST) -> str:
    """Return the name that a hidden piece asks for; may be empty."""
    match hidden:
        case ast.keyword(arg=name):
            return name or ""
        case ast.FunctionDef(name=name):
            return name
        case ast.Assign(targets=[ast.Attribute(attr=name)]):
            return name
        case ast.Call(func=func):
            return "" if isinstance(func, ast.Name) and func.id in _BUILTINS else called_name(func)
        case ast.expr():
            return called_name(hidden)
        case _:
            return ""


def _is_own(name: str, hidden: ast.AST, code: CommentedCode) -> bool:
    """Tell whether the code itself defines what is called."""
    if isinstance(hidden, ast.FunctionDef):
        return not hidden.col_offset
    own = {node.name for node in nodes_in(code.tree) if isinstance(node, DEFINITIONS)}
    return name in own or name in names_bound_in("\n".join(code.lines)) - imported_names(code.tree)


def begins_otherwise(name: str, words: str) -> bool:
    """Tell whether a comment tells to do one thing and a call says that it does another."""
    first, does = next(iter(words.split()), "").casefold(), name.partition("_")[0].casefold()
    return first in _VERBS and does in _VERBS and first != does


def says_shape(words: str) -> bool:
    """Tell whether a comment is a shape in letters: `[batch, time, units]`, `(B, T)`."""
    inner = words.strip().rstrip(".")
    is_bracketed = inner[:1] in {"[", "("} and inner[-1:] in {"]", ")"}
    parts = inner[1:-1].split(",")
    names = [part.strip() for part in parts]
    return (
        is_bracketed
        and len(names) > 1
        and all(name.replace("_", "").isalnum() for name in names)
        and any(name[:1].isalpha() for name in names)
    )
