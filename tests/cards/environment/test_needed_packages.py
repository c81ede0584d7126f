"""What an environment must have: read, checked, compared with what is here."""

from __future__ import annotations

import sys
from importlib.metadata import version

import pytest

from cards.environment.needed_packages import is_met_here, needed_packages
from cards.errors import ProofdeckError

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_equal_needs_have_one_environment_whatever_their_order() -> None:
    one = needed_packages(["pandas>=2, <3", "torch==2.*"], "3.12")
    other = needed_packages(["torch ==2.*", "pandas<3,>=2"], "3.12")
    assert one == other
    assert one.key == other.key != needed_packages(["torch==2.*"], "3.12").key
    assert str(one) == "pandas<3,>=2, torch==2.*, Python 3.12"


@pytest.mark.parametrize("text", ["--index-url=x", "-r file", "a b", "<3", "", "pandas==", "../x"])
def test_what_is_no_requirement_is_refused(text: str) -> None:
    with pytest.raises(ProofdeckError, match="is no requirement"):
        needed_packages([text])


@pytest.mark.parametrize("python", ["/usr/bin/python3", "--help", "latest", "3.x"])
def test_what_is_no_python_is_refused(python: str) -> None:
    with pytest.raises(ProofdeckError, match="is no version of Python"):
        needed_packages([], python)


def test_a_python_that_proves_nothing_is_refused() -> None:
    with pytest.raises(ProofdeckError, match=r"Python 3\.9 is too old"):
        needed_packages([], "3.9")


@pytest.mark.parametrize(
    ("requirement", "python", "met"),
    [
        ("click", "", True),
        ("click>=8", HERE, True),
        (f"click=={version('click')}", f">={HERE}", True),
        ("click>=99", "", False),
        ("click", f">{sys.version_info.major}.{sys.version_info.minor + 1}", False),
        ("no-such-package-anywhere", "", False),
        ("no-such-package-anywhere; python_version < '3'", "", True),
        ("click[extra]", "", False),
        ("click @ file:///x/click-8-py3-none-any.whl", "", False),
    ],
)
def test_what_is_installed_here_needs_no_environment(requirement: str, python: str, *, met: bool) -> None:
    assert is_met_here(needed_packages([requirement], python)) is met
