"""Everything about one card, for `proofdeck show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.card.sides import breadcrumb_above
from srs.screen.line.screen_line import ScreenLine, behind, styled
from srs.screen.side_view import BREADCRUMB_SEPARATOR, SideLook, side_lines, titled_rule
from srs.words import count

if TYPE_CHECKING:
    from srs.review.shown_card import ShownCard


def card_page(card: ShownCard, width: int, look: SideLook) -> list[ScreenLine]:
    """Return everything about a card, one below the other."""
    place = BREADCRUMB_SEPARATOR.join((card.deck, *breadcrumb_above(card.breadcrumb, card.front)))
    lines = [*styled(place, "dim").wrapped(width), ScreenLine()]
    for title, side in (("front", card.front), ("back", card.back), ("context", card.context)):
        if side:
            lines += [*styled(titled_rule(title, width), "dim").wrapped(width), ScreenLine()]
            lines += [*side_lines(side, card.paint, width, look), ScreenLine()]
    lines.append(styled("─" * width, "dim"))
    facts = _facts(card)
    columns = max(len(name) for name, _ in facts)
    for name, words in facts:
        mark = styled(f"{name:<{columns}}  ", "dim")
        lines += behind(mark, styled(words).wrapped(width - mark.width))
    return lines


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
