"""The text of the profile for macOS, and that nothing runs where it keeps nothing closed.

That macOS reads the profile as it is meant has to be seen on a Mac.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cards.errors import ProofError
from cards.prove.client import fresh_client
from cards.prove.client.installed_versions import installed_runtime
from cards.prove.client.options import Options
from cards.prove.event import ConfinementChosen, ProverEvent
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from cards.prove.sandbox import seatbelt
from cards.prove.sandbox.seatbelt import SeatbeltAccess, find_program, profile_text, require_closed
from tests.builders.program import TODAY, program

HOME = "/Users/ada"
ACCESS = SeatbeltAccess(
    readable=(f"{HOME}/.pyenv/versions/3.13.0", "/private/tmp/run/code/1"),
    writable=("/private/tmp/run/boxes/1",),
    files=("/private/tmp/run/board-1",),
)


def rules(access: SeatbeltAccess) -> dict[str, set[str]]:
    """Return the places of each rule by the operations that it allows."""
    found: dict[str, set[str]] = {}
    for rule in re.split(r"\n(?=\()", profile_text(access).strip()):
        if head := re.match(r"\(allow ([a-z* -]+[a-z*])", rule):
            places = re.findall(r"\((?:subpath|literal|target) [^()]*\)", rule)
            found.setdefault(head[1], set()).update(places)
    return found


def test_all_is_denied_that_is_not_allowed() -> None:
    assert profile_text(ACCESS).splitlines()[:2] == ["(version 1)", "(deny default)"]


def test_no_rule_opens_the_network_or_a_service() -> None:
    for access in (ACCESS, replace(ACCESS, processes=True)):
        operations = {name for rule in rules(access) for name in rule.split()}
        assert operations - {"process-fork"} == {
            "file-ioctl",
            "file-map-executable",
            "file-read*",
            "file-read-metadata",
            "file-write*",
            "file-write-data",
            "ipc-posix-sem",
            "process-exec",
            "process-info*",
            "signal",
            "sysctl-read",
        }


def test_only_its_folder_and_the_named_files_are_written() -> None:
    assert rules(ACCESS)["file-read* file-write*"] == {
        '(subpath "/private/tmp/run/boxes/1")',
        '(literal "/private/tmp/run/board-1")',
    }
    assert rules(ACCESS)["file-read* file-write-data file-ioctl"] == {
        f'(literal "/dev/{name}")' for name in ("null", "random", "urandom", "zero")
    }


def test_of_the_home_only_what_python_needs_is_read_and_the_way_there_is_seen() -> None:
    found = rules(ACCESS)
    assert [place for place in found["file-read*"] if HOME in place] == [
        f'(subpath "{HOME}/.pyenv/versions/3.13.0")'
    ]
    assert {place for place in found["file-read-metadata"] if HOME in place} == {
        f'(literal "{path}")' for path in (HOME, f"{HOME}/.pyenv", f"{HOME}/.pyenv/versions")
    }


def test_no_folder_that_is_read_holds_a_home() -> None:
    read = re.findall(r'\(subpath "(.*?)"\)', profile_text(ACCESS))
    homes = (HOME, "/var/root", "/private/var/root", "/Users/Shared")
    assert [path for path in read for home in homes if f"{home}/".startswith(f"{path}/")] == []


def test_other_programs_start_only_where_the_code_may_start_processes() -> None:
    assert rules(ACCESS)["process-exec"] == {f'(subpath "{path}")' for path in ACCESS.readable}
    assert "process-fork" not in rules(ACCESS)
    assert rules(ACCESS)["signal"] == {"(target self)"}
    more = rules(replace(ACCESS, processes=True))
    assert {'(subpath "/bin")', '(subpath "/usr/bin")'} <= more["process-exec"]
    assert "process-fork" in more
    assert more["signal"] == {"(target same-sandbox)"}


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        ("/Users/ada/my guides", '"/Users/ada/my guides"'),
        ('/x/a") (allow network*) ("', r'"/x/a\") (allow network*) (\""'),
        ("/x/back\\slash", r'"/x/back\\slash"'),
        ("/x/Größe", '"/x/Größe"'),
    ],
)
def test_a_path_is_a_string_whatever_it_holds(path: str, quoted: str) -> None:
    assert f"(subpath {quoted})" in profile_text(replace(ACCESS, writable=(path,)))


def test_without_places_there_is_no_rule() -> None:
    """`(allow file-write*)` would allow it everywhere."""
    text = profile_text(SeatbeltAccess((), ()))
    assert "file-write*" not in text
    assert "process-exec" not in text


def test_the_way_into_the_sandbox_names_links_and_what_they_lead_to(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr("os.execv", lambda _, command: started.append(command))
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    access = SeatbeltAccess((), (str(tmp_path / "link"),))
    seatbelt.exec_inside("/usr/bin/sandbox-exec", access, ["python", "x.py"])
    ((program_name, option, profile, *command),) = started
    assert (program_name, option, command) == ("/usr/bin/sandbox-exec", "-p", ["python", "x.py"])
    assert f'(subpath "{tmp_path}/link")' in profile
    assert f'(subpath "{tmp_path}/real")' in profile


@pytest.mark.skipif(sys.platform == "darwin", reason="it has the sandbox")
def test_other_systems_have_no_such_sandbox() -> None:
    assert find_program(frozenset()) == ""


@pytest.mark.parametrize(("code", "found"), [(0, True), (71, False)])
def test_the_ladder_takes_a_sandbox_that_works(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    code: int,
    found: bool,  # noqa: FBT001 - a table's column
) -> None:
    installed = tmp_path / "sandbox-exec"
    installed.touch()
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(command)
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(seatbelt, "_SANDBOX_EXEC", str(installed))
    monkeypatch.setattr(subprocess, "run", run)
    assert find_program(frozenset()) == (str(installed) if found else "")
    assert asked == [[str(installed), "-p", "(version 1)(allow default)", "/usr/bin/true"]]
    assert find_program(frozenset({"seatbelt"})) == ""
    assert len(asked) == 1


def test_a_sandbox_that_leaves_the_home_open_is_found_out(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="open"):
        require_closed(str(tmp_path))


def test_a_sandbox_that_leaves_the_network_open_is_found_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(RuntimeError, match="leaves the network open"):
        require_closed(str(tmp_path / "missing"))


def test_a_closed_sandbox_lets_the_run_begin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def forbid(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(socket.socket, "connect", forbid)
    require_closed(str(tmp_path / "missing"))


@pytest.mark.slow
@pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed")
@pytest.mark.skipif(sys.platform == "win32", reason="starts a script")
def test_no_code_runs_where_the_sandbox_keeps_nothing_closed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "sandbox-exec"
    fake.write_text('#!/bin/sh\nshift 2\nexec "$@"\n', encoding="utf-8")
    fake.chmod(0o700)
    monkeypatch.setattr(fresh_client, "find_program", lambda _: str(fake))
    events: list[ProverEvent] = []
    mark = tmp_path / "ran"
    with (
        Prover(Options(workers=1, today=TODAY, forks=False), events.append) as prover,
        pytest.raises(ProofError, match="the sandbox of macOS leaves"),
    ):
        next(prover.run([program(f"open({str(mark)!r}, 'w').close()")], prove_program))
    assert not mark.exists()
    (chosen,) = [event for event in events if isinstance(event, ConfinementChosen)]
    assert chosen.level == "seatbelt"
    assert "Not verified here" in chosen.sentence


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "darwin", reason="only a Mac has the sandbox")
@pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed")
def test_a_mac_keeps_code_from_home_network_and_other_folders(tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("x", encoding="utf-8")
    tries = {
        "fine": "import tensorflow as tf\nopen('own', 'w').close()\nprint(int(tf.reduce_sum(tf.ones(4))))",
        "reading": f"print(open({str(mine)!r}).read())",
        "home": f"import os\nprint(os.listdir({str(Path.home())!r}))",
        "writing": f"open({str(tmp_path / 'new')!r}, 'w')",
        "network": "import socket\nsocket.create_connection(('127.0.0.1', 9))",
        "starting": "import subprocess\nsubprocess.run(['/usr/bin/true'], check=True)",
    }
    with Prover(Options(workers=2, today=TODAY), lambda _: None) as prover:
        work = [program(source, name=name) for name, source in tries.items()]
        seen = {each.name: verdict for each, (verdict,) in prover.run(work, prove_program)}
    assert {verdict.confinement for verdict in seen.values()} == {"seatbelt"}
    assert {name: verdict.outcome.holds for name, verdict in seen.items()} == {
        name: name == "fine" for name in tries
    }
    assert seen["fine"].output == "4"
