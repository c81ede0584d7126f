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
from datetime import UTC, datetime
from typing import IO, Any

from cards.answer.gap_answer import GapJudge, judgement_json
from cards.exercise.exercise import exercise_from_json
from cards.prove.client.options import Options
from cards.prove.process.line_buffer import LineBuffer
from cards.prove.prover import Prover

_TIMEOUT_SECONDS = 20.0
"""For one snippet of a typed answer; what loops is stopped then."""


def serve(requests: IO[bytes], answers: IO[bytes], gap_judge: GapJudge) -> None:
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
            judgement = gap_judge.judge(exercise_from_json(request["judge"]), request["typed"])
            answer = {"number": request["number"]} | judgement_json(judgement)
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()
        elif not any("prepare" in other for other in waiting):
            gap_judge.prepare(exercise_from_json(request["prepare"]))


def _exit_cleanly(*_: object) -> None:
    """End the process by SystemExit, so that its children and files go; ignore a second signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit()


def main() -> None:
    """Serve standard input; `--no-run` compares code only."""
    signal.signal(signal.SIGTERM, _exit_cleanly)
    if "--no-run" in sys.argv[1:]:
        serve(sys.stdin.buffer, sys.stdout.buffer, GapJudge(None))
        return
    today = datetime.now(UTC).date().isoformat()
    options = Options(workers=2, today=today, timeout_seconds=_TIMEOUT_SECONDS)
    with Prover(options, lambda _: None) as prover:
        try:
            serve(sys.stdin.buffer, sys.stdout.buffer, GapJudge(prover))
        finally:
            # The end of the input and the signal come together; neither may interrupt the clearing up.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


if __name__ == "__main__":
    main()
