"""`proofdeck history`: list everything that was done with a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from srs.words import count

if TYPE_CHECKING:
    from srs.cli.context import CommandContext
    from srs.review.log import LogEntry
    from srs.schedule.sm2 import Scheduler


@click.command(name="history")
@click.argument("card", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(context: CommandContext, card: tuple[str, ...], *, as_json: bool) -> None:
    """List what was done with a card, oldest first, and the schedule after each answer.

    CARD is its id, the beginning of it, or words that only one card holds.
    """
    from srs.cli.listing.card_choice import find_card
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        entries = store.log.history(find_card(store, card))
        lines = _entry_records(entries, store.scheduler)
    if as_json:
        import json

        click.echo(json.dumps(lines, indent=2))
    elif not lines:
        click.echo("This card was never asked.")
    else:
        for line in lines:
            click.echo(_entry_text(line))


def _entry_records(entries: list[LogEntry], scheduler: Scheduler) -> list[dict[str, object]]:
    from srs.review.log import ANKI_ID_PREFIX, fold_log

    lines: list[dict[str, object]] = []
    for number, entry in enumerate(entries, 1):
        schedule = fold_log(entries[:number], scheduler).schedule
        moved = entry.act == "review" and entry.undone_at is None and schedule is not None
        lines.append(
            {
                "entry": entry.id,
                "at": entry.at,
                "day": entry.day.isoformat(),
                "act": entry.act.value,
                "grade": None if entry.grade is None else int(entry.grade),
                "seconds": None if entry.took_ms is None else entry.took_ms / 1000,
                "note": _note_words(entry),
                "until": entry.until.isoformat() if entry.until else None,
                "undone_at": entry.undone_at,
                "in_anki": entry.id.startswith(ANKI_ID_PREFIX),
                "interval_days": schedule.interval_days if moved and schedule else None,
                "ease_factor": schedule.ease_factor / 100 if moved and schedule else None,
                "due": schedule.due.isoformat() if moved and schedule else None,
            }
        )
    return lines


def _note_words(entry: LogEntry) -> str | None:
    """Return the text of a flag, or what was said of a question in an interview."""
    from srs.interview.interview_note import result_from_note
    from srs.review.log import Act

    result = result_from_note(entry.note, entry.took_ms) if entry.act is Act.INTERVIEW else None
    return f"{result.said} of {count(len(result.points), 'point')} said" if result else entry.note


def _entry_text(line: dict[str, object]) -> str:
    what = f"{line['act']} {line['grade']}" if line["grade"] is not None else f"{line['act']}"
    text = f"{line['day']}  {what:<9}"
    if line["due"]:
        text += f"  {line['interval_days']:>4} d  ease {line['ease_factor']:.2f}  due {line['due']}"
    if line["note"]:
        text += f"  {line['note']}"
    if line["until"]:
        text += f"  until {line['until']}"
    if line["in_anki"]:
        text += "  in Anki"
    if line["undone_at"]:
        text += f"  undone {str(line['undone_at'])[:10]}"
    return text.rstrip()
