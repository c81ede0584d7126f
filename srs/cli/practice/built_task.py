"""Read the coding tasks of the guides that were built, and how each was practised."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cards.answer.task import tasks_of
from cards.errors import ProofdeckError
from cards.guide.reading.parse import parse_guide
from srs.cli.build.guide_file import find_guide
from srs.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cards.answer.task import Task
    from cards.guide.guide import Guide
    from srs.cli.context import CommandContext
    from srs.store.attempts import TaskHistory


def read_tasks(context: CommandContext, named: str | None) -> tuple[Task, ...]:
    """Return the tasks of a guide; without its name those of all that were built, else of the bundled one."""
    identities = _identities_by_path(context)

    def read(name: str | None) -> tuple[Guide, tuple[Task, ...]]:
        file = find_guide(context, name)
        source = file.source()
        guide = parse_guide(source.text, source.path)
        identity = identities.get(str(file.path.resolve()), guide.slug)
        return guide, tuple(replace(task, guide=identity) for task in tasks_of(guide))

    if named is not None:
        guide, tasks = read(named)
        if not tasks:
            lines = [*map(str, guide.warnings), f"{named}: this guide has no task that can be practised."]
            raise ProofdeckError("\n".join(lines))
        return tasks
    built = [task for path in identities if Path(path).is_file() for task in read(path)[1]]
    return tuple(built) or read(None)[1]


def _identities_by_path(context: CommandContext) -> dict[str, str]:
    """Return the identities of the guides in the store, by where their last build found them."""
    if not context.store_path.exists():
        return {}
    with Store.open_existing(context.store_file) as store:
        return {path: guide for guide, path in store.decks.guide_paths().items()}


def task_histories(context: CommandContext) -> tuple[Mapping[tuple[str, str], TaskHistory], date]:
    """Return the history of each task, and today's Day."""
    if not context.store_path.exists():
        return {}, context.now().date()
    with Store.open_existing(context.store_file) as store:
        return store.attempts.histories(), store.preferences.day(context.now())


def last_done(tried: TaskHistory | None) -> str:
    """Return the last Day on which a task was right, as text that sorts; empty for never."""
    return tried.done.isoformat() if tried and tried.done else ""
