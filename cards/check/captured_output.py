"""Write captured outputs into a guide's `output` fences and the comments that state them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.guide.block import Code
from cards.guide.element import OUTPUT_LANGUAGE
from cards.program.verdict import Outcome
from cards.prove.output.compare import is_rounding
from cards.prove.output.output_comment import output_comments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.guide.guide import Guide
    from cards.program.snippet import Snippet, SnippetName
    from cards.program.verdict import Verdict


_RAN_TO_ITS_END = frozenset(
    {Outcome.PASSED, Outcome.PASSED_WITH_FIXTURES, Outcome.PASSED_SHORTENED, Outcome.OUTPUT_MISMATCH}
)


@dataclass(frozen=True, slots=True)
class _Change:
    """Lines of a guide, counted from 0, and what should stand there."""

    first: int
    last: int
    """The line behind them."""
    lines: tuple[str, ...]


def correct_captured_outputs(
    text: str, guide: Guide, verdicts: Mapping[SnippetName, Verdict]
) -> tuple[str, int]:
    """Return the guide's text with every wrong stated output made right, and how many there were.

    A stated output stays if it is the captured one rounded, or hangs on chance. Nothing changes but the lines
    inside `output` fences and the ends of comments; a block without a stated output is left alone.
    """
    lines = text.split("\n")
    changes: list[_Change] = []
    for question in guide.questions:
        shown = {snippet.span: snippet for snippet in question.snippets}
        for block, after in zip(question.blocks, (*question.blocks[1:], None), strict=True):
            snippet = shown.get(block.span)
            verdict = verdicts.get(snippet.name) if snippet else None
            if snippet is None or verdict is None or not _is_worth_stating(verdict):
                continue
            changes += _comment_changes(lines, snippet, verdict)
            if isinstance(after, Code) and after.language == OUTPUT_LANGUAGE:
                changes += _fence_changes(lines, after, snippet, verdict)
    for change in sorted(changes, key=lambda each: -each.first):
        lines[change.first : change.last] = change.lines
    return "\n".join(lines), len(changes)


def _is_worth_stating(verdict: Verdict) -> bool:
    """Tell whether a snippet ran to its end, and prints the same in each run."""
    return verdict.outcome in _RAN_TO_ITS_END and not verdict.hangs_on_chance


def _fence_changes(
    lines: Sequence[str], fence: Code, snippet: Snippet, verdict: Verdict
) -> Iterator[_Change]:
    """Yield the change of a fence whose text is not the captured one rounded."""
    if snippet.directives.no_output or is_rounding(fence.source, verdict.output):
        return
    first = fence.span.first - 1
    last = first + (fence.source.count("\n") + 1 if fence.source else 0)
    above = lines[first - 1]
    indent = above[: len(above) - len(above.lstrip(" >"))]
    output = verdict.output.split("\n") if verdict.output else []
    stated = fence.source.split("\n")
    if len(stated) == len(output):
        output = [
            one if is_rounding(one, other) else other for one, other in zip(stated, output, strict=True)
        ]
    yield _Change(first, last, tuple(f"{indent}{line}".rstrip() for line in output))


def _comment_changes(lines: Sequence[str], snippet: Snippet, verdict: Verdict) -> Iterator[_Change]:
    """Yield the change of the comment that the verdict corrects; one of several lines is left to a person."""
    if not verdict.correction:
        return
    place = verdict.line - 1
    said = [
        comment.text
        for comments in output_comments(snippet.source).values()
        for comment in comments
        if comment.line == verdict.line - snippet.span.first + 1
    ]
    line = lines[place].rstrip()
    if said and said[0] and line.endswith(said[0].rstrip()):
        yield _Change(place, place + 1, (line.removesuffix(said[0].rstrip()) + verdict.correction,))
