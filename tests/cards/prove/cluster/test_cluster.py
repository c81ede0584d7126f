"""Proving on a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cards.errors import ProofError
from cards.lock.lock import parse_lock_lines
from cards.program.snippet import KerasFlavour
from cards.prove.client.installed_versions import installed_runtime
from cards.prove.client.options import Options
from cards.prove.event import ClusterNews, ProgramGivenUp, ProverEvent
from cards.prove.prove_program import prove_program
from cards.prove.sandbox.conditions import RunConditions
from tests.builders.cluster import TestCluster, deadly_recipe, started_cluster, wait_until
from tests.builders.place import ROOT
from tests.builders.program import TODAY, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cards.prove.cluster.cluster_prover import ClusterProver

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed"),
    # Of Dask's own making.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

OPTIONS = Options(workers=2, today=TODAY)
WAITING = "import time\n\ntime.sleep(0.3)\nprint({n})\n"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[TestCluster]:
    with started_cluster(tmp_path) as started:
        yield started


def prover(cluster: TestCluster, events: list[ProverEvent], options: Options = OPTIONS) -> ClusterProver:
    from cards.prove.cluster.cluster_prover import ClusterProver

    return ClusterProver(cluster.address, options, events.append)


def told_of(events: list[ProverEvent]) -> list[str]:
    """Return what was told of workers, without their addresses."""
    news = [each.sentence for each in events if isinstance(each, ClusterNews)]
    return [re.sub(r"tcp://[\d.:]+", "ADDRESS", sentence) for sentence in news]


def test_a_lost_workers_programs_run_again_on_the_other(cluster: TestCluster) -> None:
    events: list[ProverEvent] = []
    programs = [program(WAITING.format(n=n), name=f"number {n}") for n in range(12)]
    printed = {}
    with prover(cluster, events) as runner:
        for each, (verdict,) in runner.run(programs, prove_program):
            printed[each.name] = (verdict.outcome.holds, verdict.output)
            if len(printed) == 3:
                cluster.end_worker(0)
    assert printed == {f"number {n}": (True, str(n)) for n in range(12)}
    told = [
        re.sub(r"tcp://\S+", "ADDRESS", each.sentence) for each in events if isinstance(each, ClusterNews)
    ]
    assert told == ["Worker ADDRESS is gone; what it was running runs again elsewhere."]


def test_a_worker_keeps_one_process_for_each_flavour_and_sort_of_conditions(cluster: TestCluster) -> None:
    with prover(cluster, []) as runner:
        runner.start(RunConditions, {KerasFlavour.NONE})
        assert len(list(runner.run([program("print(1)")], prove_program))) == 1
    started = sorted(each.name for each in cluster.folder.rglob("zygote-*.log"))
    assert started == ["zygote-0-first.log", "zygote-0-second.log"]


def test_a_program_that_ends_every_worker_is_given_up_and_the_others_finish(tmp_path: Path) -> None:
    events: list[ProverEvent] = []
    programs = [program("pass", name=name) for name in ("first", "deadly", "second", "third", "fourth")]
    with (
        started_cluster(tmp_path, nanny=True, allowed_failures=1) as cluster,
        prover(cluster, events) as runner,
    ):
        finished = [each.name for each, _ in runner.run(programs, deadly_recipe)]
    assert sorted(finished) == ["first", "fourth", "second", "third"]
    given_up = [each for each in events if isinstance(each, ProgramGivenUp)]
    assert given_up == [ProgramGivenUp("deadly", "2 workers ended while they ran it")]


def test_an_answer_counts_though_its_worker_ended_since(
    cluster: TestCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cards.prove.cluster.cluster_prover import _ClusterRun

    next_answers = _ClusterRun._next_answers  # noqa: SLF001 - there Dask may change its mind

    def next_of_ended_workers(run: _ClusterRun[Any, Any]) -> list[Any]:
        batch: list[Any] = next_answers(run)
        for future, _ in batch:
            future._state.lose()  # noqa: SLF001 - what Dask does when it learns of it
        return batch

    monkeypatch.setattr(_ClusterRun, "_next_answers", next_of_ended_workers)
    programs = [program(f"print({number})", name=f"number {number}") for number in range(3)]
    with prover(cluster, []) as runner:
        finished = [each.name for each, _ in runner.run(programs, prove_program)]
    assert sorted(finished) == ["number 0", "number 1", "number 2"]


def test_a_worker_of_another_runtime_gets_no_work_and_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other" / "keras-9.9.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: keras\nVersion: 9.9\n", "utf-8")
    here = installed_runtime()
    assert here is not None
    reason = f"Keras 9.9 instead of {here.keras}"
    events: list[ProverEvent] = []
    programs = [program(f"print({n})", name=f"number {n}") for n in range(4)]
    with started_cluster(tmp_path, ("", str(other.parent))) as cluster:
        with prover(cluster, events) as runner:
            runtimes = [verdict.runtime for _, (verdict,) in runner.run(programs, prove_program)]
        assert told_of(events) == [f"Worker ADDRESS gets no work: {reason}."]
        assert runtimes == [replace(here, tensorflow="", keras="")] * 4
        cluster.end_worker(0)
        cluster.workers[0].wait()
        with prover(cluster, []) as runner, pytest.raises(ProofError, match=re.escape(reason)):
            list(runner.run(programs, prove_program))


def test_a_cluster_whose_workers_cannot_confine_code_says_so(cluster: TestCluster) -> None:
    bare = Options(
        workers=1, today=TODAY, without=frozenset({"landlock", "seccomp", "namespaces", "bubblewrap"})
    )
    with prover(cluster, [], bare) as runner, pytest.raises(ProofError, match="--unconfined"):
        list(runner.run([program("print(1)")], prove_program))


def test_a_lost_scheduler_ends_the_command_with_a_sentence(cluster: TestCluster) -> None:
    programs = [program("pass", name=name) for name in ("first", "long")]
    with prover(cluster, []) as runner:
        finished = runner.run(programs, deadly_recipe)
        assert next(finished)[1] == "first"
        cluster.scheduler.kill()
        with pytest.raises(ProofError, match=r"is gone\. What was proved is kept"):
            next(finished)


def test_an_address_without_a_scheduler_is_told() -> None:
    from cards.prove.cluster.cluster_prover import ClusterProver

    with pytest.raises(ProofError, match="No Dask scheduler answers at nonsense:"):
        ClusterProver("nonsense:", OPTIONS, lambda _: None).start((), ())


def test_ctrl_c_keeps_what_is_done(cluster: TestCluster) -> None:
    quick = "### Q{n}. What is number {n}?\n\n```python\nimport time\n\ntime.sleep(1)\nprint({n})\n```\n"
    slow = "### Q{n}. What is number {n}?\n\n```python timeout=600\nimport time\n\ntime.sleep(500)\n```\n"
    blocks = [quick.format(n=n) for n in range(1, 9)] + [slow.format(n=n) for n in (9, 10)]
    guide = cluster.folder / "guide.md"
    guide.write_text("# Numbers\n\n" + "\n".join(blocks), "utf-8")
    lock = guide.with_suffix(".lock")
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "prove", "guide.md", "--cluster", cluster.address],
        cwd=cluster.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PROOFDECK_HOME": str(cluster.folder / "home")},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        wait_until(lambda: lock.exists() or process.poll() is not None)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told.splitlines()) == (
        130,
        ["Proving the code of 10 questions ...", "", "Stopped."],
    )
    kept = {
        proof.snippet
        for proof in parse_lock_lines(lock.read_text("utf-8").split("\n"), "guide.lock").proofs.verdicts
    }
    assert kept
    assert kept <= {f"what-is-number-{n}#1" for n in range(1, 9)}


COMMAND = """
import signal
from srs.cli import main

# A test runner that was started in the background hands down an ignored Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""
