"""Guides that say what their code needs, and guides on several versions; without a network."""

from __future__ import annotations

import select
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cards.answer.correctness import Correctness
from cards.exercise.exercise import Exercise, exercise_to_json
from cards.exercise.gap import Gap, GapKind
from srs.sitting.judge_client import JudgeClient
from tests.builders.program import program, snippet
from tests.builders.wheel import write_wheel

if TYPE_CHECKING:
    from srs.review.typed_answer import AnswerJudgement
    from tests.srs.cli.conftest import Desk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed"),
    pytest.mark.skipif(sys.platform != "linux", reason="the folder for caches is set as Linux has it"),
]

GUIDE = """\
---
title: Tiny things
requires: [tinything<2]
---

### Q1. What does tinything say?

It says its **version**.

```python
import tinything

print(tinything.VERSION)
```

```output
1.0
```

### Q2. What does sum do?

It adds **all numbers**.

```python
print(sum([1, 2, 3]))
```

```output
6
```
"""


@pytest.fixture(autouse=True)
def _offline(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    wheels = desk.folder / "wheels"
    wheels.mkdir()
    for version in ("1.0", "2.0"):
        write_wheel(wheels, "tinything", version, f"VERSION = '{version}'\n")
    for name, value in {
        "UV_FIND_LINKS": str(wheels),
        "UV_NO_INDEX": "1",
        "UV_OFFLINE": "1",
        "XDG_CACHE_HOME": str(desk.folder / "cache"),
    }.items():
        monkeypatch.setenv(name, value)


def test_a_guide_is_proved_in_the_environment_that_it_asks_for(desk: Desk) -> None:
    desk.write(GUIDE, "tiny.md")
    refused = desk.run("build", "tiny.md")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("tiny.md:3: this guide's code needs tinything<2; say --yes")
    report = desk.json("build", "tiny.md", "--yes")
    assert (report["title"], report["proofs"]["blocks"], report["proofs"]["holding"]) == ("Tiny things", 2, 2)
    (versions,) = report["proofs"]["versions"]
    assert versions.endswith(" · tinything 1.0")
    assert "TensorFlow" not in versions
    assert desk.json("build", "tiny.md")["proofs"]["ran_now"] == 0
    assert desk.run("check", "tiny.md").exit_code == 0


def test_a_guide_that_asks_for_what_nobody_has_says_so_with_its_line(desk: Desk) -> None:
    desk.write(GUIDE.replace("tinything<2", "tinything==7"), "tiny.md")
    done = desk.run("prove", "tiny.md", "--yes")
    assert done.exit_code == 1
    assert "tiny.md:3: no environment for tinything==7: uv finds nothing that fits" in done.stderr


def test_a_guide_is_proved_on_several_versions_and_the_lock_keeps_them_all(desk: Desk) -> None:
    guide = desk.write(GUIDE, "tiny.md")
    found = desk.json("prove", "tiny.md", "--on", "tinything==2,tinything==1,tinything==9")
    assert [(each["name"], each["proved"]) for each in found["versions"]] == [
        ("tinything==1", True),
        ("tinything==2", True),
        ("tinything==9", False),
    ]
    first, second = found["blocks"]
    assert first["holds"] == {"tinything==1": True, "tinything==2": False}
    assert (first["first"], first["last"]) == ("tinything==1", "tinything==1")
    assert [each["since"] for each in first["changes"]] == ["tinything==2"]
    assert second["holds"] == {"tinything==1": True, "tinything==2": True}
    lock = guide.with_suffix(".lock").read_text("utf-8")
    assert '"tinything": "1.0"' in lock
    assert '"tinything": "2.0"' in lock


def test_an_interpreter_that_is_not_there_is_told(desk: Desk) -> None:
    desk.write(GUIDE, "tiny.md")
    for command in ("build", "prove", "check"):
        done = desk.run(command, "tiny.md", "--python", "nowhere/python")
        assert (done.exit_code, done.stderr.split(";")[0]) == (1, "nowhere/python: no such interpreter")


def test_a_typed_answer_is_judged_in_the_environment_that_its_guide_asks_for(desk: Desk) -> None:
    desk.write(GUIDE, "tiny.md")
    desk.json("build", "tiny.md", "--yes")
    line = "print(len(tinything.VERSION + 'ab'))"
    source = snippet(f"import tinything\n{line}", name="q#1")
    start = line.index("'ab'")
    exercise = Exercise(
        replace(program(source, name="q"), requires=("tinything<2",)),
        0,
        Gap(GapKind.ARGUMENT, 2, start, start + 4, "'ab'"),
    )
    marks = [judged(each, "'cd'").correctness for each in (exercise, in_no_environment(exercise))]
    assert marks == [Correctness.RIGHT, Correctness.UNSURE]


def in_no_environment(exercise: Exercise) -> Exercise:
    return replace(exercise, program=replace(exercise.program, requires=()))


def judged(exercise: Exercise, typed: str) -> AnswerJudgement:
    client = JudgeClient()
    try:
        client.ask(exercise_to_json(exercise), typed)
        while True:
            assert select.select([client.descriptor], [], [], 60)[0]
            found = client.answer()
            if found is not None:
                return found
    finally:
        client.close()
