"""Report what `proofdeck recover` did, as JSON and for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cards.recover.code.code_block import IndentationDoubt
from cards.recover.guide_text import moved_sentence, uncertainty_sentence
from srs.words import count

if TYPE_CHECKING:
    from rich.console import Console

    from cards.recover.recovery import Recovery


def recovery_json(result: Recovery, *, shown: str | None) -> dict[str, Any]:
    """Return the report of a recovery as JSON values."""
    return {
        "source": result.source.value,
        "because": result.because,
        "guide": shown,
        "questions": result.questions,
        "blocks": [
            {
                "line": block.number,
                "doubt": block.doubt.value,
                "confidence": round(block.confidence, 4),
                "lines_in_question": [line + 1 for line in block.uncertain_lines],
                "kept": block.kept,
                "decided": block.decided,
            }
            for block in result.blocks
        ],
        "dropped": [{"line": one.number, "text": one.text, "reason": one.reason} for one in result.dropped],
        "mended": [{"line": one.number, "before": one.before, "after": one.after} for one in result.repairs],
        "stand_ins": [
            {"for": one.name, "fixture": one.fixture, "decides": one.decides_outcome}
            for one in result.stand_ins
        ],
        "undefined": list(result.missing),
    }


def print_recovery(
    result: Recovery, file: str, output: str | None, *, everything: bool, to_stderr: bool
) -> None:
    """Print the report of a recovery, all lists in full if they were asked for."""
    from srs.screen.shown_console import ShownConsole

    console = ShownConsole(stderr=to_stderr, highlight=False, soft_wrap=True, markup=False)
    name = "standard input" if file == "-" else file
    if result.because:
        _print_touched_up(console, result, name)
    else:
        _print_page(console, result, name, everything=everything)
    if output:
        console.print(f"Written: {output}. Next: proofdeck prove {output}")
        if result.count(IndentationDoubt.REVIEW):
            console.print(f"         Doubtful blocks, one by one: proofdeck recover --review {output}")


def _print_page(console: Console, result: Recovery, name: str, *, everything: bool) -> None:
    """Print what a page was taken for, what of it is in doubt, and what was added or left out."""
    console.print(f"{name} was taken for {result.source.value}.")
    blocks = len(result.blocks)
    console.print(
        f"{count(result.questions, 'question')}, {count(blocks, 'Python block')}: "
        f"{result.count(IndentationDoubt.SURE)} sure, {result.count(IndentationDoubt.REVIEW)} to review, "
        f"{result.count(IndentationDoubt.BROKEN)} broken."
    )
    for block in result.blocks:
        if block.doubt is IndentationDoubt.REVIEW:
            console.print(f"  {name}:{block.number}: {uncertainty_sentence(block)}")
        elif block.doubt is IndentationDoubt.BROKEN:
            console.print(f"  {name}:{block.number}: broken; kept as text.")
        if block.moved:
            console.print(f"  {name}:{block.number}: {moved_sentence(block)}")
    if result.stand_ins:
        console.print(
            f"Stand-ins for {', '.join(one.name for one in result.stand_ins)}; see the guide's end."
        )
    if result.missing:
        console.print(f"Nobody defines {', '.join(result.missing)}, and no stand-in is known.")
    if everything:
        for mend in result.repairs:
            console.print(f"  {name}:{mend.number}: mended: {mend.after}")
        for one in result.stand_ins:
            if one.decides_outcome:
                console.print(
                    f"  the stand-in for {one.name} decides what its block does; a pass says nothing."
                )
        for left in result.dropped:
            where = f"{name}:{left.number}" if left.number else name
            console.print(f"  {where}: left out ({left.reason}): {left.text}")
    elif result.dropped:
        console.print(f"{count(len(result.dropped), 'line')} left out; --report lists them.")


def _print_touched_up(console: Console, result: Recovery, name: str) -> None:
    """Print what was changed of a text that is Markdown already."""
    console.print(f"{name} is Markdown already ({result.because}).")
    if result.questions:
        console.print(
            f"{count(result.questions, 'question')}, {count(result.python_blocks, 'Python block')}."
        )
    for change in result.repairs:
        console.print(f"  {name}:{change.number}: {change.after}")
    rest = "Every other line is as it was." if result.repairs else "Every line is as it was."
    console.print(f"{rest} If it is a page that was copied, say --as-page.")
    if result.missing:
        console.print(f"Nobody defines {', '.join(result.missing)}, and no stand-in is known.")
