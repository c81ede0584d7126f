"""`proofdeck doctor`: check the store and, if wanted, mend it."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import click

from cards.errors import StoreError
from srs.cli.guard.agreed import agreed
from srs.cli.output.wrapped_lines import print_wrapped
from srs.cli.volume import only_reports
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.cli.context import CommandContext
    from srs.review.log import Standing
    from srs.store.health import HealthReport
    from srs.store.store import Store

_MAX_LISTED = 20


@only_reports()
@click.command(name="doctor")
@click.option("--yes", is_flag=True, help="Mend without asking.")
@click.option("--no", "only_look", is_flag=True, help="Check without mending.")
@click.option("--json", "as_json", is_flag=True, help="Print what is found as JSON; mend nothing.")
@click.pass_context
def command(ctx: click.Context, *, yes: bool, only_look: bool, as_json: bool) -> None:
    """Verify the store: its file, its references, every card's text, and every schedule against the log.

    The log is the truth; a schedule that is not what the log says is computed again, after asking. Of a file
    that is damaged, all that can be read is saved into a fresh one, with what only the backups have.
    """
    from srs.cli.daily_backup import sync_warnings
    from srs.cli.preference.unread_setting import unread_settings
    from srs.store.store import Store

    context: CommandContext = ctx.obj
    if as_json:
        if yes:
            raise click.UsageError("--json mends nothing; say --yes without it.", ctx)
        record, is_well = _findings(context)
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
        ctx.exit(0 if is_well else 1)
    try:
        with Store.open_existing(context.store_file) as store:
            found, damage = _look(store)
            if found is not None:
                words = f"{count(found.cards, 'card')}, {count(found.entries, 'entry', 'entries')} in the log"
                print_wrapped([f"The file is sound: {words}."])
                for line in sync_warnings(store.path):
                    print_wrapped([line])
                for line in unread_settings(store):
                    print_wrapped([line])
                for line in _clock_remarks(store, context):
                    print_wrapped([line])
                if not _mend_rows(store, found, yes=yes, only_look=only_look):
                    ctx.exit(1)
                return
    except StoreError as error:
        if not _is_damage(error):
            raise
        damage = (str(error),)
    for line in damage[:_MAX_LISTED]:
        print_wrapped([line])
    print_wrapped([f"{context.store_file} is damaged. `proofdeck restore` brings back the last backup."])
    if only_look or not (yes or agreed("Or save what can be read, with what the backups have?")):
        ctx.exit(1)
    _save_what_is_left(context)


def _look(store: Store) -> tuple[HealthReport | None, tuple[str, ...]]:
    """Return what is wrong with the rows of a sound file, or else what is wrong with the file."""
    from srs.store.health import check_health

    try:
        found = check_health(store)
    except StoreError as error:
        return None, (str(error),)
    return (None, found.damage) if found.damage else (found, ())


def _is_damage(error: StoreError) -> bool:
    """Tell whether a store cannot be read because its file is damaged, not because it is missing or busy."""
    cause = error.__cause__
    is_of_file = isinstance(cause, (sqlite3.DatabaseError, UnicodeDecodeError))
    return is_of_file and not isinstance(cause, sqlite3.OperationalError)


def _findings(context: CommandContext) -> tuple[dict[str, Any], bool]:
    """Return all that is wrong, as JSON has it, and whether nothing of it is to be mended."""
    from srs.cli.daily_backup import sync_warnings
    from srs.cli.preference.unread_setting import unread_settings
    from srs.store.store import Store

    found, remarks = None, []
    try:
        with Store.open_existing(context.store_file) as store:
            found, damage = _look(store)
            if found is not None:
                remarks = [
                    *sync_warnings(store.path),
                    *unread_settings(store),
                    *_clock_remarks(store, context),
                ]
    except StoreError as error:
        if not _is_damage(error):
            raise
        damage = (str(error),)
    record: dict[str, Any] = {"store": context.store_file, "damage": list(damage)}
    if found is None:
        return record, False
    record |= {
        "cards": found.cards,
        "entries": found.entries,
        "remarks": remarks,
        "damaged_cards": [{"card": card, "what": what} for card, what in found.damaged_cards],
        "wrong_words": list(found.wrong_words),
        "wrong_schedules": [
            {
                "card": each.card,
                "stored": _standing_text(each.stored),
                "from_log": _standing_text(each.from_log),
            }
            for each in found.wrong_standings
        ],
    }
    return record, found.is_sound


def _clock_remarks(store: Store, context: CommandContext) -> Iterator[str]:
    """Yield what is odd about the clock and the time zone, a sentence each."""
    today = store.preferences.day(context.now())
    for day, number in list(store.log.future_days(today).items())[:_MAX_LISTED]:
        yield (
            f"The log holds {count(number, 'entry', 'entries')} of {day}, but today is {today}: a clock is "
            f"wrong, or was. `proofdeck undo --day {day}` takes them back."
        )
    if (zone := context.unknown_zone()) is not None:
        yield f"TZ={zone} is not known on this machine, so days turn by UTC: install its time zones."


def _mend_rows(store: Store, found: HealthReport, *, yes: bool, only_look: bool) -> bool:
    """Tell damaged cards and wrong schedules, and compute the schedules again; return whether all is well."""
    from srs.store.health import forget_damaged_builds, mend_words, rebuild_standings

    if found.damaged_cards and not only_look:
        forget_damaged_builds(store)

    for card, what in found.damaged_cards[:_MAX_LISTED]:
        print_wrapped([f"{card}: {what}."])
    for card in found.wrong_words[:_MAX_LISTED]:
        print_wrapped([f"{card}: its words, by which it is found, are not those of its text."])
    if found.damaged_cards:
        number = count(len(found.damaged_cards), "card is", "cards are")
        print_wrapped([f"{number} damaged: `proofdeck build` of their guides writes them anew."])
    if found.wrong_words and (only_look or not (yes or agreed("Write the words of the cards anew?"))):
        return False
    if found.wrong_words:
        print_wrapped([f"Mended: {mend_words(store)}."])
    if not found.wrong_standings:
        print_wrapped(["Every schedule is what the log says."])
        return not found.damaged_cards
    for wrong in found.wrong_standings[:_MAX_LISTED]:
        stored, from_log = _standing_text(wrong.stored), _standing_text(wrong.from_log)
        print_wrapped([f"{wrong.card}: stored {stored}, the log says {from_log}"])
    number = count(len(found.wrong_standings), "schedule is", "schedules are")
    print_wrapped([f"{number} not what the log says."])
    if only_look or not (yes or agreed("Compute them again from the log?")):
        return False
    print_wrapped([f"Mended: {rebuild_standings(store)}."])
    return not found.damaged_cards


def _save_what_is_left(context: CommandContext) -> None:
    from srs.store.backups import backup_folder
    from srs.store.care.salvage import salvage

    path = context.store_file
    moment = context.now().strftime("%Y-%m-%d-%H%M%S")
    aside = backup_folder(path) / f"damaged-{moment}.db"
    saved = salvage(path, aside)
    lost = f"; {count(saved.unreadable, 'row')} could not be read" if saved.unreadable else ""
    words = f"{count(saved.cards, 'card')}, {count(saved.entries, 'entry', 'entries')} in the log"
    print_wrapped([f"Saved: {words}{lost}."])
    print_wrapped(
        [f"What was there is in {aside}. `proofdeck build` of your guides writes damaged cards anew."]
    )


def _standing_text(standing: Standing) -> str:
    words = []
    if standing.schedule is None:
        words.append("new")
    else:
        words.append(f"due {standing.schedule.due} after {standing.schedule.interval_days} d")
    if standing.suspended:
        words.append("suspended")
    if standing.buried_until:
        words.append(f"buried until {standing.buried_until}")
    if standing.flag is not None:
        words.append("flagged")
    return ", ".join(words)
