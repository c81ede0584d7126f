"""Confines the process that is about to run guide code, in the layers that this machine offers."""

from __future__ import annotations

import os
import platform
import pwd
import resource
import signal
import struct
import sys
import sysconfig
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cards.prove.sandbox import kernel, landlock, namespace, seccomp
from cards.prove.sandbox.refusal import NO_PRIVATE_NETWORK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cards.prove.sandbox.limits import RunLimits
    from cards.prove.sandbox.namespace import NamespaceKind

_CAPSET = {"x86_64": 126, "aarch64": 91}
SYSTEM_PATHS = (
    "/usr", "/lib", "/lib64", "/lib32", "/bin", "/sbin", "/nix/store",
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ld.so.preload", "/etc/localtime",
    "/etc/timezone", "/etc/alternatives", "/etc/hosts", "/etc/host.conf", "/etc/nsswitch.conf",
    "/etc/resolv.conf", "/etc/gai.conf", "/etc/mime.types", "/etc/os-release", "/etc/fonts",
    "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems", "/proc/version", "/proc/loadavg",
    "/proc/sys/kernel/random", "/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/osrelease",
    "/sys/devices/system/cpu", "/sys/devices/system/node", "/sys/fs/cgroup",
    "/sys/kernel/mm/transparent_hugepage",
    "/sys/bus/pci/devices",
)  # fmt: skip
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_GPU_DEVICES = (
    "/dev/nvidia0",
    "/dev/nvidia1",
    "/dev/nvidia2",
    "/dev/nvidia3",
    "/dev/nvidiactl",
    "/dev/nvidia-uvm",
)


@dataclass(frozen=True, slots=True)
class ConfinementLayers:
    """The layers of confinement that work on this machine."""

    landlock: bool
    seccomp: bool
    namespaces: NamespaceKind
    inside_bubblewrap: bool = False

    @property
    def level(self) -> str:
        """The confinement that verdicts carry; empty where it is too weak to run code without consent."""
        if self.landlock and self.seccomp and landlock.version() >= landlock.TRUNCATE_VERSION:
            return "full"
        if self.landlock and (self.seccomp or self.namespaces != "none"):
            return "partial"
        if self.inside_bubblewrap:
            return "bubblewrap"
        return ""

    @property
    def sentence(self) -> str:
        """The confinement in words."""
        return _SENTENCES[self.level]


_SENTENCES = {
    "full": "Code has no network, no files but its own, and bounded time, memory and disk.",
    "partial": "Code is confined as far as this older kernel can: prove only guides you trust.",
    "bubblewrap": "Code is confined by bubblewrap; programs under way together can see each other's files.",
    "": "Nothing confines the code: it can do whatever you can.",
}


@dataclass(frozen=True, slots=True)
class Permissions:
    """What one program may use of the machine."""

    run_folder: str
    """Its own folder."""
    code: str
    """The folder of its source."""
    limits: RunLimits
    processes: bool = False
    loopback: bool = False
    gpu: bool = False


def find_layers(base: Path, without: frozenset[str], *, inside_bubblewrap: bool) -> ConfinementLayers:
    """Return the layers that work here; each is tried out in a process that ends."""
    kinds: tuple[NamespaceKind, ...] = ("privileged", "user") if os.geteuid() == 0 else ("user",)
    run_folder = base / "trial"
    run_folder.mkdir(exist_ok=True)
    kind: NamespaceKind = "none"
    if "namespaces" not in without:
        probes = {each: partial(namespace.enter_namespaces, each, str(run_folder), 1 << 20) for each in kinds}
        kind = next((each for each, probe in probes.items() if _works(probe)), "none")
    return ConfinementLayers(
        landlock="landlock" not in without
        and landlock.version() > 0
        and _works(lambda: _with_no_new_privileges(lambda: landlock.restrict(landlock.Access()))),
        seccomp="seccomp" not in without
        and seccomp.is_known_machine()
        and _works(lambda: _with_no_new_privileges(lambda: seccomp.restrict(seccomp.Allowance()))),
        namespaces=kind,
        inside_bubblewrap=inside_bubblewrap,
    )


def _works(action: Callable[[], None]) -> bool:
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            action()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1] == 0


def _with_no_new_privileges(action: Callable[[], None]) -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    action()


def apply_namespaces(layers: ConfinementLayers, permissions: Permissions) -> None:
    """Enter private namespaces where there are any; raises OSError."""
    if layers.namespaces != "none":
        namespace.enter_namespaces(
            layers.namespaces, permissions.run_folder, permissions.limits["disk_bytes"]
        )
        if permissions.loopback:
            namespace.raise_loopback()
    elif permissions.loopback:
        raise OSError(NO_PRIVATE_NETWORK)


def confine(layers: ConfinementLayers, permissions: Permissions) -> None:
    """Drop, for good, every right that the program does not need; raises OSError."""
    _drop_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    # The kernel forgets this wish whenever a process's rights change.
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    _set_limits(permissions.limits)
    if layers.landlock:
        landlock.restrict(_landlock_access(layers, permissions))
    if layers.seccomp:
        seccomp.restrict(
            seccomp.Allowance(
                processes=permissions.processes,
                loopback=permissions.loopback,
                foreign_signals=layers.landlock and landlock.version() >= landlock.SIGNALS_VERSION,
                metadata=layers.namespaces != "none",
                truncate=not layers.landlock or landlock.version() >= landlock.TRUNCATE_VERSION,
            )
        )


def _landlock_access(layers: ConfinementLayers, permissions: Permissions) -> landlock.Access:
    private = layers.namespaces != "none"
    return landlock.Access(
        readable=(
            *SYSTEM_PATHS,
            *package_folders(),
            permissions.code,
            "/proc" if permissions.processes else f"/proc/{os.getpid()}",
        ),
        writable=(permissions.run_folder, "/dev/shm") if private else (permissions.run_folder,),  # noqa: S108 - where Linux has it
        files=(*_DEVICES, *(_GPU_DEVICES if permissions.gpu else ())),
        executable=permissions.processes,
        loopback=permissions.loopback,
    )


def package_folders() -> tuple[str, ...]:
    """Return the folders of this interpreter and its packages, but no home folder that they lie in."""
    homes = [os.path.realpath(home) for home in (*_own_home(), "/home", "/root", "/Users")]
    found = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    found += [entry for entry in sys.path if entry.endswith(("site-packages", "dist-packages", ".zip"))]
    wide = [
        path for path in found if any(f"{home}/".startswith(f"{os.path.realpath(path)}/") for home in homes)
    ]
    narrow = sysconfig.get_paths()
    kept = [path for path in found if path not in wide]
    if wide:
        kept += [narrow[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
        kept += [f"{path}/bin" for path in wide]
    return tuple(dict.fromkeys(kept))


def _own_home() -> tuple[str, ...]:
    """Return this user's home; nothing for a user that no list knows, as in a container."""
    try:
        return (pwd.getpwuid(os.getuid()).pw_dir,)
    except KeyError:
        return ()


def _drop_capabilities() -> None:
    for capability in range(64):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError:
            # The last one that this kernel knows, or no right to drop any.
            break
    header = struct.pack("=Ii", 0x20080522, 0)
    kernel.syscall(_CAPSET[platform.machine()], header, bytes(24))


def _set_limits(limits: RunLimits) -> None:
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: max(limits["disk_bytes"], 2 * limits["output_bytes"]),
        # TensorFlow holds some 250 MB before it does anything. RLIMIT_AS would break it.
        resource.RLIMIT_DATA: limits["memory_bytes"] + (1 << 30),
        resource.RLIMIT_NOFILE: 4096,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for kind, value in wanted.items():
        hard = resource.getrlimit(kind)[1]
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))
