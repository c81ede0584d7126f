from __future__ import annotations

import os
import socket
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cards.program.verdict import Outcome
from cards.prove.client.installed_versions import installed_runtime
from cards.prove.client.options import Options
from cards.prove.event import ConfinementChosen, ProverEvent
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from cards.prove.sandbox.conditions import RunConditions
from tests.builders.command import processes_left, processes_with
from tests.builders.program import TODAY, program
from tests.builders.prover import proved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        installed_runtime() is None or not hasattr(socket, "SO_PEERCRED"),
        reason="TensorFlow on Linux is needed",
    ),
]
OPTIONS = Options(workers=2, today=TODAY, unconfined=True, keep_warm_minutes=0.2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Everything temporary; a warm process lives for 12 seconds without company."""
    folder = tmp_path_factory.mktemp("w")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(folder))
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        yield folder
    processes_left(f"TMPDIR={folder}", 60)


def test_the_second_command_finds_it_warm(folder: Path) -> None:
    first, second = (
        [program(f"import tensorflow as tf\n{source}", name="q")]
        for source in ("x = 1", "print(tf.ones(()))")
    )
    (verdicts,) = proved(first, OPTIONS, lambda _: None)
    assert verdicts[0].outcome is Outcome.PASSED
    kept = set(processes_with(f"TMPDIR={folder}"))
    assert len(kept) == len(RunConditions)
    events: list[ProverEvent] = []
    (verdicts,) = proved(second, OPTIONS, events.append)
    assert (verdicts[0].outcome, verdicts[0].output) == (
        Outcome.PASSED,
        "tf.Tensor(1.0, shape=(), dtype=float32)",
    )
    assert any(isinstance(event, ConfinementChosen) for event in events)
    assert set(processes_with(f"TMPDIR={folder}")) == kept


def test_a_command_that_leaves_none_uses_one(folder: Path) -> None:
    list(proved([program("x = 1")], OPTIONS, lambda _: None))
    kept = set(processes_with(f"TMPDIR={folder}"))
    with Prover(replace(OPTIONS, keep_warm_minutes=0), lambda _: None) as prover:
        ((_, verdicts),) = prover.run([program("x = 2")], prove_program)
        assert verdicts[0].outcome is Outcome.PASSED
        assert set(processes_with(f"TMPDIR={folder}")) == kept


def test_where_none_is_none_is_left(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (verdicts,) = proved([program("x = 1")], replace(OPTIONS, keep_warm_minutes=0), lambda _: None)
    assert verdicts[0].outcome is Outcome.PASSED
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_can_reach_it(folder: Path) -> None:
    list(proved([program("x = 1")], OPTIONS, lambda _: None))
    (private,) = folder.glob("proofdeck-warm-*")
    assert private.stat().st_mode & 0o777 == 0o700
    assert {address.stat().st_mode & 0o777 for address in private.iterdir()} == {0o600}


def test_who_finds_it_busy_starts_another(folder: Path) -> None:
    with Prover(OPTIONS, lambda _: None) as first, Prover(OPTIONS, lambda _: None) as second:
        running = first.run(
            [program("x = 1"), program("import time\ntime.sleep(20)", name="slow")], prove_program
        )
        assert next(running)[1][0].outcome is Outcome.PASSED
        ((_, verdicts),) = second.run([program("y = 2")], prove_program)
        assert verdicts[0].outcome is Outcome.PASSED


def test_a_folder_that_others_can_write_to_is_not_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"proofdeck-warm-{os.getuid()}").mkdir(mode=0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (verdicts,) = proved([program("x = 1")], OPTIONS, lambda _: None)
    assert verdicts[0].outcome is Outcome.PASSED
    assert list((tmp_path / f"proofdeck-warm-{os.getuid()}").iterdir()) == []


def test_it_ends_for_want_of_company(folder: Path) -> None:
    list(proved([program("x = 1")], OPTIONS, lambda _: None))
    assert processes_left(f"TMPDIR={folder}", 60) == []
    end = time.monotonic() + 10
    while list(folder.glob("proofdeck-prove-*")) and time.monotonic() < end:
        time.sleep(0.05)
    assert list(folder.glob("proofdeck-prove-*")) == []
    assert [path for private in folder.glob("proofdeck-warm-*") for path in private.iterdir()] == []
