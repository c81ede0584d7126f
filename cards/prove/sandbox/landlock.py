"""Restricts by Linux's Landlock which files a process may open."""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from dataclasses import dataclass, field
from functools import cache

from cards.prove.sandbox import kernel

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_EXECUTE, _WRITE, _READ, _READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
_DEVICES = 1 << 6 | 1 << 11 | 1 << 15
"""Making devices and controlling them."""
_FILE_RIGHTS = _EXECUTE | _WRITE | _READ | _TRUNCATE | 1 << 15
_RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_TCP_BIND, _TCP_CONNECT = 1, 2
_ABSTRACT_SOCKETS, _SIGNALS = 1, 2

TRUNCATE_VERSION = 3
SIGNALS_VERSION = 6


@dataclass(frozen=True, slots=True)
class Access:
    """The paths that a process may still open; missing ones are ignored."""

    readable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    """Folders in which anything may be done but making devices."""
    files: tuple[str, ...] = field(default=())
    """Devices and files that may be read and written."""
    executable: bool = False
    """Programs among the readable may be started."""
    loopback: bool = False


@cache
def version() -> int:
    """Return the Landlock version that the kernel offers; 0 for none."""
    if sys.platform != "linux":
        # Other kernels give the number to another call.
        return 0
    try:
        return kernel.syscall(_CREATE, None, 0, 1)
    except OSError:
        return 0


def restrict(access: Access) -> None:
    """Restrict this thread, for good, to the paths of an access; raises OSError."""
    known = version()
    rights = (1 << _RIGHTS_BY_VERSION.get(known, 16)) - 1
    network = 0 if access.loopback or known < 4 else _TCP_BIND | _TCP_CONNECT
    scoped = _ABSTRACT_SOCKETS | _SIGNALS if known >= SIGNALS_VERSION else 0
    attributes = struct.pack("=QQQ", rights, network, scoped)
    size = 8 if known < 4 else 16 if known < SIGNALS_VERSION else 24
    ruleset = kernel.syscall(_CREATE, attributes, size, 0)
    try:
        read = _READ | _READ_FOLDER | (_EXECUTE if access.executable else 0)
        for path in access.readable:
            _allow(ruleset, path, read & rights)
        for path in access.writable:
            _allow(ruleset, path, rights & ~_DEVICES & ~(0 if access.executable else _EXECUTE))
        for path in access.files:
            _allow(ruleset, path, (_READ | _WRITE | _TRUNCATE) & rights)
        kernel.syscall(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112 - on the way of every run
            rights &= _FILE_RIGHTS
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, descriptor))
        kernel.syscall(_ADD, ruleset, 1, rule, 0)
    finally:
        os.close(descriptor)
