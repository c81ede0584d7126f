"""`proofdeck practice` as a person meets it: in a terminal, with an editor, and in a pipe."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from cards.prove.client.installed_versions import installed_runtime
from srs.store.store import Store
from tests.builders.command import COMMAND, environment
from tests.builders.golden import normalised
from tests.builders.task_guide import GUIDE
from tests.builders.terminal import CommandTerminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders.golden import Expect

pytestmark = pytest.mark.slow

needs_tensorflow = pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed")
RIGHT = "def double(x):\n    return x + x\n\nHALF = 1 / 2\n"
HIDDEN = """
import importlib.metadata as metadata

known = metadata.version

def version(name):
    if name.startswith(("tensorflow", "tf-nightly")):
        raise metadata.PackageNotFoundError(name)
    return known(name)

metadata.version = version
from srs.cli import main

main()
"""
"""The command where TensorFlow is not installed."""


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "small.md"
    path.write_text(GUIDE, "utf-8")
    return path


def run(
    guide: Path, *arguments: str, given: str = "", command: list[str] = COMMAND, **more: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, "practice", *arguments, "--guide", str(guide)],
        env=environment(PROOFDECK_HOME=str(guide.parent / "home"), **more),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def editor(folder: Path, *texts: str) -> str:
    """Return an editor that writes the texts, one each time it is called, and notes how it was called."""
    for number, text in enumerate(texts):
        (folder / f"text-{number}.py").write_text(text, "utf-8")
    script = folder / "editor.py"
    script.write_text(
        "import sys, pathlib, shutil\n"
        f"folder = pathlib.Path({str(folder)!r})\n"
        "log = folder / 'calls.txt'\n"
        "calls = log.read_text().splitlines() if log.exists() else []\n"
        "log.write_text('\\n'.join([*calls, ' '.join(sys.argv[1:])]))\n"
        "text = folder / f'text-{len(calls)}.py'\n"
        "if not text.exists(): sys.exit(3)\n"
        "if text.read_text(): shutil.copy(text, sys.argv[-1])\n"
    )
    return f"{sys.executable} {script}"


class Terminal(CommandTerminal):
    """A `proofdeck practice` on a pseudo-terminal."""

    def __init__(self, guide: Path, *arguments: str, editor: str) -> None:
        home = str(guide.parent / "home")
        super().__init__(
            *("practice", *arguments, "--guide", str(guide)),
            width=100,
            height=40,
            patience=90,
            PROOFDECK_HOME=home,
            EDITOR=editor,
            VISUAL="",
        )

    def answers(self, key: str) -> None:
        self.sees("[q] quit")
        self.child.sendline(key)


USAGE = "Usage: proofdeck practice [OPTIONS] [TOPIC]...\nTry 'proofdeck practice --help' for help.\n\nError: "


@needs_tensorflow
def test_a_learner_writes_fails_mends_is_right_and_looks_at_the_reference(
    guide: Path, tmp_path: Path
) -> None:
    wrong = "def double(x):\n    print('hm')\n    return x.twice()\n\nHALF = 0.5\n"
    chosen = editor(tmp_path, "", "def double(x:\n    pass\n", wrong, RIGHT)
    terminal = Terminal(guide, "double", editor=chosen)
    terminal.sees("Write a function that doubles", "double.py", "Nothing was written yet.")
    terminal.answers("e")
    terminal.sees("Your code was not run", "your line 1: It does not parse: '(' was never closed.")
    terminal.answers("e")
    terminal.sees(
        "✗", "Numbers are doubled", "your line 3: AttributeError: 'int' object has no attribute 'twice'."
    )
    terminal.sees("printed: hm", "✓", "A half is a half", "1 of 2 checks pass.")
    terminal.answers("")
    terminal.sees("Right: all checks pass.")
    terminal.answers("")
    terminal.sees("@_twice")
    terminal.answers("d")
    terminal.sees("--- yours", "+import math")
    terminal.answers("x")
    terminal.answers("q")
    terminal.ends()
    assert terminal.child.exitstatus == 0
    kept = tmp_path / "home" / "practice" / "small" / "double.py"
    calls = (tmp_path / "calls.txt").read_text().splitlines()
    assert calls == [f"+1 {kept}", f"+1 {kept}", f"+1 {kept}", f"+3 {kept}"]
    assert not kept.exists()
    assert kept.with_name("double.done.py").read_text() == RIGHT
    with Store.open_existing(tmp_path / "home" / "proofdeck.db") as store:
        assert store.attempts.histories()["small", "double"].attempts == 2
    assert "✓ double" in run(guide).stdout
    assert "done today, 2 attempts" in run(guide).stdout
    following = Terminal(guide, editor=chosen)
    following.sees("Write a class that counts", "The editor ended with an error")
    following.answers("q")
    following.ends()


@needs_tensorflow
def test_an_unfinished_attempt_is_there_the_next_time(guide: Path, tmp_path: Path) -> None:
    begun = "def double(x\n# more tomorrow\n"
    chosen = editor(tmp_path, begun, "")
    for _ in range(2):
        terminal = Terminal(guide, "double", editor=chosen)
        terminal.sees("It does not parse")
        terminal.answers("q")
        assert "Your file is kept: " in terminal.ends()
    assert (tmp_path / "home" / "practice" / "small" / "double.py").read_text() == begun


@needs_tensorflow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_tensorflow_is_imported_while_the_editor_is_open(guide: Path, tmp_path: Path) -> None:
    script = tmp_path / "look.py"
    script.write_text(
        "import os, pathlib\n"
        "parent = os.getppid()\n"
        "others = pathlib.Path(f'/proc/{parent}/task/{parent}/children').read_text().split()\n"
        "commands = [pathlib.Path(f'/proc/{each}/cmdline').read_text() for each in others]\n"
        "print('IMPORTING', sum('bootstrap.py' in command for command in commands))\n"
    )
    terminal = Terminal(guide, "double", editor=f"{sys.executable} {script}")
    terminal.sees("IMPORTING 1", "Nothing was written yet.")
    terminal.answers("q")
    terminal.ends()


@needs_tensorflow
def test_a_file_that_was_deleted_is_laid_out_anew(guide: Path, tmp_path: Path) -> None:
    script = tmp_path / "delete.py"
    script.write_text("import os, sys\nos.remove(sys.argv[-1])\n")
    terminal = Terminal(guide, "double", editor=f"{sys.executable} {script}")
    for key in ("d", "e", "q"):
        terminal.sees("Nothing was written yet." if key != "e" else "--- yours")
        terminal.answers(key)
    terminal.ends()


@needs_tensorflow
def test_the_end_of_the_input_leaves(guide: Path, tmp_path: Path) -> None:
    terminal = Terminal(guide, "double", editor=editor(tmp_path, ""))
    terminal.sees("[q] quit")
    terminal.child.sendeof()
    assert "Your file is kept" in terminal.ends()


@needs_tensorflow
def test_an_editor_that_is_not_there_is_named(guide: Path) -> None:
    told = Terminal(guide, "double", editor="no-such-editor").ends()
    assert "no-such-editor cannot be started (No such file or directory); set EDITOR." in told


@needs_tensorflow
def test_a_file_that_is_right_exits_with_zero(guide: Path) -> None:
    path = guide.with_name("answer.py")
    path.write_text(RIGHT, "utf-8")
    done = run(guide, "double", "--file", str(path))
    assert (done.returncode, done.stdout) == (
        0,
        "✓ Numbers are doubled\n✓ A half is a half\n\nRight: all checks pass.\n",
    )


@needs_tensorflow
def test_what_became_of_an_answer_is_there_as_json(guide: Path) -> None:
    done = run(guide, "double", "--file", "-", "--json", given="import gc\ndouble = HALF = gc\n")
    told = json.loads(done.stdout)
    assert (done.returncode, told["task"], told["right"]) == (1, "double", False)
    assert told["answer"] == {
        "passed": False,
        "ran": False,
        "sentence": "It imports gc: that is out of bounds for an answer.",
        "line": 1,
        "printed": "",
    }
    assert [(check["demand"], check["ran"]) for check in told["checks"]] == [
        ("Numbers are doubled", False),
        ("A half is a half", False),
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["zebra", "--file", "-"], "'zebra' is no task. Choose one of: double, write-a-class-that-counts."),
        (
            ["a", "--file", "-"],
            "'a' may be any of 2 tasks. Choose one of: double, write-a-class-that-counts.",
        ),
        (["--file", "-"], "Name a task. Choose one of: double, write-a-class-that-counts."),
        (["double", "--file", "nowhere.py"], "nowhere.py: cannot be read (No such file or directory)."),
        (["--reference"], "Name a task. Choose one of: double, write-a-class-that-counts."),
    ],
    ids=str,
)
def test_wrong_usage_is_told(guide: Path, arguments: list[str], words: str) -> None:
    done = run(guide, *arguments)
    assert (done.returncode, done.stderr) == (2, f"{USAGE}{words}\n")


def test_bytes_that_are_no_text_are_told(guide: Path) -> None:
    path = guide.with_name("answer.py")
    path.write_bytes(b"x = '\xff'")
    done = run(guide, "double", "--file", str(path))
    assert (done.returncode, normalised(done.stderr, guide.parent)) == (
        2,
        f"{USAGE}FOLDER/answer.py: not UTF-8 (byte 5).\n",
    )


def test_a_guide_without_tasks_and_one_with_mistakes_are_told(guide: Path) -> None:
    guide.write_text("# T\n\n### What is it?\n\nA thing.\n")
    none = "FOLDER/small.md: this guide has no task that can be practised.\n"
    assert normalised(run(guide).stderr, guide.parent) == none
    guide.write_text("# T\n\n### What is it?\n\n```python task\nx = 1\n```\n")
    done = run(guide, "it", "--file", "-")
    assert done.returncode == 2
    assert normalised(done.stderr, guide.parent) == (
        "FOLDER/small.md:5: nothing says what this task asks for; write a paragraph above it.\n"
        "FOLDER/small.md:5: this task has no hidden `check` right behind it; write what it must do.\n" + none
    )


def test_in_a_pipe_it_lists_prints_the_start_and_the_reference(guide: Path, expect: Expect) -> None:
    expect("practice-list", run(guide).stdout)
    expect("practice-list-narrow", run(guide, COLUMNS="32").stdout)
    expect("practice-start", run(guide, "double").stdout)
    expect("practice-reference", run(guide, "class", "--reference").stdout)
    start = json.loads(run(guide, "double", "--json").stdout)
    assert start["start"].startswith("# Write a function that doubles")
    listed = json.loads(run(guide, "--list", "--json").stdout)
    assert [(task["task"], task["attempts"], task["done"]) for task in listed] == [
        ("double", 0, None),
        ("write-a-class-that-counts", 0, None),
    ]


def test_without_tensorflow_it_says_so_and_shows_the_reference(guide: Path) -> None:
    guide.write_text(
        GUIDE.replace("LIMIT = 1000", "import tensorflow as tf\n\nLIMIT = tf.constant(1000)"), "utf-8"
    )
    command = [sys.executable, "-c", HIDDEN]
    done = run(guide, "double", "--file", "-", given=RIGHT, command=command)
    assert (done.returncode, done.stderr) == (
        2,
        (
            "TensorFlow is not installed, so this code cannot run here: "
            "`pip install 'proofdeck[tensorflow]'`. "
            "The answer was not judged.\n"
        ),
    )
    child = pexpect.spawn(
        command[0],
        [*command[1:], "practice", "double", "--guide", str(guide)],
        env=environment(PROOFDECK_HOME=str(guide.parent / "home"), EDITOR="false"),
        encoding="utf-8",
        timeout=20,
    )
    for words in ("TensorFlow is not installed", "Write double(x), which returns", "@_twice"):
        child.expect_exact(words)
    child.expect(pexpect.EOF)


def test_the_tasks_of_built_guides_come_before_the_bundled_ones(guide: Path) -> None:
    home = str(guide.parent / "home")
    more = environment(PROOFDECK_HOME=home)
    command = [*COMMAND, "practice", "--list", "--json"]

    def listed() -> list[str]:
        done = subprocess.run(command, env=more, capture_output=True, text=True, check=True)
        return [task["guide"] for task in json.loads(done.stdout)]

    assert set(listed()) == {"tensorflow-interview"}
    with Store.open(f"{home}/proofdeck.db") as store:
        store.connection.execute(
            "INSERT INTO guide (id, short_name, title, path) VALUES ('small', 'small', 'Small', ?)",
            (str(guide),),
        )
    assert listed() == ["small", "small"]
    guide.unlink()
    assert set(listed()) == {"tensorflow-interview"}
