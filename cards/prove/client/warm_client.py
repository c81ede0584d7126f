"""Connects to a zygote that outlives its command, so that the next command need not import TensorFlow.

It listens on a socket that only its owner can reach, talks to its owner only, serves one prover at a time,
and ends by itself when nobody has come for a while. What it was started with is part of the socket's name:
after an upgrade a new one is started, and the old one ends for want of company.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import stat
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cards.prove.client.installed_versions import keras_2_version, runtime_of
from cards.prove.client.prover_folder import ProverFolder
from cards.prove.client.zygote_client import ZygoteClient, launch_zygote
from cards.prove.process.line_buffer import LineBuffer
from cards.prove.sandbox.peer_credentials import is_same_user

if TYPE_CHECKING:
    from cards.program.snippet import KerasFlavour
    from cards.prove.client.options import Options
    from cards.prove.sandbox.conditions import RunConditions

_CONNECT_SECONDS = 5.0


class WarmClient(ZygoteClient):
    """A connection to a zygote that started before this command or stays after it."""

    def __init__(self, control: socket.socket, keras: KerasFlavour, conditions: RunConditions) -> None:
        self.keras = keras
        self.conditions = conditions
        self.ready = None
        self.waiting = []
        self.control = control
        self._received = LineBuffer()

    def close(self) -> None:
        """Close the connection; the zygote then ends this command's runs, and stays."""
        self.control.close()

    def _last_log_line(self) -> str:
        return "It had been kept warm; the next command starts another one."


def connect(keras: KerasFlavour, conditions: RunConditions, options: Options) -> WarmClient | None:
    """Return a connection to a warm zygote; None where there is none, and none is to be kept.

    Where it is to be kept, one is started now.
    """
    if not hasattr(socket, "SO_PEERCRED"):
        return None
    try:
        address = _socket_path(keras, conditions, options)
        control = _connect_to_running(address)
        if control is None and options.keep_warm_minutes:
            control = _start_and_connect(address, keras, conditions, options)
        return WarmClient(control, keras, conditions) if control else None
    except OSError:
        # A path too long for a socket, a folder of somebody else's: one may always do without.
        return None


def _connect_to_running(address: str) -> socket.socket | None:
    control = socket.socket(socket.AF_UNIX)
    control.settimeout(_CONNECT_SECONDS)
    try:
        control.connect(address)
        if not is_same_user(control):
            raise PermissionError("the socket is served by somebody else")
    except (FileNotFoundError, ConnectionRefusedError):
        control.close()
        return None
    except OSError:
        control.close()
        raise
    control.settimeout(None)
    return control


def _start_and_connect(
    address: str, keras: KerasFlavour, conditions: RunConditions, options: Options
) -> socket.socket:
    Path(address).unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        Path(address).chmod(0o600)
        listener.listen(8)
        folder = ProverFolder()
        with (folder.path / "zygote.log").open("w+b") as log:
            start_fields = {
                "control": listener.fileno(),
                "idle_seconds": options.keep_warm_minutes * 60,
                "address": address,
            }
            # It goes on in a child that is nobody's but the system's.
            launch_zygote(
                folder.path,
                keras,
                conditions,
                options,
                log,
                start_fields,
                keep=(listener.fileno(), folder.lock_descriptor),
            ).wait()
        folder.release()
        control = _connect_to_running(address)
    if control is None:
        raise ConnectionRefusedError(address)
    return control


def _socket_path(keras: KerasFlavour, conditions: RunConditions, options: Options) -> str:
    folder = (
        Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"proofdeck-warm-{os.getuid()}"
    )
    if options.keep_warm_minutes:
        folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{folder} is not this user's alone")
    runtime = runtime_of(options.python)
    engine = [
        (file.name, file.stat().st_mtime_ns) for file in sorted(Path(__file__).parents[1].rglob("*.py"))
    ]
    facts = [
        options.python or sys.executable,
        str(runtime),
        keras_2_version(options.python),
        keras,
        conditions,
        options.unconfined,
        sorted(options.without),
        options.tensorflow_threads,
        engine,
    ]
    return str(folder / hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16])
