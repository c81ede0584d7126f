"""Reading Python without a word about it."""

from __future__ import annotations

import ast
import warnings

import pytest

from cards.python.syntax import expression_of, nodes_in, symbol_table_of, tree_of

ODD_ESCAPE = r'print("\d")'


def test_code_with_an_odd_escape_is_read_without_a_warning() -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert (tree_of(ODD_ESCAPE) is not None, symbol_table_of(ODD_ESCAPE) is not None) == (True, True)
    assert told == []


@pytest.mark.parametrize(
    "source", ["x = (", "x = '\0'", "(" * 5000], ids=["half a line", "a null character", "too deep"]
)
def test_what_is_no_python_has_no_tree_and_no_names(source: str) -> None:
    assert (tree_of(source), symbol_table_of(source)) == (None, None)


@pytest.mark.parametrize(
    ("text", "found"),
    [("1 + x", "1 + x"), ("  'a'", "'a'"), (r"'\d'", r"'\\d'"), ("x = 1", None), ("(", None), ("", None)],
)
def test_an_expression_has_a_tree_and_says_nothing_of_odd_escapes(text: str, found: str | None) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        tree = expression_of(text)
    assert told == []
    assert (tree and ast.unparse(tree)) == found


def test_the_nodes_of_a_tree_are_found_once_and_in_the_order_of_walking() -> None:
    tree = ast.parse("def f(x):\n    return [y for y in x]\n\nprint(f([1]))")
    assert list(nodes_in(tree)) == list(ast.walk(tree))
    assert nodes_in(tree) is nodes_in(tree)
    assert nodes_in(tree.body[1])[0] is tree.body[1]
