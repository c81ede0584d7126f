"""Identities: kept by key, made once, never given twice; and the moments of change."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.card.card import CardId
from cards.lock.matcher import MatchReason
from cards.lock.reconcile import BoundDraft, Reconciliation, change_time, new_id, reconcile
from tests.builders.card import draft
from tests.builders.lock import locked_card

if TYPE_CHECKING:
    from cards.card.card import Draft
    from cards.lock.lock import LockedCard

CUES = st.lists(st.text("abcde ", min_size=1, max_size=8), max_size=8, unique=True)


def drafts_of(cues: list[str]) -> list[Draft]:
    return [draft(f"What is {cue}?", f"It is the thing {cue}", cue=cue) for cue in cues]


def remembered(bindings: Reconciliation, *, retire: bool = True) -> tuple[LockedCard, ...]:
    """Return what a lock remembers of a build."""
    cards = [
        replace(
            bound.before or locked_card(),
            id=bound.id,
            key=bound.draft.key,
            front=f"What is {bound.draft.cue}?",
            back=f"It is the thing {bound.draft.cue}",
            retired=False,
        )
        for bound in bindings.bound
    ]
    return (*cards, *(replace(card, retired=True) for card in bindings.vanished if retire))


def bind(cards: tuple[LockedCard, ...], cues: list[str]) -> Reconciliation:
    return reconcile("guide", cards, drafts_of(cues), {"q": ""})


@given(CUES)
def test_the_same_cards_twice_have_the_same_identities(cues: list[str]) -> None:
    first = bind((), cues)
    again = bind(remembered(first), cues)
    assert [bound.id for bound in again.bound] == [bound.id for bound in first.bound]
    assert {bound.reason for bound in again.bound} <= {MatchReason.KEY}
    assert (again.vanished, again.doubts) == ((), ())


@given(st.lists(CUES, min_size=2, max_size=5))
def test_no_identity_is_ever_given_to_two_cards(builds: list[list[str]]) -> None:
    cards: tuple[LockedCard, ...] = ()
    for cues in builds:
        bindings = bind(cards, cues)
        ids = [bound.id for bound in bindings.bound] + [card.id for card in bindings.vanished]
        assert len(set(ids)) == len(ids)
        assert {card.id for card in cards} <= set(ids)
        cards = remembered(bindings)


@given(CUES, CUES)
def test_cards_that_come_back_are_themselves_again(cues: list[str], between: list[str]) -> None:
    first = bind((), cues)
    gone = bind(remembered(first), [])
    assert {card.id for card in gone.vanished} == {bound.id for bound in first.bound}
    middle = bind(remembered(gone), [f"{cue} z" for cue in between])
    back = bind(remembered(middle), cues)
    assert [bound.id for bound in back.bound] == [bound.id for bound in first.bound]


@given(CUES, st.randoms(use_true_random=False))
def test_the_order_of_cards_gives_no_card_another_identity(cues: list[str], random: object) -> None:
    first = bind((), cues)
    shuffled = list(cues)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = bind(remembered(first), shuffled)
    assert {bound.draft.cue: bound.id for bound in again.bound} == {
        bound.draft.cue: bound.id for bound in first.bound
    }


def test_an_identity_is_sixteen_letters_and_digits() -> None:
    assert re.fullmatch("[a-z2-7]{16}", new_id("guide", draft().key, set()))


def test_an_identity_depends_on_guide_and_key() -> None:
    one, other = draft("one").key, draft("other").key
    assert len({new_id("guide", one, set()), new_id("guide", other, set()), new_id("book", one, set())}) == 3


def test_an_identity_that_was_given_once_is_not_given_again() -> None:
    key = draft().key
    first = new_id("guide", key, set())
    second = new_id("guide", key, {first})
    assert second != first
    assert new_id("guide", key, {first, second}) not in {first, second}


def test_of_two_remembered_cards_with_one_key_the_first_is_kept_and_none_is_lost() -> None:
    cards = (
        locked_card("q/fact/a", id=CardId("one")),
        locked_card("q/fact/a", id=CardId("two"), retired=True),
    )
    bindings = bind(cards, ["a"])
    assert [bound.id for bound in bindings.bound] == ["one"]
    assert [card.id for card in bindings.vanished] == ["two"]


@pytest.mark.parametrize(
    ("before", "digest", "now", "moment"),
    [
        (None, "d", 500, 500),
        (locked_card(changed_at=100, digest="d"), "d", 500, 100),
        (locked_card(changed_at=100, digest="d"), "e", 500, 500),
        (locked_card(changed_at=100, digest="d"), "e", 100, 101),
        (locked_card(changed_at=100, digest="d"), "e", 50, 101),
        (locked_card(changed_at=100, digest="d"), "d", 50, 100),
        (locked_card(changed_at=0, digest=""), "e", 500, 500),
    ],
    ids=[
        "a new card",
        "unchanged",
        "changed",
        "changed twice in a second",
        "a clock that went back",
        "unchanged while the clock went back",
        "never shown before",
    ],
)
def test_a_card_changes_when_it_shows_something_else_and_never_back(
    before: LockedCard | None, digest: str, now: int, moment: int
) -> None:
    assert change_time(BoundDraft(draft(), CardId("a"), before), digest, now) == moment


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 1000)), min_size=1))
def test_the_moment_of_change_grows_with_every_change(history: list[tuple[str, int]]) -> None:
    before: LockedCard | None = None
    for digest, now in history:
        moment = change_time(BoundDraft(draft(), CardId("a"), before), digest, now)
        if before is not None:
            assert moment == before.changed_at if digest == before.digest else moment > before.changed_at
        before = locked_card(digest=digest, changed_at=moment)
