"""`proofdeck settings`: show the settings, or change one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cards.errors import ProofdeckError
from srs.cli.volume import only_reports

if TYPE_CHECKING:
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.store.store import Store

_DECK_LIMITS = ("new_a_day", "reviews_a_day")
_DECK_WISHES = ("interview", "minutes_a_day")
_DECK_PREFERENCES = (*_DECK_LIMITS, *_DECK_WISHES)


@only_reports(lambda given: given["value"] is not None)
@click.command(name="settings")
@click.argument("name", required=False)
@click.argument("value", required=False)
@click.option("--deck", metavar="DECK", help="One deck's own; none takes it off.")
@click.option("--json", "as_json", is_flag=True, help="Print all settings as JSON, as they are now.")
@click.pass_obj
def command(
    context: CommandContext, name: str | None, value: str | None, deck: str | None, *, as_json: bool
) -> None:
    """Show every setting, or one, or set one.

    \b
    new_a_day              new cards a day, over all sittings
    reviews_a_day          due cards a day; 0 for all that are due
    rollover_hour          the local hour at which a day begins
    buttons                six (grades 0 to 5) or four (1 to 4 as in Anki, Space for Good)
    scheduler              sm2 or fsrs; the log serves both, so switching loses nothing
    retention              what fsrs aims at: the share known when a card is due
    fsrs                   fit: its parameters fitted to your log; default: the published ones
    longest_interval_days  no interval is longer
    suspend_leeches        on: a card that becomes a leech is not asked any more
    overviews              on: the interview question itself is asked first; off: only its parts are
    interview              the day that is learnt for, or none; see `proofdeck plan`
    minutes_a_day          how long a day's sittings last in all; 0 for no limit
    even_load              on: a card is due up to 5 % earlier or later, so that days are even; auto:
                           while an interview is to come

    With --deck the first two may be set for one deck, within those for all, and interview and
    minutes_a_day in their place.
    """  # noqa: D301 - click's mark for a paragraph that is not wrapped
    from srs.cli.preference.unread_setting import unread_settings
    from srs.review.preferences import PREFERENCE_RULES, format_preference, parse_preference
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        if as_json:
            from srs.cli.preference.settings_json import settings_json

            if name is not None or deck is not None:
                raise click.UsageError("--json prints all settings; name none with it.")
            click.echo(settings_json(store))
            return
        if deck is not None:
            _set_of_deck(store, deck, name, value, store.preferences.day(context.now()))
            return
        if name is None:
            for each in PREFERENCE_RULES:
                text = format_preference(getattr(store.preferences, each))
                click.echo(f"{each:<22} {'fitted' if each == 'fsrs' and ',' in text else text}")
            for line in unread_settings(store):
                click.echo(line)
            for deck_name in store.decks.names():
                _show_limits(store, deck_name.guide, deck_name.short_name, only_set=True)
            return
        if value is None:
            parse_preference(name, format_preference(getattr(store.preferences, name, None)))
            click.echo(format_preference(getattr(store.preferences, name)))
            return
        for line in _set(store, name, value, store.preferences.day(context.now())):
            click.echo(line)


def _set(store: Store, name: str, value: str, today: date) -> list[str]:
    """Set a setting, or find its value in the log, and return what to say of it."""
    if (name, value) == ("fsrs", "fit"):
        from srs.cli.preference.fit_preference import fit_fsrs_preference

        return fit_fsrs_preference(store, today)
    from srs.cli.preference.set_preference import set_preference

    return set_preference(store, name, value, today)


def _set_of_deck(store: Store, deck: str, name: str | None, value: str | None, today: date) -> None:
    from srs.cli.deck_choice import find_deck
    from srs.review.preferences import parse_preference

    guide = find_deck(store, deck)
    if guide is None:
        return
    if name is not None and name not in _DECK_PREFERENCES:
        raise ProofdeckError(
            f"A deck has no setting {name!r} of its own; it has {', '.join(_DECK_PREFERENCES)}."
        )
    if name is not None and value is not None:
        chosen = None if value.lower() == "none" else parse_preference(name, value)
        if name in _DECK_WISHES:
            from srs.cli.interview_plan import set_wish

            set_wish(store, guide, name, chosen, today)
        else:
            most = None if chosen is None else int(str(chosen))
            # As among the settings for all: 0 reviews a day are all that are due.
            store.decks.save_limit(guide, name, None if name == "reviews_a_day" and most == 0 else most)
    short_name = next(each.short_name for each in store.decks.names() if each.guide == guide)
    _show_limits(store, guide, short_name, only_set=False)


def _show_limits(store: Store, guide: str, short_name: str, *, only_set: bool) -> None:
    from srs.store.plan.plan_reader import PlanReader

    wish = PlanReader(store).wishes().get(guide, (None, None))
    values = zip(_DECK_PREFERENCES, (*store.decks.limits()[guide], *wish), strict=True)
    for name, value in values:
        if value is not None or (not only_set and name in _DECK_LIMITS):
            click.echo(f"{name:<22} {'none' if value is None else value}  for {short_name}")
