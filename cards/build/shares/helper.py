"""Helpers: processes that read a share of a long guide while the build reads the first one itself.

A helper is given the guide before it is parsed. It parses its segments, says which headings they have, is
told which chunks are its own, and sends what it made of each. What it does not deliver, since it ended or
met an error, the build reads itself; so a helper changes how long a build takes and nothing else.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from cards.build.shares.share import SettledChunk, read_shared_chunk, split_evenly
from cards.held_signals import hold_signals, obey_only_the_end
from cards.shared_work import can_be_copied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext

    from cards.build.shares.share import ReadShare
    from cards.guide.reading.chunk import Chunk
    from cards.guide.reading.parse import GuideReader

_CHARACTERS_WORTH_A_PROCESS = 100_000
"""Reading less takes hardly longer than to start a process and to bring over what it made."""
_BATCH_SIZE = 8
"""Chunks sent at once: what they share is sent once, and a pipe's buffer holds them."""


class Helper:
    """A process that reads a share of a guide."""

    def __init__(self, reader: GuideReader, places: Sequence[int]) -> None:
        self.places = places
        """The segments that it parses."""
        context = _processes()
        self._connection, theirs = context.Pipe()
        self._read: dict[int, ReadShare] = {}
        self._awaited: set[int] = set()
        ours = self._connection if context.get_start_method() == "fork" else None
        self._process = context.Process(target=_help, args=(reader, places, theirs, ours), daemon=True)
        # Ctrl-C is the build's affair, and the end a silent one, also while the process starts.
        with hold_signals(signal.SIGINT, signal.SIGTERM):
            self._process.start()
        theirs.close()

    def add_headings(self, reader: GuideReader) -> None:
        """Add the headings of its segments to the guide's; none if it could not read them."""
        with suppress(EOFError, OSError):
            reader.add_headings(self.places, self._connection.recv())

    def give(self, chunks: Sequence[Chunk]) -> None:
        """Let it read those of the chunks whose segments it has."""
        mine = set(self.places)
        own = [chunk for chunk in chunks if mine.issuperset(range(chunk.first_segment, chunk.end_segment))]
        with suppress(OSError):
            self._connection.send(own)
            self._awaited = {chunk.first_segment for chunk in own}

    def receive(self) -> None:
        """Take what it has ready, so that it never waits for long."""
        with suppress(OSError):
            while self._awaited and self._connection.poll():
                self._take_batch()

    def take(self, chunk: Chunk) -> ReadShare | None:
        """Return what it read of a chunk, once it did; None for a chunk that is not its own."""
        while chunk.first_segment in self._awaited:
            self._take_batch()
        return self._read.pop(chunk.first_segment, None)

    def end(self) -> None:
        """End the process, whatever it does."""
        self._connection.close()
        self._process.terminate()
        self._process.join()

    def _take_batch(self) -> None:
        try:
            batch: dict[int, ReadShare] = self._connection.recv()
        except (EOFError, OSError):
            self._awaited.clear()
            return
        self._read.update(batch)
        self._awaited.difference_update(batch)


class Helpers:
    """All helpers of a build; there may be none."""

    def __init__(self, helpers: Sequence[Helper]) -> None:
        self._helpers = helpers

    def give(self, chunks: Sequence[Chunk]) -> None:
        """Let each read its chunks among these."""
        for helper in self._helpers:
            helper.give(chunks)

    def take(self, chunk: Chunk, reader: GuideReader) -> SettledChunk | None:
        """Return a chunk that a helper settled; of any other, add what was parsed of it to the guide."""
        for helper in self._helpers:
            helper.receive()
            read = helper.take(chunk)
            if isinstance(read, SettledChunk):
                # Which of two questions with the same words is which, their order in the guide decides.
                return None if any(reader.has_question(each.slug) for each in read.questions) else read
            if read is not None:
                reader.add_segments(chunk, read)
        return None


@contextmanager
def help_reading(reader: GuideReader, processes: int) -> Iterator[Helpers]:
    """Yield helpers that read a guide with this process, as many as it is worth; they end with the block.

    The headings of all of their segments are known then.
    """
    unread = reader.unread
    size = sum(characters for _, characters in unread)
    runs = split_evenly(unread, max(1, min(processes, size // _CHARACTERS_WORTH_A_PROCESS)))
    helpers: list[Helper] = []
    try:
        helpers += (Helper(reader, run) for run in runs[1:] if run)
        if helpers:
            reader.read_headings(runs[0])
        for helper in helpers:
            helper.add_headings(reader)
        yield Helpers(helpers)
    finally:
        for helper in helpers:
            helper.end()


def _processes() -> ForkContext | SpawnContext:
    """Return what starts processes: as copies of this one where that is safe."""
    import multiprocessing

    return multiprocessing.get_context("fork") if can_be_copied() else multiprocessing.get_context("spawn")


def _help(
    reader: GuideReader, places: Sequence[int], build: Connection, other_end: Connection | None
) -> None:
    """Read a share in a process of its own, which ends when the build does, and not by Ctrl-C."""
    obey_only_the_end()
    if other_end is not None:
        other_end.close()
    deliver_share(reader, places, build)


def deliver_share(reader: GuideReader, places: Sequence[int], build: Connection) -> None:
    """Send the build what was read; end without a word where it is gone, or will meet the same error."""
    with suppress(Exception), build:
        build.send(reader.read_headings(places))
        chunks: Sequence[Chunk] = build.recv()
        for start in range(0, len(chunks), _BATCH_SIZE):
            some = chunks[start : start + _BATCH_SIZE]
            build.send({chunk.first_segment: read_shared_chunk(reader, chunk) for chunk in some})
