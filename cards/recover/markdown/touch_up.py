"""Change of a Markdown text only what is certain, and say what was changed; every other byte stays.

Certain are a blank that a heading lacks, the end of a fence that the next question shows to be missing, and
stand-ins for names without which code cannot run to its end. Lines without which the text would be no guide
are rewritten as the format demands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.errors import GuideError, NoQuestionError
from cards.guide.reading.parse import parse_guide
from cards.recover.markdown.fenced_lines import fenced_blocks, lines_of
from cards.recover.markdown.missing_names import GivenStandIns, stand_ins_for
from cards.recover.markdown.parsable import make_parsable
from cards.recover.page.repair import Repair
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.guide import Guide
    from cards.recover.needs.stand_in import StandIn

_GLUED_HEADING = regex(r"(?P<marks>#{2,6})(?P<words>(?:Q\s*\d+|\d{1,3})\s*[.:)]\s*\S.*|[^\s#!].*\?\s*)")
_FIXTURE = regex(r"(?<=\bfixture=)[\w,-]+")
_COMMENT_ABOVE = regex(r"\s*<!--\s*proofdeck:[^\n]*-->\s*")


@dataclass(frozen=True, slots=True)
class TouchedUp:
    """A Markdown text in which only what is certain was changed."""

    text: str
    questions: int
    """0 where it is no guide yet."""
    python_blocks: int
    changes: tuple[Repair, ...]
    """Every line that was changed or is new, in order."""
    stand_ins: tuple[StandIn, ...]
    missing: tuple[str, ...]
    """Names that code cannot do without and no stand-in is known for."""
    is_refused: bool = False
    """Whether the format refuses the text for more than that it has no question."""


def touch_up(text: str) -> TouchedUp:
    """Return the Markdown text with what is certain changed; the same text where nothing is."""
    text, changes = _mend_marks(text)
    guide = _guide_of(text)
    if guide is None:
        text, accepted = _without_refused_lines(text)
        changes = (*changes, *accepted)
        guide = _guide_of(text)
    if guide is None:
        return TouchedUp(text, 0, 0, changes, (), (), is_refused=not _has_no_question(text))
    given = stand_ins_for(guide)
    with_stand_ins, more = _with_stand_ins(text, given)
    again = _guide_of(with_stand_ins) if more else guide
    if again is None or len(again.questions) != len(guide.questions):
        with_stand_ins, more, given = text, (), GivenStandIns((), (), given.missing)
    return TouchedUp(
        with_stand_ins,
        len(guide.questions),
        sum(len(question.snippets) for question in guide.questions) + len(guide.preamble),
        tuple(sorted((*changes, *more), key=lambda change: change.number)),
        given.stand_ins,
        given.missing,
    )


def _guide_of(text: str) -> Guide | None:
    try:
        return parse_guide(text, "guide.md")
    except GuideError:
        return None


def _has_no_question(text: str) -> bool:
    try:
        parse_guide(text, "guide.md")
    except NoQuestionError:
        return True
    except GuideError:
        return False
    return False


def _without_refused_lines(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with the lines rewritten that the format refuses; as it is where that does not help."""
    changed = make_parsable(text)
    if _guide_of(changed) is None:
        return text, ()
    pairs = zip(lines_of(text)[0], lines_of(changed)[0], strict=True)
    return changed, tuple(
        Repair(number, before, after)
        for number, (before, after) in enumerate(pairs, start=1)
        if before != after
    )


def _mend_marks(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with headings parted from their marks, and fences closed where a question follows."""
    lines, ends = lines_of(text)
    changes: list[Repair] = []
    blocks = fenced_blocks(lines)
    inside = {place for block in blocks for place in range(block.opened, block.closed + block.is_closed)}
    for place, line in enumerate(lines):
        glued = None if place in inside else _GLUED_HEADING.fullmatch(line)
        if glued:
            lines[place] = f"{glued['marks']} {glued['words']}"
            changes.append(Repair(place + 1, line, lines[place]))
    new_line = next((end for end in ends if end), "\n")
    for block in reversed(blocks):
        if not block.is_closed and block.closed < len(lines):
            last = _last_written(lines, block.closed)
            lines.insert(last + 1, block.marks)
            ends.insert(last + 1, new_line)
            changes.append(Repair(block.opened + 1, "", f"closed with {block.marks} below line {last + 1}"))
    return _joined(lines, ends), tuple(changes)


def _last_written(lines: Sequence[str], before: int) -> int:
    return next(place for place in range(before - 1, -1, -1) if lines[place].strip())


def _with_stand_ins(text: str, given: GivenStandIns) -> tuple[str, tuple[Repair, ...]]:
    """Return the text with directives on the fences that need stand-ins, and those at its end."""
    if not given.directives:
        return text, ()
    lines, ends = lines_of(text)
    changes = []
    for number, words in given.directives:
        place = number - 1
        above = place - 1 if place and _COMMENT_ABOVE.fullmatch(lines[place - 1]) else place
        before = lines[above]
        lines[above] = _with_directives(before, words)
        changes.append(Repair(above + 1, before, lines[above]))
    new_line = next((end for end in ends if end), "\n")
    if not ends[-1]:
        ends[-1] = new_line
    if not lines[-1]:
        lines.pop(), ends.pop()
    for one in given.stand_ins:
        block = ["", f"<!-- proofdeck: {one.directive}={one.fixture}", *one.source.split("\n"), "-->"]
        changes.append(Repair(len(lines) + 2, "", block[1]))
        lines += block
        ends += [new_line] * len(block)
    return _joined(lines, ends), tuple(changes)


def _with_directives(line: str, words: Sequence[str]) -> str:
    """Return a fence or a comment with directives added to those that it has."""
    for word in words:
        name, _, value = word.partition("=")
        if name == "fixture" and _FIXTURE.search(line):
            line = _FIXTURE.sub(lambda match: f"{match[0]},{value}", line, count=1)  # noqa: B023 - called at once
        elif f"{name}=" in line:
            continue
        elif line.rstrip().endswith("-->"):
            line = f"{line.rstrip()[:-3].rstrip()} {word} -->"
        else:
            line = f"{line.rstrip()} {word}"
    return line


def _joined(lines: Sequence[str], ends: Sequence[str]) -> str:
    return "".join(line + end for line, end in zip(lines, ends, strict=True))
