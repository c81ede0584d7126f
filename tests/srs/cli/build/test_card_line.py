"""Where the editor opens: at the card's own sentence, line of code, entry or row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.card.kind import CardKind
from cards.guide.block import Code
from cards.span import Span
from srs.cli.build.card_line import card_line
from tests.builders.deck import DATA, deck, numbered_card
from tests.builders.side import marked_prose
from tests.builders.store import store_with

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.sides import Side

GUIDE = """\
# Small

### Q1. What is a tensor?

A **tensor** is an array of numbers
with a dtype and a shape. The order of its axes
is called its **layout**.

- its rank counts the axes
- its size counts the numbers

| Part | Meaning |
|---|---|
| rank | how many axes |
| size | how many numbers |

```python
# Two rows.
x = np.ones((2, 3))
y = x.sum(axis=0)  # so that columns stay
print(y)
```

### Q2. What is a layout?

The layout of a tensor is the order of its axes.
""".splitlines()
SUM = "x = np.ones((2, 3))\ny = x.sum(____)\nprint(y)"
MARKED = "x = np.ones((2, 3))\ny = x.sum(axis=0)  # why?\nprint(y)"


@pytest.mark.parametrize(
    ("kind", "front", "back", "span", "line"),
    [
        pytest.param(
            CardKind.TERM,
            (marked_prose("The order of a tensor's axes is called its […]."),),
            (marked_prose("layout"),),
            5,
            7,
            id="a sentence in the middle of a paragraph",
        ),
        pytest.param(
            CardKind.ITEM,
            (marked_prose("What does its size count?"),),
            (marked_prose("the numbers"),),
            5,
            10,
            id="an entry",
        ),
        pytest.param(
            CardKind.CELL,
            (marked_prose("Part rank: meaning?"),),
            (marked_prose("How many axes"),),
            12,
            14,
            id="a row",
        ),
        pytest.param(
            CardKind.COMPLETE,
            (Code(SUM, "python"),),
            (marked_prose("`axis=0`"), Code("y = x.sum(axis=0)", "python")),
            17,
            20,
            id="a gap",
        ),
        pytest.param(
            CardKind.WHY,
            (Code(MARKED, "python"),),
            (marked_prose("So that columns stay"),),
            17,
            20,
            id="the marked line",
        ),
        pytest.param(
            CardKind.FACT,
            (marked_prose("Why?"),),
            (marked_prose("Because."),),
            9,
            9,
            id="its block, where no line has its words",
        ),
    ],
)
def test_the_editor_opens_at_the_line_of_the_card(
    tmp_path: Path, kind: CardKind, front: Side, back: Side, span: int, line: int
) -> None:
    card = numbered_card(1, DATA, kind, front, back, span=Span("small.md", span, span + 2))
    with store_with(tmp_path / "proofdeck.db", deck(card)) as store:
        shown = store.cards.show(card.id)
    assert shown is not None
    assert card_line(GUIDE, shown) == line
