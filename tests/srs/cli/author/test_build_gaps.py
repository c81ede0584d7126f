"""`proofdeck build`: the deck is written once its code is proved, and again when its gaps are found."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from srs.cli.making import build_once

if TYPE_CHECKING:
    from pathlib import Path

    from tests.srs.cli.conftest import Desk

pytestmark = pytest.mark.slow

GUIDE = """\
# Sums

### Q1. What is a sum?

A **sum** is what addition gives.

```python
prices = [3, 4, 5]
print(sorted(prices, reverse=True))
```

```python
print("a\\nb".splitlines(keepends=True))
```

### Q2. How do you sort?

Sorting puts **values** in an order.

```python
import json

print(json.dumps({"b": 1, "a": 2}, sort_keys=True))
```
"""
EDITED = GUIDE.replace("[3, 4, 5]", "[3, 4, 6]").replace("a\\nb", "a\\nb\\nc")
HEAD = '{"proofdeck-lock": 2, "guide": "sums", "id": "ehalfaft37ww7xph"}\n'
NOW = "2026-11-22T09:00:00+00:00"
STOPPER = """
import signal, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
for line in child.stderr:
    print(line, end="")
    if "STAGE" in line:
        child.send_signal(signal.SIGINT)
sys.exit(child.wait())
"""


def new_guide(desk: Desk, text: str = GUIDE) -> Path:
    path = desk.write(text, "sums.md")
    path.with_suffix(".lock").write_text(HEAD, "utf-8")
    return path


def stop_once_cards_are_ready(desk: Desk, stage: str = "looking for gaps") -> str:
    """Build in a process of its own and press Ctrl-C when it says what it does; return all that it says."""
    environment = os.environ | {"PROOFDECK_HOME": str(desk.folder / "home"), "PROOFDECK_NOW": NOW}
    command = [sys.executable, "-c", "from srs.cli import main; main()"]
    ended = subprocess.run(
        [sys.executable, "-c", STOPPER.replace("STAGE", stage), *command, "build", "sums.md", "-j", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert ended.returncode == 130, ended.stdout
    return ended.stdout


def seen(desk: Desk) -> tuple[bytes, str]:
    """Return deck and lock, without how long the code took."""
    lock = re.sub(r'"seconds": [\d.]+', "", (desk.folder / "sums.lock").read_text("utf-8"))
    return (desk.folder / "sums.apkg").read_bytes(), lock


def kinds(desk: Desk) -> dict[str, int]:
    """Return how many cards of each kind are in use."""
    with sqlite3.connect(desk.folder / "home" / "proofdeck.db") as store:
        return dict(store.execute("SELECT kind, count(*) FROM card WHERE retired = 0 GROUP BY kind"))


def out_of_use(desk: Desk) -> list[tuple[str, int]]:
    """Return the kind of each card out of use, and whether it is held."""
    with sqlite3.connect(desk.folder / "home" / "proofdeck.db") as store:
        return list(store.execute("SELECT kind, held FROM card WHERE retired = 1 ORDER BY id"))


def test_ctrl_c_keeps_the_first_deck_and_the_next_build_finds_the_gaps(desk: Desk) -> None:
    new_guide(desk)
    said = stop_once_cards_are_ready(desk)
    assert re.search(r"^\d+ cards are ready; looking for gaps in 2 questions \.\.\.$", said, re.MULTILINE)
    assert "the next build looks for the other gaps" in said
    first = kinds(desk)
    assert "complete" not in first
    assert desk.run("check", "sums.md").exit_code == 0
    assert desk.run("build", "sums.md").exit_code == 0
    assert kinds(desk) == first | {"complete": 3}
    stopped = seen(desk)
    for path in (desk.folder / "home", desk.folder / "sums.apkg"):
        path.rename(desk.folder / f"{path.name}-stopped")
    new_guide(desk)
    assert desk.run("build", "sums.md").exit_code == 0
    assert seen(desk) == stopped


MANY = "\n".join(
    f"### Q{number}. What is sum {number}?\n\nThe **sum {number}** is what addition gives.\n\n"
    f"```python\nprint(sum([{number}, 1]))\n```\n\n```output\n{number + 1}\n```\n"
    for number in range(10)
)


def test_a_new_guide_with_much_code_has_its_other_cards_before_that_is_proved(desk: Desk) -> None:
    new_guide(desk, MANY)
    said = stop_once_cards_are_ready(desk, "ready; proving")
    assert re.search(r"^(\d+) cards are ready; proving the code of 10 questions \.\.\.$", said, re.MULTILINE)
    assert "The cards that are ready are in the deck" in said
    words = kinds(desk)
    assert set(words) == {"fact"}
    report = desk.json("build", "sums.md")
    assert kinds(desk) == words | {"predict": 10, "overview": 10}
    assert report["store_changes"]["added"] == 20


def test_a_deck_of_words_changes_nothing_of_the_whole_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_guide(desk, MANY)
    report = desk.json("build", "sums.md")
    assert report["store_changes"]["added"] == report["cards"]
    in_two_steps = seen(desk)
    for path in (desk.folder / "home", desk.folder / "sums.apkg"):
        path.rename(desk.folder / f"{path.name}-before")
    monkeypatch.setattr(build_once, "_MANY_PROGRAMS", 11)
    new_guide(desk, MANY)
    assert desk.json("build", "sums.md")["store_changes"] == report["store_changes"]
    assert seen(desk) == in_two_steps


def test_gaps_of_edited_code_are_held_until_they_are_found_again(desk: Desk) -> None:
    new_guide(desk)
    desk.run("build", "sums.md")
    before = kinds(desk)
    desk.write(EDITED, "sums.md")
    stop_once_cards_are_ready(desk)
    assert out_of_use(desk) == [("complete", 1), ("complete", 1)]
    assert desk.run("check", "sums.md").exit_code == 0
    changes = desk.json("build", "sums.md")["store_changes"]
    assert kinds(desk) == before
    assert changes["retired"] == changes["added"]


def test_one_build_reports_what_it_changed_in_both_writes(desk: Desk) -> None:
    new_guide(desk)
    report = desk.json("build", "sums.md")
    assert report["store_changes"]["added"] == report["cards"] == sum(kinds(desk).values())
    desk.write(EDITED, "sums.md")
    edited = desk.json("build", "sums.md")["store_changes"]
    assert (edited["held"], edited["revived"]) == (0, 0)
    assert edited["unchanged"] > 0


def test_without_gaps_nothing_is_measured_twice(desk: Desk) -> None:
    new_guide(desk)
    report = desk.json("build", "sums.md", "--no-gaps")
    assert report["without_gaps"] == 2
    assert "complete" not in report["cards_by_kind"]
    assert "was not measured whole" in desk.run("check", "sums.md").stdout
    again = desk.run("build", "sums.md", "--no-gaps")
    assert again.stderr == ""
    assert "The code of 2 questions was not searched for gaps" in " ".join(again.stdout.split())
    assert desk.json("build", "sums.md")["cards_by_kind"]["complete"] == 3


def test_prove_measures_nothing_and_build_finds_all_later(desk: Desk) -> None:
    new_guide(desk)
    assert desk.run("prove", "sums.md").exit_code == 0
    lines = [json.loads(line) for line in (desk.folder / "sums.lock").read_text("utf-8").split("\n") if line]
    assert {name for line in lines for name in line if name in {"proof", "measured", "displayed"}} == {
        "proof"
    }
    assert desk.json("build", "sums.md")["cards_by_kind"]["complete"] == 3
    built = seen(desk)
    for path in (desk.folder / "home", desk.folder / "sums.apkg"):
        path.rename(desk.folder / f"{path.name}-proved")
    new_guide(desk)
    desk.run("build", "sums.md")
    assert seen(desk) == built
