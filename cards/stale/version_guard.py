"""Recognise code that asks for a version before it calls, or expects the call to fail."""

from __future__ import annotations

import ast

from cards.python.syntax import called_name

_CAUGHT = frozenset(
    {"AttributeError", "ImportError", "ModuleNotFoundError", "TypeError", "ValueError", "NameError"}
    | {"Exception", "BaseException"}
)
_EXPECTS_FAILURE = frozenset({"raises", "suppress", "assertRaises", "assertRaisesRegex"})
_ASKS = frozenset({"hasattr", "getattr", "find_spec", "executing_eagerly", "enabled"})


def is_guarded(node: ast.AST) -> bool:
    """Tell whether what stands in a statement may fail and is meant to, or is for other versions."""
    match node:
        case ast.Try(handlers=handlers):
            return any(map(_catches_missing_name, handlers))
        case ast.If(test=test) | ast.IfExp(test=test):
            return is_version_test(test)
        case ast.With(items=items):
            return any(
                isinstance(item.context_expr, ast.Call)
                and called_name(item.context_expr.func) in _EXPECTS_FAILURE
                for item in items
            )
        case _:
            return False


def is_version_test(test: ast.expr) -> bool:
    """Tell whether a condition asks which version is there, or whether a name is."""
    for node in ast.walk(test):
        match node:
            case ast.Call(func=func) if called_name(func) in _ASKS:
                return True
            case ast.Attribute(attr=name) | ast.Name(id=name) if "version" in name.lower():
                return True
            case _:
                pass
    return False


def _catches_missing_name(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(called_name(each) in _CAUGHT for each in caught)
