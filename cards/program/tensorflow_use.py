"""Whether code needs a process that has TensorFlow and Keras imported."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from cards.program.snippet import KerasFlavour
from cards.python.imports import imported_packages
from cards.python.syntax import nodes_in, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.program.snippet import Snippet

_PACKAGE = regex(
    # What is TensorFlow or Keras, or imports them: tf_keras, tensorflow_datasets, keras_tuner, tf_agents.
    r"(?:tensorflow|keras|tf)_\w+|tensorflow|\w*keras|keras\w*|kerastuner|tfx|tf2onnx|tfimm|gpflow|sonnet"
)
_MAY_NAME = regex(r"tensorflow|keras|\b(?:tf_|tfx|tf2onnx|tfimm|gpflow|sonnet)")
_NAMED_IN_TEXT = regex(
    rf"\A(?:{_PACKAGE.pattern})(?:\.\w+)*\Z|(?:\bimport|\bfrom|-m)\s+(?:{_PACKAGE.pattern})\b"
)


def uses_tensorflow(snippets: Iterable[Snippet]) -> bool:
    """Tell whether any of the snippets names TensorFlow, Keras or what uses them.

    Where it does, the code runs in a process that has TensorFlow imported, and its proof names the version.
    """
    return any(
        each.directives.keras is KerasFlavour.KERAS_2 or names_tensorflow(each.source) for each in snippets
    )


def may_name_tensorflow(text: str) -> bool:
    """Tell whether the words TensorFlow or Keras, or what uses them, stand in a text."""
    return _MAY_NAME.search(text) is not None


@lru_cache(maxsize=4096)
def names_tensorflow(source: str) -> bool:
    """Tell whether code imports TensorFlow or Keras, or names them in a text that it may import by.

    A comment or a sentence in a text names neither: nothing is imported by it.
    """
    if not may_name_tensorflow(source):
        return False
    tree = tree_of(source)
    if tree is None:
        return _NAMED_IN_TEXT.search(source) is not None
    return any(map(_PACKAGE.fullmatch, imported_packages(tree))) or any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAMED_IN_TEXT.search(node.value)
        for node in nodes_in(tree)
    )
