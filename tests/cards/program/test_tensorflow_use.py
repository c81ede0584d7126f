"""Which code runs in a process that has TensorFlow imported, and which in one without."""

from __future__ import annotations

import pytest

from cards.program.snippet import KerasFlavour, RunDirectives, Snippet, SnippetName
from cards.program.tensorflow_use import names_tensorflow, uses_tensorflow


@pytest.mark.parametrize(
    "source",
    [
        "import tensorflow as tf",
        "from tensorflow.keras import layers",
        "import keras",
        "def f():\n    import tf_keras",
        "import tensorflow_datasets as tfds",
        "import keras_tuner",
        "from tf_agents.environments import suite_gym",
        "tf = __import__('tensorflow')",
        "import importlib\nkeras = importlib.import_module('tensorflow.keras')",
        "exec('import tensorflow as tf')",
        "import tensorflow as tf\nprint 'no Python 3'",
    ],
)
def test_code_that_imports_it_uses_it(source: str) -> None:
    assert names_tensorflow(source)


@pytest.mark.parametrize(
    "source",
    [
        "print(sum([1, 2, 3]))",
        "import numpy as np\nimport pandas as pd",
        "import torch  # as in tensorflow",
        "print('Do you prefer tensorflow or torch?')",
        "skills = ['tensorflow lite']",
        "keras_score = 3",
        "import tfidf_words",
        "import math\n'''Compare Keras with torch.'''",
    ],
)
def test_code_that_only_mentions_it_does_not(source: str) -> None:
    assert not names_tensorflow(source)


def test_a_block_that_asks_for_keras_2_uses_it() -> None:
    plain = Snippet(SnippetName("a#1"), "x = 1")
    older = Snippet(SnippetName("a#2"), "x = 1", directives=RunDirectives(keras=KerasFlavour.KERAS_2))
    assert not uses_tensorflow([plain])
    assert uses_tensorflow([plain, older])
