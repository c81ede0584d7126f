"""What surrounds the builds that are saved: a cache that may be stale, and where the result goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from cards.build.cache import BuildCache
from cards.errors import StaleCacheError

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.build.pipeline import BuildResult
    from srs.cli.build.guide_file import GuideFile
    from srs.store.row import SyncReport
    from srs.store.store import Store

_Result = TypeVar("_Result")


def save_build(file: GuideFile, result: BuildResult, store: Store) -> SyncReport:
    """Bring the cards to the store, then write the lock."""
    synced = store.cards.sync(result.deck, str(file.path.resolve()), result.name)
    file.write_lock(result.lock)
    return synced


def retry_without_cache(cache: BuildCache, work: Callable[[BuildCache], _Result]) -> _Result:
    """Do the work with the cache, and without it where the last build's results are not as it left them."""
    try:
        return work(cache)
    except StaleCacheError:
        return work(BuildCache())
