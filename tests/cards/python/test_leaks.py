"""Tests of what earlier code may do to code that reads as if it stood alone."""

from __future__ import annotations

import pytest

from cards.python.leaks import borrowed_names, leaked_builtins


@pytest.mark.parametrize(
    ("earlier", "source", "names"),
    [
        ("from numpy import *", "print(sum([1]), len([2]))", {"sum"}),
        ("from numpy import *", "def f(x):\n    return round(x)", {"round"}),
        ("from numpy import *", "def sum(x):\n    return x\n\nsum(1)", set()),
        ("from numpy import sum", "print(sum([1]))", {"sum"}),
        ("list = [1, 2]", "print(list('ab'))", {"list"}),
        ("total = sum([1])", "print(sum([1]))", set()),
        ("def f():\n    sum = 1", "print(sum([1]))", set()),
        ("from numpy import *", "print(sum(", set()),
    ],
)
def test_built_in_names_that_earlier_code_changes(earlier: str, source: str, names: set[str]) -> None:
    assert leaked_builtins([earlier], source) == names


@pytest.mark.parametrize(
    ("earlier", "source", "names"),
    [
        ("K = 2\ndef f(x):\n    return K * x", "def f(x):\n    return x * K", {"K"}),
        ("import math\nclass A:\n    pass", "class A:\n    root = math.sqrt(4)", {"math"}),
        ("K = 2\ndef f(x):\n    return K * x", "print(f(K))", set()),
        ("def f(x):\n    return 2 * x", "def f(x):\n    return x + x\n\nprint(f(1))", set()),
        ("data = [3, 1]", "# Method 2\nprint(data)", {"data"}),
        ("data = [3, 1]", "# Option B: in place\nprint(data)", {"data"}),
        ("data = [3, 1]", "# Method 1 prints\nprint(data)", set()),
    ],
)
def test_names_that_one_way_takes_from_another(earlier: str, source: str, names: set[str]) -> None:
    assert borrowed_names([earlier], source) == names
