"""What a prover needs of the processes that run code, however they are started."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import socket

    from cards.program.snippet import KerasFlavour
    from cards.prove.process.protocol import Job, ReadyMessage, RunReport


class RunClient(Protocol):
    """The command's end of a process, or of several, in which programs run under one flavour of Keras."""

    keras: KerasFlavour
    ready: ReadyMessage | None
    """None until jobs can be run."""
    waiting: list[Job]
    """Jobs to send as soon as it is ready."""
    control: socket.socket
    """Readable when reports have come."""

    def send(self, job: Job) -> None:
        """Have a job run."""

    def receive(self) -> list[RunReport]:
        """Return the reports that have come; raises ProofError where no more can come."""

    def close(self) -> None:
        """End what runs for this command."""
