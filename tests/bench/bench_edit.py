"""Time a build after an edit against a whole build: `python tests/bench/bench_edit.py [QUESTIONS]`.

Builds guides without code of a tenth of QUESTIONS (10,000) and of QUESTIONS, whole and after 1 % of the
questions were edited, each in a process of its own. Read the ratios; seconds are this machine's.
"""

# ruff: noqa: S311, T201 - chance puts a guide together here, and it prints what it measured

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

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
BUILD = """
import resource, sys
from pathlib import Path
from srs.cli import main
from time import perf_counter
started = perf_counter()
try:
    main(["build", "guide.md"])
except SystemExit as end:
    assert not end.code, end.code
usage = resource.getrusage(resource.RUSAGE_SELF)
status = Path("/proc/self/status")
peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) if status.exists() else usage.ru_maxrss
print(perf_counter() - started, usage.ru_utime + usage.ru_stime, peak, file=sys.stderr)
"""
Edit = Callable[[str, Random], str]


class Cost(NamedTuple):
    """What a build took."""

    seconds: float
    cpu_seconds: float
    peak_kb: int


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


def build(folder: Path) -> Cost:
    """Build in a fresh process and return what it took."""
    environment = os.environ | {
        "PROOFDECK_HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    seconds, cpu_seconds, peak = run.stderr.splitlines()[-1].split()
    return Cost(float(seconds), float(cpu_seconds), int(peak))


def main(count: int) -> None:
    """Print what builds take, and the ratios."""
    for edit in (words, anything):
        costs = {}
        for size in (count // 10, count):
            with tempfile.TemporaryDirectory() as name:
                path = Path(name) / "guide.md"
                path.write_text(guide(size))
                whole = build(path.parent)
                path.write_text(edited(guide(size), edit))
                costs[size] = whole, build(path.parent)
        print(f"1 % edited: {edit.__doc__}")
        for size, pair in costs.items():
            for kind, cost in zip(("whole", "edited"), pair, strict=True):
                print(
                    f"  {size:6} questions, {kind:6} {cost.seconds:6.2f} s, "
                    f"{cost.cpu_seconds:6.2f} s of CPU, peak {cost.peak_kb / 1024:5.0f} MB"
                )
        (small, small_edit), (large, large_edit) = costs[count // 10], costs[count]
        print(
            f"  edited to whole {large_edit.seconds / large.seconds:.3f}"
            f" (CPU {large_edit.cpu_seconds / large.cpu_seconds:.3f}); "
            f"peak to that of a tenth {large.peak_kb / small.peak_kb:.2f}, "
            f"edited {large_edit.peak_kb / small_edit.peak_kb:.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
