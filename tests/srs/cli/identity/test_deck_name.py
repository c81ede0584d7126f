from __future__ import annotations

import pytest

from srs.cli.identity.deck_name import name_beside, short_name_beside
from srs.store.read_only import KnownGuide


def others(*names: str) -> list[KnownGuide]:
    return [KnownGuide(name, name, None, name, "", removed=False) for name in names]


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ([], ""),
        (["Other"], ""),
        (["FAQ"], "FAQ (git)"),
        (["faq "], "FAQ (git)"),
        (["FAQ", "FAQ (git)"], "FAQ (git 2)"),
        (["FAQ", "FAQ (git)", "FAQ (git 2)"], "FAQ (git 3)"),
    ],
)
def test_a_second_deck_of_one_title_is_called_by_its_folder_too(taken: list[str], name: str) -> None:
    assert name_beside("FAQ", "git", others(*taken)) == name


@pytest.mark.parametrize(
    ("known", "taken", "name"),
    [
        ("", [], "faq"),
        ("", ["faq"], "faq-git"),
        ("", ["faq", "faq-git"], "faq-git-2"),
        ("faq-git", [], "faq-git"),
        ("faq", ["faq-git"], "faq"),
        ("before", ["faq"], "faq-git"),
    ],
)
def test_a_short_name_stays_while_its_guide_has_the_name(known: str, taken: list[str], name: str) -> None:
    assert short_name_beside("faq", "git", known, others(*taken)) == name
