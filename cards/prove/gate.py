"""The one place where a deck becomes a proved deck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.card import Draft, GuideSlug, ProvedDeck, Stamp
from cards.snippet import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cards.card import Card
    from cards.snippet import Program, SnippetName, Verdict


@dataclass(frozen=True, slots=True)
class Passage:
    """Whether a card may be shown, and what is said of its proof."""

    stamp: Stamp | None = None
    """The proof to show; None for a card without Python."""
    held_by: SnippetName | None = None
    """The snippet that keeps the card back."""
    verdict: Verdict | None = None
    """What is known of that snippet; None if it has not run."""


def passage(draft: Draft, programs: Sequence[Program], verdicts: Mapping[SnippetName, Verdict]) -> Passage:
    """Decide on a card: it is let out if all code it shows holds, hidden checks of that code included."""
    stamp = None
    for name in draft.snippets:
        for needed in (name, *_checks_of(name, programs)):
            verdict = verdicts.get(needed)
            if verdict is None or not verdict.outcome.holds:
                return Passage(held_by=needed, verdict=verdict)
            if needed == name:
                stamp = Stamp(verdict.runtime.tensorflow, verdict.runtime.keras, verdict.proved_on)
    return Passage(stamp)


def proved(slug: GuideSlug, title: str, cards: Sequence[Card]) -> ProvedDeck:
    """Return the deck; every card with snippets must carry the stamp of its `passage`."""
    unproved = next((card for card in cards if card.snippets and card.stamp is None), None)
    if unproved:
        raise ValueError(f"the card {unproved.id} shows code without a proof")
    return ProvedDeck(slug, title, tuple(cards))


def _checks_of(name: SnippetName, programs: Sequence[Program]) -> tuple[SnippetName, ...]:
    """Return the hidden checks between a shown snippet and the next shown one."""
    for program in programs:
        names = [snippet.name for snippet in program.snippets]
        if name in names:
            found = []
            for snippet in program.snippets[names.index(name) + 1 :]:
                if snippet.role is Role.SHOWN:
                    break
                if snippet.role is Role.CHECK:
                    found.append(snippet.name)
            return tuple(found)
    return ()
