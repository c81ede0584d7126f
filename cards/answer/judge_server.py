"""Entry point of the process that judges typed answers during a sitting: JSON lines in, JSON lines out.

`{"prepare": EXERCISE}` says nothing back; `{"judge": EXERCISE, "typed": TEXT, "number": N}` is answered with
a judgement and the number. It ends when its input does. The command that a learner types loads none of this.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from cards.answer.gap_answer import GapJudge, judgement_json
from cards.environment.needed_packages import missing_here
from cards.environment.uv_environment import environments_folder, find_environment
from cards.errors import ProofdeckError
from cards.exercise.exercise import exercise_from_json
from cards.prove.client.options import Options
from cards.prove.process.line_buffer import LineBuffer
from cards.prove.prover import Prover

if TYPE_CHECKING:
    from collections.abc import Callable

    from cards.exercise.exercise import Exercise

_TIMEOUT_SECONDS = 20.0
"""For one snippet of a typed answer; what loops is stopped then."""


@dataclass(slots=True)
class GapJudges:
    """A judge for each interpreter that the exercises of a sitting run in, made when it is first needed."""

    make: Callable[[str | None], GapJudge]
    """Make the judge of an interpreter; None is the one that runs this."""
    interpreter_of: Callable[[Exercise], str | None]
    _judges: dict[str | None, GapJudge] = field(default_factory=dict)

    def judge_of(self, exercise: Exercise) -> GapJudge:
        """Return the judge of an exercise's answers."""
        interpreter = self.interpreter_of(exercise)
        if interpreter not in self._judges:
            self._judges[interpreter] = self.make(interpreter)
        return self._judges[interpreter]


def serve(requests: IO[bytes], answers: IO[bytes], judges: GapJudges) -> None:
    """Answer judge requests until the input ends; prepare an exercise only where no later request does."""
    received = LineBuffer()
    waiting: list[dict[str, Any]] = []
    while True:
        while not waiting or select.select([requests], [], [], 0)[0]:
            more = os.read(requests.fileno(), 1 << 16)
            if not more:
                return
            waiting += received.add(more)
        request = waiting.pop(0)
        if "judge" in request:
            exercise = exercise_from_json(request["judge"])
            judgement = judges.judge_of(exercise).judge(exercise, request["typed"])
            answer = {"number": request["number"]} | judgement_json(judgement)
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()
        elif not any("prepare" in other for other in waiting):
            exercise = exercise_from_json(request["prepare"])
            judges.judge_of(exercise).prepare(exercise)


def interpreter_for_exercise(exercise: Exercise) -> str | None:
    """Return the interpreter of the environment that the exercise's guide asks for.

    None for the one that runs this: it has all that is asked for, or no such environment was made.
    """
    program = exercise.program
    try:
        needed = missing_here(program.requires, program.python)
    except ProofdeckError:
        return None
    return find_environment(needed, environments_folder()) if needed else None


def _exit_cleanly(*_: object) -> None:
    """End the process by SystemExit, so that its children and files go; ignore a second signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit()


def main() -> None:
    """Serve standard input; `--no-run` compares code only."""
    signal.signal(signal.SIGTERM, _exit_cleanly)
    if "--no-run" in sys.argv[1:]:
        serve(sys.stdin.buffer, sys.stdout.buffer, GapJudges(lambda _: GapJudge(None), lambda _: None))
        return
    today = datetime.now(UTC).date().isoformat()
    options = Options(workers=2, today=today, timeout_seconds=_TIMEOUT_SECONDS)
    with ExitStack() as provers:

        def judge_in(interpreter: str | None) -> GapJudge:
            chosen = replace(options, python=interpreter)
            return GapJudge(provers.enter_context(Prover(chosen, lambda _: None)))

        try:
            serve(sys.stdin.buffer, sys.stdout.buffer, GapJudges(judge_in, interpreter_for_exercise))
        finally:
            # The end of the input and the signal come together; neither may interrupt the clearing up.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


if __name__ == "__main__":
    main()
