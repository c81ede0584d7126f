"""Which names code reads, and which of them it takes from outside."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import ast

import pytest

from cards.python.reads import (
    attribute_owners,
    called_names,
    free_names,
    names_read,
    names_read_in,
    names_used,
)


@pytest.mark.parametrize(
    ("source", "read", "free"),
    [
        pytest.param("x = y", "y", "y", id="an assignment"),
        pytest.param("y = 1\nx = y", "y", "", id="a name bound before"),
        pytest.param("x = y\ny = 1", "y", "y", id="a name bound after"),
        pytest.param("x += 1", "x", "x", id="an augmented assignment"),
        pytest.param("del x", "", "x", id="a deletion"),
        pytest.param("x[0] = y.z = 1", "x y", "x y", id="an item and an attribute"),
        pytest.param("print((n := a), n)", "print a n", "print a", id="a walrus"),
        pytest.param("[i for i in a if i]", "i a", "a", id="a comprehension"),
        pytest.param("f = lambda a: a + b", "a b", "b", id="a lambda"),
        pytest.param("for i in a:\n    t += i", "a t i", "a t", id="a loop that adds to a name"),
        pytest.param("with a as b:\n    b", "a b", "a", id="a with statement"),
        pytest.param("try:\n    a\nexcept E as e:\n    e", "a E e", "a E", id="except as"),
        pytest.param("match a:\n    case P(x=[y, *z]) | {'k': y, **z}:\n        y, z", "a P y z", "a P", id="match captures"),
        pytest.param("def f(a):\n    b = a\n    return b + c", "a b c", "c", id="a function"),
        pytest.param("def f():\n    global g\n    g = g + 1", "g", "g", id="a global name"),
        pytest.param("def f():\n    n = 0\n    def g():\n        nonlocal n\n        n = n + 1", "n", "", id="a nonlocal name"),
        pytest.param("@d\nclass A(B, metaclass=M):\n    x = y", "d B M y", "d B M y", id="a class"),
    ],
)  # fmt: skip
def test_code_reads_names(source: str, read: str, free: str) -> None:
    tree = ast.parse(source)
    assert names_read(tree) == names_read_in(source) == set(read.split())
    assert free_names(tree) == set(free.split())


def test_code_that_does_not_parse_reads_no_names() -> None:
    assert names_read_in("x = (") == frozenset()


def test_used_names_are_those_read_and_bound_but_no_unread_imports() -> None:
    tree = ast.parse("import a, b\nc = a.d\ndef f(e): pass")
    assert names_used(tree) == {"a", "c", "f", "e"}


def test_names_are_called_and_own_attributes() -> None:
    tree = ast.parse("f(a.b.c(), d()[0]())\ne.g = 1")
    assert called_names(tree) == {"f", "c", "d"}
    assert attribute_owners(tree) == {"a", "e"}
