"""Draw what is foretold of an interview, as SVG."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from srs.plan.outlook import Outlook

_WIDTH, _HEIGHT, _LEFT, _TOP, _BELOW = 720, 150, 40, 8, 20
_DAYS_BETWEEN_LABELS = 7
_MOST_LABELS = 12


class Drawing(NamedTuple):
    """The shapes of a drawing, its size, and what it shows in words."""

    width: int
    height: int
    shapes: tuple[str, ...]
    label: str


def plan_drawing(outlook: Outlook) -> Drawing:
    """Return a line of what would be known on the day, were each Day the last one that is learnt on."""
    shares = outlook.known_by_day
    first = outlook.position.day - timedelta(days=outlook.position.days_left)
    step = (_WIDTH - _LEFT) / max(1, len(shares))
    apart = max(_DAYS_BETWEEN_LABELS, -(-len(shares) // _MOST_LABELS))
    shapes = [
        f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{_y(mark):.1f}" y2="{_y(mark):.1f}" stroke="var(--line)"/>'
        f'<text x="{_LEFT - 6}" y="{_y(mark) + 4:.1f}" text-anchor="end">{mark:.0%}</text>'
        for mark in (0.0, 0.5, 1.0)
    ]
    places = [(_LEFT + (number + 0.5) * step, _y(share)) for number, share in enumerate(shares)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    shapes.append(f'<polyline points="{line}" fill="none" stroke="var(--green)" stroke-width="2"/>')
    for number, ((x, y), share) in enumerate(zip(places, shares, strict=True)):
        day = first + timedelta(days=number)
        said = f"{day.day} {day:%B %Y}: {share:.0%}, {outlook.minutes_by_day[number]:.0f} min"
        shapes.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="var(--green)"><title>{said}</title></circle>'
        )
        if number % apart == 0:
            label = "today" if number == 0 else f"{day.day} {day:%b}"
            shapes.append(f'<text x="{x:.1f}" y="{_TOP + _HEIGHT + 16}" text-anchor="middle">{label}</text>')
    label = f"Known on the day, were each day the last one learnt on: at the end {outlook.recall:.0%}"
    return Drawing(_WIDTH, _TOP + _HEIGHT + _BELOW, tuple(shapes), label)


def _y(share: float) -> float:
    return _TOP + _HEIGHT * (1 - share)
