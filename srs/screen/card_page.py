"""Everything about one card, for `proofdeck show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table as Grid
from rich.text import Text

from cards.card.sides import breadcrumb_above
from srs.screen.side_view import BREADCRUMB_SEPARATOR, side_blocks, titled_rule
from srs.words import count

if TYPE_CHECKING:
    from rich.console import RenderableType

    from srs.review.shown_card import ShownCard


def card_page(card: ShownCard, width: int) -> RenderableType:
    """Return everything about a card, one below the other."""
    facts = Grid.grid(padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, words in _facts(card):
        facts.add_row(name, Text(words))
    parts: list[RenderableType] = [
        Text(BREADCRUMB_SEPARATOR.join((card.deck, *breadcrumb_above(card.breadcrumb, card.front))), "dim"),
        Text(""),
    ]
    for title, side in (("front", card.front), ("back", card.back), ("context", card.context)):
        if side:
            parts += [Text(titled_rule(title, width), "dim"), Text("")]
            parts += [*side_blocks(side, card.paint, width), Text("")]
    return Group(*parts, Text("─" * width, "dim"), facts)


def _facts(card: ShownCard) -> list[tuple[str, str]]:
    schedule, suspended, buried_until, flag = card.standing
    facts = [
        ("card", card.id),
        ("kind", card.kind.noun),
        ("source", f"{card.source_path}:{card.source_line}"),
        ("tags", " ".join(card.tags)),
    ]
    if card.stamp is not None:
        stamp = card.stamp
        versions = f"TensorFlow {stamp.versions}" if stamp.versions else ", ".join(stamp.parts)
        facts.append(("proof", f"{versions}, {stamp.proved_on}"))
    if card.failing:
        facts.append(("failing", card.failing))
    if schedule is None:
        facts.append(("schedule", "new"))
    else:
        facts += [
            ("due", f"{schedule.due}, after {count(schedule.wait_days, 'day')}"),
            ("ease factor", f"{schedule.ease_factor / 100:.2f}"),
            ("repetitions", f"{schedule.repetitions}, {count(schedule.lapses, 'lapse')}"),
        ]
        if schedule.memory is not None:
            memory = schedule.memory
            facts.append(
                ("memory", f"stability {memory.stability_days:.1f} d, difficulty {memory.difficulty:.1f}")
            )
    if suspended:
        facts.append(("suspended", "yes"))
    if buried_until is not None:
        facts.append(("buried", f"until {buried_until}"))
    if flag is not None:
        facts.append(("flag", flag or "yes"))
    return facts
