"""One run of a program, as a job for the process that runs it."""

from __future__ import annotations

import ast
import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar, assert_never

from cards.program.packages import packages_of
from cards.program.snippet import KerasFlavour
from cards.program.tensorflow_use import uses_tensorflow
from cards.prove.sandbox.conditions import RunConditions
from cards.python.syntax import Edit, apply_edits, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Mapping

    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import Snippet
    from cards.prove.client.options import Options
    from cards.prove.process.protocol import CodeUnit, Job, RunMode, RunReport


class Runnable(Protocol):
    """What a prover runs: snippets, under a name for the progress display."""

    @property
    def name(self) -> str:
        """The program's name."""

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The snippets, in the order in which they run."""


Work = TypeVar("Work", bound=Runnable)
Result = TypeVar("Result")

Runs: TypeAlias = "Generator[RunRequest, RunReport, Result]"
"""A generator of the runs that some work needs: yields requests, is sent reports, returns a result.

It decides which run comes next; a prover acts.
"""

Recipe: TypeAlias = "Callable[[Work, ProverContext], Runs[Result]]"
"""What is made of work by running it: verdicts, observations, measurements, the result of a task."""

_STATES_VALUE = regex(
    r"#\s*(?:[=⇒→>]|-+>|[-\[({'\"\d<]|(?:True|False|None)\b|(?:this |it )?(?:will )?(?:print|output|stdout"
    r"|return|give|yield|result|evaluate|becomes|(?:[a-z_]\w*\s+)?(?:is\s+)?now\b"
    r"|(?:the |its |new |final )*shape|dtype|u?int|b?float|complex))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ProverContext:
    """What all programs of one prover call share: options, versions, devices."""

    options: Options
    runtime: Runtime
    """With empty versions of TensorFlow and Keras where they are not installed."""
    packages: Mapping[str, str] = field(default_factory=dict)
    """The versions of the packages that the programs import or ask for; empty ones for missing ones."""
    keras_2: str = ""
    """The version of tf_keras; empty where it is not installed."""
    has_gpu: bool = False
    private_network: bool = True
    """127.0.0.1 can be had without the machine's own network."""

    def runtime_with(self, keras: KerasFlavour) -> Runtime:
        """Return the versions that code runs under with a flavour of Keras."""
        match keras:
            case KerasFlavour.NONE:
                return replace(self.runtime, tensorflow="", keras="")
            case KerasFlavour.KERAS_3:
                return self.runtime
            case KerasFlavour.KERAS_2:
                return replace(self.runtime, keras=self.keras_2)
            case _:
                assert_never(keras)

    def runtime_of(self, program: Program, keras: KerasFlavour) -> Runtime:
        """Return the same with what else a program imports."""
        versions = tuple((name, self.packages.get(name, "")) for name in packages_of(program.snippets))
        return replace(self.runtime_with(keras), packages=versions)


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run of a program: with which Keras flavour, mode, seed and conditions, without which snippets."""

    program: Program
    keras: KerasFlavour
    mode: RunMode
    not_run: frozenset[int]
    """Positions of the snippets that are not run."""
    seed: int = 0
    conditions: RunConditions = RunConditions.FIRST
    moves_clock: bool = True
    """Clock, host name and cores are other ones under the second conditions too, and not only the hashes."""
    captures: bool = False
    """All values are looked at, not only those that the guide says something about."""
    most_seconds: float = math.inf
    """The limit of each snippet, where it is less than the snippet's own."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Each snippet's source as it is run, with its constants shortened."""
        return tuple(shortened_source(snippet) for snippet in self.program.snippets)

    @property
    def first_lines(self) -> tuple[int, ...]:
        """The line at which each snippet begins in the file that holds the whole program."""
        return first_lines(self.program)

    def job(self, number: int, options: Options) -> Job:
        """Return the job that a zygote is sent for this run."""
        snippets = self.program.snippets
        units: list[CodeUnit] = [
            {
                "source": source,
                "first_line": first_line,
                "runs": position not in self.not_run,
                "captures": self.captures or snippet.stated is not None or _states_values(source),
                "timeout_seconds": min(
                    snippet.directives.timeout_seconds or options.timeout_seconds, self.most_seconds
                ),
                "environment": list(snippet.directives.env),
                "seed": None if snippet.directives.seed is None else snippet.directives.seed + self.seed,
            }
            for position, (snippet, source, first_line) in enumerate(
                zip(snippets, self.sources, self.first_lines, strict=True)
            )
        ]
        running = [snippet for position, snippet in enumerate(snippets) if position not in self.not_run]
        required = {name for snippet in running for name in snippet.directives.requires}
        return {
            "number": number,
            "pieces": units,
            "answer": -1 if self.program.answer is None else self.program.answer,
            "handed": list(self.program.handed),
            "files": list(self.program.files),
            "seed": self.seed,
            "mode": self.mode.value,
            "conditions": (self.conditions if self.moves_clock else RunConditions.FIRST).value,
            "loopback": any(snippet.directives.loopback for snippet in running),
            "processes": "processes" in required,
            "gpu": "gpu" in required,
            "preloaded": list(_packages_to_preload(self.program)),
            "limits": {
                "memory_bytes": options.memory_bytes,
                "output_bytes": options.output_bytes,
                "disk_bytes": options.disk_bytes,
                "tasks": options.tasks,
            },
        }


_PRELOADED = ("numpy", "pandas", "scipy", "matplotlib")
"""The packages that are imported once for all programs, before each runs in a process forked from that one.

None of them starts a thread when it is imported: a process with threads cannot be forked safely.
"""


def _packages_to_preload(program: Program) -> tuple[str, ...]:
    """Return the packages to import before a program runs, so that hidden seeds reach NumPy too."""
    needed = set(packages_of(program.snippets))
    return tuple(name for name in _PRELOADED if name in needed)


def _states_values(source: str) -> bool:
    """Tell whether a comment may say which value a statement has: `#=>`, `# 5`, `# shape (2,)`."""
    return _STATES_VALUE.search(source) is not None


def keras_of(program: Program, not_run: Collection[int] = ()) -> KerasFlavour:
    """Return the flavour of Keras that a program runs with: 2 if any snippet that runs asks for it.

    It is none where no code of the program names TensorFlow or Keras.
    """
    if not uses_tensorflow(program.snippets):
        return KerasFlavour.NONE
    running = (each for position, each in enumerate(program.snippets) if position not in not_run)
    return min((snippet.directives.keras for snippet in running), default=KerasFlavour.KERAS_3)


def first_lines(program: Program) -> tuple[int, ...]:
    """Return the line at which each snippet begins in the file that holds the whole program."""
    lines, next_line = [], 1
    for snippet in program.snippets:
        lines.append(next_line)
        next_line += snippet.source.count("\n") + 2
    return tuple(lines)


def locate_line(program: Program, line: int) -> tuple[Snippet | None, int]:
    """Return the snippet that a line of the program belongs to, and that line's number in the guide."""
    for snippet, first in reversed(list(zip(program.snippets, first_lines(program), strict=True))):
        if line >= first:
            return snippet, guide_line(snippet, line - first + 1)
    return None, 0


def guide_line(snippet: Snippet, line: int) -> int:
    """Return the number in the guide of a snippet's line; both count from 1."""
    return snippet.span.first + line - 1 if snippet.span.first else line


def shortened_source(snippet: Snippet) -> str:
    """Return a snippet's source with the keyword constants that its `shrink` directive names made smaller."""
    return _shrink(snippet)[0]


def shortenings(snippet: Snippet) -> tuple[str, ...]:
    """Return each constant that the `shrink` directive made smaller: `epochs=100 became 2`."""
    return _shrink(snippet)[1]


def _shrink(snippet: Snippet) -> tuple[str, tuple[str, ...]]:
    values = dict(snippet.directives.shrink)
    source = snippet.source
    if not values:
        return source, ()
    tree = tree_of(source)
    if tree is None:
        return source, ()
    lines = source.split("\n")
    found = [
        (node.value, node.arg)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword)
        and node.arg in values
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, (int, float))
        and not isinstance(node.value.value, bool)
        and node.value.value > values[node.arg]
    ]
    edits, changes = [], []
    for constant, name in sorted(found, key=lambda each: (each[0].lineno, -each[0].col_offset)):
        start, end = constant.col_offset, constant.end_col_offset or 0
        was = lines[constant.lineno - 1].encode()[start:end].decode()
        text = str(values[name or ""])
        edits.append(Edit(constant.lineno, start, end, text))
        changes.append(f"{name}={was} became {text}")
    return apply_edits(source, edits), tuple(changes)
