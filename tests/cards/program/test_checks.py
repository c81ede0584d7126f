"""Which hidden checks belong to a shown snippet."""

from __future__ import annotations

import pytest

from cards.program.checks import check_positions, end_of_checks
from cards.program.snippet import SnippetRole
from tests.builders.program import snippet

ROLES = {
    "s": SnippetRole.SHOWN,
    "c": SnippetRole.CHECK,
    "f": SnippetRole.FIXTURE,
    "m": SnippetRole.STAND_IN,
}


@pytest.mark.parametrize(
    ("roles", "position", "checks", "end"),
    [
        pytest.param("s", 0, (), 1, id="none"),
        pytest.param("sccs", 0, (1, 2), 3, id="two, up to the next shown snippet"),
        pytest.param("scsc", 2, (3,), 4, id="those of a later snippet"),
        pytest.param("ssc", 0, (), 1, id="those of the next snippet are not its own"),
        pytest.param("sfcs", 0, (2,), 3, id="one behind its fixture"),
        pytest.param("scfmcs", 0, (1, 4), 5, id="one behind another's, a fixture and a stand-in"),
        pytest.param("scfs", 0, (1,), 2, id="a fixture of the next snippet is not taken along"),
    ],
)
def test_the_checks_behind_a_snippet(roles: str, position: int, checks: tuple[int, ...], end: int) -> None:
    snippets = [snippet("", role=ROLES[role]) for role in roles]
    assert (check_positions(snippets, position), end_of_checks(snippets, position)) == (checks, end)
