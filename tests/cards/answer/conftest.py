from __future__ import annotations

import pytest

from cards.answer.task import Task, tasks_of
from cards.guide.reading.parse import parse_guide
from tests.builders.place import ROOT

GUIDE = ROOT / "source" / "tensorflow-interview.md"
TASKS = {
    task.slug: task for task in tasks_of(parse_guide(GUIDE.read_text("utf-8"), "tensorflow-interview.md"))
}


@pytest.fixture(scope="session")
def tasks() -> dict[str, Task]:
    """The tasks of the bundled guide by their names."""
    return TASKS
