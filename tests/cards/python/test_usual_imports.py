"""Tests of the imports that code leaves out."""

from __future__ import annotations

import pytest

from cards.python.usual_imports import missing_imports


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("print(np.zeros(3))", ("import numpy as np",)),
        ("def f(x):\n    return tf.reduce_sum(x) + np.pi", ("import numpy as np", "import tensorflow as tf")),
        ("import numpy as np\nprint(np.pi)", ()),
        ("np = 3\nprint(np)", ()),
        ("def f(np):\n    return np.pi", ()),
        ("def f():\n    import math\n    return math.pi\nprint(math.e)", ("import math",)),
        ("def set_up():\n    global np\n    import numpy as np\nset_up()\nprint(np.pi)", ()),
        ("try:\n    import numpy as np\nexcept ImportError:\n    np = None\nprint(np)", ()),
        ("class Net(nn.Module):\n    pass", ("from torch import nn",)),
        ("print(F.relu(torch.ones(2)))", ("import torch.nn.functional as F", "import torch")),
        (
            "Counter('abc'); defaultdict(int)",
            ("from collections import Counter", "from collections import defaultdict"),
        ),
        ("datetime.now()", ("from datetime import datetime",)),
        ("datetime(2024, 1, 1)", ("from datetime import datetime",)),
        ("datetime.datetime.now()", ("import datetime",)),
        ("random()", ()),
        ("random.random()", ("import random",)),
        ("random.randn(3)", ("from numpy import random",)),
        ("x, y = sp.symbols('x y')", ("import sympy as sp",)),
        ("keras.saving.load_model('a')", ("import keras",)),
        ("keras.Input((3,))", ("from tensorflow import keras",)),
        ("from numpy import *\nprint(os.sep)", ("import os",)),
        ("from pylab import *\nprint(np.pi)", ()),
        ("frobnicate(1)", ()),
        ("print(np.pi", ()),
        ("print(list, __name__)", ()),
    ],
)
def test_the_usual_imports_of_code_that_leaves_them_out(source: str, expected: tuple[str, ...]) -> None:
    assert tuple(dict.fromkeys(each.source for each in missing_imports([source]))) == expected


def test_a_block_that_binds_the_name_serves_all_blocks_of_its_question() -> None:
    assert missing_imports(["print(np.pi)", "import numpy as np"]) == ()


def test_a_line_that_the_guide_has_itself_comes_before_the_usual_one() -> None:
    written = {"np": "import jax.numpy as np", "Widget": "from shop import Widget"}
    found = missing_imports(["print(np.pi, Widget, os.sep)"], written)
    assert [each.source for each in found] == [
        "from shop import Widget",
        "import jax.numpy as np",
        "import os",
    ]
