"""Show the prover's progress while code runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.progress import Progress

    from cards.prove.event import ProverEvent

PROVING = "Proving the code of"
DISPLAYING = "Running what the cards show of the code of"
OBSERVING = "Looking at the values in the code of"
MEASURING = "Looking for gaps in"
READY = " ready; "
"""Stands before what is done while there is a deck to learn from already."""
SILENT = ""
"""Done at once."""


class ProverDisplay:
    """Shows the prover's progress: a bar on a terminal, one line elsewhere, nothing if quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._live = not quiet and sys.stderr.isatty()
        self._progress: Progress | None = None
        self._begun = "starting"
        """What is under way before the first program."""
        self._running: list[str] = []
        self._done = 0
        self._doing = PROVING
        self._titles: dict[str, str] = {}
        self._expected: dict[str, float] = {}
        self._total = 0
        self._total_seconds = 0.0

    def of(self, expected: Sequence[tuple[str, float]], titles: dict[str, str], doing: str = PROVING) -> Self:
        """Return the display, to be entered, set up for programs and the seconds expected for each."""
        self._doing = doing
        self._total = len(expected)
        self._total_seconds = sum(seconds for _, seconds in expected)
        # Blocks of a question have one name, and so may questions of two guides: each counts as much.
        self._expected = _mean_by_name(expected)
        self._titles = titles
        self._done = 0
        return self

    def __enter__(self) -> Self:
        total = self._total
        # That cards are ready is news on a terminal too.
        is_told = not self._live or READY in self._doing
        if is_told and not self._quiet and self._doing != SILENT:
            questions = count(len(self._expected), "question")
            print(f"{self._doing} {questions} ...", file=sys.stderr)  # noqa: T201
        if not self._live:
            return self
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

        from srs.screen.shown_console import ShownConsole

        console = ShownConsole(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=min(24, max(8, console.width // 4))),
            TextColumn("{task.fields[done]}/{task.fields[of]}"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task(
            self._begun if self._doing.lower().endswith(PROVING.lower()) else "measuring",
            total=self._total_seconds,
            done=0,
            of=total,
        )
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def say(self, sentence: str) -> None:
        """Print a sentence, unless nothing is to be said."""
        if not self._quiet:
            print(sentence, file=sys.stderr)  # noqa: T201

    def event(self, event: ProverEvent) -> None:
        """Show an event of the prover."""
        from cards.program.confinement import Confinement
        from cards.program.snippet import KerasFlavour
        from cards.prove.event import (
            ClusterNews,
            ConfinementChosen,
            ImportStarted,
            ProgramFinished,
            ProgramGivenUp,
            ProgramStarted,
        )

        if isinstance(event, ProgramGivenUp):
            title = self._titles.get(event.name, event.name)
            self._print_sentence(f"“{title}” could not be run to its end: {event.reason}.")
        if isinstance(event, ClusterNews) and not self._quiet:
            self._print_sentence(event.sentence)
        if isinstance(event, ConfinementChosen) and event.level is not Confinement.FULL and not self._quiet:
            self._print_sentence(event.sentence)
        if not self._live:
            return
        match event:
            case ImportStarted(keras=keras):
                flavour = "" if keras is KerasFlavour.KERAS_3 else " with Keras 2"
                self._begun = f"importing TensorFlow{flavour}"
                self._set_description(self._begun)
            case ProgramStarted(name=name):
                self._running.append(name)
                self._set_description(self._titles.get(name, name))
            case ProgramFinished(name=name) | ProgramGivenUp(name=name):
                if name in self._running:
                    self._running.remove(name)
                self._done += 1
                if self._progress is not None:
                    seconds = self._expected.get(name, 0.0)
                    self._progress.update(self._task, advance=seconds, done=self._done)
                if self._running:
                    self._set_description(self._titles.get(self._running[-1], ""))
            case _:
                pass

    def _print_sentence(self, sentence: str) -> None:
        if self._progress is not None:
            self._progress.console.print(sentence, style="yellow", markup=False)
        else:
            print(sentence, file=sys.stderr)  # noqa: T201

    def _set_description(self, words: str) -> None:
        if self._progress is not None:
            self._progress.update(self._task, description=words)


def _mean_by_name(expected: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Return the seconds expected for each program, the mean where several have one name."""
    seconds: dict[str, list[float]] = {}
    for name, each in expected:
        seconds.setdefault(name, []).append(each)
    return {name: sum(all_of_name) / len(all_of_name) for name, all_of_name in seconds.items()}
