"""Code that is run, what it needs, what is expected of it, and what happened when it ran."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import NewType

from cards.guide.guide import NOWHERE, Span

SnippetName = NewType("SnippetName", str)
"""`question-slug#n`, n counting the question's Python blocks from 1; fixtures are `fixture:name`."""

ENGINE = 1
"""Counts the ways in which code was ever run; proofs of another count are made again."""

ProofKey = NewType("ProofKey", str)
"""A digest of everything that can change what a snippet does; equal keys need no second run."""


class Role(StrEnum):
    """Why a snippet is in the guide."""

    SHOWN = "shown"
    """Part of the answer; a reader sees it."""
    CHECK = "check"
    """Hidden; exercises the shown code before it and may assert."""
    FIXTURE = "fixture"
    """Hidden and named; run first where a shown block asks for it."""
    STAND_IN = "stand-in"
    """The same, made up for what the guide leaves out; a verdict names it."""

    @property
    def prepares(self) -> bool:
        """Whether it only sets up what others use."""
        return self in {Role.FIXTURE, Role.STAND_IN}


@dataclass(frozen=True, slots=True)
class Raises:
    """The exception a snippet is meant to end in."""

    exception: str
    """The name of the class, without its module."""
    text: str = ""
    """What the message must contain; empty for anything."""


@dataclass(frozen=True, slots=True)
class Directives:
    """What an author said about one block, in the closed vocabulary of docs/guide-format.md."""

    no_run: str = ""
    """Why the block cannot be run here; it is still parsed and its names are checked."""
    skip: str = ""
    """Why the block is left alone entirely."""
    fixtures: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """(relative path, fixture whose text is written there before the run)."""
    continues: bool = False
    """The block goes on where the question before it ended."""
    raises: Raises | None = None
    syntax_error: bool = False
    """The block is meant not to parse."""
    tolerance: float | None = None
    """Relative and absolute difference allowed between stated and captured numbers."""
    no_output: bool = False
    """What the block prints is of no interest: neither compared nor shown."""
    timeout_seconds: float | None = None
    shrink: tuple[tuple[str, int], ...] = ()
    """Keyword constants replaced to make a long run short: (`epochs`, 2)."""
    keras: int = 3
    """Keras flavour: 3, or 2 through tf_keras."""
    env: tuple[tuple[str, str], ...] = ()
    seed: int | None = None
    requires: tuple[str, ...] = ()
    """What must be there: package:NAME, network, service, tpu, gpu, processes."""
    loopback: bool = False
    """The block may use the network on 127.0.0.1."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """One Python block of a guide."""

    name: SnippetName
    source: str
    role: Role = Role.SHOWN
    directives: Directives = Directives()
    stated: str | None = None
    """What the guide says the block prints (its `output` fence), if it says so."""
    span: Span = field(default=NOWHERE, compare=False)
    """The lines of the source itself: its line n stands at `span.first + n - 1` of the guide."""
    without: tuple[str, ...] = ()
    """Kinds of cards that are not made from it."""


@dataclass(frozen=True, slots=True)
class Program:
    """The snippets of one question, fixtures first: they run in this order in one fresh process."""

    name: str
    """The question's slug."""
    snippets: tuple[Snippet, ...]
    files: tuple[tuple[str, str], ...] = ()
    """(relative path, text) to write before the first snippet."""
    answer: int | None = None
    """The place of a learner's answer: the checks behind it run apart from it, each for itself."""
    handed: tuple[str, ...] = ()
    """The names that those checks take over from the answer."""


class Outcome(StrEnum):
    """What a run showed."""

    PASSED = "passed"
    PASSED_WITH_FIXTURES = "passed with fixtures"
    PASSED_SHORTENED = "passed shortened"
    RAISED_AS_EXPECTED = "raised as expected"
    OUTPUT_MISMATCH = "output mismatch"
    FAILED = "failed"
    STALE_API = "stale API"
    NEEDS = "needs something"
    NOT_PYTHON = "not Python"
    SYNTAX_ERROR = "syntax error"
    EARLY_EXIT = "early exit"
    DID_NOT_FINISH = "did not finish"
    TIMED_OUT = "timed out"
    MEMORY_LIMIT = "memory limit"
    OUTPUT_LIMIT = "output limit"
    DISK_LIMIT = "disk limit"
    CRASHED = "crashed"
    NOT_RUN = "not run"

    @property
    def holds(self) -> bool:
        """Whether a card may show the code."""
        return self in _HOLDING

    @property
    def lasts(self) -> bool:
        """Whether another run of the same code under the same versions would end in the same way.

        Limits are met on a busy machine and not on an idle one.
        """
        return self not in _PASSING


_HOLDING = frozenset(
    {Outcome.PASSED, Outcome.PASSED_WITH_FIXTURES, Outcome.PASSED_SHORTENED, Outcome.RAISED_AS_EXPECTED}
)
_PASSING = frozenset(
    {
        Outcome.TIMED_OUT,
        Outcome.DID_NOT_FINISH,
        Outcome.MEMORY_LIMIT,
        Outcome.DISK_LIMIT,
        Outcome.CRASHED,
    }
)


@dataclass(frozen=True, slots=True)
class Runtime:
    """The versions a proof was made with."""

    python: str
    """Major and minor: 3.11."""
    tensorflow: str
    keras: str
    packages: tuple[tuple[str, str], ...] = ()
    """What else the code imports, by name, with its version; an empty version where it is missing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What happened when a snippet ran, and what that statement is worth."""

    snippet: SnippetName
    key: ProofKey
    outcome: Outcome
    runtime: Runtime
    sentence: str = ""
    """For a person: the last line of the error in plain words and what to do; empty for a clean pass."""
    advice: str = ""
    """The end of that sentence: what to do about it."""
    line: int = 0
    """The guide's line that failed; 0 where none did."""
    output: str = ""
    """What it printed (standard output and tf.print, in order), without a trailing newline."""
    seconds: float = 0.0
    proved_on: str = ""
    """The local date of the run, ISO."""
    confinement: str = "full"
    """full, partial, bubblewrap, interpreter or unconfined."""
    notes: tuple[str, ...] = ()
    """Qualifiers: definitions never called, warnings, what was shortened, names that look suspicious."""

    @property
    def error(self) -> str:
        """The sentence without the advice."""
        return self.sentence.removesuffix(self.advice).rstrip()


def is_excused(snippet: Snippet, outcome: Outcome) -> bool:
    """Tell whether code that did not run is accounted for by a reason that its author wrote."""
    return outcome is Outcome.NOT_RUN or (outcome is Outcome.NEEDS and bool(snippet.directives.requires))


def proof_key(program: Program, position: int, runtime: Runtime) -> ProofKey:
    """Digest all that the snippet at `position` depends on: code before it, set-up, directives, versions."""
    return ProofKey(digest_of(program, position, asdict(runtime), ENGINE)[:24])


def digest_of(program: Program, position: int, *versions: object) -> str:
    """Digest the program up to the snippet at `position`, with what else its outcome depends on."""
    facts = [
        [[s.source, s.role, asdict(s.directives), s.stated] for s in program.snippets[: position + 1]],
        program.files,
        *versions,
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
