"""Tells which user is at the other end of a Unix socket."""

from __future__ import annotations

import os
import socket
import struct

_UCRED = struct.Struct("=iII")


def is_same_user(control: socket.socket) -> bool:
    """Whether the process at the other end belongs to this process's user."""
    found = control.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size)
    return bool(_UCRED.unpack(found)[1] == os.getuid())
