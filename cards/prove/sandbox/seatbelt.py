"""Confines one interpreter by the sandbox of macOS: the text of its profile, and the start inside it.

No Mac was at hand: tests hold the text, and nobody has seen yet what macOS makes of it. So the interpreter
looks for itself whether home and network are closed, and runs no code where they are not.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_SANDBOX_EXEC = "/usr/bin/sandbox-exec"
_SYSTEM_FOLDERS = (
    "/System", "/usr/lib", "/usr/share", "/Library/Frameworks", "/Library/Developer/CommandLineTools",
    "/opt/homebrew/Cellar", "/opt/homebrew/Frameworks", "/opt/homebrew/lib", "/opt/homebrew/opt",
    "/usr/local/Cellar", "/usr/local/Frameworks", "/usr/local/lib", "/usr/local/opt",
    "/opt/local/lib", "/opt/local/libexec", "/nix/store",
    "/private/etc/localtime", "/private/etc/mime.types", "/private/var/db/dyld", "/private/var/db/timezone",
)  # fmt: skip
_PROGRAM_FOLDERS = ("/bin", "/usr/bin")
_DEVICES = ("/dev/null", "/dev/random", "/dev/urandom", "/dev/zero")
_CLOSED_PORT = 9
"""Nobody listens there; an open network answers all the same."""


@dataclass(frozen=True, slots=True)
class SeatbeltAccess:
    """What the interpreter may still open, start and change."""

    readable: tuple[str, ...]
    """Folders and files of Python, its packages and the program."""
    writable: tuple[str, ...]
    """Folders in which anything may be done."""
    files: tuple[str, ...] = ()
    """Single files that may be read, written and removed."""
    processes: bool = False
    """Programs among the readable may be started."""


def find_program(without: frozenset[str]) -> str:
    """Return the program that starts others in the sandbox; empty where it is missing or does not work."""
    if sys.platform != "darwin" or "seatbelt" in without or not Path(_SANDBOX_EXEC).exists():
        return ""
    # It refuses to work inside another sandbox.
    probe = subprocess.run(
        [_SANDBOX_EXEC, "-p", "(version 1)(allow default)", "/usr/bin/true"],
        capture_output=True,
        check=False,
        timeout=20,
    )
    return _SANDBOX_EXEC if probe.returncode == 0 else ""


def exec_inside(program: str, access: SeatbeltAccess, command: list[str]) -> None:
    """Replace this process by a command that the sandbox leaves only an access."""
    resolved = SeatbeltAccess(
        _with_real_paths(access.readable),
        _with_real_paths(access.writable),
        _with_real_paths(access.files),
        access.processes,
    )
    os.execv(program, [program, "-p", profile_text(resolved), *command])  # noqa: S606 - no shell is meant


def _with_real_paths(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return paths with those that they lead to: the sandbox compares the latter, and `/tmp` is a link."""
    return tuple(dict.fromkeys(each for path in paths for each in (path, os.path.realpath(path))))


def profile_text(access: SeatbeltAccess) -> str:
    """Return the profile of a sandbox that denies everything but an access.

    The network, other processes and the services of macOS stay denied, as nothing here allows them.
    """
    read = (*_SYSTEM_FOLDERS, *(_PROGRAM_FOLDERS if access.processes else ()), *access.readable)
    seen = (*read, *access.writable, *access.files, *_DEVICES)
    loaded = [_subpath(path) for path in (*read, *access.writable)]
    started = loaded if access.processes else [_subpath(path) for path in access.readable]
    target = "same-sandbox" if access.processes else "self"
    rules = [
        "(version 1)",
        "(deny default)",
        # On some Macs Python starts with a program that becomes the real interpreter. That is no fork.
        _allow("process-exec", started),
        "(allow process-fork)" if access.processes else "",
        f"(allow process-info* (target {target}))",
        f"(allow signal (target {target}))",
        "(allow sysctl-read)",
        "(allow ipc-posix-sem)",
        _allow("file-read-metadata", [_literal(path) for path in _folders_above(seen)]),
        # The loader looks at the root itself.
        _allow("file-read*", ['(literal "/")', *(_subpath(path) for path in read)]),
        _allow("file-map-executable", loaded),
        _allow("file-read* file-write*", [_subpath(path) for path in access.writable]),
        _allow("file-read* file-write*", [_literal(path) for path in access.files]),
        _allow("file-read* file-write-data file-ioctl", [_literal(path) for path in _DEVICES]),
    ]
    return "\n".join(rule for rule in rules if rule) + "\n"


def _allow(operations: str, places: list[str]) -> str:
    """Return a rule that allows operations in some places; none without places, for it would allow all."""
    return "\n  ".join([f"(allow {operations}", *dict.fromkeys(places)]) + ")" if places else ""


def _subpath(path: str) -> str:
    return f"(subpath {_quote(path)})"


def _literal(path: str) -> str:
    return f"(literal {_quote(path)})"


def _quote(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _folders_above(paths: tuple[str, ...]) -> list[str]:
    """Return every folder above some paths, from the root down: to reach a file, one asks about each."""
    return sorted({str(folder) for path in paths for folder in Path(path).parents})


def require_closed(home: str) -> None:
    """Raise RuntimeError where this process can list a home or reach the network after all."""
    if _can_list(home):
        raise RuntimeError(f"the sandbox of macOS leaves {home} open")
    if _is_answered():
        raise RuntimeError("the sandbox of macOS leaves the network open")


def _can_list(folder: str) -> bool:
    try:
        os.listdir(folder)  # noqa: PTH208 - only whether it can
    except OSError:
        return False
    return True


def _is_answered() -> bool:
    """Tell whether this machine answers, be it with a refusal, when it is called over the network."""
    try:
        with socket.socket() as connection:
            connection.settimeout(5)
            connection.connect(("127.0.0.1", _CLOSED_PORT))
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return True
