"""The digest of what a card shows is that of its JSON with all beyond ASCII escaped, as in every old lock."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.card import sides
from cards.card.card import FAILING_TAG, Card, content_digest
from cards.card.proof_stamp import Stamp
from tests.builders.card_shapes import every_shape
from tests.builders.encoded_side import encode
from tests.builders.side import sides as drawn_sides

if TYPE_CHECKING:
    from cards.card.sides import Side


def digest_of_whole(card: Card, tags: tuple[str, ...]) -> str:
    stamp = card.stamp
    shown: list[Any] = [*map(encode, (card.front, card.back, card.context)), card.breadcrumb, tags]
    record = stamp and [stamp.tensorflow, stamp.keras, stamp.proved_on]
    shown.append(record and [*record, *filter(None, [stamp and stamp.since, stamp and stamp.ran_with])])
    shown += [card.failing] if card.failing else []
    return sha256(json.dumps(shown, separators=(",", ":")).encode()).hexdigest()[:16]


@pytest.mark.parametrize("card", every_shape())
def test_a_digest_is_that_of_the_whole_json(card: Card) -> None:
    marked = replace(card, stamp=None, failing="does not hold: ∞ ≠ 1 \x7f")
    old = replace(card, stamp=Stamp("2.16.1", "3.1", "2026-01-01", "2.14.0", "Python · NumPy 2.3"))
    for each in (card, marked, old):
        assert content_digest(each, each.stamp, each.failing) == digest_of_whole(each, each.tags)
        more = (*each.tags, FAILING_TAG)
        assert content_digest(each, each.stamp, each.failing, more) == digest_of_whole(each, more)


@given(drawn_sides(st.text(), sources=st.text(), languages=st.text()))
def test_a_side_s_text_is_its_json_however_often_a_block_is_shared(side: Side) -> None:
    (card, *_) = every_shape()
    drawn = replace(card, front=side, back=(*side, *side), context=side)

    assert json.loads(sides.side_text(drawn.back)) == encode(drawn.back)
    assert content_digest(drawn, drawn.stamp) == digest_of_whole(drawn, drawn.tags)
