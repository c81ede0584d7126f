"""The file in the home folder that remembers what was seen of code on this machine.

A lock comes with a guide from anywhere, and whoever can write it can write that code passed. What this file
lists was run by this person; the rest is taken on trust. Code of a guide cannot write here, as the sandbox
keeps it from the home folder.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cards.lock.run_record import Finding

_Finding = TypeVar("_Finding", bound="Finding")

_MOST_BYTES = 8_000_000
"""Some 470,000 findings; of more, the newer half is kept."""


class RunMemory:
    """The digests of what was seen on this machine, in a file of one digest a line."""

    def __init__(self, home: Path) -> None:
        self._path = home / "seen-here"

    def add(self, findings: Iterable[Finding]) -> None:
        """Remember what was seen just now; where the file cannot be written, it is on trust next time."""
        from cards.files import require_file
        from cards.lock.run_record import finding_digest

        lines = "".join(f"{finding_digest(each)}\n" for each in findings).encode()
        if not lines:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            require_file(self._path)
            # One write at the end of the file: two builds at once do not mix their lines.
            with self._path.open("ab", buffering=0) as file:
                file.write(lines)
                size_bytes = file.tell()
            if size_bytes > _MOST_BYTES:
                from cards.files import write_atomically

                content = self._path.read_bytes()
                _, _, newer = content[len(content) // 2 :].partition(b"\n")
                write_atomically(self._path, newer)

    def unseen(self, findings: Iterable[_Finding]) -> tuple[_Finding, ...]:
        """Return the findings that were not made on this machine, as far as it remembers."""
        from cards.lock.run_record import finding_digest

        findings = tuple(findings)
        known = self._known() if findings else frozenset()
        return tuple(each for each in findings if finding_digest(each) not in known)

    def size_bytes(self) -> int:
        """Return how long the file is, which grows with everything that is seen; 0 for none."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def _known(self) -> frozenset[str]:
        from cards.files import read_file

        try:
            content = read_file(self._path)
        except OSError:
            return frozenset()
        return frozenset(content.decode("ascii", "replace").split("\n"))
