"""The shared memory in which a running child records how far it came.

No descriptor leads to it, so code that closes or writes to every descriptor cannot disturb it; and nothing
on it is believed but text, numbers and, for having finished, the run's secret.
"""

from __future__ import annotations

import builtins
import mmap
import struct

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

SIZE = 4 << 20
SECRET_BYTES = 32
NOT_STARTED = 0xFFFFFFFF
"""The unit before the first one begins."""
_HEADER = struct.Struct(f"={SECRET_BYTES}sIIiI")
_POSITION = struct.Struct("=II")
_WAITING = struct.Struct("=i")
_LENGTH = struct.Struct("=I")
_BODY_OFFSET = 64


class SharedRecord:
    """Shared memory that the running child writes and the zygote reads."""

    __slots__ = ("_length", "_map", "_pack_length", "_pack_position", "_pack_waiting")

    def __init__(self, pages: mmap.mmap | None = None) -> None:
        self._map = mmap.mmap(-1, SIZE) if pages is None else pages
        self._length = 0
        # Held here because guide code may replace what a module's names mean.
        self._pack_position = _POSITION.pack_into
        self._pack_waiting = _WAITING.pack_into
        self._pack_length = _LENGTH.pack_into
        if pages is None:
            self.reset()

    def reset(self) -> None:
        """Record that no code unit has begun."""
        self.set_position(NOT_STARTED, 0)
        self._pack_waiting(self._map, SECRET_BYTES + 8, -1)

    def set_position(self, unit: int, statement: int) -> None:
        """Record the unit and statement that begin now."""
        self._pack_position(self._map, SECRET_BYTES, unit, statement)

    def set_waiting(self, unit: int) -> None:
        """Record the unit whose threads are waited for."""
        self._pack_waiting(self._map, SECRET_BYTES + 8, unit)

    def add_record(self, text: bytes) -> None:
        """Add one record; leave it out where the memory is full."""
        end = _BODY_OFFSET + self._length + len(text) + 1
        if end > SIZE:
            return
        self._map[_BODY_OFFSET + self._length : end] = text + b"\n"
        self._length = end - _BODY_OFFSET
        self._pack_length(self._map, SECRET_BYTES + 12, self._length)

    def write_secret(self, secret: bytes) -> None:
        """Write the run's secret, which says that every unit was passed."""
        self._map[:SECRET_BYTES] = secret

    def position(self) -> tuple[int, int, int]:
        """Return the unit, the statement, and the unit whose threads are waited for (-1 for none)."""
        _, unit, statement, waiting, _ = _HEADER.unpack_from(self._map)
        return unit, statement, waiting

    def has_secret(self, secret: bytes) -> bool:
        """Whether the child has written the run's secret."""
        return self._map[:SECRET_BYTES] == secret

    def records(self) -> list[str]:
        """Return the records; undecodable bytes are replaced."""
        length = min(_HEADER.unpack_from(self._map)[4], SIZE - _BODY_OFFSET)
        return self._map[_BODY_OFFSET : _BODY_OFFSET + length].decode("utf-8", "replace").split("\n")[:-1]

    def close(self) -> None:
        """Unmap the shared memory."""
        self._map.close()
