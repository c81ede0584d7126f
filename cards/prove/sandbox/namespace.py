"""Gives a process private mounts, network and shared memory, where the kernel allows it."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
from pathlib import Path
from typing import Literal

from cards.prove.sandbox import kernel

NamespaceKind = Literal["none", "privileged", "user"]
"""Without; with the right to make them; through a user namespace."""

_NEW_MOUNTS, _NEW_USERS, _NEW_IPC, _NEW_NETWORK = 0x20000, 0x10000000, 0x08000000, 0x40000000
_RECURSIVE, _PRIVATE = 0x4000, 1 << 18
_NO_SUID, _NO_DEVICES = 2, 4
_MOUNT_SETATTR = 442
_HERE, _WHOLE_TREE = -100, 0x8000
_READ_ONLY = 1
_SHARED_MEMORY_BYTES = 64 << 20


def enter_namespaces(kind: NamespaceKind, run_folder: str, disk_bytes: int) -> None:
    """Give this process a read-only view of all files, and a size-limited empty folder at `run_folder`.

    Raises OSError; the process is then neither in the old world nor in the new and must end.
    """
    user, group = os.getuid(), os.getgid()
    if kind == "user":
        kernel.unshare(_NEW_USERS)
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    kernel.unshare(_NEW_MOUNTS | _NEW_IPC | _NEW_NETWORK)
    kernel.mount("none", "/", "none", _RECURSIVE | _PRIVATE, "")
    read_only = struct.pack("=QQQQ", _READ_ONLY, 0, 0, 0)
    kernel.syscall(_MOUNT_SETATTR, _HERE, b"/", _WHOLE_TREE, read_only, len(read_only))
    for folder, size in (run_folder, disk_bytes), ("/dev/shm", _SHARED_MEMORY_BYTES):  # noqa: S108 - where Linux has it
        if os.path.isdir(folder):  # noqa: PTH112 - on the way of every run
            files = max(1024, size // 16384)
            kernel.mount(
                "tmpfs", folder, "tmpfs", _NO_SUID | _NO_DEVICES, f"size={size},nr_inodes={files},mode=700"
            )


def raise_loopback() -> None:
    """Bring up 127.0.0.1 in the private network; raises OSError."""
    get_flags, set_flags, is_up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        request = struct.pack("=16sh22x", b"lo", 0)
        flags = struct.unpack_from("=16sh", fcntl.ioctl(control, get_flags, request))[1]
        fcntl.ioctl(control, set_flags, struct.pack("=16sh22x", b"lo", flags | is_up))
