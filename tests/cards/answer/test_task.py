"""What a learner is given, and what of an answer is refused unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.answer.check_dependencies import dependent_checks
from cards.answer.forbidden import find_refusal
from cards.answer.starting_file import starting_file
from cards.answer.task import find_tasks, tasks_of, with_answer
from cards.guide.reading.parse import parse_guide
from cards.program.snippet import SnippetRole
from tests.builders.task_guide import GUIDE
from tests.cards.answer.conftest import TASKS

DOUBLE, COUNTER = tasks_of(parse_guide(GUIDE, "small.md"))

START = '''\
# Write a function that doubles
#
# Write double(x), which returns twice what it is given. Comments such as --> do not
# matter.
#
# - x: a number or a tensor
#
#     LIMIT = 1000
#
# It is checked that:
# - Numbers are doubled
# - A half is a half

import math
from functools import wraps


def double(x):
    """Twice x."""
    ...


HALF = ...
'''


def test_the_starting_file_tells_the_task_and_shows_no_body() -> None:
    assert starting_file(DOUBLE) == START


def test_a_class_keeps_its_methods_signatures_and_docstrings() -> None:
    assert (
        starting_file(COUNTER).partition("\n\n")[2]
        == '''\
class Counter:
    """Counts."""

    def __init__(self, start=0):
        ...

    def up(self, *, by: int=1) -> int:
        """Count up, and return the count."""
        ...
'''
    )


def test_an_answer_stands_where_the_reference_stood_and_a_check_holds_its_fixtures() -> None:
    program = with_answer(DOUBLE, "double = 1")
    assert [(each.role, each.source.split("\n")[0]) for each in program.snippets] == [
        (SnippetRole.SHOWN, "LIMIT = 1000"),
        (SnippetRole.SHOWN, "double = 1"),
        (SnippetRole.CHECK, "SOME = [1, 2, 3]"),
        (SnippetRole.CHECK, "# A half is"),
    ]
    assert (program.answer, program.handed) == (1, ("double", "HALF"))
    assert program.snippets[1].directives.timeout_seconds == 5


def test_a_check_that_lives_on_another_one_is_a_problem() -> None:
    guide = GUIDE.replace("# It counts up.\n", "# It counts up.\nCounter(math.floor(SOME[0]) + LIMIT)\n")
    (_, counter) = tasks_of(parse_guide(guide, "small.md"))
    assert [problem.sentence for problem in dependent_checks(counter)] == [
        "this check takes `LIMIT`, `SOME`, `math` from elsewhere; a task's check stands alone."
    ]
    assert list(dependent_checks(DOUBLE)) == []


@pytest.mark.parametrize(
    ("topic", "slugs"),
    [
        ("focal-loss", ["focal-loss"]),
        ("focal", ["focal-loss"]),
        ("Focal Loss", ["focal-loss"]),
        ("loop", ["training-step"]),
        ("attention decoder", ["attention-mask"]),
        ("atention", ["attention-mask"]),
        ("tfrecrod", ["tfrecord-round-trip"]),
        ("learning rate", ["warm-up-cosine"]),
        ("gradient", ["gradient-clipping", "gradient-reversal"]),
        ("zebra", []),
        ("", []),
        ("?!", []),
    ],
)
def test_a_topic_means_the_tasks_that_it_is_nearest_to(topic: str, slugs: list[str]) -> None:
    assert [task.slug for task in find_tasks(tuple(TASKS.values()), topic)] == slugs


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nfrom tensorflow import keras\nfrom collections import Counter",
        "class A:\n    def __init__(self):\n        self.x = self.y = 0\n        setattr(self, 'z', 1)",
        "def f(layer):\n    layer.trainable = False\n    return getattr(layer, 'name', None)",
        "def f(self):\n    self.get_layer('a').trainable = False\n    del self.layers[0].bias",
        "import sys\nprint(sys.version_info, file=sys.stderr)",
        "from __future__ import annotations\nimport os\nos.makedirs('out', exist_ok=True)",
        "name = type(3).__name__",
        "import tensorflow as tf\nx = tf.Variable(1)\nmask = tf.constant(1)",
    ],
)
def test_ordinary_code_is_run(source: str) -> None:
    assert find_refusal(f"double = HALF = None\n{source}", DOUBLE) is None


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("import numpy as np\nnp.abs = abs", 2),
        ("import numpy as np\nn = np\nn.linalg.norm = abs", 3),
        ("import tensorflow as tf\nT = tf.Tensor\ndel T.shape", 3),
        ("import tensorflow as tf\nfor tf.abs in [abs]: pass", 2),
        ("type(double).x = 3", 1),
        ("x = double.__class__\ndouble.__class__.x = 3", 2),
        ("(lambda: double)().x = 3", 1),
        ("[double][0].x = 3", 1),
        ("from operator import attrgetter", 1),
        ("import tensorflow.python.util.tf_inspect.inspect", 1),
        ("from sys import _getframe as f", 1),
        ("import subprocess", 1),
        ("print(getattr)", 1),
        ("setattr(double, 'x', 1)", 1),
        ("import sys\nsys.modules.clear()", 2),
        ("import enum\nenum.bltns.abs(3)", 2),
        ("from typing import get_type_hints", 1),
    ],
)
def test_what_reaches_further_is_not(source: str, line: int) -> None:
    complaint = find_refusal(f"{source}\ndouble = HALF = None", DOUBLE)
    assert complaint is not None
    assert complaint.line == line


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("", 0, "It does not define double and HALF."),
        ("def double(x): ...", 0, "It does not define HALF."),
        ("if True:\n    double = HALF = 1\nclass A:\n    other = 1", None, None),
        ("def double(x):\n  return (x", 2, "It does not parse: '(' was never closed."),
        ("x = 1\n\0", 0, "It cannot be read: source code string cannot contain null bytes."),
        ("(" * 300, 1, "It does not parse: too many nested parentheses."),
    ],
)
def test_what_cannot_be_judged_is_told(source: str, line: int | None, sentence: str | None) -> None:
    complaint = find_refusal(source, DOUBLE)
    assert (complaint.line, complaint.sentence) if complaint else (line, sentence) == (None, None)


@pytest.mark.slow
@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["a.b", "=", "(", ")", "\n", "import ", "x", "'", ":", "-"])).map("".join)
)
def test_any_text_is_refused_or_run(source: str) -> None:
    find_refusal(source, DOUBLE)


@pytest.mark.parametrize("part", ["-", "(", "x.", "[", "lambda: "])
def test_text_that_is_nested_too_deeply_is_refused(part: str) -> None:
    assert find_refusal(f"double = HALF = {part * 20_000}x", DOUBLE) is not None
