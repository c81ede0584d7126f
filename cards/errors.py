"""All errors meant for people: what is wrong, where, and what to do next."""

from __future__ import annotations

from typing import ClassVar

from cards.value import NamedTuple


class Problem(NamedTuple):
    """One thing wrong in a file, as a person must read it."""

    path: str
    line: int
    """1-based; 0 where the whole file is meant."""
    sentence: str
    """What is wrong and what to do next, in one or two short sentences."""

    def __str__(self) -> str:
        # Every command knows the errors, and few meet a problem.
        from cards.span import place_of

        where = place_of(self.path, self.line) if self.line else self.path
        return f"{where}: {self.sentence}"


ERRORS_OF_DAMAGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What a value leads to that is damaged, or of another shape than this program writes."""


class ProofdeckError(Exception):
    """An error that a person can mend; its text is complete and needs no traceback."""

    exit_code: ClassVar[int] = 1
    """The exit code of the command that it ends."""


class FormatError(ProofdeckError):
    """A file is of a format that no guide has, or is damaged; it names the command that helps."""

    exit_code = 2


class GuideError(ProofdeckError):
    """A guide cannot be used; holds every problem found in it, in the order of its lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class NoQuestionError(GuideError):
    """A Markdown file is no guide: nothing in it is a question."""


class LockError(ProofdeckError):
    """A lock file cannot be read."""


class ProofError(ProofdeckError):
    """Code could not be run at all (no sandbox, a broken interpreter); says nothing about the code."""


class StoreError(ProofdeckError):
    """The review store cannot be opened, read or written."""


class ExportError(ProofdeckError):
    """A deck cannot be written."""


class StaleCacheError(ProofdeckError):
    """An incremental build cannot use the last build's results; build the whole guide instead."""


class KnownTwinError(StaleCacheError):
    """A question has the words of one taken over from the last build; only their answers tell them apart."""


def parse_error_sentence(message: str) -> str:
    """Return what Python's parser says as a sentence; it may end in a question itself."""
    return f"It does not parse: {message}" + ("" if message.endswith(("?", "!", ".")) else ".")
