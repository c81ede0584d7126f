"""Measure what edits of the ten small guides in tests/cards/lock/guides do to identities."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING

from tests.builders.edited_guide import Desk, lines_of
from tests.builders.guide_words import WORDS
from tests.builders.identity_count import IdentityCount, build_lines
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from tests.builders.edited_guide import Edit, Lines
    from tests.builders.identity_count import OriginBuild

FOLDER = ROOT / "tests" / "cards" / "lock" / "guides"


def guide_text(name: str) -> str:
    """Return one of the ten guides."""
    return (FOLDER / f"{name}.md").read_text("utf-8")


def measure_edit(edit: Edit, rounds: int) -> IdentityCount:
    """Return what an edit does to all guides, so many times each."""
    found = IdentityCount()
    for name, words in WORDS.items():
        lines, before = _first_build(name)
        for seed in range(rounds):
            edited = edit(Desk.of(lines, words, Random(seed)))  # noqa: S311 - repeatable edits
            if edited is not None:
                found.add(before, build_lines(edited, before, 2000))
    return found


@cache
def _first_build(name: str) -> tuple[Lines, OriginBuild]:
    lines = lines_of(guide_text(name))
    return lines, build_lines(lines)
