"""Time the first deck, and commands without a change: `python tests/bench/bench_first_deck.py [GUIDE]`.

A new guide is built (the first two questions of the bundled one, unless a GUIDE is named): when can its first
deck be learnt, and when is all measured? Then one line of its code is edited. At the end `prove`, `check` and
`build` say again what they said. Read the ratios; seconds are this machine's.
"""

# ruff: noqa: T201 - it prints what it measured

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from tests.bench.row import Row
from tests.builders.command import processes_with
from tests.builders.place import ROOT

QUESTIONS = 2
ROUNDS = 15
EDITS = 3
PROOFDECK = (sys.executable, "-P", "-c", "from srs.cli import main; main()")


class BuildTime(NamedTuple):
    """When a build was how far, in seconds from its start."""

    first: float
    """The first deck was written, without the cards of code where there is much of it."""
    ready: float
    """A deck was written with all proved code; the end of the build where nothing was left to measure."""
    done: float
    cpu: float
    """The seconds of a core that all its processes took: a busy machine lengthens these less."""


def build(folder: Path, *options: str) -> BuildTime:
    """Build the guide, and look when its first deck is there."""
    began, before = perf_counter(), children_cpu_seconds()
    command = [*PROOFDECK, "build", "guide.md", *options]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        written = [perf_counter() - began for line in running.stderr or () if " ready; " in line]
    done = perf_counter() - began
    written = written or [done]
    return BuildTime(written[0], written[-1], done, children_cpu_seconds() - before)


def children_cpu_seconds() -> float:
    """Return the seconds of a core that the ended processes of this one took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a command with a store of its own."""
    unset = {"PYTHONDONTWRITEBYTECODE", "PROOFDECK_NOW"}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return kept | {
        "PROOFDECK_HOME": str(folder / "home"),
        "TMPDIR": str(folder),
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def cpu_seconds(folder: Path, *command: str) -> float:
    """Return the seconds of a core that a command takes."""
    before = children_cpu_seconds()
    subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, check=False)
    return children_cpu_seconds() - before


def first_questions(text: str) -> str:
    """Return a guide up to and with its first questions."""
    starts = [found.start() for found in re.finditer(r"^### ", text, re.MULTILINE)]
    return text[: starts[QUESTIONS]]


def unchanged_rows(folder: Path) -> list[Row]:
    """Return what commands take that find nothing changed since `guide.md` in the folder was built."""
    known = {
        "python -c pass": (sys.executable, "-c", "pass"),
        **{name: (*PROOFDECK, name, "guide.md") for name in ("prove", "check", "build")},
    }
    # The first of each may still find something to do.
    rounds = [
        {name: cpu_seconds(folder, *command) for name, command in known.items()} for _ in range(ROUNDS + 1)
    ][1:]
    found = {name: [each[name] for each in rounds] for name in known}
    bare = median(found.pop("python -c pass"))
    return [
        Row(
            f"{name} with nothing changed",
            "`python -c pass`",
            6,
            median(times) / bare,
            f"{1000 * median(times):.0f} ms of CPU",
        )
        for name, times in found.items()
    ]


def cold_rows() -> list[Row]:
    """Return what the bundled guide takes from nothing, and after an edit of one line of its code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        guide = folder / "guide.md"
        copy_bundled_guide(folder)
        guide.with_suffix(".lock").unlink()
        cold = build(folder)
        rounds = [(import_seconds(), edited_deck_seconds(folder)) for _ in range(EDITS)]
        imported, edited = (min(times) for times in zip(*rounds, strict=True))
        own = last_question_seconds(folder)
        edited_deck_seconds(folder, "--keep-warm")
        warm = min(edited_deck_seconds(folder) for _ in range(EDITS))
        for process in processes_with(f"TMPDIR={folder}"):
            os.kill(process, signal.SIGTERM)
    return [
        Row(
            "the bundled guide from nothing: a first deck", "30 s", 1, cold.first / 30, f"{cold.first:.0f} s"
        ),
        Row("the same: with all code proved", "30 s", 1, cold.ready / 30, f"{cold.ready:.0f} s"),
        Row("the same: everything measured", "90 s", 1, cold.done / 90, f"{cold.done:.0f} s"),
        Row(
            "one line of code edited: the deck, without the question's own runs",
            "an import of TensorFlow",
            1.5,
            (edited - own) / imported,
            f"{edited:.1f} s, of which {own:.1f} s run",
        ),
        Row(
            "the same, TensorFlow kept warm (`--keep-warm`)",
            "an import of TensorFlow",
            1,
            (warm - own) / imported,
            f"{warm:.1f} s, of which {own:.1f} s run",
        ),
    ]


def edited_deck_seconds(folder: Path, *options: str) -> float:
    """Edit a line of the guide's code; return the seconds until its deck is written."""
    edit_code(folder / "guide.md")
    return build(folder, *options).ready


def last_question_seconds(folder: Path) -> float:
    """Return what one run of the code of the guide's last question with code takes, as the lock has it."""
    command = [*PROOFDECK, "prove", "guide.md", "--json"]
    said = subprocess.run(command, cwd=folder, env=environment(folder), capture_output=True, check=False)
    blocks = json.loads(said.stdout)
    last = [block["snippet"] for block in blocks if "question" in block][-1].partition("#")[0]
    return sum(float(block["seconds"]) for block in blocks if block["snippet"].partition("#")[0] == last)


def import_seconds() -> float:
    """Return what an import of TensorFlow takes."""
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-c", "import tensorflow"], env=environment(Path()), capture_output=True, check=False
    )
    return perf_counter() - began


def edit_code(guide: Path) -> None:
    """Add a line to the last block of Python code."""
    before, fence, code = guide.read_text("utf-8").rpartition("```python\n")
    guide.write_text(f"{before}{fence}edited = {len(code)}\n{code}", "utf-8")


def bundled_rows() -> list[Row]:
    """Return what the commands take that find nothing changed in the bundled guide."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_bundled_guide(folder)
        build(folder)
        return unchanged_rows(folder)


def copy_bundled_guide(folder: Path) -> None:
    """Copy the bundled guide and its lock as `guide.md` and `guide.lock`."""
    source = ROOT / "source" / "tensorflow-interview"
    for ending in (".md", ".lock"):
        shutil.copy(source.with_suffix(ending), folder / f"guide{ending}")


def main() -> None:
    """Measure and print."""
    bundled = first_questions((ROOT / "source" / "tensorflow-interview.md").read_text("utf-8"))
    text = Path(sys.argv[1]).read_text("utf-8") if sys.argv[1:] else bundled
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        guide = folder / "guide.md"
        guide.write_text(text, "utf-8")
        imported, import_cpu = perf_counter(), children_cpu_seconds()
        subprocess.run([sys.executable, "-c", "import tensorflow"], capture_output=True, check=False)
        imported, import_cpu = perf_counter() - imported, children_cpu_seconds() - import_cpu
        cold = build(folder)
        print(f"import of TensorFlow: {imported:.1f} s")
        print(
            f"first deck: {cold.first:.1f} s, all proved: {cold.ready:.1f} s, all measured: {cold.done:.1f} s"
        )
        print(f"a deck with all proved code takes {cold.ready / cold.done:.2f} of a whole build")
        print(f"a whole build takes {cold.cpu / import_cpu:.1f} times the CPU of an import")
        edit_code(guide)
        edited = build(folder)
        print(f"one line of code edited: {edited.ready:.1f} s to the deck, {edited.done:.1f} s in all")
        print(f"that takes {edited.cpu / import_cpu:.1f} times the CPU of an import")
        build(folder)
        for row in unchanged_rows(folder):
            print(row.line)


if __name__ == "__main__":
    main()
