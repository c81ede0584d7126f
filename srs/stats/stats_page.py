"""Render the statistics as one self-contained HTML page: no script, no font, no address."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from srs.stats.figures import recall_by_words
from srs.stats.plan_drawing import plan_drawing
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from srs.plan.outlook import Outlook
    from srs.stats.figures import Recall, Stats

_STYLE = """
:root { color-scheme: light dark; --page: #fbfaf8; --card: #ffffff; --ink: #23211e; --quiet: #6b665e;
  --line: #e6e2db; --empty: #eeebe5; --blue: #2b6cb0; --green: #2f855a; --red: #b83232;
  --h1: #c3e3cf; --h2: #86c9a0; --h3: #47a06d; --h4: #22703f; }
@media (prefers-color-scheme: dark) { :root { --page: #171819; --card: #1f2123; --ink: #e8e6e1;
  --quiet: #a09b92; --line: #34373a; --empty: #2a2d30; --blue: #76b0ec; --green: #68c391; --red: #f08a8a;
  --h1: #20452f; --h2: #2f6f49; --h3: #47a06d; --h4: #83dba8; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 60rem; margin: 0 auto; display: grid; gap: 1rem; grid-template-columns: 1fr 1fr; }
header, .wide { grid-column: 1 / -1; }
@media (max-width: 44rem) { main { grid-template-columns: minmax(0, 1fr); } }
h1 { font-size: 1.6rem; margin: 0; line-height: 1.2; }
h2 { font-size: 1rem; margin: 0 0 .8rem; }
p { margin: .2rem 0 0; color: var(--quiet); }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: 1.1rem 1.2rem; min-width: 0; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 1rem; margin: 0; }
dt { color: var(--quiet); font-size: .85rem; } dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--quiet); font-size: 11px; font-family: inherit; }
/* From right to left, so that a narrow window begins with the latest weeks. */
.scroll { overflow-x: auto; } .scroll svg { min-width: 40rem; direction: ltr; } .late { direction: rtl; }
table { width: 100%; border-collapse: collapse; font-size: .95rem; }
th { text-align: left; font-weight: 400; padding: .25rem .8rem .25rem 0; }
td { padding: .25rem 0 .25rem .8rem; color: var(--quiet); text-align: right; white-space: nowrap; }
td.bar { width: 45%; }
td.bar div { background: var(--empty); border-radius: 3px; height: .6rem; }
td.bar i { display: block; height: 100%; border-radius: 3px; background: var(--green); }
td.bar.plain div { background: none; } td.bar.plain i { background: var(--blue); }
@media (max-width: 44rem) { .topics td.bar { display: none; } }
code { font: .85em ui-monospace, monospace; color: var(--quiet); overflow-wrap: anywhere; }
.none { color: var(--quiet); }
"""


def stats_page(stats: Stats, title: str, outlooks: Iterable[tuple[str, Outlook]] = ()) -> str:
    """Return the statistics as an HTML page; `outlooks` is what is foretold of interviews, by decks."""
    parts = [
        f"<header><h1>{escape(title)}</h1><p>Reviews up to {_long_date(stats.today)}</p></header>",
        *(_outlook(name, outlook) for name, outlook in outlooks),
        _section("", _totals(stats), wide=True),
        _section("The last year", _heat_map(stats), wide=True),
        _section("Due in the next 30 days", _forecast(stats), wide=True),
        _section("Known when due, by the interval before", _recalls(stats.by_age)),
        _section("Known when due, by kind of card", _recalls(recall_by_words(stats.by_kind))),
        _section("Ease factors", _ease(stats)),
        _section("Seconds an answer", _pace(stats)),
        _section("Hardest topics", _hardest(stats), wide=True),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}: reviews</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _section(title: str, content: str, *, wide: bool = False) -> str:
    heading = f"<h2>{escape(title)}</h2>" if title else ""
    width = ' class="wide"' if wide else ""
    return f"<section{width}>{heading}{content}</section>"


def _outlook(name: str, outlook: Outlook) -> str:
    """Return what is foretold of an interview: what would be known on the day, by the last Day learnt on."""
    position = outlook.position
    days = count(position.days_left, "day")
    of_decks = f" for {name}" if name else ""
    questions = f"{position.begun} of {position.questions} questions begun, {position.firm} firm"
    known = f"about {outlook.recall:.0%} known on the day if the plan is followed (an estimate)"
    drawing = plan_drawing(outlook)
    title = f"Interview{of_decks} on {_long_date(position.day)}"
    said = f"<p>{days} to go; {questions}; {known}.</p>"
    return _section(title, said + _svg(*drawing, "scroll"), wide=True)


def _totals(stats: Stats) -> str:
    facts = [
        ("answers", f"{stats.answers}"),
        ("hours", f"{stats.hours:.1f}"),
        ("days in a row", f"{stats.streak}"),
        ("at most", f"{stats.longest_streak}"),
        ("new cards", f"{stats.new}"),
        ("young", f"{stats.young}"),
        ("mature", f"{stats.mature}"),
        ("suspended", f"{stats.suspended}"),
        ("leeches", f"{stats.leeches}"),
    ]
    if stats.interviews:
        share = f"{stats.interview_points.share:.0%}"
        facts += [("mock interviews", f"{stats.interviews}"), ("points said in them", share)]
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts) + "</dl>"


def _heat_map(stats: Stats) -> str:
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
        return '<p class="none">Nothing is due.</p>'
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
        return '<p class="none">No card has been due yet.</p>'
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
        return '<p class="none">No card has been answered yet.</p>'
    most = max(stats.ease.values())
    rows = [
        f'<tr><th scope="row">{step / 100:.1f} to {(step + 19) / 100:.2f}</th>'
        f"{_bar(number / most, plain=True)}<td>{count(number, 'card')}</td></tr>"
        for step, number in stats.ease.items()
    ]
    return f"<table>{''.join(rows)}</table>"


def _pace(stats: Stats) -> str:
    if not stats.pace:
        return '<p class="none">No answer has been timed yet.</p>'
    most = max(pace.median_seconds for pace in stats.pace.values()) or 1
    rows = [
        f'<tr><th scope="row">{escape(name)}</th>{_bar(pace.median_seconds / most, plain=True)}'
        f"<td>{pace.median_seconds:g}</td><td>&nbsp;(1 in 10 over {pace.slow_seconds:g})</td></tr>"
        for name, pace in stats.pace.items()
    ]
    return f"<table>{''.join(rows)}</table>"


def _hardest(stats: Stats) -> str:
    if not stats.hardest:
        return '<p class="none">Nothing was failed yet.</p>'
    rows = [
        f'<tr><th scope="row">{escape(topic.question.replace("-", " "))}<br>'
        f"<code>{escape(topic.source)}</code></th>{_bar(topic.recall.share)}"
        f"<td>{topic.recall.share:.0%}</td><td>&nbsp;of {topic.recall.reviews}</td></tr>"
        for topic in stats.hardest
    ]
    return f'<table class="topics">{"".join(rows)}</table>'


def _long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
