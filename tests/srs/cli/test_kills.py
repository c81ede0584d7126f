"""Every command that writes may be killed at any moment: what was there is there, and a next run goes on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
import warnings
from contextlib import closing
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from tests.srs.cli.conftest import GUIDE, Desk

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs fork and kill")]

KILLS = 6
"""Of each command, at moments that chance chooses."""
EDITED = GUIDE.replace("array with a dtype", "array that has a dtype").replace("### Q2.", "### Q2. Or:")
CODE = """\
# Sums

### Q1. How do you add numbers?

A **sum** is what `sum` returns of numbers.

```python
print(sum([1, 2, 3]))
```

### Write a function that doubles

<!-- proofdeck: id=double -->

Write `double(x)`, which returns **twice** what it is given.

```python task
def double(x):
    return 2 * x
```

<!-- proofdeck: check
# Three is doubled.
assert double(3) == 6
-->
"""
RIGHT = "def double(x):\n    return x + x\n"
COMMANDS = [
    "build small.md --yes",
    "build sums.md --yes",
    "build small.md --yes --with-progress",
    "prove sums.md",
    "prove sums.md --again",
    "practice double --guide sums.md --file right.py",
    "practice double --file right.py",
    "interview --no-task --seed 1",
    "anki pull elsewhere.apkg",
    "anki pull elsewhere.apkg --take-suspended --take-flags",
    "review",
    "review --cram --limit 3",
    "settings new_a_day 9",
    "settings --deck small reviews_a_day 9",
    "mark CARD flag odd",
    "undo -n 2",
    "undo --day 2026-11-21",
    "backup",
    "backup elsewhere.db",
    "merge other.db",
    "restore home/backups/proofdeck-2026-11-20.db --yes",
    "doctor --yes",
    "decks rename small Smaller",
    "decks remove small",
    "decks forget small --yes",
    "export small.md -o cards.html",
    "export small.md --format csv -o cards.csv",
    "recover page.txt -o page.md --force",
    "relink --undo CARD --guide small.md",
    "stats --html stats.html",
]
NOW = "2026-11-22T09:00:00+00:00"
DAYS = ["2026-11-20T09:00:00+00:00", "2026-11-21T09:00:00+00:00"]
READ = {"sums.md"}
"""Guides that are built again after a command that reads them."""
LOSES = {"restore", "decks", "undo"}
"""Commands that are meant to take something away, each with a way back."""


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a guide that was edited since its build, two days of answers, and another store."""
    folder = tmp_path_factory.mktemp("learnt")
    desk = Desk(folder)
    guide = str(desk.write())
    for day in DAYS:
        assert desk.run("build", guide, "-o", str(folder / "small.apkg"), now=day).exit_code == 0
        desk.run("review", keys="4\n2\n5\n", now=day)
    shutil.copy(folder / "home" / "proofdeck.db", folder / "other.db")
    desk.run("review", keys="4\n4\n4\n", now=NOW)
    sums = str(desk.write(CODE, "sums.md"))
    assert desk.run("build", sums, "-o", str(folder / "sums.apkg"), now=NOW).exit_code == 0
    desk.write(CODE.replace("[1, 2, 3]", "[1, 2, 3, 4]"), "sums.md")
    (folder / "right.py").write_text(RIGHT)
    package_with_answers(tmp_path_factory.mktemp("elsewhere"), folder / "elsewhere.apkg")
    (folder / "page.txt").write_text("What is a tensor?\nAn array.\n\nWhat is a graph?\nA program.\n")
    desk.write(EDITED)
    return folder


def package_with_answers(folder: Path, package: Path) -> None:
    """Write the package of somebody who has answered the same cards, suspended one and flagged one."""
    other = Desk(folder)
    guide, moment = str(other.write()), "2026-11-21T12:00:00+00:00"
    assert other.run("build", guide, "-o", str(package), now=moment).exit_code == 0
    other.run("review", keys="5\n1\n4\n4\n", now=moment)
    with closing(sqlite3.connect(folder / "home" / "proofdeck.db")) as store:
        one, two = (card for (card,) in store.execute("SELECT id FROM card WHERE due > '' LIMIT 2"))
    other.run("mark", one, "suspend", now=moment)
    other.run("mark", two, "flag", "odd", now=moment)
    assert other.run("build", guide, "-o", str(package), "--with-progress", now=moment).exit_code == 0


def run_and_kill(desk: Desk, words: list[str], seconds: float) -> None:
    """Run a command in a copy of this process, and kill it after so many seconds, or at its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        try:
            desk.run(*words, keys="4\n2\n5\n4\n4\n", now=NOW)
        finally:
            os._exit(0)
    end = monotonic() + seconds
    while monotonic() < end:
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def entries(path: Path) -> set[str]:
    """Return the log's entries, and the attempts at tasks that were logged."""
    with closing(sqlite3.connect(path)) as store:
        return {identity for (identity,) in store.execute("SELECT id FROM log UNION SELECT id FROM attempt")}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_killed_loses_nothing_and_runs_again(
    learnt: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    chance = random.Random(command)  # noqa: S311 - that can be repeated
    took, whole = 0.0, set[str]()
    for number in range(KILLS + 1):
        folder = tmp_path / str(number)
        shutil.copytree(learnt, folder)
        monkeypatch.chdir(folder)
        desk = Desk(folder)
        store = folder / "home" / "proofdeck.db"
        before = entries(store)
        with closing(sqlite3.connect(store)) as opened:
            (card,) = opened.execute("SELECT id FROM card WHERE due IS NOT NULL ORDER BY id").fetchone()
        words = [word.replace("CARD", card) for word in command.split()]
        began = monotonic()
        # The first time it runs to its end, which tells how long that takes.
        run_and_kill(desk, words, chance.uniform(0, took) if number else 60)
        took = took or monotonic() - began
        assert desk.run("doctor", "--no", now=NOW).exit_code == 0, number
        for guide in READ.intersection(words):
            # The code is another one than in the lock, or it is proved by now: 2 would be a torn lock.
            assert desk.run("check", guide, now=NOW).exit_code in {0, 1}, number
        if words[0] not in LOSES:
            assert entries(store) >= before, number
        else:
            kept = [path for path in (folder / "home" / "backups").iterdir() if path.suffix == ".db"]
            assert entries(store).union(*map(entries, kept)) >= before or words[0] == "undo", number
        desk.run(*words, keys="4\n2\n5\n", now=NOW)
        if words[0] == "anki":
            whole = whole or entries(store)
            assert entries(store) == whole > before, number
        for guide in {"small.md", *READ.intersection(words)}:
            assert desk.run("build", guide, "--yes", now=NOW).exit_code == 0, number
            assert desk.run("check", guide, now=NOW).exit_code == 0, number
        assert desk.run("doctor", "--no", now=NOW).exit_code == 0, number
