"""Typed answers with the verdicts that they deserve, by the exercise that they are typed into."""

# ruff: noqa: E501, RUF001 - an answer is one line, and some of them are hostile

from __future__ import annotations

import ast
from dataclasses import dataclass

from cards.exercise.exercise import Exercise
from cards.exercise.gap import GapKind
from cards.program.snippet import SnippetRole
from tests.builders.exercise import gap_of
from tests.builders.program import program, snippet

TF = "import tensorflow as tf\n"
DEEP = "-" * 3000 + "1"
"""Python 3.13 parses it, 3.11 gives up."""


def parses(code: str) -> bool:
    """Tell whether this Python can make a tree of the code."""
    try:
        ast.parse(code)
    except (SyntaxError, RecursionError, MemoryError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of code that is hidden, and what may be typed."""

    sort: GapKind
    piece: str
    code: str
    right: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]
    """(typed, words that tell what differs)."""
    syntax: tuple[str, ...] = ()
    check: str = ""
    """Hidden code after the block."""
    before: str = ""
    """A block above it."""

    @property
    def exercise(self) -> Exercise:
        gap = gap_of(self.code, self.piece)
        assert gap.sort is self.sort
        above = [snippet(self.before, name="question#0")] if self.before else []
        checks = [snippet(self.check, role=SnippetRole.CHECK, name="question#2")] if self.check else []
        return Exercise(program(*above, snippet(self.code), *checks), len(above), gap)


PRODUCT = Task(
    GapKind.OPERATOR,
    "a @ b",
    TF + "a = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])\nb = tf.constant([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])\nc = a @ b\nprint(c.shape)",
    right=(
        "a @ b",
        "a@b",
        "c = a @ b",
        "tf.linalg.matmul(a, b)",
        "c = tf.matmul(a, b)  # the product",
        "tf.matmul(b=b, a=a)",
        "tf.matmul(a, tf.transpose(b), transpose_b=True)",
        "tf.transpose(tf.transpose(b) @ tf.transpose(a))",
        "tf.tensordot(a, b, axes=1)",
        'tf.einsum("ij,jk->ik", a, b)',
        "a.numpy() @ b.numpy()",
        "a @ b + 1e-6",
        "(\n    a\n    @ b\n)",
        "ａ @ b",
    ),
    wrong=(
        ("b @ a", "yours prints (3, 3), expected (2, 2)"),
        ("a * b", "InvalidArgumentError"),
        ("a @ b.T", "AttributeError"),
        ("tf.ones((2, 2))", "`c`: the values differ"),
        ("(a @ b) * 1.01", "`c`: the values differ"),
        ("tf.transpose(a @ b)", "`c`: the values differ"),
        ("tf.cast(a @ b, tf.float64)", "`c`: yours is float64, expected float32"),
        ("tf.constant([[4.0, 5.0], [10.0, 11.0]])", "with other data `c`: the values differ"),
        ("(a @ b).numpy().tolist()", "AttributeError"),
        ("a @ b; b = 5", "`b`: yours has shape none, expected (3, 2)"),
        ("a @ b; del a", "`a` is not defined"),
        ("a @ missing", "NameError"),
        # What only knows the expected text, or ends the program before anybody looks.
        ('print("(2, 2)") or a @ b', "prints"),
        ("exit()", "SystemExit"),
        ("0; raise SystemExit", "SystemExit"),
        ('print("(2, 2)") or exit()', "SystemExit"),
        ('__import__("os")._exit(0)', "an answer has to compute"),
        ('print("(2, 2)", flush=True) or getattr(__import__("os"), "_ex" + "it")(0)', "_exit ends the process behind Python's back"),
        ('getattr(__import__("os"), "ab" + "ort")()', "signal"),
        ('__import__("sys")._getframe(1).f_back', "an answer has to compute"),
        ('__import__("gc").get_objects()', "an answer has to compute"),
        ('__import__("builtins").__dict__.update(print=lambda *_: None) or tf.ones((2, 2))', "reads names of the interpreter by text"),
        ('setattr(__import__("sys"), "stdout", __import__("io").StringIO()) or a @ b', "yours prints nothing, expected (2, 2)"),
        ('setattr(__import__("tensorflow"), "constant", 3) or tf.ones((2, 2))', "`c`: the values differ"),
        ('eval([line for path in __import__("glob").glob("../../code/*/*") for line in open(path)][0])', "IndexError"),
        ('__import__("cards.prove.process.child")', ""),
        ('open("/proc/1/environ").read()', ""),
        # What takes all there is.
        ("[each for each in iter(int, 1)]", ""),
        ("bytearray(1 << 42)", "MemoryError"),
        ('[print("x" * 10_000) for _ in range(1000)]', ""),
        ('[__import__("os").fork() for _ in range(1000)]', "Error"),
    ),
    syntax=(
        "",
        "  \n ",
        "a @",
        "a @ b)",
        "(" * 3000,
        "a \u202e@ b",
        "a\u200b @ b",
        "a @ b\0",
        "'\ud800'",
        "a @ b + " * 12_000 + "a",
        "x" * 100_000,
        "c = = a @ b",
    ),
)  # fmt: skip

SUM = Task(
    GapKind.ARGUMENT,
    "axis=1",
    TF
    + "x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])\ntotal = tf.reduce_sum(x, axis=1)\nprint(total.numpy())",
    right=(
        "1",
        "axis = 1",
        "axis=-1",
        "-1",
        "axis=[1]",
        "axis=1, keepdims=False",
        "keepdims=False, axis=1",
        "total = tf.reduce_sum(x, 1)",
        "total = tf.math.reduce_sum(axis=1, input_tensor=x)",
        "-" * 300 + "1",
        *((DEEP,) if parses(DEEP) else ()),
    ),
    wrong=(
        ("axis=0", "yours prints [5. 7. 9.], expected [ 6. 15.]"),
        ("0", "yours prints [5. 7. 9.]"),
        ("axis=None", "yours prints 21.0"),
        ("axis=1, keepdims=True", "yours prints"),
        ("axis=2", "InvalidArgumentError"),
        ("axes=1", "TypeError"),
        ("axis=1) * 0 + tf.constant([6.0, 15.0]", "with other data yours prints"),
        ("-" * 300 + "0", "yours prints"),
    ),
    syntax=(
        "(" * 3000 + "1" + ")" * 3000,
        "axis=",
        "axis 1",
        "axis=1))",
        "axis=1, axis=1",
        "axis=1\n    total = 0",
        *(() if parses(DEEP) else (DEEP,)),
    ),
)

CAST = Task(
    GapKind.CALL,
    "tf.cast(x, tf.float16)",
    TF + "x = tf.constant([1.0, 2.0])\nhalf = tf.cast(x, tf.float16)\nprint(half.numpy())",
    right=(
        'tf.cast(x, "float16")',
        "tf.cast(x, tf.half)",
        "tf.cast(dtype=tf.float16, x=x)",
        'x.numpy().astype("float16") + tf.constant(0, "float16")',
    ),
    wrong=(
        ("x", "`half`: yours is float32, expected float16"),
        ("tf.cast(x, tf.bfloat16)", "`half`: yours is bfloat16, expected float16"),
        ("tf.cast(x, tf.int32)", "`half`: yours is int32, expected float16"),
        ("tf.cast([1.0, 2.0], tf.float16)", "with other data yours prints"),
    ),
)

TRACED = Task(
    GapKind.DECORATOR,
    "tf.function",
    TF + "traces = []\n\n@tf.function\ndef step(x):\n    traces.append(1)\n    return x + 1\n\nfor i in range(3):\n    step(tf.constant(i))\nprint(len(traces))",
    right=("@tf.function", "tf.function()", "tf.function(reduce_retracing=True)", "tf.function(jit_compile=False)"),
    wrong=(
        ("staticmethod", "yours prints 3, expected 1"),
        ("tf.py_function", "TypeError"),
        ("tf.no_such_thing", "AttributeError"),
        ("tf.function(reduce_retracing=True, input_signature=[])", "Error"),
    ),
    syntax=("tf.function(", "def"),
)  # fmt: skip

TAPE = Task(
    GapKind.CONTEXT,
    "tf.GradientTape()",
    TF
    + "x = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = x * x\nprint(tape.gradient(y, x).numpy())",
    right=(
        "tf.GradientTape(persistent=True)",
        "tf.GradientTape(watch_accessed_variables=True)",
        "with tf.GradientTape(persistent=False) as tape:",
    ),
    wrong=(
        ("tf.GradientTape(watch_accessed_variables=False)", "AttributeError"),
        ('tf.name_scope("tape")', "AttributeError"),
        ("open(__file__)", "AttributeError"),
        ("tf.GradientTape", "TypeError"),
    ),
)

GRADIENT = Task(
    GapKind.CALL,
    "gradient(y, x)",
    TF + 'x = tf.Variable(2.0)\nwith tf.GradientTape() as tape:\n    y = x**3\nslope = tape.gradient(y, x)\nprint(f"{slope.numpy():.1f}")',
    right=(".gradient(y, x)", "tape.gradient(y, [x])[0]", "gradient(sources=x, target=y)", "jacobian(y, x)"),
    wrong=(
        ("gradient(x, y)", "AttributeError"),
        ("gradient(y, x) + 0.02", "`slope`: the values differ"),
        ("gradient(y, x) + 0.2", "yours prints 12.2, expected 12.0"),
        ("gradient(2 * y, x) / 2 * tf.Variable([1.0])", "Error"),
        ("hessian(y, x)", "AttributeError"),
    ),
)  # fmt: skip

DESCRIBED = Task(
    GapKind.CALL,
    "tf.cumsum(x)",
    TF + "def run(x):\n    return tf.cumsum(x)\n\nprint(run(tf.range(4)).dtype.name, len(run(tf.range(3))))",
    right=("tf.math.cumsum(x, axis=0)", "tf.cumsum(x, 0)"),
    wrong=(
        ("tf.zeros_like(x)", "what it only describes in print: the values differ"),
        ("tf.cast(x, tf.int64)", "yours prints int64 3, expected int32 3"),
    ),
)

CHECKED = Task(
    GapKind.CALL,
    "tf.identity(x)",
    TF + "def keep(x):\n    return tf.identity(x)\n\nprint(keep(tf.zeros(2)).shape)",
    right=("x + 0", "tf.raw_ops.Identity(input=x)"),
    wrong=(("tf.zeros_like(x)", "AssertionError"), ("x.shape", "AttributeError")),
    check="assert float(keep(tf.constant(4.0))) == 4.0",
)

LAYER = Task(
    GapKind.CALL,
    "layers.LSTM(4)",
    "import keras\nfrom keras import layers, ops\n\nlstm = layers.LSTM(4)\nlast = lstm(ops.ones((2, 3, 5)))\nprint(last.shape)",
    right=(
        "layers.LSTM(units=4)",
        'keras.layers.LSTM(4, name="other")',
        'layers.LSTM(4, kernel_initializer="he_normal")',
        "(layers.Dense(1), layers.LSTM(4))[1]",
    ),
    wrong=(
        ("layers.GRU(4)", "`lstm`: yours has output"),
        ("layers.LSTM(4, use_bias=False)", "`lstm`: yours has output"),
        ("layers.LSTM(4, return_sequences=True)", "yours prints (2, 3, 4), expected (2, 4)"),
        ("layers.LSTM(3)", "yours prints (2, 3), expected (2, 4)"),
        ("lambda given: ops.zeros((2, 4))", "`lstm`"),
    ),
)

RANDOM = Task(
    GapKind.CALL,
    "matmul(x, weights)",
    "from keras import ops, random\n\nx = ops.ones((2, 3))\nweights = random.normal((3, 4))\ny = ops.matmul(x, weights)\nprint(y.shape)",
    right=("dot(x, weights)", 'einsum("ij,jk->ik", x, weights)'),
    wrong=(
        ("zeros((2, 4))", "`y`: yours is the same with every seed"),
        ("matmul(weights, x)", "Error"),
        ("matmul(x, weights)[:1]", "yours prints (1, 4)"),
    ),
)

DATASET = Task(
    GapKind.CALL,
    "batch(2)",
    TF + "ds = tf.data.Dataset.range(6)\nds = ds.batch(2)\nprint(len(list(ds)))",
    right=("batch(batch_size=2)", "ds.batch(2, num_parallel_calls=2)", "window(2).flat_map(lambda part: part.batch(2))"),
    wrong=(
        ("take(3)", "`ds`: yours has elements TensorSpec(shape=()"),
        ("batch(3)", "yours prints 2, expected 3"),
        ("batch(2).map(lambda each: tf.cast(each, tf.int32))", "`ds`: yours has elements"),
        ("__class__.range(3)", "`ds`: yours has elements"),
    ),
)  # fmt: skip

WORDS = Task(
    GapKind.CALL,
    "tf.strings.substr(words, 0, 1)",
    'words = tf.constant(["ab", "cé"])\nfirst = tf.strings.substr(words, 0, 1)\nprint(first.shape)',
    right=("tf.strings.substr(words, pos=0, len=1)", 'tf.constant(["a", "c"])'),
    wrong=(
        ("words", "`first`"),
        ("tf.strings.substr(words, 1, 1)", "`first`"),
        ("words[:1]", "yours prints (1,)"),
    ),
    before="import tensorflow as tf",
)

INDENTED = Task(
    GapKind.CALL,
    "tf.nn.relu(x)",
    TF + "def active(x):\n    if True:\n        return tf.nn.relu(x)\n\nprint(active(tf.constant([-1.0, float('nan'), 3.0])).numpy())",
    right=(
        "tf.maximum(x, 0.0)",
        "return tf.maximum(\nx, 0.0)",
        "return tf.where(\n    x < 0.0,\n    0.0,\n    x,\n)",
    ),
    wrong=(("tf.abs(x)", "yours prints"), ("x", "yours prints"), ("tf.nn.relu6(x)", "with other data yours prints")),
)  # fmt: skip

ATTENTION = Task(
    GapKind.CALL,
    "softmax(scores, axis=-1)",
    "from keras import ops\n\ndef attend(query, key, value):\n    scores = ops.matmul(query, ops.transpose(key, (0, 2, 1)))\n    weights = ops.softmax(scores, axis=-1)\n    return ops.matmul(weights, value)\n\nx = ops.ones((1, 3, 3))\nprint(attend(x, x, x).shape, float(ops.sum(attend(x, x, x))))",
    # All scores are equal here: only other data tells the axes apart.
    right=("softmax(scores)", "softmax(scores, axis=2)", "softmax(scores, -1)", "nn.softmax(scores)"),
    wrong=(
        ("softmax(scores, axis=1)", "with other data"),
        ("softmax(scores, axis=-2)", "with other data"),
        ("softmax(scores, axis=0)", "yours prints"),
        ("softmax(query)", "with other data"),
        ("ones_like(scores) / 3", "with other data"),
        ("sigmoid(scores)", "yours prints"),
    ),
)  # fmt: skip

SLOW_ONES = Task(
    GapKind.CALL,
    "np.percentile(latency, 99.9)",
    "import numpy as np\n\nlatency = np.array([10.0] * 98 + [11.0, 500.0])\nprint(np.percentile(latency, 99.9) > 100)",
    right=("np.quantile(latency, 0.999)", "np.percentile(q=99.9, a=latency)"),
    wrong=(("np.percentile(latency, 50)", "yours prints False"), ("latency.min()", "yours prints False")),
)

APART = Task(
    GapKind.ARGUMENT,
    "axis=0",
    TF + "m = tf.ones((2, 3))\nprint(tf.reduce_sum(m, axis=0).numpy().tolist())",
    right=("axis=-2", "axis=none", "axis=rows[0]", "axis=(limit := 0)"),
    wrong=(
        ("axis=one", "expected [2.0, 2.0, 2.0]"),
        ("axis=rows[1]", "expected [2.0, 2.0, 2.0]"),
        ("axis=nowhere", "NameError: name 'nowhere' is not defined"),
        # The check, which the guide's own code has nothing to do with, sees this.
        ("axis=(tf := 0)", "AttributeError: 'int' object has no attribute 'ones'"),
    ),
    before="none, one = 0, 1\nrows = [none, one]\nprint(rows)",
    check="limit = 3\nassert int(tf.ones(()) * limit) == limit",
)
"""A block that builds on nothing above it, and answers that do."""

TASKS = (
    PRODUCT, SUM, CAST, TRACED, TAPE, GRADIENT, DESCRIBED, CHECKED, LAYER, RANDOM, DATASET, WORDS, INDENTED, ATTENTION, SLOW_ONES,
    APART,
)  # fmt: skip
