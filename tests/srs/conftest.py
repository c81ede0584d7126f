from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders.store import store_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from srs.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "proofdeck.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A store with the small deck in it."""
    with store_with(path) as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose store has the small deck in it."""
    store_with(tmp_path / "proofdeck.db").close()
    return tmp_path
