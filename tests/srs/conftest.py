from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.store import Store
from tests.builders.deck import DECK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "proofdeck.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A store with the small deck in it."""
    with Store.open(path) as opened:
        opened.sync(DECK)
        yield opened
