"""Which deck a person means by the name that they gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import ProofdeckError

if TYPE_CHECKING:
    from srs.store.store import Store


def find_deck(store: Store, deck: str | None) -> str | None:
    """Return the guide that a deck's short name, its name, its guide's identity or a beginning means."""
    if deck is None:
        return None
    decks = store.decks.names()
    wanted = deck.casefold()
    exact = [each.guide for each in decks if wanted in {part.casefold() for part in each}]
    begun = [each.guide for each in decks if any(part.casefold().startswith(wanted) for part in each)]
    for found in (exact, begun):
        if len(found) == 1:
            return found[0]
    from difflib import get_close_matches

    by_word = {part.casefold(): each.short_name for each in decks for part in (each.name, each.short_name)}
    near = get_close_matches(wanted, by_word, n=1)
    if near and not begun:
        raise ProofdeckError(f"No deck is called {deck!r}; did you mean {by_word[near[0]]}?")
    names = ", ".join(each.short_name for each in decks) or "none yet"
    raise ProofdeckError(f"No one deck is called {deck!r}; there are: {names}.")
