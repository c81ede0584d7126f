"""Find other values for an argument: neighbouring numbers, other axes, words of the same family."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from cards.exercise.siblings import SIBLING_WORDS
from cards.python.syntax import expression_of, nodes_in, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

AXIS_NAMES = frozenset({"axis", "axes", "dim"})
"""The arguments that count dimensions."""

_AXES = (0, -1, 1, -2, 2, -3, 3, -4)
_MOST_STRINGS = 3
"""Of the other strings in the code that may stand for one."""
_LONGEST_STRING = 40
_LONGEST_LINE = 60
_MOST_CONSTANTS = 3


def number_of(text: str) -> float | None:
    """Return the number that a piece of code writes down, or None: `-1`, `0.5`."""
    value = _value_of(text)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def other_texts(argument: str, value: str, source: str) -> tuple[str, ...]:
    """Return code for other values of an argument, nearest first; none where nothing is near."""
    found = _other_texts(argument, value, source)
    return tuple(text for text in dict.fromkeys(found) if text != value)


def constant_texts(printed: str, *, with_tensors: bool = True) -> Iterator[str]:
    """Yield code for what is printed: what only knows the expected text would be typed so."""
    for text in _printed_values(printed):
        yield text
        if with_tensors:
            yield f"__import__('tensorflow').constant({text})"


def _printed_values(printed: str) -> Iterator[str]:
    for line in printed.split("\n"):
        if re.search(r"\d", line) and len(line) <= _LONGEST_LINE:
            bare = re.sub(r"(?<=[\d.\]])\s+(?=[-\d.\[])", ", ", re.sub(r"\[\s+", "[", line.strip()))
            if isinstance(_value_of(bare), list | tuple):
                yield bare
    numbers = dict.fromkeys(re.findall(r"(?<![\w.])-?\d+(?:\.\d*)?(?:e[-+]?\d+)?(?!\w)", printed))
    yield from list(numbers)[:_MOST_CONSTANTS]


def _value_of(text: str) -> object:
    tree = expression_of(text)
    try:
        return None if tree is None else ast.literal_eval(tree)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return None


def _other_texts(argument: str, value: str, source: str) -> Iterator[str]:
    match _value_of(value):
        case bool(was):
            yield str(not was)
        case int(number) if argument in AXIS_NAMES:
            yield from (str(axis) for axis in _AXES)
            yield from ("(0, 1)", "None")
        case int(number):
            yield from map(str, (number + 1, number - 1, number * 2, 0))
        case float(real):
            yield from map(repr, (real * 2 + 1, real / 2, real + 0.1, -real))
        case str(word):
            yield from (repr(other) for other in SIBLING_WORDS.get(word, ()))
            yield from (repr(other) for other in _other_strings(word, source))
        case tuple() as several if argument in AXIS_NAMES:
            yield from (str(axis) for axis in several)
            yield "None"
        case tuple() | list() as several if all(isinstance(each, int) for each in several):
            yield from _other_sequences(several)
        case None if value == "None" and argument in AXIS_NAMES:
            yield from ("0", "-1")
        case _ if value.startswith("["):
            yield "[]"
        case _:
            yield from _other_attributes(value)


def _other_sequences(several: tuple[int, ...] | list[int]) -> Iterator[str]:
    """Yield a sequence of whole numbers backwards, and with its first number one more."""
    make = type(several)
    yield repr(make(reversed(several)))
    if several:
        yield repr(make((several[0] + 1, *several[1:])))


def _other_strings(word: str, source: str) -> list[str]:
    tree = tree_of(source)
    nodes = nodes_in(tree) if tree else ()
    found = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [other for other in dict.fromkeys(found) if other != word and len(other) <= _LONGEST_STRING][
        :_MOST_STRINGS
    ]


def _other_attributes(value: str) -> Iterator[str]:
    """Yield `tf.bfloat16` for `tf.float16`."""
    stem, dot, word = value.rpartition(".")
    if dot and re.fullmatch(r"[\w.]+", stem):
        yield from (f"{stem}.{other}" for other in SIBLING_WORDS.get(word, ()))
