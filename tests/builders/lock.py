"""Locks, and the cards that they remember."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from cards.card.card import CardId, CardKey
from cards.card.deck import GuideId
from cards.exercise.measurement import Aspect, MeasureKey, PrintedStatement, SnippetMeasurement, Trait
from cards.lock.lock import Lock, LockedCard, parse_lock_lines
from cards.lock.proofs import Proofs
from cards.program.displayed_code import DisplayedVerdict, DisplayKey
from cards.program.snippet import SnippetName
from tests.builders.exercise import gaps
from tests.builders.verdict import verdicts


def parse_lock(text: str, path: str) -> Lock:
    """Return the lock of a file's text; raise LockError with the line that cannot be read."""
    return parse_lock_lines(text.split("\n"), path)


def locked_card(key: str = "q/fact/cue", **fields: Any) -> LockedCard:  # noqa: ANN401 - any field
    """Return a remembered card."""
    values: dict[str, Any] = {
        "id": CardId(f"id-of-{key}"),
        "key": CardKey(key),
        "section": "",
        "front": f"front of {key}",
        "back": f"back of {key}",
        "digest": "d",
        "changed_at": 100,
    }
    return LockedCard(**(values | fields))


_TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)
_LOCKED = st.builds(
    LockedCard,
    id=_TEXTS.map(CardId),
    key=_TEXTS.map(CardKey),
    section=_TEXTS,
    front=_TEXTS,
    back=_TEXTS,
    digest=_TEXTS,
    changed_at=st.integers(0, 2**40),
    retired=st.booleans(),
    was=_TEXTS.map(CardKey),
)
_TRAITS = st.builds(Trait, _TEXTS, st.sampled_from(Aspect), st.integers(1, 99), _TEXTS)
_MEASURED = st.builds(
    SnippetMeasurement,
    snippet=_TEXTS.map(SnippetName),
    key=_TEXTS.map(MeasureKey),
    printed=_TEXTS,
    gaps=st.lists(gaps(_TEXTS), max_size=3).map(tuple),
    traits=st.lists(_TRAITS, max_size=3).map(tuple),
    prints=st.lists(st.builds(PrintedStatement, st.integers(1, 99), _TEXTS), max_size=3).map(tuple),
    given=st.dictionaries(_TEXTS, _TEXTS, max_size=2).map(lambda words: tuple(words.items())),
)
_DISPLAYED = st.builds(DisplayedVerdict, card=_TEXTS, key=_TEXTS.map(DisplayKey), fault=_TEXTS)


@st.composite
def locks(draw: st.DrawFn) -> Lock:
    """Return a lock as its file can hold it: identities unique, retired cards last."""
    cards = draw(st.lists(_LOCKED, max_size=6, unique_by=lambda card: card.id))
    guide = draw(_TEXTS)
    return Lock(
        guide,
        tuple(sorted(cards, key=lambda card: card.retired)),
        Proofs(tuple(draw(st.lists(verdicts(_TEXTS), max_size=4)))),
        tuple(draw(st.lists(_MEASURED, max_size=3))),
        tuple(draw(st.lists(_DISPLAYED, max_size=3))),
        # A name that is the identity already is not written down as one.
        made_id=GuideId("" if (made := draw(_TEXTS)) == guide else made),
        deck=draw(_TEXTS),
    )
