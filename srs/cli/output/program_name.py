"""How a person calls the commands here."""

from __future__ import annotations

import os

_NAME = "proofdeck"


def called(command: str = "") -> str:
    """Return a command as a person types it here: `uv run proofdeck review` for who came by `uv run`."""
    # Who came by `uv run` has no such command on the path.
    name = f"uv run {_NAME}" if "UV_RUN_RECURSION_DEPTH" in os.environ else _NAME
    return f"{name} {command}".rstrip()


def as_called(sentence: str) -> str:
    """Return a sentence with the commands in it, written as `proofdeck review`, as they are called here."""
    return sentence.replace(f"`{_NAME} ", f"`{called()} ")
