"""Which deck a person means by the name that they gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from srs.store.store import Store


def find_deck(store: Store, deck: str | None) -> str | None:
    """Return the guide that a deck's name, its title or the beginning of either means."""
    if deck is None:
        return None
    decks = store.decks.titles()
    wanted = deck.casefold()
    exact = [slug for slug, title in decks.items() if wanted in {slug.casefold(), title.casefold()}]
    begun = [
        slug
        for slug, title in decks.items()
        if slug.casefold().startswith(wanted) or title.casefold().startswith(wanted)
    ]
    for found in (exact, begun):
        if len(found) == 1:
            return found[0]
    names = ", ".join(decks) or "none yet"
    raise ProofdeckError(f"No one deck is called {deck!r}; there are: {names}.")
