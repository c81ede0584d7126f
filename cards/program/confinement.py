"""How code is kept from the rest of the machine while it runs."""

from __future__ import annotations

from enum import StrEnum


class Confinement(StrEnum):
    """What stood between code and the machine, strongest first; a verdict carries it."""

    FULL = "full"
    """No network, no files but its own, bounded resources."""
    PARTIAL = "partial"
    """What an older kernel can do of that."""
    BUBBLEWRAP = "bubblewrap"
    """One bubblewrap around all programs that run together."""
    SEATBELT = "seatbelt"
    """macOS's own sandbox around an interpreter: no network, no home, no writes elsewhere, bounded time."""
    INTERPRETER = "interpreter"
    """Bounded time only, in an interpreter of its own, where no process can be forked."""
    UNCONFINED = "unconfined"
    """Nothing."""
