"""What is said of settings that only a newer proofdeck knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.store.store import Store

_MAX_LETTERS = 40


def unread_settings(store: Store) -> Iterator[str]:
    """Yield a sentence for each setting of the store that is kept and not used."""
    for name, text in store.unread_preferences().items():
        yield (
            f"The setting {_shorten(name)!r} is {_shorten(text)!r}, which this version of proofdeck does not "
            "know: it is kept and not used. Update proofdeck if a newer one wrote it."
        )


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_LETTERS else f"{text[:_MAX_LETTERS]}..."
