"""Runs the hostile cases and says what became of them; as a program, as another user and in JSON."""

from __future__ import annotations

import json
import os
import pwd
import re
import shutil
import socket
import stat
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from cards.program.snippet import RunDirectives
from cards.prove.client.options import Options
from cards.prove.prove_program import prove_program
from cards.prove.prover import Prover
from cards.prove.sandbox import kernel
from tests.builders.command import processes_with
from tests.builders.place import ROOT
from tests.builders.program import TODAY, program, snippet

CASES = Path(__file__).with_name("hostile.md")
SECRET = "a secret nobody may see"  # noqa: S105 - a canary
TIMEOUT_SECONDS = 5.0
_CASE = re.compile(
    r"^## (?P<name>[^\n]+)\n(?P<outcomes>[^\n]+)\n\n```python\n(?P<source>.*?)^```", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    outcomes: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a case."""

    name: str
    outcome: str
    sentence: str
    output: str
    confinement: str


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What was there when all had run."""

    seen: tuple[Seen, ...]
    canary: tuple[str, ...]
    """What changed outside; nothing is right."""
    processes: tuple[int, ...]
    folders: tuple[str, ...]
    connections: int


def cases() -> tuple[Case, ...]:
    text = CASES.read_text(encoding="utf-8")
    return tuple(
        Case(match["name"], tuple(match["outcomes"].split(" | ")), match["source"])
        for match in _CASE.finditer(text)
    )


def run_all(
    folder: Path, names: frozenset[str] = frozenset(), without: frozenset[str] = frozenset()
) -> Aftermath:
    """Run the cases, an ordinary program after each of them, with a canary in the folder."""
    folder = folder.resolve()
    canary = folder / "canary"
    canary.mkdir(mode=0o755)
    (canary / "secret.txt").write_text(SECRET, encoding="utf-8")
    os.utime(canary / "secret.txt", (1_000_000, 1_000_000))
    (folder / "temporary").mkdir()
    tempfile.tempdir = str(folder / "temporary")
    abstract = f"proofdeck-test-{os.getpid()}"
    tcp, unix, hidden = socket.socket(), socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
    tcp.bind(("127.0.0.1", 0))
    unix.bind(str(canary / "socket"))
    hidden.bind(f"\0{abstract}")
    for each in (tcp, unix, hidden):
        each.listen()
        each.settimeout(0)
    before = _state(canary)
    replacements = {
        "CANARY": str(canary),
        "PARENT": str(os.getpid()),
        "TCP_PORT": str(tcp.getsockname()[1]),
        "ABSTRACT": abstract,
        "NESTED": "x = " + "(" * 5000 + ")" * 5000,
    }
    os.environ["PROOFDECK_TEST_SECRET"] = SECRET
    programs = []
    for case in cases():
        if names and case.name not in names:
            continue
        source = case.source
        for word, value in replacements.items():
            source = source.replace(word, value)
        limited = snippet(source, RunDirectives(timeout_seconds=TIMEOUT_SECONDS), name=case.name)
        programs.append(program(limited, name=case.name))
    ordinary = "import tensorflow as tf\nassert float(tf.reduce_sum(tf.ones((3, 3)))) == 9.0"
    programs.append(program(snippet(ordinary, name="ordinary"), name="ordinary"))
    seen = []
    options = Options(
        workers=os.cpu_count() or 1,
        today=TODAY,
        memory_bytes=600 << 20,
        disk_bytes=64 << 20,
        output_bytes=1 << 20,
        without=without,
    )
    with Prover(options, lambda _: None) as prover:
        for _, (verdict,) in prover.run(programs, prove_program):
            shown = verdict.outcome.value, verdict.sentence, verdict.output, verdict.confinement
            seen.append(Seen(verdict.snippet, *shown))
    connections = 0
    for each in (tcp, unix, hidden):
        with suppress(OSError):
            each.accept()
            connections += 1
        each.close()
    del os.environ["PROOFDECK_TEST_SECRET"]
    tempfile.tempdir = None
    after = _state(canary)
    return Aftermath(
        tuple(seen),
        tuple(sorted(str(item) for item in before ^ after)),
        tuple(processes_with(str(folder))),
        tuple(path.name for path in (folder / "temporary").iterdir()),
        connections,
    )


def _state(folder: Path) -> set[tuple[str, ...]]:
    state: set[tuple[str, ...]] = set()
    for path in (folder, *folder.rglob("*")):
        found = path.lstat()
        content = path.read_text(encoding="utf-8") if stat.S_ISREG(found.st_mode) else ""
        state.add((str(path), oct(found.st_mode), str(found.st_mtime_ns), str(found.st_uid), content))
    return state


def _become_nobody(needed: tuple[str, ...]) -> None:
    """Go on as an ordinary user, who can reach the needed folders even where they lie in root's home."""
    nobody = pwd.getpwnam("nobody")
    hidden = {
        str(parent) for path in needed for parent in Path(path).parents if not parent.stat().st_mode & 1
    }
    outermost = [
        path for path in hidden if not any(path != other and path.startswith(f"{other}/") for other in hidden)
    ]
    if outermost:
        bind, recursive, private, move = 4096, 0x4000, 1 << 18, 8192
        kernel.unshare(0x20000)
        kernel.mount("none", "/", "none", recursive | private, "")
        for number, folder in enumerate(outermost):
            inside = [path for path in needed if path.startswith(f"{folder}/")]
            mount_points = []
            for part, path in enumerate(inside):
                mount_point = f"/mnt/proofdeck-{number}-{part}"
                Path(mount_point).mkdir(exist_ok=True)
                kernel.mount(path, mount_point, "none", bind | recursive, "")
                mount_points.append(mount_point)
            kernel.mount("tmpfs", folder, "tmpfs", 0, "mode=755")
            for mount_point, path in zip(mount_points, inside, strict=True):
                Path(path).mkdir(parents=True)
                kernel.mount(mount_point, path, "none", move, "")
                Path(mount_point).rmdir()
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)
    # Leaving root makes a process unreadable, its own /proc included, until it says otherwise.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    os.environ["HOME"] = "/nonexistent"


def main() -> None:
    """Run all cases as nobody and print the aftermath."""
    folder = Path(sys.argv[1])
    here = str(ROOT)
    needed = dict.fromkeys(
        os.path.realpath(path) for path in (sys.base_prefix, sys.prefix, here, str(folder))
    )
    shutil.chown(folder, "nobody")
    _become_nobody(tuple(path for path in needed if not any(path.startswith(f"{each}/") for each in needed)))
    print(json.dumps(asdict(run_all(folder, without=frozenset(sys.argv[2:])))))  # noqa: T201


if __name__ == "__main__":
    main()
