"""How a person calls the commands here."""

from __future__ import annotations

import os

_NAME = "proofdeck"


def called(command: str = "", file: str | None = None) -> str:
    """Return a command as a person types it here: `uv run proofdeck review` for who came by `uv run`.

    `file` is what it is for, which is quoted where a shell would take it apart.
    """
    # Who came by `uv run` has no such command on the path.
    name = f"uv run {_NAME}" if "UV_RUN_RECURSION_DEPTH" in os.environ else _NAME
    return f"{name} {with_file(command, file)}".rstrip()


def with_file(command: str, file: str | None) -> str:
    """Return a command with the file that it is for, if there is one, as a shell takes it."""
    from shlex import quote

    return f"{command} {quote(file)}" if file else command


def as_called(sentence: str) -> str:
    """Return a sentence with the commands in it, written as `proofdeck review`, as they are called here."""
    return sentence.replace(f"`{_NAME} ", f"`{called()} ")
