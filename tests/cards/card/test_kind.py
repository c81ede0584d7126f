"""The table of kinds: every kind has all its words, and the docs list what the table holds."""

from __future__ import annotations

import re

import pytest

from cards.card.kind import CardKind
from cards.guide.directive import CODE_CARD_KINDS
from tests.builders.place import ROOT


@pytest.mark.parametrize("kind", CardKind)
def test_every_kind_has_all_its_words(kind: CardKind) -> None:
    assert all((kind.value, kind.noun, kind.plural, kind.asks))
    assert kind.tag == f"kind::{kind.value}"


@pytest.mark.parametrize("words", ["value", "noun", "plural", "asks"])
def test_no_two_kinds_are_told_in_the_same_words(words: str) -> None:
    assert len({getattr(kind, words) for kind in CardKind}) == len(CardKind)


def test_the_docs_list_the_kinds_in_the_words_of_the_table() -> None:
    text = (ROOT / "docs" / "reviewing.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(kind::[a-z]+)` \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert listed == [(kind.tag, kind.plural, kind.asks) for kind in CardKind]


def test_the_kinds_that_the_format_lets_a_block_leave_out_are_kinds() -> None:
    text = (ROOT / "docs" / "guide-reference.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| `without="))
    words = tuple(re.findall(r"`([a-z]+)`", row))
    assert words == CODE_CARD_KINDS
    assert [CardKind(word).value for word in words] == list(words)


def test_a_kind_that_is_not_made_any_more_is_still_read() -> None:
    assert CardKind("recall") is CardKind.COMPLETE


def test_no_other_word_is_a_kind() -> None:
    with pytest.raises(ValueError, match="riddle"):
        CardKind("riddle")
