"""The imports that real guides leave out because every reader knows them: `import numpy as np`."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.python.reads import BUILTIN_NAMES
from cards.python.syntax import nodes_in, tree_of
from cards.python.undefined import global_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

_MODULES = {
    "tf": "import tensorflow as tf",
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "mpl": "import matplotlib as mpl",
    "sns": "import seaborn as sns",
    "sp": "import scipy as sp",
    "keras": "from tensorflow import keras",
    "layers": "from tensorflow.keras import layers",
    "models": "from tensorflow.keras import models",
    "optimizers": "from tensorflow.keras import optimizers",
    "regularizers": "from tensorflow.keras import regularizers",
    "tfds": "import tensorflow_datasets as tfds",
    "tfp": "import tensorflow_probability as tfp",
    "hub": "import tensorflow_hub as hub",
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "dt": "import datetime as dt",
    "mp": "import multiprocessing as mp",
} | {
    name: f"import {name}"
    for name in (
        *("tensorflow", "numpy", "pandas", "scipy", "sklearn", "matplotlib", "torch", "torchvision", "cv2"),
        *(
            "abc",
            "argparse",
            "array",
            "ast",
            "asyncio",
            "base64",
            "bisect",
            "calendar",
            "cmath",
            "collections",
        ),
        *("contextlib", "copy", "csv", "ctypes", "dataclasses", "datetime", "decimal", "dis", "enum"),
        *("fractions", "functools", "gc", "glob", "hashlib", "heapq", "inspect", "io", "itertools", "json"),
        *("logging", "math", "multiprocessing", "operator", "os", "pathlib", "pickle", "pprint", "random"),
        *("re", "shutil", "signal", "socket", "statistics", "string", "struct", "subprocess", "sys"),
        *("tempfile", "textwrap", "threading", "time", "timeit", "traceback", "types", "typing", "unittest"),
        *("urllib", "uuid", "warnings", "weakref", "zlib"),
    )
}
"""Modules by the name that code reads them under."""

_MEMBERS = {
    name: f"from {module} import {name}"
    for module, names in (
        ("collections", ("Counter", "OrderedDict", "defaultdict", "deque", "namedtuple")),
        ("functools", ("lru_cache", "partial", "reduce", "singledispatch", "wraps")),
        ("contextlib", ("contextmanager", "suppress")),
        ("dataclasses", ("dataclass",)),
        ("datetime", ("timedelta",)),
        ("decimal", ("Decimal",)),
        ("fractions", ("Fraction",)),
        ("enum", ("Enum", "IntEnum")),
        ("abc", ("ABC", "abstractmethod")),
        ("copy", ("deepcopy",)),
        ("pathlib", ("Path",)),
        ("concurrent.futures", ("ProcessPoolExecutor", "ThreadPoolExecutor")),
        ("typing", ("Any", "Callable", "ClassVar", "Dict", "Generic", "Iterable", "Iterator", "List")),
        ("typing", ("NamedTuple", "Optional", "Protocol", "Sequence", "Tuple", "TypeVar", "Union")),
        ("tqdm", ("tqdm",)),
        ("tensorflow.keras", ("Sequential",)),
        ("tensorflow.keras.layers", ("BatchNormalization", "Conv2D", "Dense", "Dropout", "Embedding")),
        ("tensorflow.keras.layers", ("Flatten", "GRU", "LSTM", "MaxPooling2D")),
    )
    for name in names
}
"""Functions and classes that are read without their module."""

_OTHERS_BY_ATTRIBUTE = {
    "datetime": (
        frozenset({"now", "today", "utcnow", "strptime", "fromtimestamp", "fromisoformat", "combine"}),
        "from datetime import datetime",
    ),
    "random": (
        frozenset({"rand", "randn", "normal", "permutation", "default_rng"}),
        "from numpy import random",
    ),
    "sp": (
        frozenset(
            {"Matrix", "Symbol", "diff", "expand", "factor", "integrate", "simplify", "solve", "symbols"}
        ),
        "import sympy as sp",
    ),
    "keras": (frozenset({"saving"}), "import keras"),  # which `tf.keras` lacks
}
"""Names that mean something else where one of these attributes of them is read."""

_STAR_IMPORTS_OF_ALL = frozenset({"pylab", "matplotlib", "fastai"})
"""Packages whose star import binds such names too."""


@dataclass(frozen=True, slots=True)
class UsualImport:
    """An import that code leaves out, by the one name that it binds."""

    name: str
    source: str
    """The line: `import numpy as np`."""


def missing_imports(
    sources: Sequence[str], written: Mapping[str, str] | None = None, hidden: Sequence[str] = ()
) -> tuple[UsualImport, ...]:
    """Return the imports that blocks running in one namespace leave out: no statement binds the name.

    `written` are lines that the guide itself has for some names, elsewhere; they come before the usual ones.
    `hidden` are blocks that run with them: what they bind counts, what they read is for their author.
    """
    names = [here for source in sources if (here := global_names(source))]
    beside = [here for source in hidden if (here := global_names(source))]
    bound = frozenset[str]().union(*(each.bound for each in (*names, *beside)))
    read = frozenset[str]().union(*(each.read for each in names)) - bound - BUILTIN_NAMES
    if not read & (_MODULES.keys() | _MEMBERS.keys() | (written or {}).keys()):
        return ()
    trees = [tree for source in sources if (tree := tree_of(source))]
    if any(_binds_everything(tree) for tree in trees):
        return ()
    uses = [_uses_of(tree) for tree in trees]
    called = frozenset[str]().union(*(each.called for each in uses))
    attributes = frozenset[tuple[str, str]]().union(*(each.attributes for each in uses))
    lines = (
        (name, (written or {}).get(name) or _line_for(name, called, attributes)) for name in sorted(read)
    )
    return tuple(UsualImport(name, line) for name, line in lines if line)


def usual_import_of(name: str, source: str) -> str:
    """Return the usual import of a name as code uses it; empty for none."""
    tree = tree_of(source)
    uses = _uses_of(tree) if tree else _Uses(frozenset(), frozenset())
    return _line_for(name, uses.called, uses.attributes)


def _line_for(name: str, called: AbstractSet[str], attributes: AbstractSet[tuple[str, str]]) -> str:
    """Return the usual import of a name as code uses it; empty for none."""
    if name in _OTHERS_BY_ATTRIBUTE:
        telling, line = _OTHERS_BY_ATTRIBUTE[name]
        if any((name, attribute) in attributes for attribute in telling):
            return line
    if name in called and name == "datetime":
        return "from datetime import datetime"
    if name in _MODULES and name in called:  # A module is not called: `random()` wants something else.
        return ""
    return _MODULES.get(name) or _MEMBERS.get(name, "")


@dataclass(frozen=True, slots=True)
class _Uses:
    called: frozenset[str]
    """The names that are called as they stand."""
    attributes: frozenset[tuple[str, str]]
    """(name, attribute) of `name.attribute`."""


def _uses_of(tree: ast.Module) -> _Uses:
    called: set[str] = set()
    attributes: set[tuple[str, str]] = set()
    for node in nodes_in(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                called.add(name)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                attributes.add((name, attribute))
            case _:
                pass
    return _Uses(frozenset(called), frozenset(attributes))


def _binds_everything(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.names[0].name == "*"
        and (node.module or "").split(".")[0] in _STAR_IMPORTS_OF_ALL
        for node in nodes_in(tree)
    )
