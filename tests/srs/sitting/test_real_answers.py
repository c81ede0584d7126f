"""Answers typed in a real terminal, run by a real TensorFlow; afterwards nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.prove.client.installed_versions import installed_runtime
from srs.store.store import Store
from tests.builders.cluster import wait_until
from tests.builders.command import COMMAND, environment, processes_left, processes_with
from tests.builders.deck import deck, gap_card
from tests.builders.place import ROOT
from tests.builders.terminal import CommandTerminal, review_terminal
from tests.cards.answer.answers import PRODUCT
from tests.srs.screen.test_real_terminal import FIRST_SCREEN, grades

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc"),
    pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed"),
]

GAP = gap_card(PRODUCT.exercise)
PATIENCE = 120
"""Seconds for importing TensorFlow on a machine that does much else."""
GUIDE = """# Sums

### Q1. How do you add up columns?

```python
import tensorflow as tf

x = tf.constant([[1, 2], [3, 4]])
print(tf.reduce_sum(x, axis=0).numpy())
```
"""
WITHOUT_TENSORFLOW = """
import importlib.metadata

found = importlib.metadata.version


def version(name):
    if name.startswith(("tensorflow", "tf-nightly")):
        raise importlib.metadata.PackageNotFoundError(name)
    return found(name)


importlib.metadata.version = version
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home with one card that has a gap; at the end no process and no file of its answers is there."""
    (tmp_path / "tmp").mkdir()
    with Store.open(tmp_path / "proofdeck.db") as store:
        store.cards.sync(deck(GAP))
    yield tmp_path
    assert processes_left(str(tmp_path / "tmp"), 10) == []
    assert list((tmp_path / "tmp").iterdir()) == []


def begun(home: Path, *arguments: str, path: str = str(ROOT)) -> CommandTerminal:
    sitting = review_terminal(home, *arguments, patience=PATIENCE, TMPDIR=str(home / "tmp"), PYTHONPATH=path)
    sitting.sees("type the answer")
    return sitting


def typed(sitting: CommandTerminal, text: str) -> None:
    sitting.press("\r")
    sitting.sees("> ")
    sitting.press(f"{text}\r")


def ended(sitting: CommandTerminal) -> str:
    rest = sitting.ends()
    assert FIRST_SCREEN in rest
    assert sitting.child.exitstatus == 0
    return rest


def test_the_gap_of_a_guide_that_was_built_is_answered(home: Path) -> None:
    guide = home / "sums.md"
    guide.write_text(GUIDE, encoding="utf-8")
    made = subprocess.run(
        [*COMMAND, "--home", str(home), "build", str(guide)],
        cwd=home,
        env=environment(TMPDIR=str(home / "tmp")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sitting = begun(home, "sums", "--tag", "kind::complete")
    typed(sitting, "axis=1")
    sitting.sees("yours prints [3 7], expected [4 6]", "try again")
    typed(sitting, "[0]")
    sitting.sees("It does the same, with other data too", "Suggested: 3")
    sitting.press("4")
    ended(sitting)
    assert grades(home) == [4]


def test_right_at_once_is_a_five(home: Path) -> None:
    sitting = begun(home)
    typed(sitting, "tf.linalg.matmul(a, b)")
    sitting.sees("It does the same", "Suggested: 5")
    sitting.press("\r")
    assert "1 new card" in ended(sitting)
    assert grades(home) == [5]


def test_wrong_then_unreadable_then_right_is_a_three(home: Path) -> None:
    sitting = begun(home)
    typed(sitting, "b @ a")
    sitting.sees("yours prints (3, 3), expected (2, 2)", "try again")
    typed(sitting, "a @@ b")
    sitting.sees("This is no Python", "try again")
    typed(sitting, "c = tf.matmul(a, b)")
    sitting.sees("It does the same", "Suggested: 3")
    sitting.press("\r")
    sitting.sees("once more", "type the answer")
    sitting.press("q")
    ended(sitting)
    assert grades(home) == [3]


def test_a_slip_in_the_syntax_and_several_lines_are_a_four(home: Path) -> None:
    sitting = begun(home)
    typed(sitting, "a @")
    sitting.sees("This is no Python", "try again")
    typed(sitting, "tf.matmul(")
    sitting.sees("… ")
    sitting.press("a, b)\r")
    sitting.sees("It does the same", "Suggested: 4")
    sitting.press("\r")
    ended(sitting)
    assert grades(home) == [4]


def test_keys_pressed_while_it_runs_wait_for_the_verdict(home: Path) -> None:
    sitting = begun(home)
    typed(sitting, "tf.linalg.matmul(a, b)")
    sitting.press(" 4")
    sitting.sees("That key waits for the verdict")
    ended(sitting)
    assert grades(home) == [4]


def test_escape_does_not_wait_for_the_verdict(home: Path) -> None:
    sitting = begun(home)
    typed(sitting, "tf.linalg.matmul(a, b)")
    sitting.sees("do not wait")
    sitting.press("\x1b")
    sitting.sees("Not waited for", "show the answer")
    sitting.press(" ")
    sitting.sees("perfect", "It does the same", "Suggested: 5")
    sitting.press("4")
    ended(sitting)
    assert grades(home) == [4]


def test_a_pasted_answer_arrives_whole(home: Path) -> None:
    sitting = begun(home)
    typed(sitting, "\x1b[200~tf.matmul(\r  a,\r  b,\r)\x1b[201~")
    sitting.sees("It does the same", "Suggested: 5")
    sitting.press("\r")
    ended(sitting)
    assert grades(home) == [5]


def test_what_loops_for_ever_keeps_nobody_from_stopping(home: Path) -> None:
    sitting = begun(home)
    typed(sitting, "[each for each in iter(int, 1)]")
    sitting.sees("running it")
    sitting.press("q")
    assert "Nothing was answered." in ended(sitting)
    assert grades(home) == []


def test_without_running_the_code_is_compared(home: Path) -> None:
    sitting = begun(home, "--no-run")
    typed(sitting, "tf.matmul(a, b)")
    sitting.sees("other code than the guide's, and was not run", "try again")
    typed(sitting, "c = a@b")
    sitting.sees("It is the same code", "Suggested: 5")
    sitting.press("\r")
    ended(sitting)
    assert grades(home) == [5]


def test_without_tensorflow_the_code_is_compared(home: Path) -> None:
    (home / "sitecustomize.py").write_text(WITHOUT_TENSORFLOW, encoding="utf-8")
    sitting = begun(home, path=f"{home}:{ROOT}")
    typed(sitting, "tf.matmul(a, b)")
    sitting.sees("other code than the guide's, and was not run", "try again")
    sitting.press(" ")
    sitting.sees("perfect")
    sitting.press("3")
    sitting.press("q")
    ended(sitting)
    assert grades(home)[:1] == [3]


@pytest.mark.skipif(sys.platform != "linux", reason="ends a process by its number")
def test_a_judge_that_was_killed_is_started_anew(home: Path) -> None:
    sitting = begun(home)
    typed(sitting, "tf.linalg.matmul(a, b)")
    sitting.sees("running it")
    # Python leaves a file where a process is killed while it tries out the folder for temporary files.
    wait_until(lambda: bool(list((home / "tmp").glob("proofdeck-prove-*"))))
    for process in processes_with(str(home / "tmp")):
        if b"cards.answer.judge_server" in Path(f"/proc/{process}/cmdline").read_bytes():
            os.kill(process, signal.SIGKILL)
    sitting.sees("It could not be judged", "try again")
    typed(sitting, "tf.linalg.matmul(a, b)")
    sitting.sees("It does the same", "Suggested: 5")
    sitting.press("\r")
    ended(sitting)
    assert grades(home) == [5]
