"""A seccomp filter that refuses the system calls no snippet needs.

It denies by name and lets the rest through: TensorFlow and its libraries use too many calls, in too many
versions, for a list of the allowed ones. What files may be opened is Landlock's business.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from dataclasses import dataclass

from cards.prove.sandbox import kernel
from cards.prove.sandbox.refusal import NETWORK_ERRNO, PROCESS_ERRNO
from cards.prove.sandbox.syscall import AARCH64, X86_64

_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _GREATER_OR_EQUAL, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_X32_BIT = 0x40000000
_CLONE_THREAD = 0x10000
_MACHINES = {"x86_64": (0xC000003E, X86_64), "aarch64": (0xC00000B7, AARCH64)}

_PROCESSES = ("fork", "vfork", "execve", "execveat")
_SOCKETS = ("connect", "bind", "listen", "accept", "accept4")
_FORBIDDEN = (
    "tkill", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "ptrace", "process_vm_readv",
    "process_vm_writev", "process_madvise", "process_mrelease", "kcmp", "mount", "umount2", "pivot_root",
    "chroot", "move_mount", "open_tree", "open_tree_attr", "fsopen", "fsconfig", "fsmount", "fspick",
    "mount_setattr", "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "unshare",
    "setns", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot",
    "swapon", "swapoff", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "sethostname",
    "setdomainname", "quotactl", "quotactl_fd", "acct", "syslog", "iopl", "ioperm", "modify_ldt",
    "name_to_handle_at", "open_by_handle_at", "vhangup", "personality", "migrate_pages", "move_pages",
    "fanotify_init",
    # Memory that outlives its process or that nobody counts.
    "shmget", "shmat", "shmctl", "shmdt", "msgget", "msgsnd", "msgrcv", "msgctl", "semget", "semop",
    "semctl", "semtimedop", "mq_open", "mq_unlink", "memfd_secret",
)  # fmt: skip
_ABSENT = ("io_uring_setup", "io_uring_enter", "io_uring_register", "clone3", "memfd_create")
"""Answered as if the kernel were older, so that libraries fall back to what is filtered."""
_FAKED_SUCCESS = ("chmod", "fchmod", "fchmodat", "fchmodat2", "utime", "utimes", "futimesat", "utimensat")
"""Landlock does not see these, and their paths cannot be seen from here. Where nothing else protects files
outside, they do nothing and say that all went well, since copying a file ends with them."""
_METADATA_CALLS = (
    "chown", "lchown", "fchown", "fchownat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat",
    "removexattr", "lremovexattr", "fremovexattr", "removexattrat", "file_setattr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Allowance:
    """The calls that the filter lets through beyond the usual."""

    processes: bool = False
    loopback: bool = False
    foreign_signals: bool = False
    """Landlock keeps signals to the confined processes."""
    metadata: bool = False
    """Files outside are mounted read-only."""
    truncate: bool = True
    """Landlock knows about truncating files by their path."""


def is_known_machine() -> bool:
    """Whether there is a filter for this machine: Linux, on an architecture whose calls are known."""
    return sys.platform == "linux" and platform.machine() in _MACHINES and sys.maxsize > 2**32


def restrict(allowance: Allowance) -> None:
    """Filter this thread's system calls from now on, for good; raises OSError."""
    install(bpf_filter(allowance, platform.machine()))


def install(code: bytes) -> None:
    """Put a BPF program in front of this thread's system calls, for good; raises OSError."""
    instructions = ctypes.create_string_buffer(code, len(code))

    class SockFprog(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    wanted = SockFprog(len(code) // 8, ctypes.addressof(instructions))
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, ctypes.addressof(wanted))


def bpf_filter(allowance: Allowance, machine: str) -> bytes:
    """Return the filter for an architecture as a BPF program."""
    architecture, numbers = _MACHINES[machine]
    rules = _Rules(numbers)
    rules.add(_LOAD, _ARCHITECTURE)
    rules.add(_EQUAL, architecture, 1, 0)
    rules.answer(_KILL_PROCESS)
    rules.add(_LOAD, _NUMBER)
    if machine == "x86_64":
        rules.add(_GREATER_OR_EQUAL, _X32_BIT, 0, 1)
        rules.answer(_KILL_PROCESS)
    for name in _FORBIDDEN:
        rules.deny(name, errno.EPERM)
    for name in _ABSENT:
        rules.deny(name, errno.ENOSYS)
    _add_process_rules(rules, allowance)
    _add_socket_rules(rules, allowance)
    _add_other_process_rules(rules, allowance)
    if not allowance.metadata:
        for name in _FAKED_SUCCESS:
            rules.deny(name, 0)
        for name in _METADATA_CALLS:
            rules.deny(name, errno.EPERM)
    if not allowance.truncate:
        rules.deny("truncate", errno.EPERM)
    rules.answer(_ALLOW)
    return bytes(rules.code)


def _add_process_rules(rules: _Rules, allowance: Allowance) -> None:
    if allowance.processes:
        return
    for name in _PROCESSES:
        rules.deny(name, PROCESS_ERRNO)
    # A new thread is fine, a new process is not.
    rules.deny_unless("clone", 0, _ANY_BIT, (_CLONE_THREAD,), PROCESS_ERRNO)


def _add_socket_rules(rules: _Rules, allowance: Allowance) -> None:
    unix, internet, internet_6 = 1, 2, 10
    stream, sequence, kind = 1, 5, 0xF
    if allowance.loopback:
        rules.deny_unless("socket", 0, _EQUAL, (internet, internet_6), errno.EAFNOSUPPORT)
    else:
        rules.deny("socket", NETWORK_ERRNO)
        for name in _SOCKETS:
            rules.deny(name, NETWORK_ERRNO)
    # Pairs stay inside. A pair of datagram sockets could be connected to anybody's socket.
    rules.deny_unless("socketpair", 0, _EQUAL, (unix,), NETWORK_ERRNO)
    rules.deny_unless("socketpair", 1, _EQUAL, (stream, sequence), NETWORK_ERRNO, mask=kind)


def _add_other_process_rules(rules: _Rules, allowance: Allowance) -> None:
    """Add rules against signals to, and scheduling of, other processes."""
    own = os.getpid()
    if not allowance.foreign_signals or not allowance.processes:
        for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
            rules.deny_unless(name, 0, _EQUAL, (0, own) if name == "kill" else (own,), errno.EPERM)
    for name in ("prlimit64", "sched_setaffinity", "sched_setscheduler", "sched_setparam", "sched_setattr"):
        rules.deny_unless(name, 0, _EQUAL, (0, own), errno.EPERM)
    for name in ("setpriority", "ioprio_set"):
        rules.deny_unless(name, 1, _EQUAL, (0, own), errno.EPERM)
    set_owner, set_owner_ex = 8, 15
    rules.deny_if("fcntl", 1, (set_owner, set_owner_ex), errno.EPERM)
    # What ties a process to its watcher.
    rules.deny_if("prctl", 0, (kernel.PR_SET_PDEATHSIG, kernel.PR_SET_CHILD_SUBREAPER), errno.EPERM)


class _Rules:
    """A classic BPF program under construction; the accumulator holds the call's number between rules."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self.code = bytearray()
        self._numbers = numbers

    def add(self, operation: int, value: int, then: int = 0, otherwise: int = 0) -> None:
        self.code += struct.pack("=HBBI", operation, then, otherwise, value)

    def answer(self, action: int) -> None:
        self.add(_RETURN, action)

    def deny(self, name: str, number: int) -> None:
        """Add a rule that answers a call with an error, if this architecture has the call."""
        if name in self._numbers:
            self.add(_EQUAL, self._numbers[name], 0, 1)
            self.answer(_ERRNO | number)

    def deny_if(self, name: str, argument: int, values: tuple[int, ...], number: int) -> None:
        """Add a rule that denies a call whose argument is one of the values."""
        if name not in self._numbers:
            return
        self.add(_EQUAL, self._numbers[name], 0, len(values) + 4)
        self.add(_LOAD, _ARGUMENTS + 8 * argument)
        for index, value in enumerate(values):
            self.add(_EQUAL, value, len(values) - index, 0)
        self.add(_LOAD, _NUMBER)
        # Over the answer; a jump with both branches alike.
        self.add(_EQUAL, 0, 1, 1)
        self.answer(_ERRNO | number)

    def deny_unless(
        self, name: str, argument: int, test: int, values: tuple[int, ...], number: int, mask: int = 0
    ) -> None:
        """Add a rule that denies a call whose argument passes the test with none of the values."""
        if name not in self._numbers:
            return
        masking = 1 if mask else 0
        self.add(_EQUAL, self._numbers[name], 0, len(values) + 3 + masking)
        self.add(_LOAD, _ARGUMENTS + 8 * argument)
        if mask:
            self.add(_AND, mask)
        for index, value in enumerate(values):
            self.add(test, value, len(values) - index, 0)
        self.answer(_ERRNO | number)
        self.add(_LOAD, _NUMBER)
