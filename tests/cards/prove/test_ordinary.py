from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cards.program.snippet import ExpectedException, RunDirectives
from cards.program.verdict import Outcome
from cards.prove.client.installed_versions import installed_runtime
from cards.prove.client.options import Options
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from tests.builders.program import TODAY, program, snippet

if TYPE_CHECKING:
    from tests.builders.program import Prove

CASES = dict(
    re.findall(
        r"^## ([^\n]+)\n```python\n(.*?)^```",
        Path(__file__).with_name("ordinary.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
LOOPBACK = """
import socket
import threading

server = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=lambda: server.accept()[0].send(b"hello"), daemon=True).start()
assert socket.create_connection(server.getsockname()).recv(9) == b"hello"
"""
PROCESSES = """
import multiprocessing
import subprocess

assert subprocess.run(["echo", "hello"], capture_output=True, text=True).stdout == "hello\\n"
context = multiprocessing.get_context("fork")
child = context.Process(target=int)
child.start()
child.join()
assert child.exitcode == 0
"""
DAEMONS = """
import os
import time

for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(3600)
        os._exit(0)
"""
FORK_BOMB = """
import os

while True:
    os.fork()
"""


def test_there_are_cases() -> None:
    assert len(CASES) > 8


@pytest.mark.parametrize("name", CASES)
def test_it_passes_under_the_sandbox(prove: Prove, name: str) -> None:
    (verdict,) = prove(snippet(CASES[name], RunDirectives(timeout_seconds=120)))
    assert (verdict.outcome, verdict.sentence) == (Outcome.PASSED, "")


@pytest.mark.slow
@pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed")
def test_locks_and_copies_work_without_namespaces() -> None:
    names = ("Keras workers and multiprocessing's locks", "Images in folders", "Temporary files and the home")
    programs = [
        program(snippet(CASES[name], RunDirectives(timeout_seconds=120)), name=name) for name in names
    ]
    options = Options(workers=2, today=TODAY, unconfined=True, without=frozenset({"namespaces"}))
    with Prover(options, lambda _: None) as prover:
        assert [verdict.outcome for _, (verdict,) in prover.run(programs, prove_program)] == [
            Outcome.PASSED
        ] * 3


def test_loopback_is_private(prove: Prove) -> None:
    inside, outside = (
        snippet(LOOPBACK, RunDirectives(loopback=True), name="inside"),
        snippet(
            "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=5)",
            RunDirectives(loopback=True),
            name="outside",
        ),
    )
    if prove("x = 1")[0].confinement != "full":
        pytest.skip("nothing confines code here")
    verdicts = prove(inside, outside)
    if verdicts[0].outcome is Outcome.NEEDS:
        pytest.skip("this machine allows no private network")
    assert [verdict.outcome for verdict in verdicts] == [Outcome.PASSED, Outcome.NEEDS]


def test_processes_start_where_they_are_asked_for(prove: Prove) -> None:
    (verdict,) = prove(snippet(PROCESSES, RunDirectives(requires=("processes",))))
    assert (verdict.outcome, verdict.sentence) == (Outcome.PASSED, "")


def test_grandchildren_left_behind_are_ended(prove: Prove) -> None:
    (verdict,) = prove(snippet(DAEMONS, RunDirectives(requires=("processes",))))
    assert verdict.outcome is Outcome.PASSED
    (verdict,) = prove(snippet("x = 1", RunDirectives(raises=ExpectedException("ValueError"))))
    assert verdict.outcome is Outcome.FAILED


def test_a_fork_bomb_is_stopped_where_processes_are_allowed(prove: Prove) -> None:
    (verdict,) = prove(snippet(FORK_BOMB, RunDirectives(requires=("processes",), timeout_seconds=20)))
    assert verdict.outcome in {Outcome.DID_NOT_FINISH, Outcome.MEMORY_LIMIT, Outcome.TIMED_OUT}
