"""Start the process that judges typed answers (`cards.answer.judge_server`), and talk to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import Any

from cards.answer.correctness import Correctness
from srs.review.typed_answer import AnswerJudgement

_MAX_SENT_LENGTH = 5000
"""Characters of an answer; a longer one is refused there anyway, and would not fit through at once."""

_MOST_PREPARED = 2
"""The card that is asked and the next one: the process remembers more."""

_NOT_JUDGED = AnswerJudgement(
    Correctness.UNSURE, "It could not be judged; compare it with the answer yourself."
)


class JudgeClient:
    """Client of the process that judges typed answers; starts it and never blocks the sitting."""

    def __init__(self, *, runs: bool = True, first: str = "") -> None:
        """Set up the client without a process; with `runs` false answers are compared and no code runs.

        `first` is the first exercise of the sitting: its process is started while other cards are asked.
        """
        self._runs = runs
        self._first = first
        self._process: subprocess.Popen[bytes] | None = None
        self._received = b""
        self._number = 0
        self._prepared: tuple[str, ...] = ()
        """The exercises that were sent last, so that none is sent again and again."""

    def start(self) -> None:
        """Start the process unless it was started before; if it has died, the next answer restarts it."""
        if self._process is None:
            # In a session of its own: Ctrl-C is for the sitting, which then ends this one.
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "cards.answer.judge_server",
                    *([] if self._runs else ["--no-run"]),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            first, self._first = self._first, ""
            if first:
                self.prepare(first)

    @property
    def descriptor(self) -> int:
        """The file descriptor that becomes readable when an answer is judged; -1 without a process."""
        stdout = self._process.stdout if self._process is not None else None
        return stdout.fileno() if stdout is not None and not stdout.closed else -1

    def prepare(self, exercise: str) -> None:
        """Let the process run the reference while the learner thinks."""
        if exercise not in self._prepared:
            self._prepared = (*self._prepared[1 - _MOST_PREPARED :], exercise)
            self._send({"prepare": exercise})

    def ask(self, exercise: str, typed: str) -> None:
        """Send an answer to be judged; earlier requests are dropped."""
        self._number += 1
        if self.descriptor < 0:
            self._process = None
            self._received = b""
        self._send({"judge": exercise, "typed": typed[:_MAX_SENT_LENGTH], "number": self._number})

    def _send(self, request: dict[str, Any]) -> None:
        self.start()
        stdin = self._process.stdin if self._process is not None else None
        if stdin is not None and not stdin.closed:
            with suppress(BrokenPipeError):
                stdin.write(json.dumps(request).encode() + b"\n")
                stdin.flush()

    def answer(self) -> AnswerJudgement | None:
        """Return the judgement of the last request, None while incomplete; to be called when readable."""
        more = os.read(self.descriptor, 1 << 16)
        if not more:
            self.close()
            return _NOT_JUDGED
        *lines, self._received = (self._received + more).split(b"\n")
        found = None
        for line in lines:
            value = json.loads(line)
            if value["number"] == self._number:
                found = AnswerJudgement(Correctness(value["mark"]), value["sentence"])
        return found

    def close(self) -> None:
        """End the process and the code that it runs."""
        if self._process is None:
            return
        # Its input stays open until then: it would end at that too, and be disturbed while it cleans up.
        self._process.terminate()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._prepared = ()
