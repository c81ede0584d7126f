"""The versions that code runs under."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Runtime:
    """The versions a proof was made with."""

    python: str
    """Major and minor: 3.11."""
    tensorflow: str = ""
    """Empty where the code does not use it."""
    keras: str = ""
    packages: tuple[tuple[str, str], ...] = ()
    """What else the code imports, by name, with its version; an empty version where it is missing."""
