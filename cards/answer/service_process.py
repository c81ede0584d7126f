"""The process beside a sitting that judges typed answers: JSON lines in, JSON lines out.

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

from cards.answer.gap_answer import Grader, judgement_value
from cards.exercise.exercise import parse_exercise
from cards.prove.prover import Options, Prover, installed_runtime

_SECONDS = 20.0
"""For one snippet of a typed answer; what loops is stopped then."""


def serve(requests: IO[bytes], answers: IO[bytes], grader: Grader) -> None:
    """Answer requests until there are no more; what was prepared for a card that is gone is left out."""
    received = b""
    waiting: list[dict[str, Any]] = []
    while True:
        while not waiting or select.select([requests], [], [], 0)[0]:
            more = os.read(requests.fileno(), 1 << 16)
            if not more:
                return
            *lines, received = (received + more).split(b"\n")
            waiting += [json.loads(line) for line in lines]
        request = waiting.pop(0)
        if "judge" in request:
            judgement = grader.judge(parse_exercise(request["judge"]), request["typed"])
            answer = {"number": request["number"]} | judgement_value(judgement)
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()
        elif not any("prepare" in other for other in waiting):
            grader.prepare(parse_exercise(request["prepare"]))


def _end(*_: object) -> None:
    """End all that runs and remove its files, undisturbed by a second signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit()


def main() -> None:
    """Serve standard input; `--no-run` compares code only."""
    signal.signal(signal.SIGTERM, _end)
    if "--no-run" in sys.argv[1:] or installed_runtime() is None:
        serve(sys.stdin.buffer, sys.stdout.buffer, Grader(None))
        return
    today = datetime.now(UTC).date().isoformat()
    options = Options(workers=2, today=today, timeout_seconds=_SECONDS)
    with Prover(options, lambda _: None) as prover:
        try:
            prover.start()
            serve(sys.stdin.buffer, sys.stdout.buffer, Grader(prover))
        finally:
            # The end of the input and the signal come together; neither may interrupt the clearing up.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)


if __name__ == "__main__":
    main()
