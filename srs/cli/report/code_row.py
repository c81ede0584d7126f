"""What a build's report says of a guide's code: how much of it is proved, with what, and what is not run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from cards.program.runtime import versions_in_short
from srs.cli.output.program_name import as_called
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.program.runtime import Runtime

_MOST_LISTED = 4


def code_row(report: dict[str, Any], others: Sequence[Runtime], on_trust: str, *, installed: bool) -> Text:
    """Return how many blocks are proved and with what; a warning only where the guide gives no reason."""
    proofs = report["proofs"]
    blocks, holding = proofs["blocks"], proofs["holding"]
    if not blocks:
        return Text("no Python in this guide", "dim")
    is_settled = holding + proofs["excused"] >= blocks
    text = Text.assemble(
        (f"{holding} of {blocks}", "bold green" if is_settled else "bold yellow"), " blocks proved"
    )
    if proofs["ran_now"]:
        text.append(f", {proofs['ran_now']} run just now")
    elif installed:
        text.append(", all from the lock: nothing had to run", "dim")
    elif proofs["versions"]:
        text.append(", from the lock: TensorFlow is not installed here", "dim")
    if on_trust:
        again = as_called(": `proofdeck prove --again` runs them here") if installed else ""
        text.append(f"\n{on_trust}{again}")
    for line in proofs["version_lines"]:
        text.append(f"\n{line}", "dim")
    if others:
        text.append(f"\nremembered too: {versions_in_short(others)}", "dim")
    return text


def excused_lines(proofs: dict[str, Any]) -> Iterator[str]:
    """Yield how many blocks are not run because the guide says so, and why, where each stands."""
    excused = proofs["excused_blocks"]
    if not excused:
        return
    yield f"{count(len(excused), 'block is', 'blocks are')} not run, as the guide says:"
    for block in excused[:_MOST_LISTED]:
        yield f"  {block['at']}: {block['why']}"
    if len(excused) > _MOST_LISTED:
        yield as_called(f"  and {len(excused) - _MOST_LISTED} more: `proofdeck prove` lists all.")
