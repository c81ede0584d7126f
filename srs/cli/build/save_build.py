"""Save a build to store and lock, and repeat it without its cache if that is stale."""

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
    """Copy the cards into the store, then write the lock."""
    synced = store.cards.sync(result.deck, str(file.path.resolve()), result.name)
    file.write_lock(result.lock)
    return synced


def retry_without_cache(cache: BuildCache, work: Callable[[BuildCache], _Result]) -> _Result:
    """Run the build with the cache, and again without it if the cache turns out to be stale."""
    try:
        return work(cache)
    except StaleCacheError:
        return work(BuildCache())
