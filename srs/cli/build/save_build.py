"""Save a build to store and lock, and repeat it without its cache if that is stale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cards.build.cache import BuildCache
from cards.errors import StaleCacheError
from cards.files import write_atomically
from srs.screen.terminal_picture import picture_folder
from srs.store.row import BuildSource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from cards.build.pipeline import BuildResult
    from cards.card.picture import PictureFile
    from srs.cli.build.guide_file import GuideFile
    from srs.store.store import Store
    from srs.store.sync import SyncedDeck

_Result = TypeVar("_Result")


def save_build(
    file: GuideFile, result: BuildResult, store: Store, short_name: str, today: date
) -> SyncedDeck:
    """Copy the cards into the store, then write the lock."""
    _keep_pictures(result.deck.pictures, Path(picture_folder(store.path)))
    source = BuildSource(str(file.path.resolve()), result.name, today.isoformat(), short_name)
    synced = store.cards.sync_deck(result.deck, source)
    file.write_lock(result.lock)
    return synced


def _keep_pictures(pictures: Sequence[PictureFile], folder: Path) -> None:
    """Copy the pictures to where reviews find them, wherever the guide is by then."""
    for picture in pictures:
        path = folder / picture.name
        if not path.exists():
            write_atomically(path, picture.content)


def retry_without_cache(cache: BuildCache, work: Callable[[BuildCache], _Result]) -> _Result:
    """Run the build with the cache, and again without it if the cache turns out to be stale."""
    try:
        return work(cache)
    except StaleCacheError:
        return work(BuildCache())
