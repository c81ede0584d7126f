"""Time builds of a long guide against a bare parse of it: `python tests/bench/bench_edit.py [QUESTIONS]`.

Builds guides without code of a tenth of QUESTIONS (10,000) and of QUESTIONS, whole and after 1 % of the
questions were edited, each in a process of its own, and the bundled guide after an edit of one. Read the
ratios, on a machine that does nothing else: they are of elapsed time, since several processes read a long
guide. Seconds are this machine's.
"""

# ruff: noqa: S311, T201 - chance puts a guide together here, and it prints what it measured

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter
from typing import NamedTuple

from markdown_it import MarkdownIt

from tests.bench.row import Row
from tests.builders.place import ROOT

NOUNS = [
    "tensor",
    "graph",
    "layer",
    "batch",
    "model",
    "weight",
    "gradient",
    "loss",
    "metric",
    "shape",
    "dtype",
    "kernel",
    "cache",
    "queue",
]
BUNDLED_EDITS = 3
BUILD = """
import resource, sys
from pathlib import Path
from srs.cli import main
from time import perf_counter
started = perf_counter()
try:
    main(["build", "guide.md"])
except SystemExit as end:
    assert not end.code or int(sys.argv[1]), end.code
usage, helpers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
cpu_seconds = usage.ru_utime + usage.ru_stime + helpers.ru_utime + helpers.ru_stime
status = Path("/proc/self/status")
peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) if status.exists() else usage.ru_maxrss
print(perf_counter() - started, cpu_seconds, peak, helpers.ru_maxrss, file=sys.stderr)
"""
Edit = Callable[[str, Random], str]


class Cost(NamedTuple):
    """What a build took."""

    seconds: float
    cpu_seconds: float
    """Of the build and of the processes that helped it."""
    peak_kb: int
    """Of the build alone."""
    helper_peak_kb: int
    """Of the largest process that helped it, with what it shares with the build."""


def question(number: int, chance: Random) -> str:
    """Return a question that makes about nine cards."""
    one, two, three, four = (chance.choice(NOUNS) for _ in range(4))
    return (
        f"### Q{number}. What does the {one} {two} number {number} do?\n\n"
        f"The {one} of {two} number {number} is kept in **{three} {number}** because the {four} waits. "
        f"The {two} of {three} number {number} is put into **{four} {number}** because the {one} waits.\n\n"
        f"| Aspect | Left {number} | Right {number} |\n|---|---|---|\n"
        f"| Speed {number} | fast {number} {one} | slow {two} |\n| Size | {three} {number} | {four} big |\n\n"
        f"- **alpha {number}**: holds the {one} of every {two} in order\n"
        f"- **beta {number}**: drops the {three} after a {four} has run\n\n"
    )


def guide(count: int) -> str:
    """Return a guide with so many questions, a hundred in a section."""
    chance = Random(1)
    parts = [
        f"## Section {number // 100}\n\n" * (number % 100 == 0) + question(number, chance)
        for number in range(count)
    ]
    return f"# Long guide\n\n{''.join(parts)}"


def words(one: str, chance: Random) -> str:
    """Change words of an answer."""
    return one.replace("waits", chance.choice(["stands still", "is late"]), 1)


def anything(one: str, chance: Random) -> str:
    """Change words, add a line, take the question out or put another one beside it."""
    edits: list[Edit] = [
        words,
        lambda one, _: one.replace("\n\n- ", "\n\nOne more line.\n\n- ", 1),
        lambda _one, _: "",
        lambda one, _: one + one.replace("number", "item").replace("### Q", "### Q9"),
    ]
    return chance.choice(edits)(one, chance)


def edited(text: str, edit: Edit) -> str:
    """Return the guide with one question in a hundred edited."""
    chance = Random(2)
    parts = re.split(r"(?m)^(?=### )", text)
    for place in chance.sample(range(1, len(parts)), len(parts) // 100):
        parts[place] = edit(parts[place], chance)
    return "".join(parts)


def build(folder: Path, *, may_fail: bool = False) -> Cost:
    """Build in a fresh process and return what it took; it may fail for code that was never proved."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {
        "PROOFDECK_HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        [sys.executable, "-c", BUILD, str(int(may_fail))],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, cpu_seconds, peak, helper_peak = run.stderr.splitlines()[-1].split()
    return Cost(float(seconds), float(cpu_seconds), int(peak), int(helper_peak))


def parse(text: str) -> float:
    """Return the seconds that a bare parse of a guide's text takes, the shortest of three times."""

    def seconds() -> float:
        started = perf_counter()
        MarkdownIt("commonmark").enable("table").parse(text)
        return perf_counter() - started

    return min(seconds() for _ in range(3))


def built_and_edited(size: int, edit: Edit) -> tuple[Cost, Cost]:
    """Return what the whole build of a guide took, and the one after the edit."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "guide.md"
        path.write_text(guide(size))
        whole = build(path.parent)
        path.write_text(edited(guide(size), edit))
        return whole, build(path.parent)


def built_bundled_guide(folder: Path) -> Path:
    """Build a copy of the bundled guide in a folder, with its lock, and return the copy."""
    source, path = ROOT / "source" / "tensorflow-interview", folder / "guide.md"
    path.write_text(source.with_suffix(".md").read_text("utf-8"), "utf-8")
    shutil.copy(source.with_suffix(".lock"), path.with_suffix(".lock"))
    build(folder, may_fail=True)
    return path


def bundled_guide_edited() -> float:
    """Return the seconds of a build of the bundled guide after one question's words were edited."""
    with tempfile.TemporaryDirectory() as name:
        path = built_bundled_guide(Path(name))

        def edited_seconds() -> float:
            text = path.read_text("utf-8")
            assert "because" in text
            path.write_text(text.replace("because", "since", 1), "utf-8")
            return build(path.parent, may_fail=True).seconds

        return min(edited_seconds() for _ in range(BUNDLED_EDITS))


def rows_of(count: int) -> list[Row]:
    """Return what builds take as ratios to a bare parse of the same text, and the memory of a long guide."""
    parsed = parse(guide(count))
    anchor = "a bare markdown-it parse of the same text"
    (small, _), (large, words_edited) = (built_and_edited(size, words) for size in (count // 10, count))
    _, edited_anyhow = built_and_edited(count, anything)

    def to_parse(what: str, goal: float, cost: Cost) -> Row:
        absolute = f"{cost.cpu_seconds:.1f} s of CPU, {cost.seconds:.1f} s"
        return Row(what, anchor, goal, cost.seconds / parsed, absolute)

    return [
        to_parse(f"a cold build without code, {count} questions", 5, large),
        to_parse(f"words of 1 % of {count} questions edited", 0.5, words_edited),
        to_parse(f"1 % of {count} questions edited, added, removed", 0.5, edited_anyhow),
        Row(
            f"peak memory of {count} questions",
            f"that of {count // 10}",
            4.5,
            large.peak_kb / small.peak_kb,
            f"{large.peak_kb / 1024:.0f} MB, of a helper {large.helper_peak_kb / 1024:.0f} MB",
        ),
    ]


def bundled_rows() -> list[Row]:
    """Return the wait after one question's words of the bundled guide were edited, in seconds."""
    seconds = bundled_guide_edited()
    return [Row("one question's words edited, bundled guide", "a second", 0.4, seconds, f"{seconds:.2f} s")]


if __name__ == "__main__":
    for row in (*rows_of(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000), *bundled_rows()):
        print(row.line)
