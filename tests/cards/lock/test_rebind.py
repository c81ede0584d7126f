"""A person settles which card is which, and can take it back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.card.card import CardId, CardKey
from cards.errors import LockError
from cards.lock.lock import Lock
from cards.lock.rebind import find_card, relink, unlink
from tests.builders.lock import locked_card

OLD = locked_card("q/fact/old", id=CardId("aaab"), retired=True, changed_at=300)
NEW = locked_card("q/fact/new", id=CardId("aacd"), changed_at=200)
OTHER = locked_card("q/fact/other", id=CardId("bbbb"))
LOCK = Lock("guide", (OTHER, NEW, OLD))


def by_id(lock: Lock) -> dict[str, tuple[str, bool]]:
    """Return every card's key, and whether it is retired, by its identity."""
    return {card.id: (card.key, card.retired) for card in lock.cards}


@pytest.mark.parametrize(
    ("named", "found"), [("bbbb", OTHER), ("b", OTHER), ("aac", NEW)], ids=["whole", "a letter", "a start"]
)
def test_a_card_is_found_by_the_start_of_its_identity(named: str, found: object) -> None:
    assert find_card(LOCK, named) == found


def test_a_whole_identity_is_found_though_another_one_starts_like_it() -> None:
    longer = replace(OTHER, id=CardId("bbbbb"))
    assert find_card(Lock("guide", (longer, OTHER)), "bbbb") == OTHER


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ("c", "c: no card of this guide; `proofdeck cards` lists them."),
        ("", ": no card of this guide; `proofdeck cards` lists them."),
        ("aa", "aa: several cards start so (aacd, aaab); type more of it."),
    ],
    ids=["unknown", "nothing", "ambiguous"],
)
def test_what_names_no_single_card_is_said(named: str, sentence: str) -> None:
    with pytest.raises(LockError) as caught:
        find_card(LOCK, named)
    assert str(caught.value) == sentence


def test_a_new_card_becomes_the_old_one_and_its_own_identity_is_retired() -> None:
    linked = relink(LOCK, OLD, NEW)
    assert by_id(linked) == {
        "bbbb": ("q/fact/other", False),
        "aaab": ("q/fact/new", False),
        "aacd": ("q/fact/new", True),
    }
    heir = next(card for card in linked.cards if card.id == "aaab")
    assert (heir.was, heir.digest, heir.changed_at) == ("q/fact/old", "", 300)


def test_taking_a_relinking_back_gives_both_cards_their_identities_again() -> None:
    linked = relink(LOCK, OLD, NEW)
    heir = next(card for card in linked.cards if card.id == "aaab")
    back, identity = unlink(linked, heir)
    assert identity == NEW.id
    assert by_id(back) == by_id(LOCK)


def test_taking_a_rebinding_back_makes_a_new_card_where_there_was_none() -> None:
    rebound = replace(NEW, was=CardKey("q/fact/older"))
    back, identity = unlink(Lock("guide", (OTHER, rebound)), rebound)
    assert identity not in {OTHER.id, NEW.id}
    assert by_id(back) == {
        "bbbb": ("q/fact/other", False),
        identity: ("q/fact/new", False),
        "aacd": ("q/fact/older", True),
    }


def test_only_a_card_that_the_guide_makes_can_become_another() -> None:
    with pytest.raises(LockError, match=r"^aaab: this card is retired; name one that the guide makes now"):
        relink(LOCK, OLD, OLD)


def test_only_a_retired_card_can_be_taken_over() -> None:
    with pytest.raises(LockError, match=r"^bbbb: the guide still makes this card; only a retired one can"):
        relink(LOCK, OTHER, NEW)


@pytest.mark.parametrize(
    "card", [OTHER, replace(OLD, was=CardKey("q/fact/x"))], ids=["never rebound", "retired"]
)
def test_only_a_rebinding_can_be_taken_back(card: object) -> None:
    with pytest.raises(LockError, match="this card was not rebound, so there is nothing to take back"):
        unlink(LOCK, card)  # type: ignore[arg-type]
