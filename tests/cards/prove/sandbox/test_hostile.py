from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from cards.prove.client.installed_versions import installed_runtime
from cards.prove.sandbox import landlock, seccomp
from tests.builders.place import ROOT
from tests.cards.prove.sandbox.hostile import CASES, SECRET, Aftermath, Seen, cases, run_all

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session", params=["whoever runs the tests", "an ordinary user without namespaces"])
def aftermath(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    if installed_runtime() is None:
        pytest.skip("TensorFlow is not installed")
    if landlock.version() < landlock.TRUNCATE_VERSION or not seccomp.is_known_machine():
        pytest.skip("this kernel has no Landlock that knows about truncating, or the machine no filter")
    if request.param == "whoever runs the tests" or os.geteuid() != 0:
        without = frozenset[str]() if request.param == "whoever runs the tests" else frozenset({"namespaces"})
        return run_all(tmp_path_factory.mktemp("hostile"), without=without)
    # pytest's own folders are closed to other users.
    with tempfile.TemporaryDirectory() as folder:
        return _as_nobody(folder)


def _as_nobody(folder: str) -> Aftermath:
    Path(folder).chmod(0o755)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.cards.prove.sandbox.hostile", folder, "namespaces"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    report = json.loads(ran.stdout)
    return Aftermath(
        tuple(Seen(**seen) for seen in report["seen"]),
        tuple(report["canary"]),
        tuple(report["processes"]),
        tuple(report["folders"]),
        report["connections"],
    )


def test_there_are_cases() -> None:
    assert len(cases()) == CASES.read_text(encoding="utf-8").count("\n## ") > 60


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_hostile_code_gets_the_right_verdict(aftermath: Aftermath, case: object) -> None:
    wanted = next(each for each in cases() if each == case)
    seen = next(seen for seen in aftermath.seen if seen.name == wanted.name)
    assert seen.outcome in wanted.outcomes, seen


def test_the_next_snippet_is_unaffected(aftermath: Aftermath) -> None:
    assert [seen.outcome for seen in aftermath.seen if seen.name == "ordinary"] == ["passed"]


def test_everything_ran_under_the_full_sandbox(aftermath: Aftermath) -> None:
    assert {seen.confinement for seen in aftermath.seen} == {"full"}


def test_nothing_outside_is_touched(aftermath: Aftermath) -> None:
    assert aftermath.canary == ()


def test_no_secret_is_seen(aftermath: Aftermath) -> None:
    assert [seen.name for seen in aftermath.seen if SECRET in seen.output + seen.sentence] == []


def test_no_process_stays(aftermath: Aftermath) -> None:
    assert aftermath.processes == ()


def test_no_folder_stays(aftermath: Aftermath) -> None:
    assert aftermath.folders == ()


def test_no_connection_arrives(aftermath: Aftermath) -> None:
    assert aftermath.connections == 0
