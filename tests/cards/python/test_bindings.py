"""Which names each construct of Python binds: surely, perhaps, and inside."""

# ruff: noqa: E501 - a row of a table is a line

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.prove.process import describe
from cards.python.bindings import (
    bound_names,
    defined_names,
    names_bound_in,
    names_bound_within,
    names_defined_in,
    surely_bound_names,
)

# Source, what it may bind, what of that it surely binds, what else is bound inside.
CASES = [
    pytest.param("x = 1", "x", "x", "", id="an assignment"),
    pytest.param("a, (b, *c) = d", "a b c", "a b c", "", id="a pattern of names"),
    pytest.param("x.y = z[0] = 1", "", "", "", id="an attribute and an item"),
    pytest.param("x: int = 1", "x", "x", "", id="an annotated assignment"),
    pytest.param("x: int", "", "", "x", id="an annotation alone, which only makes a name local"),
    pytest.param("x += 1", "x", "x", "", id="an augmented assignment"),
    pytest.param("del x, y[0]", "", "", "", id="a deletion"),
    pytest.param("print((n := 1))", "n", "n", "", id="a walrus"),
    pytest.param("a and (n := 1)", "n", "", "", id="a walrus that may not be reached"),
    pytest.param("(n := a) and b", "n", "n", "", id="a walrus that is always reached"),
    pytest.param("(n := 1) if a else (m := 2)", "n m", "", "", id="a walrus in a conditional expression"),
    pytest.param("[n := i for i in a]", "n", "", "i", id="a walrus in a comprehension, and its loop variable"),
    pytest.param("{i: j for i, j in a}", "", "", "i j", id="a comprehension of pairs"),
    pytest.param("sum(i for i in a)", "", "", "i", id="a generator"),
    pytest.param("f = lambda a, *b, c=(n := 1), **d: a", "f n", "f n", "a b c d", id="a lambda with a default"),
    pytest.param("import a.b, c.d as e", "a e", "a e", "", id="imports"),
    pytest.param("from m import n, o as p", "n p", "n p", "", id="imports from a module"),
    pytest.param("from m import *", "", "", "", id="a star import, of which nothing is known"),
    pytest.param("for i, j in a:\n    x = 1\nelse:\n    y = 1", "i j x y", "", "", id="a loop"),
    pytest.param("for i in (n := a):\n    pass", "i n", "n", "", id="what a loop goes over"),
    pytest.param("while (n := f()):\n    x = 1", "n x", "n", "", id="a while loop"),
    pytest.param("if (n := f()):\n    x = y = 1\nelse:\n    x = 2", "n x y", "n x", "", id="both branches of a condition"),
    pytest.param("if a:\n    x = 1", "x", "", "", id="a condition without else"),
    pytest.param("with a as b, c as (d, e):\n    x = 1", "b d e x", "b d e x", "", id="a with statement"),
    pytest.param("try:\n    x = 1\nexcept E as e:\n    y = 1\nfinally:\n    z = 1", "x e y z", "z", "", id="try and except as"),
    pytest.param("try:\n    x = 1\nexcept* E as e:\n    pass", "x e", "", "", id="an exception group"),
    pytest.param("match (n := a):\n    case [x, *y] | {'k': x, **y} if (m := x):\n        z = 1\n    case P(q=r) as s:\n        pass\n    case _:\n        pass", "n x y m z r s", "n", "", id="match captures"),
    pytest.param("def f(a, /, b, *c, d=1, **e):\n    global g\n    g = x = 1", "f", "f", "a b c d e x", id="a function with parameters and a global name"),
    pytest.param("@d(n := 1)\ndef f(a: (m := int) = (o := 1)) -> (p := int):\n    pass", "f n m o p", "f n m o p", "a", id="what is evaluated at a definition"),
    pytest.param("def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1", "f", "f", "n g", id="a nonlocal name of an inner function"),
    pytest.param("async def f():\n    async for i in a:\n        async with b as c:\n            pass", "f", "f", "i c", id="asynchronous statements"),
    pytest.param("class A(B, k=(n := 1)):\n    x = 1\n    def f(self):\n        y = 1", "A n", "A n", "x f self y", id="a class body"),
    pytest.param("global x", "", "", "", id="a global declaration"),
]  # fmt: skip
CASES_OF_3_12 = [
    pytest.param("type X = int", "X", "X", "", id="a type alias"),
    pytest.param("type X[T] = list[T]", "X", "X", "T", id="a type alias with a parameter"),
    pytest.param("def f[T, *U, **P](a: T): pass", "f", "f", "T U P a", id="type parameters of a function"),
    pytest.param("class A[T]: pass", "A", "A", "T", id="a type parameter of a class"),
]


@pytest.mark.parametrize(("source", "bound", "surely", "inside"), CASES)
def test_a_statement_binds_names(source: str, bound: str, surely: str, inside: str) -> None:
    node = ast.parse(source).body[0]
    assert bound_names(node) == set(bound.split())
    assert surely_bound_names(node) == set(surely.split())
    assert names_bound_within(node) == set(bound.split()) | set(inside.split())
    assert names_bound_in(f"{source}\nother = 1") == {*bound.split(), "other"}


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the syntax of Python 3.12")
@pytest.mark.parametrize(("source", "bound", "surely", "inside"), CASES_OF_3_12)
def test_a_statement_of_python_3_12_binds_names(source: str, bound: str, surely: str, inside: str) -> None:
    test_a_statement_binds_names(source, bound, surely, inside)


@pytest.mark.parametrize(("source", "bound", "surely", "inside"), CASES)
def test_the_process_that_runs_code_has_the_same_answers(
    source: str, bound: str, surely: str, inside: str
) -> None:
    del surely, inside
    assert set(describe.bound_names(ast.parse(source).body[0])) == set(bound.split())


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("def f(): pass\nasync def g(): pass\nclass A: pass", ("f", "g", "A"), id="definitions"),
        pytest.param("b = 1\na: int = 2\nc, (d, *e) = x\nb = 3", ("b", "a", "c", "d", "e"), id="assignments"),
        pytest.param("import os\nfrom m import n", (), id="imports"),
        pytest.param("_a = 1\ndef _f(): pass\nclass _B: pass", (), id="private names"),
        pytest.param("for i in x: y = i\nif x: z = 1", (), id="what loops and conditions bind"),
        pytest.param("a: int\nb.c = 1\nd[0] = 1\ne += 1", (), id="annotations, attributes, items, additions"),
        pytest.param("x = (", (), id="what does not parse"),
    ],
)
def test_code_defines_names_for_others(source: str, names: tuple[str, ...]) -> None:
    assert names_defined_in(source) == names


def test_one_statement_defines_names() -> None:
    assert defined_names(ast.parse("a = b = 1").body[0]) == ("a", "b")


def test_nesting_however_deep_has_names() -> None:
    assert names_bound_in("x = " + "+".join(["1"] * 900)) == {"x"}


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(names_bound_in(text), frozenset)
    assert isinstance(names_defined_in(text), tuple)
