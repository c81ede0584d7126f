from __future__ import annotations

import pytest

from cards.atomize.code import ShownSnippet
from tests.builders.program import snippet


@pytest.mark.parametrize(
    ("stated", "captured", "shown"),
    [
        pytest.param("0.33", "0.3333333333333333", "0.33", id="rounded as the author did"),
        pytest.param("0.2", "0.14285714285714285", "0.14285714285714285", id="within a tolerance"),
        pytest.param("0.00001", "1e-05", "1e-05", id="in another notation"),
        pytest.param(None, "5", "5", id="not stated"),
        pytest.param("5", None, "5", id="not measured yet, so held by the gate"),
        pytest.param("5", "", None, id="another in each run"),
        pytest.param("a ... c", "a b c", "a ... c", id="stated in part"),
        pytest.param(None, "", None, id="neither"),
    ],
)
def test_a_card_shows_what_was_captured(stated: str | None, captured: str | None, shown: str | None) -> None:
    assert ShownSnippet(snippet("print(x)", stated=stated), captured).printed == shown


@pytest.mark.parametrize(
    ("stated", "captured", "shown"),
    [
        pytest.param("3.2", "3.14159", "3.14159", id="captured"),
        pytest.param("('a', 1)", "", None, id="another in each run"),
        pytest.param("<f at 0x7f12ab34cd>", "", "<f at 0x7f12ab34cd>", id="but for an address"),
        pytest.param(None, "", None, id="not stated"),
    ],
)
def test_an_output_that_is_shown_hangs_on_no_chance(
    stated: str | None, captured: str | None, shown: str | None
) -> None:
    assert ShownSnippet(snippet("print(x)", stated=stated), captured).output == shown
