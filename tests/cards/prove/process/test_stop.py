from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from cards.program.snippet import KerasFlavour
from cards.prove.client.installed_versions import installed_runtime
from cards.prove.client.options import Options
from cards.prove.event import ProgramStarted, ProverEvent
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from cards.prove.sandbox.conditions import RunConditions
from tests.builders.command import processes_left, processes_with
from tests.builders.place import ROOT
from tests.builders.program import TODAY, program

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = """
import signal
from cards.prove.client.options import Options
from tests.builders.program import program
from tests.builders.prover import proved

# A test runner that was started in the background hands down an ignored Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

def watch(event):
    print(type(event).__name__, flush=True)

endless = [program("while True:\\n    pass", name=f"endless {n}") for n in range(3)]
try:
    options = Options(workers=2, today="2026-02-03", unconfined=True)
    list(proved([program("x = 1"), *endless], options, watch))
except KeyboardInterrupt:
    print("stopped", flush=True)
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed"),
]


def command(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == words:
            return
    pytest.fail(f"never said {words}")


@pytest.mark.parametrize("moment", ["ImportStarted", "ProgramFinished"])
def test_an_interrupt_leaves_no_process_and_no_folder(tmp_path: Path, moment: str) -> None:
    with command(tmp_path) as process:
        wait_for(process, moment)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        wait_for(process, "stopped")
        seconds = time.monotonic() - began
        process.wait()
    assert processes_with(f"TMPDIR={tmp_path}") == []
    # Half a second on a machine with nothing else to do; this one may be busy.
    assert seconds < 5.0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("moment", ["ImportStarted", "ProgramFinished"])
def test_a_killed_command_leaves_no_process(tmp_path: Path, moment: str) -> None:
    with command(tmp_path) as process:
        wait_for(process, moment)
        process.kill()
        process.wait()
    assert processes_left(f"TMPDIR={tmp_path}", 20) == []


def test_the_folder_of_a_killed_command_is_swept_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with command(tmp_path) as process:
        wait_for(process, "ImportStarted")
        process.kill()
        process.wait()
    left = list(tmp_path.iterdir())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Prover(Options(workers=1, today=TODAY), lambda _: None) as prover:
        prover.start([RunConditions.FIRST], [KerasFlavour.KERAS_3])
        assert left
        assert not set(left) & set(tmp_path.iterdir())


def test_whoever_stops_listening_stops_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    events: list[ProverEvent] = []
    programs = [program("x = 1"), program("while True:\n    pass", name="endless")]
    prover = Prover(Options(workers=2, today=TODAY, unconfined=True), events.append)
    verdicts = prover.run(programs, prove_program)
    assert next(verdicts)[1][0].outcome.holds
    assert ProgramStarted("endless") in events
    verdicts.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []
