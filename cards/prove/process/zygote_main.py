"""Entry point of the zygote process: finds the confinement, imports TensorFlow if asked, serves jobs."""

from __future__ import annotations

import fcntl
import gc
import importlib.metadata
import json
import linecache
import os
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cards.prove.process.child import preload
from cards.prove.process.output_stream import install_streams
from cards.prove.process.zygote import Zygote, require_forkable
from cards.prove.sandbox import bubblewrap, confine, kernel
from cards.prove.sandbox.conditions import load_clock
from cards.prove.sandbox.folder import remove_folder
from cards.prove.sandbox.peer_credentials import is_same_user

if TYPE_CHECKING:
    from typing import NotRequired, TypedDict

    from cards.prove.process.protocol import ReadyMessage

    class StartMessage(TypedDict):
        """The argument that a zygote process is started with."""

        control: int
        parent: NotRequired[int]
        """The process to end with; without it this one listens at an address for who may come."""
        address: NotRequired[str]
        idle_seconds: NotRequired[float]
        base: str
        keras: int
        """A flavour of Keras; 0 for a process without TensorFlow."""
        unconfined: bool
        without: list[str]
        """Layers to do without, as on a machine that lacks them."""
        inside_bubblewrap: bool


def _get_ready(start: StartMessage, layers: confine.ConfinementLayers) -> ReadyMessage:
    """Import TensorFlow if it is asked for and anything may run here; return the message for the client."""
    ready: ReadyMessage = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "tensorflow": "",
        "keras": "",
        "confinement": layers.level or "unconfined",
        "sentence": layers.sentence,
        "trouble": "",
    }
    if not layers.level and not start["unconfined"]:
        ready["trouble"] = (
            "This machine offers nothing to confine code with (Linux with Landlock, or bubblewrap). Install "
            "bubblewrap, or say --unconfined if you trust the guide as much as a program that you start."
        )
        return ready
    if not start["keras"]:
        return ready
    try:
        import tensorflow as tf

        if start["keras"] == 2:
            # TensorFlow would import it in each program anew.
            preload(["tf_keras"])
        ready["tensorflow"] = tf.__version__
        ready["keras"] = importlib.metadata.version("keras" if start["keras"] == 3 else "tf_keras")
        require_forkable()
    except Exception as error:  # noqa: BLE001 - a broken installation can raise anything
        ready["trouble"] = (
            f"TensorFlow cannot be used ({type(error).__name__}: {error}). See whether Python can import it."
        )
    return ready


def main() -> None:
    """Find the confinement, import TensorFlow if asked, send the ready message and serve jobs."""
    start: StartMessage = json.loads(sys.argv[1])
    if "parent" in start:
        # Without its parent nobody would end it while it imports; later the closed socket tells it.
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        if not start["inside_bubblewrap"] and os.getppid() != start["parent"]:
            return
    elif not start["inside_bubblewrap"] and os.fork():
        # Nobody waits for what is left behind.
        return
    # The parent held interrupts back while it started this.
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    base = Path(start["base"])
    without = frozenset(start["without"])
    layers = confine.find_layers(base, without, inside_bubblewrap=start["inside_bubblewrap"])
    if not layers.level and bubblewrap.is_usable():
        bubblewrap.exec_inside(base, [*sys.orig_argv[:-1], json.dumps({**start, "inside_bubblewrap": True})])
    # Low numbers are for what the children hear and say.
    descriptor = fcntl.fcntl(start["control"], fcntl.F_DUPFD_CLOEXEC, 64)
    os.close(start["control"])
    # What this process imports is compiled once for all; programs see a Python that compiles nothing.
    os.environ.pop("PYTHONPYCACHEPREFIX", None)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    os.dup2(2, 3)
    install_streams(open(3, "wb"))  # noqa: SIM115 - stays open
    gc.disable()
    load_clock()
    ready = _get_ready(start, layers)
    # Emptying it in a child would copy 9 ms worth of pages.
    linecache.clearcache()
    gc.enable()
    # Nothing is collected first: to look through all that was imported would take a fifth of a second.
    gc.freeze()
    with socket.socket(fileno=descriptor) as control:
        if "parent" in start:
            kernel.prctl(kernel.PR_SET_PDEATHSIG, 0)
            _serve(start, layers, ready, control)
        else:
            _serve_in_turn(start, layers, ready, control)
    # TensorFlow's modules take longer to be taken down one by one than with the process.
    os._exit(0)


def _serve(
    start: StartMessage,
    layers: confine.ConfinementLayers,
    ready: ReadyMessage,
    control: socket.socket,
    listener: socket.socket | None = None,
) -> None:
    """Send the ready message to one client and run its jobs until it closes the socket."""
    control.sendall(json.dumps(ready).encode() + b"\n")
    if not ready["trouble"]:
        zygote = Zygote(Path(start["base"]), layers, control, listener)
        try:
            zygote.serve()
        finally:
            zygote.stop()


def _serve_in_turn(
    start: StartMessage, layers: confine.ConfinementLayers, ready: ReadyMessage, listener: socket.socket
) -> None:
    """Serve one client after the other until none has come for `idle_seconds`."""
    while True:
        listener.settimeout(start["idle_seconds"])
        try:
            control, _ = listener.accept()
        except TimeoutError:
            break
        with control, suppress(OSError):
            if is_same_user(control):
                control.settimeout(None)
                _serve(start, layers, ready, control, listener)
        if ready["trouble"]:
            break
    Path(start["address"]).unlink(missing_ok=True)
    remove_folder(Path(start["base"]))
