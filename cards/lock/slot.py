"""Places for the proofs of a runtime between lines of the lock that never change.

Git joins what two branches add only where a line stands between the two places. The proofs of Python 3.12
and of 3.13 stand in different slots, so that branches that proved under either merge by themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.program.release import release

if TYPE_CHECKING:
    from cards.program.runtime import Runtime

_PYTHONS, _TENSORFLOWS = 4, 8
"""So many minor versions in a row of each never share a slot."""

SLOTS = _PYTHONS * _TENSORFLOWS


def slot_of(runtime: Runtime | None) -> int:
    """Return the number of the slot of a runtime: the same for all its patch releases and packages."""
    return slot_of_versions(runtime.python, runtime.tensorflow) if runtime else 0


def slot_of_versions(python: str, tensorflow: str) -> int:
    """Return the number of the slot of all that ran under such versions; empty for none."""
    return _minor(python) % _PYTHONS * _TENSORFLOWS + _minor(tensorflow) % _TENSORFLOWS


def _minor(version: str) -> int:
    numbers = release(version)
    return numbers[1] if len(numbers) > 1 else 0
