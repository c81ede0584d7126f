from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.python.foreign.notebook import has_only_notebook_lines, notebook_lines, without_notebook_lines


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("!pip install x\nimport y", "# notebook: !pip install x\nimport y"),
        ("%matplotlib inline\nx = 1", "# notebook: %matplotlib inline\nx = 1"),
        ("x = 1\nx?\n?x", "x = 1\n# notebook: x?\n# notebook: ?x"),
        ("%%time\nx = 1", "# notebook: %%time\nx = 1"),
        ("if ready:\n    !ls data", "if ready:\n    pass  # notebook: !ls data"),
        ("!pip install a \\\n  b\nx = 1", "# notebook: !pip install a\n  # notebook: b\nx = 1"),
    ],
)
def test_what_only_a_notebook_understands_is_left_out(source: str, expected: str) -> None:
    assert without_notebook_lines(source) == expected


@pytest.mark.parametrize(
    "source", ["x = (7\n     %b)", "s = '''\n!pip install x\n'''", "x = (1\n!ls", "a = b"]
)
def test_other_code_stays_as_it_is(source: str) -> None:
    assert without_notebook_lines(source) == source


@pytest.mark.parametrize(
    "source",
    [
        "!pip install x",
        "%timeit f(x)\n%matplotlib inline",
        "?len",
        "len??",
        "%%bash\nls -l",
        "files = !ls",
        "# a\n!ls",
    ],
)
def test_a_block_of_only_such_lines_stays_a_block_of_commands(source: str) -> None:
    assert has_only_notebook_lines(source)
    assert without_notebook_lines(source) == source


def test_the_lines_left_out_are_known_by_their_numbers() -> None:
    source = without_notebook_lines("x = 1\n%timeit x\nfor i in x:\n    !ls")
    assert notebook_lines(source) == ((2, "%timeit x"), (4, "!ls"))


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert without_notebook_lines(text).count("\n") == text.count("\n")
