"""Hold what was measured of a snippet against what its proof printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.prove.output.compare import agree_as_runs

if TYPE_CHECKING:
    from cards.exercise.measurement import SnippetMeasurement
    from cards.program.verdict import Verdict


def contradiction(measured: SnippetMeasurement, verdict: Verdict) -> str:
    """Return what a measurement says was printed that the proof did not print; empty where they agree."""
    if measured.printed and not agree_as_runs(measured.printed.rstrip("\n"), verdict.output):
        return measured.printed.rstrip("\n")
    return next((each.text for each in measured.prints if not _is_part(each.text, verdict.output)), "")


def _is_part(text: str, output: str) -> bool:
    """Tell whether some lines of an output are a text's, numbers within the tolerance of two runs."""
    if text in output:
        return True
    lines, length = output.split("\n"), text.count("\n") + 1
    windows = ("\n".join(lines[start : start + length]) for start in range(len(lines) - length + 1))
    return any(agree_as_runs(text, window) for window in windows)
