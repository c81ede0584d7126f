"""Entry point of a new interpreter that imports what one program needs, and runs it."""

from __future__ import annotations

import json
import mmap
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cards.prove.process.child import ProgramRun, preload
from cards.prove.process.json_text import json_bytes
from cards.prove.process.output_stream import install_streams
from cards.prove.process.shared_record import SharedRecord
from cards.prove.sandbox import account

if TYPE_CHECKING:
    from cards.prove.process.protocol import FreshStart

_exit_now = os._exit
"""Bound before guide code can replace it."""
_INSIDE = "inside"
"""The argument of an interpreter that the sandbox has been put around."""


def main() -> None:
    """Read the job file, run the program and end the process; on a Mac, all of it inside the sandbox."""
    job_file = Path(sys.argv[1])
    start: FreshStart = json.loads(job_file.read_text(encoding="utf-8"))
    if start["sandbox"] and sys.argv[2:] != [_INSIDE]:
        _enter_sandbox(start, job_file)
    job_file.unlink()
    with Path(start["board"]).open("r+b") as file:
        shared_record = SharedRecord(mmap.mmap(file.fileno(), 0))
    status = 70
    try:
        if start["sandbox"]:
            _require_confinement(start)
        _set_limits(start["job"]["limits"]["disk_bytes"])
        for name, text in start["job"]["files"]:
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", errors="replace", newline="")
        install_streams(open(os.devnull, "wb"))  # noqa: PTH123, SIM115 - stays open
        preload([*(["tensorflow"] if start["keras"] else []), *start["job"]["preloaded"]])
        account.install()
        ProgramRun(start["job"], shared_record, start["code"]).execute(bytes.fromhex(start["secret"]))
        status = 0
    except BaseException as error:  # noqa: BLE001 - told as trouble with the machinery
        shared_record.add_record(json_bytes({"trouble": f"{type(error).__name__}: {error}"}))
    finally:
        _exit_now(status)


def _enter_sandbox(start: FreshStart, job_file: Path) -> None:
    """Begin again inside the sandbox of macOS, with what this interpreter and its program need."""
    from cards.prove.sandbox import confine, seatbelt

    own_code = str(Path(__file__).parents[1])
    access = seatbelt.SeatbeltAccess(
        readable=(*confine.package_folders(), own_code, str(Path(start["code"]).parent)),
        writable=(start["box"],),
        files=(start["board"], str(job_file)),
        processes=start["job"]["processes"],
    )
    seatbelt.exec_inside(start["sandbox"], access, [*sys.orig_argv, _INSIDE])


def _require_confinement(start: FreshStart) -> None:
    """Raise where the sandbox leaves open what must be closed, or cannot give what the program needs."""
    from cards.prove.sandbox.refusal import NO_PRIVATE_NETWORK
    from cards.prove.sandbox.seatbelt import require_closed

    require_closed(start["home"])
    if start["job"]["loopback"]:
        raise OSError(NO_PRIVATE_NETWORK)


def _set_limits(disk_bytes: int) -> None:
    """Limit file size and core dumps where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (disk_bytes, disk_bytes))
