from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.parse import parse
from cards.practice.task import Task, tasks_of
from cards.prove.prover import Options, Prover, installed_runtime

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDE = Path(__file__).parents[2] / "source" / "tensorflow-interview.md"
TASKS = {task.slug: task for task in tasks_of(parse(GUIDE.read_text("utf-8"), "tensorflow-interview.md"))}


@pytest.fixture(scope="session")
def tasks() -> dict[str, Task]:
    """The tasks of the bundled guide by their names."""
    return TASKS


@pytest.fixture(scope="session")
def grader() -> Iterator[Prover]:
    """One import of TensorFlow for all answers."""
    if installed_runtime() is None:
        pytest.skip("TensorFlow is not installed")
    options = Options(workers=os.cpu_count() or 1, today="2026-02-03", unconfined=True, timeout_seconds=30)
    with Prover(options, lambda _: None) as prover:
        prover.start()
        yield prover
