"""The cards as one file."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

CODE = """\
# Code guide

### Q1. What does `sum` do?

The function `sum` adds the **numbers** of an iterable.

```python
print(sum([1, 2]))
```

```output
3
```
"""


@pytest.fixture
def built(desk: Desk) -> Desk:
    desk.write()
    desk.run("build", "small.md")
    return desk


def test_a_page_is_written_beside_the_person(built: Desk) -> None:
    assert built.run("export", "small.md").stdout == "8 cards written to small.html.\n"
    page = (built.folder / "small.html").read_text("utf-8")
    assert page.count('<details class="pd"') == 8


def test_a_table_bears_the_keys_by_which_anki_knows_the_notes(built: Desk) -> None:
    built.run("export", "small.md", "--format", "csv", "-o", "cards.csv")
    lines = (built.folder / "cards.csv").read_text("utf-8").splitlines()
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    assert {row[5] for row in rows} == {card["id"] for card in built.json("cards")}


def test_standard_output_gets_nothing_but_the_file(built: Desk) -> None:
    result = built.run("export", "small.md", "--format", "json", "-o", "-")
    assert len(json.loads(result.stdout)["cards"]) == 8


def test_nothing_runs_and_what_is_not_proved_is_named(desk: Desk) -> None:
    desk.write(CODE)
    result = desk.run("export", "small.md", "--format", "json")
    assert (result.exit_code, result.stderr) == (
        0,
        "1 are left out: their code is not proved; run `proofdeck build`.\n",
    )
    assert not (desk.folder / "small.lock").exists()
    assert not (desk.folder / "home").exists()


def test_a_file_that_cannot_be_written_is_one_sentence(built: Desk) -> None:
    result = built.run("export", "small.md", "-o", "nowhere/cards.html")
    assert (result.exit_code, result.stderr) == (
        1,
        "nowhere/cards.html cannot be written: No such file or directory.\n",
    )
