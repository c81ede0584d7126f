"""Options and settings of all tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest

# No example depends on how fast a machine is, and a run that failed is the same run again.
settings.register_profile("proofdeck", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("proofdeck")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write what comes out of the Markdown case files into them as what must come out",
    )
