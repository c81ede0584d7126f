"""Render the statistics as one self-contained HTML page: no script, no font, no address."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from srs.stats.figures import by_words
from srs.stats.plan_drawing import plan_drawing
from srs.stats.stats_style import STYLE
from srs.stats.time_words import time_words
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from srs.plan.outlook import Outlook
    from srs.stats.figure import Recall
    from srs.stats.figures import Stats


def stats_page(stats: Stats, title: str, outlooks: Iterable[tuple[str, Outlook]] = ()) -> str:
    """Return the statistics as an HTML page; `outlooks` is what is foretold of interviews, by decks."""
    parts = [
        f"<header><h1>{escape(title)}</h1><p>Reviews up to {_long_date(stats.today)}</p></header>",
        *(_outlook(name, outlook) for name, outlook in outlooks),
        _section("", _totals(stats), wide=True),
        *_charts(stats),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}: reviews</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _charts(stats: Stats) -> list[str]:
    """Return the sections that have something to show; a narrow one that stands alone is wide."""
    wide = [
        ("By section", _sections(stats)),
        ("Due in the next 30 days", _forecast(stats)),
        ("The last year", _heat_map(stats)),
    ]
    narrow = [
        ("Known when due, by interval", _recalls(stats.by_age)),
        ("Known when due, by kind of card", _recalls(by_words(stats.by_kind))),
        ("Ease factors", _ease(stats)),
        ("Seconds an answer", _pace(stats)),
    ]
    pairs = [each for each in narrow if each[1]]
    last = ("Hardest questions", _hardest(stats))
    return [
        *(_section(*each, wide=True) for each in wide if each[1]),
        *(
            _section(*each, wide=number == len(pairs) - 1 and number % 2 == 0)
            for number, each in enumerate(pairs)
        ),
        *([_section(*last, wide=True)] if last[1] else []),
    ]


def _section(title: str, content: str, *, wide: bool = False) -> str:
    heading = f"<h2>{escape(title)}</h2>" if title else ""
    width = ' class="wide"' if wide else ""
    return f"<section{width}>{heading}{content}</section>"


def _outlook(name: str, outlook: Outlook) -> str:
    """Return what is foretold of an interview: what would be known on the day, by the last Day learnt on."""
    position = outlook.position
    days = count(position.days_left, "day")
    of_decks = f" for {name}" if name else ""
    known = f"about {outlook.recall:.0%} known on the day if the plan is followed (an estimate)"
    drawing = plan_drawing(outlook)
    title = f"Interview{of_decks} on {_long_date(position.day)}"
    said = f"<p>{days} to go; {position.begun_words}; {known}.</p>"
    return _section(title, said + _svg(*drawing, "scroll"), wide=True)


def _totals(stats: Stats) -> str:
    facts = [
        ("answers", f"{stats.answers}"),
        ("time", time_words(stats.hours)),
        ("days in a row", f"{stats.streak}"),
        ("at most", f"{stats.longest_streak}"),
        ("new cards", f"{stats.new}"),
        ("young", f"{stats.young}"),
        ("mature", f"{stats.mature}"),
        *((name, f"{number}") for name, number in _troubles(stats) if number),
    ]
    if not stats.answers:
        facts = [("new cards", f"{stats.new}")]
    if stats.interviews:
        share = f"{stats.interview_points.share:.0%}"
        facts += [("mock interviews", f"{stats.interviews}"), ("points said in them", share)]
    begin = "" if stats.answers else "<p>Nothing was answered yet: <code>proofdeck review</code> begins.</p>"
    said = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts if value)
    return f"<dl>{said}</dl>{begin}"


def _troubles(stats: Stats) -> tuple[tuple[str, int], ...]:
    return (("suspended", stats.suspended), ("flagged", stats.flagged), ("leeches", stats.leeches))


def _sections(stats: Stats) -> str:
    rows = [
        f'<tr><th scope="row">{escape(each.section) or "no section"}</th>{_bar(each.share_begun)}'
        f"<td>{each.begun} of {each.cards} begun</td>"
        f"<td>{f'{each.recall.share:.0%} known' if each.recall.reviews else ''}</td></tr>"
        for each in stats.sections
    ]
    return f'<table class="topics">{"".join(rows)}</table>' if rows else ""


def _heat_map(stats: Stats) -> str:
    if not stats.by_day:
        return ""
    step, left, top, weeks = 13, 30, 16, 53
    first = stats.today - timedelta(days=stats.today.weekday(), weeks=weeks - 1)
    most = max(stats.by_day.values(), default=0)
    shapes = []
    for week in range(weeks):
        monday = first + timedelta(weeks=week)
        if monday.day <= 7 and week < weeks - 1:
            shapes.append(f'<text x="{left + week * step}" y="10">{monday:%b}</text>')
        for weekday in range(7):
            day = monday + timedelta(days=weekday)
            if day > stats.today:
                continue
            number = stats.by_day.get(day, 0)
            level = -(-4 * number // most) if number else 0
            fill = f"var(--h{level})" if level else "var(--empty)"
            shapes.append(
                f'<rect x="{left + week * step}" y="{top + weekday * step}" width="11" height="11" rx="2.5" '
                f'fill="{fill}"><title>{_long_date(day)}: {count(number, "answer")}</title></rect>'
            )
    for weekday, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
        shapes.append(f'<text x="0" y="{top + weekday * step + 9}">{name}</text>')
    label = f"Answers a day over the last year, at most {most}"
    return _svg(left + weeks * step, top + 7 * step, shapes, label, "scroll late")


def _forecast(stats: Stats) -> str:
    most = max(stats.forecast)
    if not most:
        return ""
    width, height, left, top = 720, 150, 30, 8
    step = (width - left) / len(stats.forecast)
    shapes = []
    for mark in sorted({0, most // 2, most}):
        y = top + height * (1 - mark / most)
        shapes.append(
            f'<line x1="{left}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}" stroke="var(--line)"/>'
            f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{mark}</text>'
        )
    for number, due in enumerate(stats.forecast):
        day = stats.today + timedelta(days=number)
        bar = height * due / most
        x = left + number * step
        shapes.append(
            f'<rect x="{x + 2:.1f}" y="{top + height - bar:.1f}" width="{step - 4:.1f}" height="{bar:.1f}" '
            f'rx="2" fill="var(--blue)"><title>{_long_date(day)}: {count(due, "card")}</title></rect>'
        )
        if number % 7 == 0:
            label = "today" if number == 0 else f"{day.day} {day:%b}"
            shapes.append(f'<text x="{x + 2:.1f}" y="{top + height + 16}">{label}</text>')
    return _svg(width, top + height + 20, shapes, f"Cards due a day, at most {most}", "scroll")


def _svg(width: int, height: int, shapes: Iterable[str], label: str, look: str) -> str:
    said = escape(label)
    drawing = f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{said}">{"".join(shapes)}</svg>'
    # A wide drawing scrolls in its own box, also from the keyboard, so that the page never does.
    return f'<div class="{look}" tabindex="0" role="region" aria-label="{said}">{drawing}</div>'


def _recalls(recalls: Mapping[str, Recall]) -> str:
    if not recalls:
        return ""
    rows = [
        f'<tr><th scope="row">{escape(name)}</th>{_bar(recall.share)}<td>{recall.share:.0%}</td>'
        f"<td>&nbsp;of {recall.reviews}</td></tr>"
        for name, recall in recalls.items()
    ]
    return f"<table>{''.join(rows)}</table>"


def _bar(share: float, *, plain: bool = False) -> str:
    return f'<td class="bar{" plain" if plain else ""}"><div><i style="width:{share:.1%}"></i></div></td>'


def _ease(stats: Stats) -> str:
    if not stats.ease:
        return ""
    most = max(stats.ease.values())
    rows = [
        f'<tr><th scope="row">{step / 100:.1f} to {(step + 19) / 100:.2f}</th>'
        f"{_bar(number / most, plain=True)}<td>{count(number, 'card')}</td></tr>"
        for step, number in stats.ease.items()
    ]
    return f"<table>{''.join(rows)}</table>"


def _pace(stats: Stats) -> str:
    if not stats.pace:
        return ""
    most = max(pace.median_seconds for pace in stats.pace.values()) or 1
    rows = [
        f'<tr><th scope="row">{escape(name)}</th>{_bar(pace.median_seconds / most, plain=True)}'
        f"<td>{pace.median_seconds:g}</td><td>&nbsp;(1 in 10 over {pace.slow_seconds:g})</td></tr>"
        for name, pace in by_words(stats.pace).items()
    ]
    return f"<table>{''.join(rows)}</table>"


def _hardest(stats: Stats) -> str:
    if not stats.hardest:
        return ""
    rows = [
        f'<tr><th scope="row">{escape(topic.title)}<br>'
        f"<code>{escape(topic.source)}</code></th>{_bar(topic.recall.share)}"
        f"<td>{topic.recall.share:.0%}</td><td>&nbsp;of {topic.recall.reviews}</td></tr>"
        for topic in stats.hardest
    ]
    return f'<table class="topics">{"".join(rows)}</table>'


def _long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
