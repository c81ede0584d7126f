"""What is foretold of an interview, in lines of text."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cards.guide.importance import Importance
from srs.plan.position import position_lines
from srs.stats.area_chart import area_chart
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.plan.outlook import Outlook, SectionOutlook

_NAMES = {Importance.CORE: "core cards", Importance.PLAIN: "other cards", Importance.EXTRA: "extras"}
_CHART_LINES = 5
_MOST_CHART_COLUMNS = 84
_BAR_COLUMNS = 20
_LEAST_NAME_COLUMNS = 10


def outlook_lines(name: str, outlook: Outlook, width: int) -> list[str]:
    """Return what is foretold; `name` names the decks where there are several.

    Sentences are whole lines, whatever the width; tables and charts keep to it.
    """
    return [
        *position_lines(outlook.position, name),
        *_sentences(outlook),
        "",
        "Known on the day, by section, if the plan is followed (an estimate by FSRS-6's model):",
        *_section_lines(outlook, width),
        *_chart_lines(outlook, width),
        *_times_lines(outlook),
    ]


def _sentences(outlook: Outlook) -> Iterator[str]:
    new = f"{outlook.new} of {count(outlook.cards, 'card')} {'is' if outlook.new == 1 else 'are'} new"
    if outlook.new and outlook.last_new_day is not None:
        yield (
            f"{new}: {outlook.new_today} today, about "
            f"{outlook.new_a_day:.0f} a day until {outlook.last_new_day:%-d %B}."
        )
    else:
        yield f"{new}." if outlook.new else f"No card is new; {count(outlook.cards, 'card')} in all."
    if outlook.first_last_look is not None:
        yield (
            f"From {outlook.first_last_look:%-d %B} on come the last looks at what is begun; the longest day "
            f"takes {outlook.longest_minutes:.0f} minutes."
        )
    fits = ", ".join(
        f"{of - left} of {of} {_NAMES[importance]}"
        for importance, (left, of) in outlook.left_out.items()
        if of
    )
    yield f"What fits: {fits}."
    if any(left for left, _ in outlook.left_out.values()):
        yield "What does not fit matters least; more minutes a day (--minutes) let more of it in."


def _section_lines(outlook: Outlook, width: int) -> list[str]:
    names = [each.section or "no section" for each in outlook.sections]
    counts = [f"{each.begun} of {count(each.cards, 'card')}" for each in outlook.sections]
    longest = max(map(len, counts))
    has_bar = width >= 2 + _LEAST_NAME_COLUMNS + 8 + _BAR_COLUMNS + 2 + longest
    room = width - 2 - 8 - longest - (_BAR_COLUMNS + 2 if has_bar else 0)
    column = max(_LEAST_NAME_COLUMNS, min(room, max(map(len, names))))

    def line(name: str, each: SectionOutlook, number: str) -> str:
        bar = f"{'━' * round(_BAR_COLUMNS * each.recall):<{_BAR_COLUMNS}}  " if has_bar else ""
        return f"  {_cut(name, column):<{column}}  {each.recall:>4.0%}  {bar}{number}"

    lines = [line(*row) for row in zip(names, outlook.sections, counts, strict=True)]
    return [*lines, f"  {'in all':<{column}}  {outlook.recall:>4.0%}"]


def _cut(text: str, columns: int) -> str:
    return text if len(text) <= columns else f"{text[: columns - 1]}…"


def _chart_lines(outlook: Outlook, width: int) -> list[str]:
    """Return a chart of what would be known on the day, were each Day the last one learnt on."""
    shares = outlook.known_by_day
    if len(shares) <= 1:
        return []
    rows = area_chart(shares, min(width - 8, _MOST_CHART_COLUMNS), _CHART_LINES)
    labels = ["100%", *[""] * (_CHART_LINES - 2), "0%"]
    day = outlook.position.day
    first, last = day - timedelta(days=outlook.position.days_left), day - timedelta(days=1)
    dates = f"{first:%-d %b}"
    dates += f"{f'{last:%-d %b}':>{max(len(rows[0]) - len(dates), 7)}}"
    return [
        "",
        "Known on the day, if each of these days were the last one that you learn on:",
        *(f"  {label:>4} {row}".rstrip() for label, row in zip(labels, rows, strict=True)),
        f"       {dates}",
    ]


def _times_lines(outlook: Outlook) -> list[str]:
    if outlook.own_answers:
        return []
    return [
        "",
        "Until you have answered some cards, 25 seconds are taken for a new one and 10 for another look.",
    ]


def outlook_json(name: str, outlook: Outlook) -> dict[str, object]:
    """Return what is foretold, for scripts."""
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
        "tasks": position.tasks,
        "tasks_begun": position.tasks_begun,
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
        "known_by_day": [round(share, 4) for share in outlook.known_by_day],
    }
