"""Runs many versions of a program in one process, each as if it ran alone.

To start a process and wake TensorFlow up takes longer than most snippets do. Before each version names, files
and seeds are set back, and what Keras keeps. Whether that is enough for a program is found out by running it
once more behind all others (`cards.prove.measuring.find_gaps`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.program.program import Program
from cards.program.snippet import RunDirectives, Snippet, SnippetName, SnippetRole
from cards.prove.client.run_request import RunRequest
from cards.prove.client.transcript import SnippetRun, read_report
from cards.prove.process.protocol import RunEnding, RunMode

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from cards.program.snippet import KerasFlavour
    from cards.prove.client.transcript import Transcript
    from cards.prove.process.protocol import RunReport

MOST_STOPS = 2
"""How many versions of one batch may end the process; what comes behind them is not run."""

_RESET = """
def _reset(files):
    import os, shutil, sys
    for name in [name for name in globals() if not name.startswith("__")]:
        del globals()[name]
    for entry in list(os.scandir(".")):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            os.remove(entry.path)
    for path, text in files:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    # Collecting garbage, as Keras does here by default, takes longer than most versions run.
    for name, options in (("keras", {"free_memory": False}), ("tf_keras", {})):
        keras = sys.modules.get(name)
        if keras is not None:
            keras.backend.clear_session(**options)
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None:
        tensorflow.config.run_functions_eagerly(False)
_reset({files!r})
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """One version of a program, with the seed that it runs with."""

    program: Program
    seed: int


def run_together(
    trials: Sequence[Trial], not_run: frozenset[int], keras: KerasFlavour
) -> Generator[RunRequest, RunReport, list[Transcript | None]]:
    """Run the trials in one process; return what each showed, None for one that ended the process.

    Behind the last one that may end it, the rest are None too.
    """
    found: list[Transcript | None] = []
    for _ in range(MOST_STOPS + 1):
        rest = trials[len(found) :]
        if not rest:
            return found
        joined = _join([_seeded(trial) for trial in rest], not_run)
        request = RunRequest(joined.program, keras, RunMode.STOP_AT_ERROR, frozenset(), captures=True)
        transcript = read_report((yield request), request)
        for first, count in joined.places:
            is_whole = transcript.finished or transcript.blamed >= first + count
            if not is_whole:
                found.append(None)
                break
            found.append(_part(transcript, first, count, not_run))
    return [*found, *([None] * (len(trials) - len(found)))]


def run_apart(
    trial: Trial, not_run: frozenset[int], keras: KerasFlavour
) -> Generator[RunRequest, RunReport, Transcript]:
    """Run one trial in a process of its own."""
    request = RunRequest(trial.program, keras, RunMode.STOP_AT_ERROR, not_run, seed=trial.seed, captures=True)
    return read_report((yield request), request)


@dataclass(frozen=True, slots=True)
class _JoinedProgram:
    program: Program
    places: tuple[tuple[int, int], ...]
    """(first snippet, number of snippets) of each trial."""


def _seeded(trial: Trial) -> Program:
    """Return the trial's program, where a snippet's own seed is another one with another seed of the run."""
    snippets = (
        snippet
        if snippet.directives.seed is None
        else replace(
            snippet, directives=replace(snippet.directives, seed=snippet.directives.seed + trial.seed)
        )
        for snippet in trial.program.snippets
    )
    reset = Snippet(
        SnippetName("reset"),
        _RESET.replace("{files!r}", repr(trial.program.files)),
        SnippetRole.FIXTURE,
        RunDirectives(seed=trial.seed),
    )
    return replace(trial.program, snippets=(reset, *snippets))


def _join(programs: Sequence[Program], not_run: frozenset[int]) -> _JoinedProgram:
    snippets: list[Snippet] = []
    places = []
    for program in programs:
        running = [each for place, each in enumerate(program.snippets) if place - 1 not in not_run]
        places.append((len(snippets), len(running)))
        snippets += running
    first = programs[0]
    return _JoinedProgram(Program(first.name, tuple(snippets), first.files), tuple(places))


def _part(transcript: Transcript, first: int, count: int, not_run: frozenset[int]) -> Transcript:
    """Return one trial's part of a transcript, with empty runs of what was not run."""
    runs = list(transcript.snippet_runs[first + 1 : first + count])
    for place in sorted(not_run):
        if place <= len(runs):
            runs.insert(place, SnippetRun())
    return replace(
        transcript, snippet_runs=tuple(runs), ending=RunEnding.EXITED, finished=True, blamed=len(runs) - 1
    )
