"""What a build tells of code that does not hold, and what becomes of its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.builders.golden import normalised, without_versions

if TYPE_CHECKING:
    from tests.builders.golden import Expect
    from tests.srs.cli.conftest import Desk

pytestmark = pytest.mark.slow

GUIDE = """\
# Plain Python

### Q1. How do you sort?

A **sort** puts values in order.

```python
values = [3, 1, 2]
print(sorted(values))
```

### Q2. How do you count up?

```python timeout=2
total = sum(range(5))
print(total * 2)
```

### Q3. How do you read a number?

```python
n = 5
print(n * 7)
```

### Q4. How do you find the hue of a colour?

```python
import colorsys
red = colorsys.rgb_to_hsv(1, 0, 0)
print(red)
```

### Q5. How do you write JSON?

```python requires=package:json
import json
print(json.dumps([1, 2]))
```

```python requires=tpu
print(7 * 7)
```
"""
FAULTS = [
    ("print(sorted(values))", "print(sortd(values))"),
    ("print(total * 2)", "while True: pass"),
    ("n = 5", "n = int(input())"),
    ("import colorsys\n", ""),
    ("print(json.dumps([1, 2]))", "raise ValueError(json.dumps([1, 2]))"),
]


def broken(text: str = GUIDE) -> str:
    for good, bad in FAULTS:
        text = text.replace(good, bad)
    return text


def due(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {row["id"]: (row["due"], row["interval_days"], row["repetitions"]) for row in rows}


def test_cards_of_broken_code_are_held_with_their_schedule_and_come_back_with_it(
    desk: Desk, expect: Expect
) -> None:
    path = desk.write(GUIDE)
    first = desk.run("build", "small.md")
    assert first.exit_code == 0
    expect("build-tells-all-holds", without_versions(normalised(first.stdout)))
    desk.run("review", keys="4\n" * 5)
    cards = due(desk.json("cards"))
    assert sum(day is not None for day, *_ in cards.values()) == 5

    path.write_text(broken())
    told = desk.run("build", "small.md")
    assert told.exit_code == 1
    expect("build-tells", without_versions(normalised(told.stdout)))
    waiting = due(desk.json("cards", "--held"))
    assert waiting | due(desk.json("cards")) == cards
    assert (desk.json("cards", "--retired"), len(waiting)) == ([], len(cards) - 1)

    path.write_text(GUIDE)
    report = desk.json("build", "small.md")
    assert due(desk.json("cards")) == cards
    assert (report["changes"]["new"], report["changes"]["retired"], report["failures"]) == ([], [], [])
    assert desk.run("build", "small.md").exit_code == 0


def test_programs_read_every_failure_with_its_cards(desk: Desk) -> None:
    path = desk.write(GUIDE)
    desk.run("build", "small.md")
    path.write_text(broken())
    result = desk.json("build", "small.md")
    assert [(one["path"], one["line"], one["outcome"]) for one in result["failures"]] == [
        ("small.md", 9, "failed"),
        ("small.md", 16, "timed out"),
        ("small.md", 22, "needs something"),
        ("small.md", 29, "needs something"),
        ("small.md", 37, "failed"),
    ]
    assert [one["sentence"] for one in result["failures"]] == [
        "NameError: name 'sortd' is not defined.",
        "It was still running after 2 seconds.",
        "EOFError: EOF when reading a line.",
        "NameError: name 'colorsys' is not defined.",
        "ValueError: [1, 2].",
    ]
    assert all(one["advice"] and one["snippet"] for one in result["failures"])
    assert sum(one["cards_held"] for one in result["failures"]) == len(result["held_back"]) == 9
    assert result["store_changes"]["held"] == len(result["held_back"])
    assert (result["changes"]["retired"], result["proofs"]["excused"]) == ([], 1)


def test_code_that_never_held_is_named_although_it_makes_no_card(desk: Desk) -> None:
    """A hundred blocks that all lack one definition, as in a list of exercises."""
    questions = [f"### Q{n}. What is {n} squared?\n\n```python\nprint(squared({n}))\n```\n" for n in range(9)]
    desk.write("# Squares\n\nA **square** is a product.\n\n" + "\n".join(questions), "squares.md")
    result = desk.run("build", "squares.md")
    assert result.exit_code == 1
    assert "9 blocks do not hold:\n  squares.md:" in result.stdout
    assert "      The same in lines 14, 20, 26, 32 and 4 more.\n" in result.stdout
    assert "there is no card to export yet, because no code holds" in result.stdout
    assert not (desk.folder / "squares.apkg").exists()


def test_when_the_last_code_of_a_guide_breaks_its_cards_are_held_too(desk: Desk) -> None:
    only_code = "# One\n\n### Q1. How do you add?\n\n```python\nprint(20 + 3)\nprint(max(4, 9))\n```\n"
    path = desk.write(only_code)
    new = desk.json("build", "small.md")["changes"]["new"]
    assert len(new) == 2  # what it prints, and the code itself
    path.write_text(only_code.replace("max", "mx"))
    report = desk.json("build", "small.md")
    assert (report["cards"], report["deck"]["bytes"], report["changes"]["retired"]) == (0, 0, [])
    assert {one["id"] for one in report["held_back"]} == set(new)
    path.write_text(only_code)
    assert desk.run("build", "small.md").exit_code == 0
    assert {row["id"] for row in desk.json("cards")} == set(new)
