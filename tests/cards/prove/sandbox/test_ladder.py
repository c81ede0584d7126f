from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from cards.errors import ProofError
from cards.program.verdict import Outcome
from cards.prove.client.installed_versions import installed_runtime
from cards.prove.client.options import Options
from cards.prove.event import ConfinementChosen, ProverEvent
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from cards.prove.sandbox import bubblewrap, confine, landlock, seccomp
from tests.builders.place import ROOT
from tests.builders.program import TODAY, program

needs_tensorflow = pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed")
needs_landlock = pytest.mark.skipif(landlock.version() == 0, reason="this kernel has no Landlock")
needs_filter = pytest.mark.skipif(
    not seccomp.is_known_machine(), reason="there is no filter for this machine"
)
needs_bubblewrap = pytest.mark.skipif(not bubblewrap.is_usable(), reason="bubblewrap is not installed")

READING = "import pathlib\nprint(pathlib.Path({path!r}).read_text())"


@pytest.mark.parametrize(
    ("has_landlock", "has_seccomp", "namespaces", "inside", "version", "level"),
    [
        pytest.param(True, True, "user", False, 7, "full", id="everything"),
        pytest.param(True, True, "none", False, 3, "full", id="no namespaces"),
        pytest.param(True, True, "user", False, 2, "partial", id="an older Landlock"),
        pytest.param(True, False, "user", False, 7, "partial", id="no filter but a private network"),
        pytest.param(True, False, "none", False, 7, "", id="Landlock alone"),
        pytest.param(False, True, "user", True, 0, "bubblewrap", id="bubblewrap"),
        pytest.param(False, True, "user", False, 0, "", id="no Landlock"),
        pytest.param(False, False, "none", False, 0, "", id="nothing"),
    ],
)
def test_the_level_follows_from_the_layers(
    monkeypatch: pytest.MonkeyPatch,
    has_landlock: bool,  # noqa: FBT001 - a table's column
    has_seccomp: bool,  # noqa: FBT001
    namespaces: str,
    inside: bool,  # noqa: FBT001
    version: int,
    level: str,
) -> None:
    monkeypatch.setattr(landlock, "version", lambda: version)
    layers = confine.ConfinementLayers(has_landlock, has_seccomp, namespaces, inside)  # type: ignore[arg-type]
    assert layers.level == level


@pytest.mark.slow
@needs_tensorflow
def test_nothing_runs_unconfined_unasked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Without bubblewrap too: it is looked for in the path.
    monkeypatch.setenv("PATH", str(tmp_path))
    options = Options(workers=1, today=TODAY, without=frozenset({"landlock", "seccomp", "namespaces"}))
    with (
        Prover(options, lambda _: None) as prover,
        pytest.raises(ProofError, match="nothing to confine code with"),
    ):
        next(prover.run([program("x = 1")], prove_program))


@pytest.mark.slow
@needs_tensorflow
def test_nothing_runs_unconfined_unasked_where_nothing_can_be_forked() -> None:
    options = Options(workers=1, today=TODAY, forks=False, without=frozenset({"seatbelt"}))
    with (
        Prover(options, lambda _: None) as prover,
        pytest.raises(ProofError, match="nothing to confine code with"),
    ):
        next(prover.run([program("x = 1")], prove_program))


@pytest.mark.slow
@needs_tensorflow
def test_unconfined_runs_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    without = frozenset({"landlock", "seccomp", "namespaces"})
    events: list[ProverEvent] = []
    options = Options(workers=1, today=TODAY, unconfined=True, without=without)
    with Prover(options, events.append) as prover:
        _, (verdict,) = next(prover.run([program("x = 1")], prove_program))
    assert (verdict.outcome, verdict.confinement) == (Outcome.PASSED, "unconfined")
    assert [event.level for event in events if isinstance(event, ConfinementChosen)] == ["unconfined"]


@pytest.mark.slow
@needs_tensorflow
@needs_bubblewrap
def test_bubblewrap_stands_in_for_landlock(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden", encoding="utf-8")
    options = Options(workers=1, today=TODAY, without=frozenset({"landlock"}))
    network = "import socket\nsocket.create_connection(('1.1.1.1', 80), timeout=5)"
    with Prover(options, lambda _: None) as prover:
        fine = program("import tensorflow as tf\nprint(int(tf.reduce_sum(tf.ones((2, 2)))))", name="fine")
        reading = program(READING.format(path=str(secret)), name="reading")
        seen = {
            str(v.snippet): v
            for _, (v,) in prover.run([fine, reading, program(network, name="network")], prove_program)
        }
    assert {each.confinement for each in seen.values()} == {"bubblewrap"}
    assert [seen[f"{name}#1"].outcome for name in ("fine", "reading", "network")] == [
        Outcome.PASSED,
        Outcome.NEEDS,
        Outcome.NEEDS,
    ]


def alone(act: str) -> str:
    """Return what a process prints that acts on itself."""
    prelude = "import os, sys\nfrom cards.prove.sandbox import kernel, landlock, seccomp\n"
    ran = subprocess.run(
        [sys.executable, "-c", prelude + act],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return (ran.stdout + ran.stderr[-300:]).strip()


@needs_landlock
def test_landlock_leaves_only_the_named_paths(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir()
    (tmp_path / "closed.txt").write_text("x", encoding="utf-8")
    act = f"""
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
landlock.restrict(landlock.Access(writable=({str(tmp_path / "open")!r},)))
open({str(tmp_path / "open" / "new")!r}, "w").close()
try:
    open({str(tmp_path / "closed.txt")!r})
except PermissionError:
    print("closed")
"""
    assert alone(act) == "closed"


@needs_filter
@pytest.mark.parametrize(
    ("act", "answer"),
    [
        pytest.param("os.fork()", "95", id="fork"),
        pytest.param("os.execv('/bin/true', ['true'])", "95", id="exec"),
        pytest.param("__import__('socket').socket()", "101", id="socket"),
        pytest.param("__import__('socket').socketpair()", "fine", id="a pair of sockets"),
        pytest.param("os.kill(1, 0)", "1", id="a signal to another process"),
        pytest.param("os.kill(os.getpid(), 0)", "fine", id="a signal to itself"),
        pytest.param("__import__('threading').Thread(target=print).start()", "fine", id="a thread"),
        pytest.param("os.memfd_create('x')", "38", id="memory nobody counts"),
        pytest.param("os.chmod('/', 0)", "fine", id="chmod, which only pretends"),
        pytest.param("os.chown('.', -1, -1)", "1", id="chown"),
    ],
)
def test_the_filter_answers(act: str, answer: str) -> None:
    before = Path("/").stat().st_mode
    said = alone(f"""
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
seccomp.restrict(seccomp.Allowance())
try:
    {act}
    said = "fine"
except OSError as error:
    said = str(error.errno)
sys.stdout.write(said)
""")
    assert said.strip() == answer
    assert Path("/").stat().st_mode == before


@needs_filter
@needs_landlock
@pytest.mark.parametrize(
    ("denied", "number", "found"),
    [
        pytest.param("unshare setns mount mount_setattr umount2", "EPERM", "True True none", id="Docker"),
        pytest.param("landlock mount_setattr", "ENOSYS", "False True none", id="gVisor"),
        pytest.param("unshare", "ENOSPC", "True True none", id="no user namespaces left"),
    ],
)
def test_the_ladder_behind_what_a_container_denies(
    tmp_path: Path, denied: str, number: str, found: str
) -> None:
    """Return to each call what the container would; the layers are tried out as they are on any machine."""
    said = alone(f"""
import errno, platform
from pathlib import Path
from cards.prove.sandbox import confine, syscall
known = syscall.X86_64 if platform.machine() == "x86_64" else syscall.AARCH64
rules = seccomp._Rules(known | {{"landlock": 444}})
rules.add(seccomp._LOAD, seccomp._NUMBER)
for name in {denied.split()!r}:
    rules.deny(name, errno.{number})
rules.answer(seccomp._ALLOW)
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
seccomp.install(bytes(rules.code))
layers = confine.find_layers(Path({str(tmp_path)!r}), frozenset(), inside_bubblewrap=False)
print(layers.landlock, layers.seccomp, layers.namespaces)
""")
    assert said.splitlines()[-1] == found


@needs_filter
def test_a_filter_fits_in_what_the_kernel_takes() -> None:
    for machine in ("x86_64", "aarch64"):
        for allowance in (
            seccomp.Allowance(),
            seccomp.Allowance(processes=True, loopback=True, truncate=False),
        ):
            program_length = len(seccomp.bpf_filter(allowance, machine)) // 8
            assert 0 < program_length <= 4096


def test_this_machine_is_named_as_the_filter_names_it() -> None:
    known = platform.machine() in {"x86_64", "aarch64"} and sys.maxsize > 2**32
    assert seccomp.is_known_machine() == (sys.platform == "linux" and known)


def test_on_a_mac_no_call_of_linux_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("cards.prove.sandbox.kernel.syscall", lambda *_: pytest.fail("another kernel's call"))
    assert landlock.version.__wrapped__() == 0
    assert not seccomp.is_known_machine()
