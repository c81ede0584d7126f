"""Time proving on two workers of a cluster against `-j 2`: `python tests/bench/bench_cluster.py [ROUNDS [PROGRAMS]]`.

Both are warm; the rounds of one and the other take turns, so that other work on this machine slows both alike. Read the ratio; seconds are this machine's. The programs take half a second each, in two runs: one half of them computes, the other waits.
"""

# ruff: noqa: E501, T201 - sentences are whole lines, and it prints what it measured

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from cards.prove.client.options import Options
from cards.prove.cluster.cluster_prover import ClusterProver
from cards.prove.prove_program import prove_and_observe
from cards.prove.prover import Prover
from tests.builders.cluster import deadly_recipe, started_cluster
from tests.builders.program import TODAY, program

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.prove.program_runner import ProgramRunner

COMPUTING = "import time\n\nbegan = time.process_time()\nwhile time.process_time() - began < 0.25:\n    pass\nprint({n})"
WAITING = "import time\n\ntime.sleep(0.25)\nprint({n})"
ORDERS = 500


def seconds(runner: ProgramRunner, programs: list[Program]) -> float:
    """Return the seconds that a runner takes for all programs."""
    began = perf_counter()
    verdicts = [proof.verdicts[0] for _, proof in runner.run(programs, prove_and_observe)]
    took = perf_counter() - began
    assert len(verdicts) == len(programs)
    assert all(verdict.outcome.holds and verdict.confinement == "full" for verdict in verdicts), verdicts
    return took


def main() -> None:
    """Measure and print."""
    given = [int(argument) for argument in sys.argv[1:]]
    rounds, count = (*given, *(5, 24)[len(given) :])
    options = Options(workers=2, today=TODAY)
    with (
        tempfile.TemporaryDirectory() as folder,
        started_cluster(Path(folder)) as started,
        Prover(options, lambda _: None) as here,
        ClusterProver(started.address, options, lambda _: None) as there,
    ):
        warm_up = [program(WAITING.format(n=n), name=f"first {n}") for n in range(8)]
        seconds(here, warm_up)
        seconds(there, warm_up)
        for name, body in (("computing", COMPUTING), ("waiting", WAITING)):
            programs = [program(body.format(n=n), name=f"{name} {n}") for n in range(count)]
            local: list[float] = []
            remote: list[float] = []
            for number in range(rounds):
                pairs: list[tuple[list[float], ProgramRunner]] = [(local, here), (remote, there)]
                for times, runner in pairs if number % 2 else reversed(pairs):
                    times.append(seconds(runner, programs))
            ratios = sorted(b / a for a, b in zip(local, remote, strict=True))
            print(
                f"{count} programs, {name}: -j 2 {min(local):.1f} s, two workers {min(remote):.1f} s at best; "
                f"ratio {min(remote) / min(local):.3f} of the best, {median(ratios):.3f} at the median of {rounds}",
                flush=True,
            )
        began = perf_counter()
        names = [program("pass", name=f"order {n}") for n in range(ORDERS)]
        assert len(list(there.run(names, deadly_recipe))) == ORDERS
        print(
            f"orders that run nothing: {1000 * (perf_counter() - began) / ORDERS:.1f} ms each on two workers"
        )


if __name__ == "__main__":
    main()
