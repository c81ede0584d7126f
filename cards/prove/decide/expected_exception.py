"""Tells whether an exception is the one that a snippet is meant to end in."""

from __future__ import annotations

import builtins
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cards.program.snippet import ExpectedException
    from cards.prove.client.transcript import ExceptionInfo

_MISTAKES = frozenset({"NameError", "ImportError", "SyntaxError"})
"""A mistyped name raises these. So nobody means them who does not name them."""


def is_expected(expected: ExpectedException, error: ExceptionInfo) -> bool:
    """Whether an exception is of the class that is named, or of a derived one where that is allowed."""
    name = class_name(expected.exception)
    if not _holds_text(error.text, expected.text):
        return False
    if name == error.type:
        return True
    return expected.or_derived and name in error.class_names and (name in _MISTAKES or not is_mistake(error))


def is_mistake(error: ExceptionInfo) -> bool:
    """Whether an exception is what a mistyped name raises."""
    return not _MISTAKES.isdisjoint(error.class_names)


def _holds_text(message: str, text: str) -> bool:
    """Tell whether a message contains a text; `...` in it stands for anything."""
    parts = (re.escape(part.strip()) for part in text.split("..."))
    return text in message or re.search(r"\b.*\b".join(parts), message, re.DOTALL) is not None


def class_name(name: str) -> str:
    """Return the name that a class calls itself, which for IOError is OSError."""
    kind = getattr(builtins, name, None)
    return kind.__name__ if isinstance(kind, type) else name
