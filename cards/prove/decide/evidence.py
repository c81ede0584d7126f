"""All that was seen of a program, before its verdicts are decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cards.program.confinement import Confinement
from cards.program.hidden_imports import supplied_imports
from cards.program.snippet import KerasFlavour
from cards.prove.client.transcript import SnippetRun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.program.program import Program
    from cards.prove.client.run_request import ProverContext
    from cards.prove.client.transcript import ExceptionInfo, Transcript
    from cards.prove.decide.classify import Diagnosis


@dataclass(frozen=True, slots=True)
class Evidence:
    """The runs of one program, and the snippets that were not run."""

    program: Program
    context: ProverContext
    not_run: Mapping[int, Diagnosis]
    """Positions of the snippets that were not to be run, with the reason."""
    keras: KerasFlavour = KerasFlavour.KERAS_3
    confinement: Confinement = Confinement.FULL
    stopped: Mapping[int, Transcript] = field(default_factory=dict)
    """The snippets that ended their process, each with the run in which it did."""
    transcript: Transcript | None = None
    """The run of all the others."""
    second: Transcript | None = None
    """The run of all the others with another seed and under other conditions."""
    keep_going: Transcript | None = None
    """A run in which statements after an error ran too."""
    under_keras_2: Transcript | None = None
    """The same run under the older Keras."""
    alone: Mapping[int, Transcript] = field(default_factory=dict)
    """Runs of blocks that others of their question may change, each without those."""

    def snippet_run(self, position: int) -> SnippetRun:
        """Return what was seen of a snippet in the run that decides its verdict."""
        transcript = self.stopped.get(position, self.transcript)
        return transcript.snippet_runs[position] if transcript else SnippetRun()

    def first_error(self, position: int) -> ExceptionInfo | None:
        """Return the first error of a snippet; None where it raised none."""
        return self.snippet_run(position).error

    def failed_imports(self, position: int) -> tuple[int, ...]:
        """Return the positions of the supplied imports that a snippet reads and that raised an exception."""
        places = supplied_imports(self.program, position)
        return tuple(place for place in places if self.first_error(place) is not None)

    @property
    def failing(self) -> tuple[int, ...]:
        """The positions of the snippets that raised an exception they were not expected to raise."""
        return tuple(
            position
            for position, snippet in enumerate(self.program.snippets)
            if self.first_error(position) is not None and snippet.directives.raises is None
        )
