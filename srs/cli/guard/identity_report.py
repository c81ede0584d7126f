"""Print which cards have other words now, which may be old ones, and which are asked no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from cards.lock.matcher import MatchReason
from srs.cli.guard.change_record import relink_command
from srs.screen.word_diff import diff_text
from srs.words import count, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from cards.build.changes import CardChanges, CardWords, Doubt, NewAnswer, Rewording
    from cards.lock.lock import LockedCard

_MAX_LISTED = 6
_MOST_CANDIDATES = 3
_HEAD_WIDTH = 60


def print_identities(
    console: Console, changes: CardChanges, retired: Sequence[LockedCard], report: dict[str, Any]
) -> None:
    """Print which cards kept their history through changed words, and which a person must decide on."""
    relink = relink_command(report["guide"])
    _print_rewordings(console, changes.reworded)
    same_words = {MatchReason.CONTENT, MatchReason.GUIDE, MatchReason.STORE}
    moved = sum(one.reason not in same_words for one in changes.rebound)
    if moved:
        console.print(
            f"{count(moved, 'card')} kept {'its' if moved == 1 else 'their'} history through a change of "
            f"words. If one is another card: `{relink} --undo CARD`.\n",
            markup=False,
        )
    _print_new_answers(console, changes.new_answers, relink)
    _print_doubts(console, changes.doubts, relink)
    search = report["anki_search_for_retired"]
    if search:
        number = search.count("Key:")
        its, they, them = ("its", "it stays", "it") if number == 1 else ("their", "they stay", "them")
        console.print(
            f"{count(number, 'card')} retired: not asked any more, kept with {its} history, and back as soon "
            f"as {its} words are.",
            markup=False,
        )
        for card in retired[:_MAX_LISTED]:
            console.print(Text.assemble((f"  {card.id}", "dim"), f"  {_in_line(card.front)}"), soft_wrap=True)
        if len(retired) > _MAX_LISTED:
            console.print(f"  and {len(retired) - _MAX_LISTED} more: `build --json` lists all.", markup=False)
        console.print(f"In Anki {they} until you suspend {them}; this search finds {them}:", markup=False)
        console.print(f"{search}\n", markup=False, soft_wrap=True)


def _print_rewordings(console: Console, reworded: Sequence[Rewording]) -> None:
    """Print the first cards that have other words now, with the words that changed in view."""
    if not reworded:
        return
    console.print(Text.assemble(("reworded", "bold"), (f" ({len(reworded)})", "dim")))
    for one in reworded[:_MAX_LISTED]:
        head = _in_line(one.now.front) if one.was.front == one.now.front else ""
        console.print(Text.assemble((f"  {one.now.id}", "dim"), f"  {head}" if head else ""))
        for was, now in ((one.was.front, one.now.front), (one.was.back, one.now.back)):
            if was != now:
                _print_difference(console, was, now)
    if len(reworded) > _MAX_LISTED:
        console.print(f"  and {len(reworded) - _MAX_LISTED} more: `build --json` lists all.", markup=False)
    console.print()


def _print_difference(console: Console, was: str, now: str) -> None:
    in_colour = console.is_terminal and not console.no_color
    console.print(Text("      ") + diff_text(was, now, in_colour=in_colour), soft_wrap=True)


def _print_new_answers(console: Console, answers: Sequence[NewAnswer], relink: str) -> None:
    """Print which of the reworded cards kept their history although they are answered otherwise now."""
    if not answers:
        return
    their = "its" if len(answers) == 1 else "their"
    cards = ", ".join(one.id for one in answers[:_MAX_LISTED])
    more = f" and {len(answers) - _MAX_LISTED} more" if len(answers) > _MAX_LISTED else ""
    console.print(
        f"{count(len(answers), 'card')} kept {their} history with another answer than the one learnt: "
        f"{cards}{more}. If one asks something new: `{relink} --undo CARD`.\n",
        markup=False,
    )


def _print_doubts(console: Console, doubts: Sequence[Doubt], relink: str) -> None:
    """Print the first new cards that may be old ones, with the words of both and the command for each."""
    if not doubts:
        return
    what = "a new card" if len(doubts) == 1 else f"{len(doubts)} new cards"
    console.print(Text(f"in doubt: {what} may be old, and nobody guessed.", "yellow"))
    for doubt in doubts[:_MAX_LISTED]:
        console.print(
            Text(f"  “{_both_sides(doubt.card)}” is new; to keep an old card's history:"), soft_wrap=True
        )
        for old in doubt.old[:_MOST_CANDIDATES]:
            console.print(Text(f"    {relink} {old.id} {doubt.new}", "bold"), soft_wrap=True)
            _print_difference(console, _both_sides(old), _both_sides(doubt.card))
    if len(doubts) > _MAX_LISTED:
        console.print(f"  and {len(doubts) - _MAX_LISTED} more: `build --json` lists all.", markup=False)
    console.print()


def _both_sides(card: CardWords) -> str:
    return f"{' '.join(card.front.split())} — {' '.join(card.back.split())}"


def _in_line(words: str) -> str:
    return shorten(" ".join(words.split()), _HEAD_WIDTH)
