"""Qualifiers of a verdict: what a pass depends on, what else fails, what was never proved."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from cards.span import line_name, lines_name

if TYPE_CHECKING:
    from collections.abc import Callable


class QualifierKind(Enum):
    """The kind of a qualifier, with its sentence to fill in: `{text}` and, where it names one, `{line}`.

    No two sentences can be taken for each other, because a lock keeps qualifiers as sentences.
    """

    STAND_INS = "passed with stand-ins for {text}"
    STAND_INS_DECIDE_BEHAVIOUR = "the stand-in for {text} decides what it does"
    STAND_INS_DECIDE_OUTPUT = "stand-ins decide what it prints, {text}"
    STAND_INS_MAY_BE_WHY = "the stand-in for {text} may be why"
    USUAL_IMPORTS = "ran with the usual imports: {text}"
    """Imports that the guide leaves out and that were supplied."""
    PRINTS_OTHERWISE_ALONE = "prints something else when it runs alone: a block above changes {text}"
    NEEDS_BLOCK_ABOVE = "needs the block above, another way to do the same, for {text}"
    HOLDS_ALONE = "holds when it runs alone: a block above changes {text}"
    SHORTENED = "shortened: {text}"
    NOT_SHORTENED = "shrink changed nothing: it names no keyword with a larger number"
    SUSPICIOUS_NAME = "needs a look: {text}"
    FOLLOWING_FAILURE = "follows from it, line {line}: {text}"
    """A later statement that fails because the first failure left a name unbound."""
    FURTHER_FAILURE = "also fails, line {line}: {text}"
    GONE_CALL = "also gone, line {line}: {text}"
    """A call that today's libraries no longer have, in code that no run reached."""
    NEVER_CALLED = "never called: {text}"
    NEVER_BOUND = "never bound, line {line}: {text}"
    WARNING = "warns, line {line}: {text}"
    CHANCE_DECIDES_OUTPUT = "hangs on chance, line {line}: seed it in the code, or say `no-output`"
    """A stated output that another seed, clock, host or order of a set makes another one."""
    OUTPUT_VARIES = "prints something else in each run, from line {line} on"
    """An output that the guide does not state."""
    CONSEQUENCE = "a consequence of {text}"
    """The block fails only because the named one, before it, does."""
    NOTEBOOK_LINE = "left out, a notebook line, line {line}: {text}"
    STATED_OTHERWISE = "stated otherwise than printed: {text}"
    """The stated output agrees with what was printed, but is not that text with its numbers rounded."""
    EARLIER_FAILURE = "an earlier block fails: {text}"
    KERAS_2 = "run under Keras {text}"
    OTHER = "{text}"
    """A sentence of a lock that another version of proofdeck worded."""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A fact that limits or explains a verdict."""

    kind: QualifierKind
    text: str = ""
    """What its sentence names: names with commas between them, a change, an error."""
    line: int = 0
    """The guide's line; 0 where the sentence names none."""

    def __str__(self) -> str:
        return self.kind.value.format(text=self.text, line=self.line)

    def words_for(self, path: str) -> str:
        """Return the sentence with its line called as it is in the guide's file."""
        where = line_name(path, self.line)
        return self.kind.value.replace("line {line}", "{where}").format(text=self.text, where=where)

    @property
    def is_of_lines(self) -> bool:
        """Whether its text is nothing but lines of the guide."""
        return self.kind is QualifierKind.STAND_INS_DECIDE_OUTPUT

    @property
    def names_a_line(self) -> bool:
        """Whether its sentence names a line of the guide, or several."""
        return bool(self.line) or self.is_of_lines

    def with_lines(self, line_now: Callable[[int], int]) -> Qualifier:
        """Return the qualifier with each line that it names called otherwise."""
        if self.is_of_lines:
            lines = dict.fromkeys(line_now(int(number)) for number in re.findall("[0-9]+", self.text))
            return replace(self, text=lines_name("", tuple(lines)))
        return replace(self, line=line_now(self.line)) if self.line else self


def parse_qualifier(sentence: str) -> Qualifier:
    """Return the qualifier that a sentence states; its text gives the same sentence."""
    for kind, pattern in _PATTERNS:
        if match := pattern.fullmatch(sentence):
            found = match.groupdict()
            return Qualifier(kind, found.get("text", ""), int(found.get("line", 0)))
    return Qualifier(QualifierKind.OTHER, sentence)


def _sentence_pattern(kind: QualifierKind) -> re.Pattern[str]:
    pattern = re.escape(kind.value)
    pattern = pattern.replace(re.escape("{text}"), "(?P<text>.*)")
    return re.compile(pattern.replace(re.escape("{line}"), "(?P<line>0|[1-9][0-9]{0,8})"), re.DOTALL)


_PATTERNS = tuple((kind, _sentence_pattern(kind)) for kind in QualifierKind)
