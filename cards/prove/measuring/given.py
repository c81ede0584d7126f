"""Says in words what a value is that code builds on and a card does not show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.regex import regex

if TYPE_CHECKING:
    from cards.prove.client.transcript import ObservedValue

_LONGEST_TEXT = 40
"""The characters of a value that is told as it is."""
_TENSOR_WORDS = {"EagerTensor": "tensor", "ndarray": "array", "ResourceVariable": "variable"}
_BUILD = regex(r"output (?P<output>.*), weights (?P<weights>.*)", re.DOTALL)
_PLAIN_TYPES = frozenset({"int", "float", "bool", "str", "list", "tuple", "dict", "set"})


def words_for(value: ObservedValue) -> str:
    """Return what a value is, as it stands behind its name: "a Sequential with output (None, 1)"."""
    if value.type in {"function", "builtin_function_or_method", "method"}:
        return "a function"
    if value.type == "type":
        return "a class"
    if value.shape and value.dtype:
        sort = _TENSOR_WORDS.get(value.type, value.type)
        return f"{_with_article(f'{value.dtype} {sort}')} of shape {value.shape}"
    if (
        value.type in _PLAIN_TYPES
        and value.text
        and len(value.text) <= _LONGEST_TEXT
        and "`" not in value.text
    ):
        return f"`{value.text}`"
    if found := _BUILD.fullmatch(value.build):
        return f"{_with_article(value.type)} with output {found['output']} and weights {found['weights']}"
    if value.build:
        return f"a dataset of {value.build.removeprefix('elements ')}"
    return _with_article(value.type)


def _with_article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in set('aeio') else 'a'} {noun}"
