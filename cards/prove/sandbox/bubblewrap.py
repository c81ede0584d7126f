"""Runs the whole zygote inside bubblewrap, where the kernel has no Landlock."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from cards.prove.sandbox import confine

_OPTIONS = (
    "--unshare-user-try", "--unshare-ipc", "--unshare-net", "--unshare-uts", "--unshare-pid",
    "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--dev", "/dev", "--proc", "/proc",
)  # fmt: skip


def is_usable() -> bool:
    """Whether bubblewrap is installed and can start a process here."""
    if shutil.which("bwrap") is None:
        return False
    probe = subprocess.run(
        ["bwrap", "--ro-bind", "/", "/", *_OPTIONS, "true"], capture_output=True, check=False, timeout=20
    )
    return probe.returncode == 0


def exec_inside(base: Path, command: list[str]) -> None:
    """Replace this process by a command in bubblewrap that sees only system files, packages and `base`."""
    seen = [
        path
        for path in (*confine.SYSTEM_PATHS, *confine.package_folders(), str(Path(__file__).parents[1]))
        if Path(path).exists()
    ]
    binds = [word for path in seen if not path.startswith("/proc") for word in ("--ro-bind", path, path)]
    os.execvp(  # noqa: S606 - no shell is meant
        "bwrap",
        ["bwrap", *_OPTIONS, *binds, "--bind", str(base), str(base), "--chdir", str(base), "--", *command],
    )
