"""Code that breaks what it is run with: what it printed stays, and the rest goes as in plain Python."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.program.verdict import Outcome
from cards.prove.client.installed_versions import installed_runtime
from cards.prove.client.options import Options
from cards.prove.client.run_request import RunRequest
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from tests.builders.program import TODAY, program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.program.verdict import Verdict
    from cards.prove.process.protocol import Job

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed"),
]


@pytest.fixture(scope="module")
def prover() -> Iterator[Prover]:
    with Prover(Options(workers=1, today=TODAY), lambda _: None) as prover:
        yield prover


def verdicts(prover: Prover, *sources: str) -> tuple[Verdict, ...]:
    (found,) = [result for _, result in prover.run([program(*sources)], prove_program)]
    return found


FAILING_FLUSH = """
import sys
class Stream:
    def write(self, text): return len(text)
    def flush(self): raise SystemExit(0)
print('a')
old, sys.stdout = sys.stdout, Stream()
sys.stdout = old
print('b')
"""
FORGED = {
    case.partition("\n")[0]: re.findall(r"^```python\n(.*?)^```", case, re.MULTILINE | re.DOTALL)
    for case in Path(__file__).with_name("forged.md").read_text(encoding="utf-8").split("\n## ")[1:]
}


@pytest.mark.parametrize(
    ("source", "outcome", "output"),
    [
        ("import sys\nprint('a')\ndel sys.stdout\nx = 1", Outcome.PASSED, "a"),
        ("import sys\nprint('a')\ndel sys.stdout\nprint('b')", Outcome.FAILED, "a"),
        ("import sys\nprint('a')\ndel sys.stderr\nprint('b')", Outcome.PASSED, "a\nb"),
        ("import sys\nprint('a')\nsys.stdout = None\nprint('b')", Outcome.PASSED, "a"),
        ("import sys\nprint('a')\nsys.stdout = object()\nx = 1", Outcome.PASSED, "a"),
        ("import sys\nprint('a')\nsys.stdout.close()\nx = 1", Outcome.PASSED, "a"),
        ("import sys\nprint('a')\nsys.stdout.close()\nprint('b')", Outcome.FAILED, "a"),
        (FAILING_FLUSH, Outcome.PASSED, "a\nb"),
        ("import os\nprint('a')\nos.close(1)\nx = 1", Outcome.PASSED, "a"),
        ("import os\nprint('a')\nos.close(1)\nos.write(1, b'b')", Outcome.FAILED, "a"),
        ("import builtins\nprint('a')\ndel builtins.print\nx = 1", Outcome.PASSED, "a"),
        ("import builtins\nprint('a')\ndel builtins.print\nprint('b')", Outcome.NEEDS, "a"),
        ("import builtins\nbuiltins.len = lambda _: 7\nprint(len([]))", Outcome.PASSED, "7"),
        ("import sys\ndel sys.modules['sys']\nimport sys\nprint('a')", Outcome.PASSED, "a"),
        ("import sys\ndel sys.modules\nprint('a')", Outcome.PASSED, "a"),
        ("import sys\nsys.setrecursionlimit(70)\nx = 1\nprint('a')", Outcome.PASSED, "a"),
        ("import sys\nsys.settrace(lambda *_: 1 / 0)\nsys.settrace(None)\nprint('a')", Outcome.FAILED, ""),
        ("import random\nrandom.seed = None\nprint('a')", Outcome.PASSED, "a"),
    ],
)
def test_what_was_printed_stays(prover: Prover, source: str, outcome: Outcome, output: str) -> None:
    (verdict,) = verdicts(prover, source)
    assert (verdict.outcome, verdict.output) == (outcome, output)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("import atexit\natexit.register(print, 'bye')\nprint('hello')", "hello\nbye"),
        ("import atexit\nfor n in range(3):\n    atexit.register(print, n)", "2\n1\n0"),
        ("import atexit\natexit.register(print, 'bye')\natexit.unregister(print)\nprint('a')", "a"),
        ("import atexit\natexit.register(print, 'bye')\natexit.register(lambda: 1 / 0)", "bye"),
        ("import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'gone')\nprint('a')", "a\ngone"),
        ("class A:\n    def __del__(self): print('gone')\na = A()\nprint('a')", "a\ngone"),
        ("class A:\n    def __del__(self): print('gone')\na = A()\ndel a\nprint('a')", "gone\na"),
    ],
)
def test_what_is_left_for_the_end_runs(prover: Prover, source: str, output: str) -> None:
    (verdict,) = verdicts(prover, source)
    assert (verdict.outcome, verdict.output) == (Outcome.PASSED, output)


def test_exit_handlers_print_for_the_snippet_that_registered_them(prover: Prover) -> None:
    first, second, third = (
        "import atexit\natexit.register(print, 'first')\nprint(1)",
        "import atexit\natexit.register(print, 'second')\nprint(2)",
        "print(3)",
    )
    found = verdicts(prover, first, second, third)
    assert [verdict.output for verdict in found] == ["1\nfirst", "2\nsecond", "3"]


def test_an_exit_handler_that_never_ends_is_stopped(prover: Prover) -> None:
    limited = Options(workers=1, today=TODAY, timeout_seconds=2.0)
    with Prover(limited, lambda _: None) as impatient:
        (verdict,) = verdicts(impatient, "import atexit, time\natexit.register(time.sleep, 3600)")
    assert verdict.outcome is Outcome.DID_NOT_FINISH


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        pytest.param("x = b'x' * (1 << 40)\nprint('more')", 1, id="memory"),
        pytest.param("raise ValueError", 1, id="nothing behind it"),
        pytest.param("raise ValueError\nx = 1", 2, id="something behind it"),
        pytest.param("import numpy as np\nraise TypeError('keras')", 1, id="no Keras in sight"),
        pytest.param("import tensorflow as tf\nint('x')", 1, id="Keras imported, not concerned"),
    ],
)
def test_failing_code_runs_again_only_where_that_shows_more(
    prover: Prover, monkeypatch: pytest.MonkeyPatch, source: str, runs: int
) -> None:
    sent: list[RunRequest] = []
    real = RunRequest.job

    def job(request: RunRequest, number: int, options: Options) -> Job:
        sent.append(request)
        return real(request, number, options)

    monkeypatch.setattr(RunRequest, "job", job)
    (verdict,) = verdicts(prover, source)
    assert (verdict.outcome.holds, len(sent)) == (False, runs)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\\u202e", "\\u202e"),
        ("\\u2066x\\u2069", "\\u2066x\\u2069"),
        ("a\\u200bb", "a\\u200bb"),
        ("\\x1b]0;title\\x07", ""),
        ("\\x00", "\\x00"),
        ("\\x9b2J", "\\x9b2J"),
    ],
)
def test_hidden_characters_are_captured_as_escapes(prover: Prover, text: str, shown: str) -> None:
    printed, raised = verdicts(prover, f'print("<{text}>")', f'raise ValueError("<{text}>")')
    assert (printed.output, raised.sentence) == (f"<{shown}>", f"ValueError: <{shown}>.")


@pytest.mark.parametrize("sources", FORGED.values(), ids=FORGED)
def test_a_forged_pass_is_none(prover: Prover, sources: list[str]) -> None:
    assert not verdicts(prover, *sources)[-1].outcome.holds


def test_there_are_forged_passes() -> None:
    assert len(FORGED) >= 11


def test_what_forges_through_frames_is_flagged(prover: Prover) -> None:
    (verdict,) = verdicts(prover, *FORGED["The true secret without the records"])
    assert "needs a look: _getframe walks the interpreter's frames" in map(str, verdict.qualifiers)
    assert verdict.sentence == (
        "Its record is incomplete, or its own code changed it: that is no pass. "
        "Take out what reaches into the interpreter."
    )
