"""Print the report at the end of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cards.card.card import STALE_TAG, Card
from cards.card.kind import CardKind
from cards.check.lost_question import first_of_each_cause
from srs.cli.build.failure_report import print_failing_blocks
from srs.cli.guard.identity_report import print_identities
from srs.cli.output.program_name import called
from srs.cli.report.code_row import code_row, excused_lines
from srs.screen.shown_console import ShownConsole
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from cards.build.built_card import FailingCard, KeptOutCard
    from cards.build.pipeline import BuildResult
    from cards.check.failing_block import FailingBlock
    from cards.errors import Problem

_MAX_LISTED = 6


def print_build_report(
    result: BuildResult,
    failing: Sequence[FailingBlock],
    warnings: Sequence[Problem],
    report: dict[str, Any],
    *,
    installed: bool,
    named: str | None,
    trust_lock: bool,
) -> None:
    """Print the report of a build, with the blocks that do not hold."""
    console = ShownConsole(highlight=False, soft_wrap=False)
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    rows.add_row("Questions", str(report["questions"]))
    rows.add_row("Cards", Group(Text(str(report["cards"]), "bold"), Text(_kinds(report), "dim")))
    on_trust = "" if trust_lock else report["proofs"]["on_trust"]
    rows.add_row("Code", code_row(report, result.other_runtimes, on_trust, installed=installed))
    rows.add_row("Changes", _changes(report))
    rows.add_row("Deck", _deck(report["deck"]))
    if "progress" in report:
        rows.add_row("Progress", _progress(report["progress"]))
    if report["store"]:
        rows.add_row("Store", Text.assemble(report["store"], ("  for reviews in the terminal", "dim")))
    console.print()
    console.print(Text.assemble((report["title"], "bold"), (f"  {report['guide']}", "dim")))
    console.print(Padding(rows, (1, 0, 1, 2)))
    for line in [*report.get("lock_mended", ()), *first_of_each_cause(warnings)]:
        console.print(Text(line, "yellow"), soft_wrap=True)
    print_failing_blocks(console, failing, named)
    if lines := list(excused_lines(report["proofs"])):
        console.print(Text("\n".join([*lines, ""]), "dim"), soft_wrap=True)
    if misread := report["proofs"].get("misread"):
        blocks = count(misread, "block is", "blocks are")
        console.print(Text(f"{blocks} not run until the directives can be followed.\n", "yellow"))
    _print_held(console, result.held, installed=installed)
    if without_gaps := report.get("without_gaps", 0):
        questions = count(without_gaps, "question")
        how = "TensorFlow is not installed here"
        if installed:
            how = f"`{called('build', named)}` without --no-gaps does"
        console.print(f"The code of {questions} was not searched for gaps; {how}.\n", markup=False)
    if result.shown_failing:
        console.print(
            f"{count(len(result.shown_failing), 'card')} in the deck with a mark. "
            "Mark and tag proofdeck::failing go when the code holds again.\n",
            markup=False,
        )
    _print_kept_out(console, result.kept_out)
    _print_stale(console, result)
    print_identities(console, result.changes, result.newly_retired, report)
    for sentence in report.get("identity", ()):
        console.print(Text(f"{sentence}\n", "yellow"), soft_wrap=True)
    if "known_from_the_store" in report:
        console.print(
            f"The lock was missing. {count(report['known_from_the_store'], 'card')} kept their identity and "
            f"history, known again from the store by their words; {report['lock']} is written again.\n",
            markup=False,
        )
    if not report["store"]:
        return  # what came through standard input is nowhere but in the deck
    again = called("build", named)
    if not report["deck"]["bytes"]:
        mend = Text.assemble(
            ("Next  ", "dim"),
            "mend the code above, or say why it is not run (`no-run`), and run ",
            (again, "bold"),
            " again.",
        )
        console.print(mend)
        return
    console.print(
        Text.assemble(
            ("Next  ", "dim"),
            (called("review"), "bold"),
            (" to learn here. In Anki choose File > Import and take ", ""),
            (report["deck"]["path"], "bold"),
            (". Edit the guide and run ", ""),
            (again, "bold"),
            (" again whenever you like, and import again: no progress is lost.", ""),
        )
    )


def _deck(deck: dict[str, Any]) -> Text:
    if not deck["bytes"]:
        return Text("not written: there is no card to export yet, because no code holds", "yellow")
    return Text.assemble(deck["path"], (f"  {_size(deck['bytes'])}, for Anki", "dim"))


def _progress(progress: dict[str, int]) -> Text:
    schedules, answers = progress["schedules"], progress["answers"]
    if not answers:
        return Text("nothing was answered yet, so the deck is as without --with-progress", "yellow")
    return Text.assemble(
        (f"{count(schedules, 'schedule')} and {count(answers, 'answer')}", "bold"),
        " go with the deck.\nSwitch ",
        ("“Import any learning progress”", "bold"),
        " on in Anki's import dialog, or it takes none of it. "
        "Anki takes it only for notes that it does not have yet.",
    )


def _kinds(report: dict[str, Any]) -> str:
    counts = report["cards_by_kind"]
    return " · ".join(count(counts[kind], kind.noun, kind.plural) for kind in CardKind if kind in counts)


_CHANGE_WORDS = {
    "added": "new",
    "changed": "changed",
    "retired": "retired",
    "revived": "revived",
    "held": "held",
}


def _changes(report: dict[str, Any]) -> Text:
    """Return how many cards changed in the store: what a review will ask."""
    counts = report["store_changes"]
    words = [f"{counts[name]} {word}" for name, word in _CHANGE_WORDS.items() if counts[name]]
    if not words:
        return Text("none: every card is as it was", "dim")
    text = Text(" · ".join([*words, f"{counts['unchanged']} as before"]))
    known = counts["added"] - len(report["changes"]["new"])
    # Of a deck that is new in the store as a whole, all cards are new there.
    if known and counts["added"] < report["cards"]:
        text.append(f"\n{known} of the new ones are new in this store only: the lock knew them", "dim")
    return text


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1024:.0f} KB" if size_bytes < 1 << 20 else f"{size_bytes / (1 << 20):.1f} MB"


def _print_held(console: Console, held: tuple[FailingCard, ...], *, installed: bool) -> None:
    """Print how many cards are kept out of the deck, and until when."""
    unproved = sum(one.verdict is None for one in held)
    failed = sum(one.verdict is not None and not one.excused for one in held)
    excused = sum(one.excused for one in held)
    if unproved:
        how = (
            "their code is not proved yet" if installed else "TensorFlow is not installed to prove their code"
        )
        console.print(Text(f"{count(unproved, 'card')} left out: {how}.", "yellow"))
        if not installed:
            console.print(
                "  Install it with `uv tool install 'proofdeck[tensorflow]'` (or pip), then build again.",
                markup=False,
            )
        console.print()
    if failed:
        console.print(
            f"{count(failed, 'card')} held until the code holds: not asked, kept with identity and history. "
            "`build --include-failing` ships them with a mark.\n",
            markup=False,
        )
    if excused:
        console.print(Text(f"{count(excused, 'card')} held as long as the code is not run.\n", "dim"))


def _print_kept_out(console: Console, kept_out: Sequence[KeptOutCard]) -> None:
    """Print how many cards do not stand alone, and a line for each of the first."""
    if not kept_out:
        return
    what = "kept out: their code holds in the guide, but not as the card shows it alone."
    console.print(Text(f"{count(len(kept_out), 'card')} {what}", "yellow"))
    for one in kept_out[:_MAX_LISTED]:
        span = one.draft.span
        console.print(Text(f"  {span}: {one.draft.kind.noun} (`{one.draft.kind.value}`): {one.sentence}"))
    if len(kept_out) > _MAX_LISTED:
        console.print(f"  and {len(kept_out) - _MAX_LISTED} more: `build --json` lists all.", markup=False)
    console.print(Text("  Put what the block needs into it, or say `without=KIND` above it.\n", "dim"))


def _print_stale(console: Console, result: BuildResult) -> None:
    """Print how many cards in words are marked, and each mark once."""
    marked = [card for card in result.deck.cards if isinstance(card, Card) and STALE_TAG in card.tags]
    if not marked:
        return
    console.print(
        Text(f"{count(len(marked), 'card')} marked as stale, in the deck as before.", "bold yellow")
    )
    places = {card.failing: str(card.span) for card in reversed(marked)}
    for mark, place in list(places.items())[::-1][:_MAX_LISTED]:
        console.print(Text(f"  {place}: {mark}"))
    console.print(Text("  Mark and tag proofdeck::stale go when code and words are of today.\n", "dim"))
