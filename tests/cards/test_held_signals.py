"""A process that helps ends without a word, however soon it is ended."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.builders.place import ROOT

ENDED_AT_ONCE = """
import multiprocessing, signal, time
from cards.held_signals import hold_signals, obey_only_the_end

def interrupt(*_):
    raise KeyboardInterrupt

def help_until_the_end():
    obey_only_the_end()
    time.sleep(60)

signal.signal(signal.SIGTERM, interrupt)
for _ in range(30):
    process = multiprocessing.get_context("fork").Process(target=help_until_the_end)
    with hold_signals(signal.SIGINT, signal.SIGTERM):
        process.start()
    process.terminate()
    process.join()
    assert process.exitcode == -signal.SIGTERM, process.exitcode
"""


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is copied there")
def test_a_helper_that_is_ended_while_it_starts_says_nothing() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", ENDED_AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
