"""The interface of a client: the command's end of the processes that run code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import socket

    from cards.program.snippet import KerasFlavour
    from cards.prove.process.protocol import Job, ReadyMessage, RunReport
    from cards.prove.sandbox.conditions import RunConditions


class RunClient(Protocol):
    """The command's end of the processes that run programs, under one Keras and one sort of conditions."""

    keras: KerasFlavour
    conditions: RunConditions
    ready: ReadyMessage | None
    """None until jobs can be run."""
    waiting: list[Job]
    """Jobs to send as soon as it is ready."""
    control: socket.socket
    """Readable when reports have come."""

    def send(self, job: Job) -> None:
        """Send a job to be run, or keep it in `waiting` until jobs can be run."""

    def receive(self) -> list[RunReport]:
        """Return the reports that have come; raises ProofError where no more can come."""

    def close(self) -> None:
        """End every run that was started for this command."""
