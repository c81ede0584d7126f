"""A card that asks a whole question is the same card after its options, code or explanation were edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.card import sides
from cards.card.kind import CardKind
from tests.builders.built import built

if TYPE_CHECKING:
    from cards.build.pipeline import BuildResult
    from cards.card.card import Card, UnchangedCard

GUIDE = """# Guide

## Which word makes a generator?

A) return
B) yield
C) await

Answer: B

It stops there.

## Write a list of zeros

```python
zeros = [0] * 10
```

## What is the output?

```js
console.log(typeof null)
```

It is `object`.
"""


def cards_of(result: BuildResult) -> dict[str, Card | UnchangedCard]:
    return {card.kind.value: card for card in result.deck.cards}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C) await", "C) import"),
        ("A) return", "A) raise"),
        ("B) yield", "B) yield something"),
        ("C) await", "C) await\nD) class"),
        ("It stops there.", "It stops there and goes on later."),
        ("Answer: B", "Answer: C"),
        ("[0] * 10", "[0] * 20"),
        ("console.log(typeof null)", "console.log(typeof [])"),
        ("It is `object`.", "The language says `object`."),
        ("## Which word", "## 7. Which word"),
        ("generator?", "generatr?"),
    ],
)
def test_an_edit_keeps_the_cards(old: str, new: str) -> None:
    before = built(GUIDE)
    after = built(GUIDE.replace(old, new), before)
    assert {kind: card.id for kind, card in cards_of(after).items()} == {
        kind: card.id for kind, card in cards_of(before).items()
    }


def test_an_edit_of_one_option_moves_no_other_past_its_neighbours() -> None:
    def others(text: str) -> list[str]:
        (quiz,) = (card for card in built(text).deck.cards if card.kind is CardKind.QUIZ)
        assert not isinstance(quiz, tuple)
        options = sides.words(quiz.front).split("\n")[1:]
        return [line[3:] for line in options if line[3:] in {"one", "two", "three", "four"}]

    guide = "# G\n\n## Which?\n\n- [x] one\n- [ ] two\n- [ ] three\n- [ ] four\n- [ ] five\n"
    assert [each for each in others(guide) if each != "five"] == others(guide.replace("five", "fünf"))


def test_a_card_for_code_that_does_not_hold_is_held_back() -> None:
    from cards.program.verdict import Outcome

    result = built(GUIDE, outcomes={"write-a-list-of-zeros#1": Outcome.FAILED})
    assert CardKind.CODE.value not in cards_of(result)
    assert [failing.key for failing in result.held] == ["write-a-list-of-zeros/code/code"]
