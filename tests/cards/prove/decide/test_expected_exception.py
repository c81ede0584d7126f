from __future__ import annotations

import pytest

from cards.program.snippet import ExpectedException
from cards.prove.client.transcript import ExceptionInfo
from cards.prove.decide.expected_exception import is_expected


def raised(error: Exception) -> ExceptionInfo:
    kind = type(error)
    return ExceptionInfo(kind.__name__, tuple(each.__name__ for each in kind.mro()), str(error), 1)


@pytest.mark.parametrize(
    ("name", "error", "exact", "derived"),
    [
        ("KeyError", KeyError("a"), True, True),
        ("LookupError", KeyError("a"), False, True),
        ("Exception", ValueError("shape"), False, True),
        ("BaseException", ValueError("shape"), False, True),
        ("ValueError", KeyError("a"), False, False),
        ("KeyError", LookupError("a"), False, False),
        ("Exception", NameError("prin"), False, False),
        ("Exception", UnboundLocalError("x"), False, False),
        ("Exception", ModuleNotFoundError("nunpy"), False, False),
        ("NameError", NameError("prin"), True, True),
        ("NameError", UnboundLocalError("x"), False, True),
        ("ImportError", ModuleNotFoundError("nunpy"), False, True),
        ("IOError", OSError("disk"), True, True),
        ("EnvironmentError", OSError("disk"), True, True),
        ("OSError", FileNotFoundError("x"), False, True),
        ("print", KeyError("a"), False, False),
    ],
)
def test_an_exception_is_expected_by_the_name_of_its_class(
    name: str,
    error: Exception,
    exact: bool,  # noqa: FBT001 - columns of a table
    derived: bool,  # noqa: FBT001
) -> None:
    assert is_expected(ExpectedException(name), raised(error)) is exact
    assert is_expected(ExpectedException(name, or_derived=True), raised(error)) is derived


def test_its_message_must_hold_the_text() -> None:
    assert is_expected(ExpectedException("KeyError", "dog"), raised(KeyError("dog")))
    assert is_expected(ExpectedException("KeyError", "... dog"), raised(KeyError("... dog")))
    assert not is_expected(ExpectedException("KeyError", "dog", or_derived=True), raised(KeyError("cat")))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("missing a required argument: 'x'", True),
        ("missing a required keyword-only argument: 'x'", True),
        ("missing an argument: 'x'", False),
        ("argument: 'x' missing a required", False),
    ],
)
def test_dots_stand_for_what_versions_of_python_word_differently(message: str, expected: bool) -> None:  # noqa: FBT001
    meant = ExpectedException("TypeError", "missing a required ... argument: 'x'")
    assert is_expected(meant, raised(TypeError(message))) is expected
