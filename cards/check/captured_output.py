"""Write captured outputs into a guide's `output` fences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.guide.block import Code
from cards.guide.element import OUTPUT_LANGUAGE
from cards.program.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cards.guide.guide import Guide
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict


def correct_captured_outputs(
    text: str, guide: Guide, verdicts: Mapping[SnippetName, Verdict]
) -> tuple[str, int]:
    """Return the guide's text with every `output` fence that is wrong made right, and how many there were.

    Nothing but the lines inside those fences changes; a block without such a fence is left alone.
    """
    lines = text.split("\n")
    changes = []
    for question in guide.questions:
        shown = {snippet.span: snippet for snippet in question.snippets}
        for block, after in zip(question.blocks, question.blocks[1:], strict=False):
            if not (
                isinstance(block, Code) and isinstance(after, Code) and after.language == OUTPUT_LANGUAGE
            ):
                continue
            snippet = shown.get(block.span)
            verdict = verdicts.get(snippet.name) if snippet else None
            if verdict and verdict.outcome is Outcome.OUTPUT_MISMATCH:
                changes.append((after, verdict.output))
    for fence, output in reversed(changes):
        first = fence.span.first - 1
        last = first + (fence.source.count("\n") + 1 if fence.source else 0)
        indent = lines[first - 1][: len(lines[first - 1]) - len(lines[first - 1].lstrip(" >"))]
        lines[first:last] = [f"{indent}{line}".rstrip() for line in output.split("\n")]
    return "\n".join(lines), len(changes)
