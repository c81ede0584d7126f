"""Tags as a learner sees them in Anki."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exporters.anki.tag import note_tags
from tests.builders.card import card


@pytest.mark.parametrize(
    ("tag", "short"),
    [
        ("topic::training-step", "topic::training-step"),
        (
            "topic::what-are-the-three-ways-to-build-a-keras-model-and-when-do-you-choose-each",
            "topic::three-ways-build-keras-model",
        ),
        ("section::easy-tensorflow-2-and-keras-fundamentals", "section::easy-tensorflow-2-keras"),
        ("topic::how-is-it-that-they-are-what-they-are", "topic::how-is-it-that-they-are-what"),
        ("topic::" + "a" * 40, "topic::" + "a" * 28),
        (
            "topic::テンソルとは何ですか、そしていつ使いますか",
            "topic::テンソルとは何ですか、そしていつ使いますか",
        ),
        ("kind::predict", "kind::predict"),
        ("my-own-tag-that-is-longer-than-any-other-tag", "my-own-tag-that-is-longer-than-any-other-tag"),
        ("topic::mine::that-is-longer-than-any-other-tag", "topic::mine::that-is-longer-than-any-other-tag"),
        ("proofdeck::failing", "proofdeck::failing"),
    ],
)
def test_a_tag_of_a_heading_is_short(tag: str, short: str) -> None:
    assert note_tags(replace(card("any"), tags=(tag,))) == (short,)
