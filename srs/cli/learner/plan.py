"""`proofdeck plan`: set the day of an interview, and show what fits until then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from srs.cli.context import CommandContext
    from srs.plan.outlook import Outlook
    from srs.store.store import Store

_NAMES = {3: "core cards", 2: "other cards", 1: "extras"}


@click.command(name="plan")
@click.argument("day", required=False, metavar="[DATE]")
@click.option("--minutes", type=click.IntRange(1, 1440), metavar="N", help="Minutes a day.")
@click.option("--deck", metavar="DECK", help="For one deck, instead of all.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.pass_obj
def command(
    context: CommandContext, day: str | None, minutes: int | None, deck: str | None, *, as_json: bool
) -> None:
    """Plan the days until an interview: what is begun when, what fits, and what is known on the day.

    DATE, like 2027-01-10, sets the day, and none takes it away; without one, the plan is shown. The
    date changes what is asked, never what an answer means.
    """
    from srs.cli.deck_choice import find_deck
    from srs.cli.interview_plan import foretell
    from srs.plan.outlook import outlook_of
    from srs.sitting.todays_agenda import deck_plans
    from srs.store.store import Store

    with Store.open_existing(context.store_file) as store:
        today = store.preferences.day(context.now())
        guide = find_deck(store, deck)
        _set(store, guide, day, minutes, today)
        names = {each.guide: each.short_name for each in store.decks.names()}
        plans = deck_plans(store, today, guide)
        shown = [
            (", ".join(sorted(names[each] for each in plan.guides)), plan) for plan in plans if plan.cards
        ]
        outlooks = [(name, outlook_of(plan, foretell(store, plan, today), today)) for name, plan in shown]
        reason = "" if outlooks else _nothing_planned(store, guide, today, has_plan=bool(plans))
    if as_json:
        import json

        click.echo(json.dumps([_outlook_json(name, outlook) for name, outlook in outlooks], indent=2))
        return
    if reason:
        click.echo(reason)
    for number, (name, outlook) in enumerate(outlooks):
        click.echo(
            "\n" * (number > 0) + "\n".join(_outlook_lines(name if len(outlooks) > 1 else "", outlook))
        )


def _set(store: Store, guide: str | None, day: str | None, minutes: int | None, today: date) -> None:
    from srs.cli.interview_plan import set_wish
    from srs.cli.set_preference import set_preference
    from srs.review.preferences import parse_preference

    chosen = {"minutes_a_day": str(minutes) if minutes else None, "interview": day}
    for name, value in chosen.items():
        if value is None:
            continue
        if guide is None:
            set_preference(store, name, value, today)
        else:
            set_wish(store, guide, name, parse_preference(name, value), today)


def _nothing_planned(store: Store, guide: str | None, today: date, *, has_plan: bool) -> str:
    """Return why there is nothing to show, and what to do."""
    if has_plan:
        return "There are no cards to plan. `proofdeck build` makes them from a guide."
    from srs.store.plan.plan_reader import PlanReader

    wish = PlanReader(store).wishes().get(guide) if guide else None
    day = (wish.interview if wish else None) or store.preferences.interview
    if day is None:
        return "No interview is set: `proofdeck plan 2027-01-10 --minutes 10` plans the days until one."
    when = "is today" if day == today else f"of {day} is past"
    return (
        f"The interview {when}, and cards come as without one. `proofdeck plan DATE` sets the next, "
        "`proofdeck plan none` takes it away."
    )


def _outlook_lines(name: str, outlook: Outlook) -> list[str]:
    from srs.plan.position import position_lines

    lines = position_lines(outlook.position, name)
    if outlook.new and outlook.last_new_day is not None:
        lines.append(
            f"{outlook.new} of {outlook.cards} cards are new: {outlook.new_today} today, about "
            f"{outlook.new_a_day:.0f} a day until {outlook.last_new_day:%-d %B}."
        )
    else:
        lines.append(f"{outlook.new} of {outlook.cards} cards are new.")
    if outlook.first_last_look is not None:
        lines.append(
            f"From {outlook.first_last_look:%-d %B} on come the last looks at what is begun; the longest day "
            f"takes {outlook.longest_minutes:.0f} minutes."
        )
    fits = ", ".join(
        f"{of - left} of {of} {_NAMES[importance]}"
        for importance, (left, of) in outlook.left_out.items()
        if of
    )
    lines.append(f"What fits: {fits}.")
    if any(left for left, _ in outlook.left_out.values()):
        lines.append("What does not fit matters least; more minutes a day (--minutes) let more of it in.")
    lines += ["", "Known on the day, by section, if the plan is followed (an estimate by FSRS-6's model):"]
    width = max(len(each.section) for each in outlook.sections)
    for each in outlook.sections:
        bar = "━" * round(20 * each.recall)
        section = each.section.replace("-", " ") or "no section"
        lines.append(
            f"  {section:<{max(width, 10)}}  {each.recall:>4.0%}  {bar:<20}  "
            f"{each.begun} of {each.cards} cards"
        )
    lines.append(f"  {'in all':<{max(width, 10)}}  {outlook.recall:>4.0%}")
    if not outlook.own_answers:
        lines += [
            "",
            "Until you have answered some cards, 25 seconds are taken for a new one and 10 for another look.",
        ]
    return lines


def _outlook_json(name: str, outlook: Outlook) -> dict[str, object]:
    position = outlook.position
    return {
        "decks": name,
        "interview": position.day.isoformat(),
        "days_left": position.days_left,
        "days_behind": position.days_behind,
        "minutes_a_day": round(position.minutes, 1),
        "minutes_today": round(position.minutes_used, 1),
        "cards": outlook.cards,
        "cards_left": outlook.new,
        "new_today": outlook.new_today,
        "new_a_day": round(outlook.new_a_day, 1),
        "last_new_day": outlook.last_new_day.isoformat() if outlook.last_new_day else None,
        "first_last_look": outlook.first_last_look.isoformat() if outlook.first_last_look else None,
        "longest_minutes": round(outlook.longest_minutes, 1),
        "left_out": {importance.name.lower(): left for importance, (left, _) in outlook.left_out.items()},
        "questions": position.questions,
        "questions_begun": position.begun,
        "questions_firm": position.firm,
        "known_as_things_stand": round(position.recall, 4),
        "known": round(outlook.recall, 4),
        "sections": [
            {
                "section": each.section,
                "cards": each.cards,
                "begun": each.begun,
                "known": round(each.recall, 4),
            }
            for each in outlook.sections
        ],
        "minutes": [round(minutes, 1) for minutes in outlook.minutes_by_day],
    }
