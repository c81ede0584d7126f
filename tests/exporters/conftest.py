"""Fixtures of the exporters' tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders.anki_collection import Anki

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    opened = Anki(tmp_path)
    yield opened
    opened.col.close()


@pytest.fixture
def new_anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Anki]]:
    """Return a maker of further collections."""
    made: list[Anki] = []

    def make() -> Anki:
        made.append(Anki(tmp_path_factory.mktemp("anki")))
        return made[-1]

    yield make
    for each in made:
        each.col.close()
