from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.python.foreign.session import Session, is_session, session_script

TRACEBACK = "Traceback (most recent call last):"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            ">>> x = [1, 2]\n>>> x\n[1, 2]",
            Session("x = [1, 2]\nprint(repr(x))\n# [1, 2]", "[1, 2]"),
            id="a value is shown with repr",
        ),
        pytest.param(
            ">>> print('a')\na\n>>> 'a'.upper()\n'A'",
            Session("print('a')\n# a\nprint(repr('a'.upper()))\n# 'A'", "a\n'A'"),
            id="print prints by itself",
        ),
        pytest.param(
            ">>> def f(a):\n...     return a\n...\n>>> f(2)\n2",
            Session("def f(a):\n    return a\n\nprint(repr(f(2)))\n# 2", "2"),
            id="a definition goes on behind dots",
        ),
        pytest.param(
            ">>> def show(a):\n...     print(a)\n...\n>>> show(2)\n2",
            Session("def show(a):\n    print(a)\n\nshow(2)\n# 2", "2"),
            id="a function that returns nothing shows nothing",
        ),
        pytest.param(
            ">>> for i in range(2):\n...     i\n...\n0\n1",
            Session("for i in range(2):\n    print(repr(i))\n\n# 0\n# 1", "0\n1"),
            id="a value is shown within a loop too",
        ),
        pytest.param(
            f">>> 1 / 0\n{TRACEBACK}\n  ...\nZeroDivisionError: division by zero\n>>> 2\n2",
            Session(
                "try:\n    1 / 0\nexcept Exception as error: "
                'print(f"{type(error).__name__}: {error}")\n\nprint(repr(2))\n# 2',
                "ZeroDivisionError: division by zero\n2",
            ),
            id="an exception does not end a session",
        ),
        pytest.param(
            f">>> {{}}['a']\n{TRACEBACK}\n  File 1\nKeyError: 'a'",
            Session(
                f"{{}}['a']\n# {TRACEBACK}\n#   File 1\n# KeyError: 'a'",
                None,
                "KeyError",
                "'a'",
            ),
            id="the last exception is what the block ends in",
        ),
        pytest.param(">>> x = 1\n>>> x", Session("x = 1\nx", None), id="nothing is stated"),
        pytest.param("    >>> 1 + 1\n    2", Session("print(repr(1 + 1))\n# 2", "2"), id="indented"),
        pytest.param(
            "In [1]: 1 + 1\nOut[1]: 2\n\nIn [2]: print(3)\n3",
            Session("print(repr(1 + 1))\n# 2\n\nprint(3)\n# 3", "2\n3"),
            id="of a notebook",
        ),
        pytest.param(
            ">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb",
            Session("print('a\\n\\nb')\n# a\n# <BLANKLINE>\n# b", "a\n\nb"),
            id="a blank line of the output",
        ),
        pytest.param(">>> x = (1\n2", None, id="code that does not parse"),
    ],
)
def test_a_session_becomes_a_script_and_what_it_states(source: str, expected: Session | None) -> None:
    assert session_script(source) == expected


@given(st.lists(st.sampled_from([">>> x = 1", ">>> x", "1", "... ", "", TRACEBACK])))
def test_no_line_changes_its_number(lines: list[str]) -> None:
    source = "\n".join([">>> 1 + 1", *lines])
    script = session_script(source)
    assert is_session(source)
    assert script is None or script.source.count("\n") == source.count("\n")
