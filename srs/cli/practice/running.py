"""Say how the code of an answer to a task runs: in which interpreter, how far confined."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cards.answer.task import Task
    from srs.cli.context import CommandContext
    from srs.cli.practice.task_practice import TaskJudge

NO_TENSORFLOW = (
    "TensorFlow is not installed, so this code cannot run here: `pip install 'proofdeck[tensorflow]'`."
)


@dataclass(frozen=True, slots=True)
class Running:
    """How the code of an answer runs."""

    python: str | None
    """Another environment's interpreter; None for this one."""
    unconfined: bool
    keep_warm: bool

    def can_run(self, task: Task) -> bool:
        """Tell whether what the task needs is installed where its code runs."""
        from cards.program.tensorflow_use import uses_tensorflow
        from cards.prove.client.installed_versions import runtime_of

        return bool(runtime_of(self.python).tensorflow) or not uses_tensorflow(task.program.snippets)

    def judge(self, context: CommandContext, task: Task) -> TaskJudge:
        """Return the judge of answers to a task."""
        from cards.prove.client.run_request import keras_of
        from srs.cli.practice.task_practice import TaskJudge

        keras = keras_of(task.program)
        return TaskJudge(
            context, keras, unconfined=self.unconfined, keep_warm=self.keep_warm, python=self.python
        )


def interpreter_of(task: Task, python: str | None, *, yes: bool) -> str | None:
    """Return the interpreter that a task's code runs in; None for the one that runs proofdeck."""
    from srs.cli.build.guide_environment import interpreter_at, interpreter_for
    from srs.cli.build.guide_file import GuideFile

    guide = Path(task.span.path)
    # The bundled guide, which is found under no path, asks for nothing.
    file = GuideFile(guide, task.span.path, guide.with_suffix(".lock"))
    if python is not None:
        return interpreter_at(python)
    return interpreter_for(file, None, yes=yes) if guide.is_file() else None
