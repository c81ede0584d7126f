"""What a guide says that code prints, held against what it printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.prove.compare import agree

if TYPE_CHECKING:
    from cards.prove.transcript import PieceRun
    from cards.snippet import Snippet


@dataclass(frozen=True, slots=True)
class Unmet:
    """A claim that the run did not bear out."""

    sentence: str
    line: int
    """The claim's line within its snippet; 0 for the output fence after it."""


def unmet(snippet: Snippet, piece: PieceRun) -> Unmet | None:
    """Return the first claim that the run did not bear out."""
    if snippet.stated is not None and not agree(snippet.stated, piece.printed, snippet.directives.tolerance):
        return Unmet(_difference(snippet.stated, piece.printed), 0)
    return None


def _difference(stated: str, printed: str) -> str:
    if not printed.strip():
        return f"The guide says that it prints {_first(stated)}, but it prints nothing."
    wanted, found = stated.strip().splitlines(), printed.strip().splitlines()
    for one, other in zip(wanted, found, strict=False):
        if not agree(one, other):
            return f"The guide says `{one.strip()}`, the run printed `{other.strip()}`."
    if len(found) > len(wanted):
        return f"The run printed more than the guide says, from `{found[len(wanted)].strip()}` on."
    return f"The run ended before printing `{wanted[min(len(found), len(wanted) - 1)].strip()}`."


def _first(stated: str) -> str:
    lines = stated.strip().splitlines()
    return f"`{lines[0]}`" if lines else "nothing"
