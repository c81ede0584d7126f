"""Guides with code whose lock is lost: what their cards say of a proof's date, and when they changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

pytestmark = pytest.mark.slow

CODE = """\
# Sums

### Q1. How do you add numbers?

A **sum** is what `sum` returns of numbers.

```python
numbers = [1, 2, 3]
print(sum(numbers))
```

### Q2. How do you sort words?

`sorted` returns a **new list** of them.

```python
words = ["b", "a"]
print(sorted(words))
```
"""
FIRST, LATER = "2026-11-22", "2026-11-25"
AT_NINE = "T09:00:00+00:00"


def built(desk: Desk, day: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Build the guide on a day; return the report, and the lines of the lock by what they are about."""
    report = desk.json("build", "sums.md", "-o", "sums.apkg", now=day + AT_NINE)
    lines = map(json.loads, (desk.folder / "sums.lock").read_text("utf-8").splitlines())
    found = {}
    for line in lines:
        kind = next(iter(line))
        found[f"{kind} {line[kind]}"] = {name: value for name, value in line.items() if name != "seconds"}
    return report, found


@pytest.mark.parametrize("proved_first", [False, True], ids=["built", "proved, then built"])
def test_a_lost_lock_of_a_guide_with_code_is_written_again_as_it_was(
    desk: Desk, *, proved_first: bool
) -> None:
    desk.write(CODE, "sums.md")
    _, before = built(desk, FIRST)
    package = (desk.folder / "sums.apkg").read_bytes()
    for name in ("sums.lock", "sums.apkg"):
        (desk.folder / name).unlink()
    if proved_first:
        assert desk.run("prove", "sums.md", now=LATER + AT_NINE).exit_code == 0
    report, after = built(desk, LATER)
    assert after == before
    assert report["changes"]["changed"] == []
    assert (desk.folder / "sums.apkg").read_bytes() == package


def test_code_that_changed_while_the_lock_was_lost_is_proved_on_its_own_day(desk: Desk) -> None:
    path = desk.write(CODE, "sums.md")
    _, before = built(desk, FIRST)
    (desk.folder / "sums.lock").unlink()
    path.write_text(CODE.replace("[1, 2, 3]", "[1, 2, 3, 4]"), "utf-8")
    _, after = built(desk, LATER)
    days = {name: line["on"] for name, line in after.items() if name.startswith("proof ")}
    assert days == {"proof how-do-you-add-numbers#1": LATER, "proof how-do-you-sort-words#1": FIRST}
    sorting = [name for name, line in after.items() if name.startswith("card ") and "sort" in line["key"]]
    assert sorting
    assert [after[name] for name in sorting] == [before[name] for name in sorting]
