"""The Linux system calls that Python has no functions for."""

from __future__ import annotations

import ctypes
import os

_libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38


def prctl(option: int, first: int = 0, second: int = 0) -> None:
    """Change an attribute of this process; raises OSError."""
    word = ctypes.c_ulong
    if _libc.prctl(option, word(first), word(second), word(0), word(0)) != 0:
        raise _error(f"prctl {option}")


def syscall(number: int, *arguments: int | bytes | ctypes.Array[ctypes.c_char] | None) -> int:
    """Make a system call by its number and return its result; raises OSError."""
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    result: int = _libc.syscall(ctypes.c_long(number), *words)
    if result < 0:
        raise _error(f"system call {number}")
    return result


def mount(source: str, target: str, kind: str, flags: int, options: str) -> None:
    """Mount a file system; raises OSError."""
    if (
        _libc.mount(
            os.fsencode(source), os.fsencode(target), kind.encode(), ctypes.c_ulong(flags), options.encode()
        )
        != 0
    ):
        raise _error(f"mount {target}")


def unshare(flags: int) -> None:
    """Move this process into new namespaces; raises OSError."""
    if _libc.unshare(ctypes.c_int(flags)) != 0:
        raise _error(f"unshare {flags:#x}")


def _error(what: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, f"{what}: {os.strerror(number)}")
