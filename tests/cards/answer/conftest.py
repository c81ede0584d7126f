from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from cards.answer.task import Task, tasks_of
from cards.guide.read import parse
from cards.prove.prover import Options, Prover, installed_runtime
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDE = ROOT / "source" / "tensorflow-interview.md"
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
