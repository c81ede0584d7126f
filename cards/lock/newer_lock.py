"""Say what a lock holds that only a newer proofdeck knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import Problem

if TYPE_CHECKING:
    from cards.lock.lock import Lock


def newer_warnings(lock: Lock, path: str) -> tuple[Problem, ...]:
    """Return a warning where a lock holds what only a newer proofdeck knows; none where it does not."""
    if not (lock.foreign or lock.unknown):
        return ()
    names = sorted({repr(name) for fields in lock.unknown.values() for name in fields})
    said = [f"{len(lock.foreign)} of its lines"] if lock.foreign else []
    said += [f"the fields {', '.join(names)}"] if names else []
    sentence = (
        f"this version of proofdeck does not know {' and '.join(said)}: they are kept as they are and not "
        "used. Update proofdeck if a newer one wrote them."
    )
    return (Problem(path, 0, sentence),)
