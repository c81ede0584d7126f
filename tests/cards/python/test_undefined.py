from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.python.language import guess_language
from cards.python.undefined import uncalled_definitions, undefined_names


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("x = y", ((1, "y"),), id="a name"),
        pytest.param("def f():\n    return z", ((2, "z"),), id="inside a function never called"),
        pytest.param("import os\nprint(os, len)", (), id="builtins and imports"),
        pytest.param("from math import *\nprint(pi)", (), id="a star import may bind anything"),
        pytest.param("x = (", (), id="what does not parse"),
    ],
)
def test_undefined_names(source: str, expected: tuple[tuple[int, str], ...]) -> None:
    assert undefined_names(source) == expected


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param(("def f(): pass",), ("f",), id="never"),
        pytest.param(("def f(): pass\nf()",), (), id="called"),
        pytest.param(("def f(): pass", "f()"), (), id="called in a later block"),
        pytest.param(("def f(): pass\ndef g(): f()",), ("f", "g"), id="called by what is never called"),
        pytest.param(("def f(): pass\ndef g(): f()\ng()",), (), id="called by what is called"),
        pytest.param(("class A: pass\nclass B(A): pass\nB()",), (), id="a base class"),
        pytest.param(("def d(f): return f\n@d\ndef g(): pass",), ("g",), id="a decorator"),
        pytest.param(("def f(): f()",), ("f",), id="called by itself only"),
    ],
)
def test_definitions_never_called(sources: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert uncalled_definitions(sources, 0) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("$ pip install tensorflow", "a shell session", id="with a prompt"),
        pytest.param("docker run -p 8501:8501 tensorflow/serving", "a shell session", id="without one"),
        pytest.param(">>> 1 + 1\n2", "an interpreter session", id="interpreter"),
        pytest.param("!pip install x\nimport x", "a notebook cell", id="notebook"),
        pytest.param('{\n  "instances": [1]', "JSON", id="JSON"),
        pytest.param("#include <iostream>\nint main() {}", "C++", id="C++"),
        pytest.param("x = (1", "", id="Python that does not parse"),
    ],
)
def test_another_language(source: str, expected: str) -> None:
    assert guess_language(source) == expected


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(undefined_names(text), tuple)
    assert isinstance(uncalled_definitions((text,), 0), tuple)
    assert isinstance(guess_language(text), str)
