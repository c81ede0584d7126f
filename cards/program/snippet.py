"""Code that is run, what it needs and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NewType

from cards.span import NOWHERE, Span

SnippetName = NewType("SnippetName", str)
"""`question-slug#n`, n counting the question's Python blocks from 1; fixtures are `fixture:name`.

Blocks before the first question are `(preamble)#n`; what a program borrows begins with its slug and a colon.
"""


def own_name(name: SnippetName) -> SnippetName:
    """Return the name that a snippet has in its own question, given its name where it may be borrowed.

    A fixture has no question of its own; it keeps its name.
    """
    return SnippetName(name.rpartition(":")[2]) if "#" in name else name


class SnippetRole(StrEnum):
    """The role of a snippet in its guide."""

    SHOWN = "shown"
    """Part of the answer; a reader sees it."""
    CHECK = "check"
    """Hidden; exercises the shown code before it and may assert."""
    FIXTURE = "fixture"
    """Hidden and named; run first where a shown block asks for it."""
    STAND_IN = "stand-in"
    """A fixture made up for what the guide leaves out; a verdict names it."""
    PREAMBLE = "preamble"
    """A block that stands before the first question, as every question runs it first."""
    USUAL_IMPORT = "usual import"
    """An import that the guide leaves out and every reader knows; hidden, and a verdict names it."""

    @property
    def is_setup(self) -> bool:
        """Whether the snippet only sets up what others use."""
        return self not in {SnippetRole.SHOWN, SnippetRole.CHECK}

    @property
    def is_told_elsewhere(self) -> bool:
        """Whether a failure is told where the preamble stands, or with the block that reads the import."""
        return self in {SnippetRole.PREAMBLE, SnippetRole.USUAL_IMPORT}


class KerasFlavour(IntEnum):
    """Which Keras stands behind `tf.keras`, where code uses it at all."""

    NONE = 0
    """None, and no TensorFlow: the code names neither."""
    KERAS_2 = 2
    """The package tf_keras."""
    KERAS_3 = 3


@dataclass(frozen=True, slots=True)
class ExpectedException:
    """The exception a snippet is meant to end in."""

    exception: str
    """The name of the class, without its module."""
    text: str = ""
    """What the message must contain; empty for anything."""
    or_derived: bool = False
    """An exception of a class that is derived from this one will do."""

    def __str__(self) -> str:
        plus = "+" if self.or_derived else ""
        return f"{self.exception}{plus}: {self.text}" if self.text else f"{self.exception}{plus}"


class Misread(StrEnum):
    """Why a block is not run although its author did not say so: nobody knows what its directives ask for."""

    UNKNOWN = "unknown directive"
    TWO_SETS = "two sets of directives"
    LEADS_NOWHERE = "a directive leads nowhere"


@dataclass(frozen=True, slots=True)
class RunDirectives:
    """What an author said about one block, in the closed vocabulary of docs/guide-reference.md."""

    no_run: str = ""
    """Why the block cannot be run here; it is still parsed and its names are checked."""
    skip: str = ""
    """Why the block is left alone entirely."""
    fixtures: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """(relative path, fixture whose text is written there before the run)."""
    continues: bool = False
    """The block goes on where the question before it ended."""
    raises: ExpectedException | None = None
    syntax_error: bool = False
    """The block is meant not to parse."""
    tolerance: float | None = None
    """Relative and absolute difference allowed between stated and captured numbers."""
    no_output: bool = False
    """What the block prints is of no interest: neither compared nor shown."""
    timeout_seconds: float | None = None
    shrink: tuple[tuple[str, int], ...] = ()
    """Keyword constants replaced to make a long run short: (`epochs`, 2)."""
    keras: KerasFlavour = KerasFlavour.KERAS_3
    env: tuple[tuple[str, str], ...] = ()
    seed: int | None = None
    requires: tuple[str, ...] = ()
    """What the machine must have: package:NAME, network, service, tpu, gpu, processes."""
    loopback: bool = False
    """The block may use the network on 127.0.0.1."""

    @property
    def is_meant_to_hold(self) -> bool:
        """Whether the block is run and meant to end well."""
        return not (self.no_run or self.skip or self.raises or self.syntax_error)

    @property
    def is_misread(self) -> bool:
        """Whether the block is not run only because its directives cannot be followed."""
        return self.no_run in frozenset(Misread)

    @property
    def is_excused(self) -> bool:
        """Whether the guide says why the block is not run, and nothing else of it."""
        return bool(self.no_run) and not (self.skip or self.raises or self.syntax_error)


@dataclass(frozen=True, slots=True)
class Snippet:
    """One Python block of a guide."""

    name: SnippetName
    source: str
    role: SnippetRole = SnippetRole.SHOWN
    directives: RunDirectives = RunDirectives()
    stated: str | None = None
    """What the guide says the block prints (its `output` fence), if it says so."""
    span: Span = field(default=NOWHERE, compare=False)
    """The lines of the source itself: its line n stands at `span.first + n - 1` of the guide."""
    without: tuple[str, ...] = ()
    """Kinds of cards that are not made from it."""
    is_old: bool = False
    """The words that lead it in say that it is the old way."""
    told: str = ""
    """What the words right below it say that it prints; empty where they do not."""
