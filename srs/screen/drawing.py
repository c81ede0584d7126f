"""Draw the screen of a sitting at any width."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from cards.card.sides import breadcrumb_above
from cards.guide.block import Code
from cards.value import NamedTuple
from srs.review.option_choice import offered_letters
from srs.review.preferences import Buttons
from srs.screen.full_screen import (
    WIDE_COLUMNS,
    DrawnScreen,
    fill_screen,
    head_line,
    key_line,
    key_list,
    text_columns,
)
from srs.screen.line.screen_line import ScreenLine, joined, set_in, styled
from srs.screen.side_view import BREADCRUMB_SEPARATOR, SideLook, side_lines, titled_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from srs.review.shown_card import ShownCard
    from srs.review.typed_answer import TypedAnswer
    from srs.schedule.sm2 import Grade
    from srs.screen.line.text_screen import TextScreen
    from srs.screen.terminal_picture import PicturePlace


class SittingProgress(NamedTuple):
    """How far along a sitting is."""

    settled: int
    total: int
    drills_left: int


class Density(IntEnum):
    """How much of the screen a card gives up so that question and answer are in view together."""

    ROOMY = 0
    SNUG = 1
    """No empty lines within the question, nor within the answer."""
    CLOSE = 2
    """No empty lines."""
    BARE = 3
    """Nor the question of the guide above the card's own, nor the proof."""
    FOLDED = 4
    """Nor the code that neither question nor answer needs."""

    @property
    def blank(self) -> list[ScreenLine]:
        """What stands between question and answer beside the rule."""
        return [ScreenLine()] if self <= Density.SNUG else []

    @property
    def inner_blank(self) -> list[ScreenLine]:
        """What stands between the blocks of a side."""
        return [ScreenLine()] if self is Density.ROOMY else []


class ScreenView(NamedTuple):
    """Input of `draw`: everything the screen shows."""

    card: ShownCard
    progress: SittingProgress
    revealed: bool = False
    """The back is shown."""
    context: bool = False
    """The context below the answer is unfolded, and all code."""
    intervals: Mapping[Grade, int] = MappingProxyType({})
    """What each grade would make the next interval, in days; empty in drill and cramming."""
    buttons: Buttons = Buttons.SIX
    message: str = ""
    """A line about what just happened."""
    scroll: int = 0
    """Lines of the card above the screen, or TO_THE_ANSWER."""
    typed_answers: tuple[TypedAnswer, ...] = ()
    """What was typed into the card's gap, oldest first."""
    notice: str = ""
    """What is special about this question: that it is new, asked once more, or crammed."""
    pictures: PicturePlace | None = None
    """Where the pictures of cards are; None where they are only named."""
    suggested: Grade | None = None
    """The grade that what was typed suggests."""
    judging_seconds: float | None = None
    """How long the last typed answer is being judged; None where nobody waits for that."""


_LEAST_CODE_ROWS = 3
"""The line that is asked about, and a line that says how much is folded on each side of it."""


def draw(screen: TextScreen, view: ScreenView) -> DrawnScreen:
    """Return the whole screen for a view.

    The header and the grades stand still; what is between them scrolls when it is higher than the room. But
    first it gives up what is needed least.
    """
    last = Density.FOLDED if view.revealed and not view.context else Density.BARE
    for density in Density:
        drawn = _drawn(screen, view, density, None)
        if not drawn.max_scroll or density is last:
            break
    if density is Density.FOLDED and drawn.max_scroll:
        rows = _code_rows(view, text_columns(screen) - 4)
        if rows:
            most = max(_LEAST_CODE_ROWS, rows - drawn.max_scroll)
            drawn = _drawn(screen, view, density, most)._replace(has_folds=most < rows)
    return drawn


def _drawn(screen: TextScreen, view: ScreenView, density: Density, most_code_rows: int | None) -> DrawnScreen:
    """Return the screen of a view at a density; without a number of rows all code is there."""
    width = text_columns(screen)
    look = SideLook(
        view.pictures,
        is_close=density > Density.ROOMY,
        most_code_rows=most_code_rows,
        has_weights=screen.takes_escapes,
    )
    front = side_lines(view.card.front, view.card.paint, width - 4, look)
    if view.typed_answers:
        from srs.screen.side.typed_view import typed_answer_lines

        shown = view.typed_answers[-1:] if density >= Density.BARE else view.typed_answers
        front += density.inner_blank + typed_answer_lines(shown, view.judging_seconds, width - 4)
    back = _back(view, width - 4, density, look._replace(most_code_rows=None)) if view.revealed else []
    return fill_screen(
        screen,
        _header(view, width, density),
        set_in(front, 2),
        set_in(back, 2),
        _footer(view, width, density),
        view.scroll,
        view.pictures,
    )


def _code_rows(view: ScreenView, width: int) -> int:
    """Return how many rows the longest code of the front takes."""
    from srs.screen.side.code_view import OUTPUT

    codes = [block for block in view.card.front if isinstance(block, Code) and block.language != OUTPUT]
    return max((len(side_lines((block,), view.card.paint, width)) for block in codes), default=0)


def _header(view: ScreenView, width: int, density: Density) -> list[ScreenLine]:
    settled, total, _ = view.progress
    *above, question = view.card.breadcrumb or ("",)
    if not breadcrumb_above((question,), view.card.front):
        question = ""  # the front asks it
    place = joined(
        styled(view.card.deck, "bold"), *(styled(f"{BREADCRUMB_SEPARATOR}{part}", "dim") for part in above)
    )
    lines = [head_line(place, _progress_text(view, width), width - 2)]
    if density < Density.BARE and question:
        from cards.markup.formula_text import words_with_formulas

        asked = styled(words_with_formulas(question), "dim")
        rows = 2 if density <= Density.SNUG else 1
        lines += asked.cut(rows * (width - 4), "…").wrapped(width - 2)
    done = round((width - 2) * settled / total) if total else 0
    lines.append(joined(styled("━" * done, "green"), styled("─" * (width - 2 - done), "dim")))
    return set_in([*lines, *density.blank], 1)


def _progress_text(view: ScreenView, width: int) -> ScreenLine:
    """Return how far along the sitting is: `new · card 4 of 12, 1 to repeat`."""
    settled, total, drills_left = view.progress
    is_wide = width >= WIDE_COLUMNS
    words = f"{' · ' if view.notice else ''}{'card ' if is_wide else ''}{min(settled + 1, total)} of {total}"
    if drills_left and is_wide:
        words += f", {drills_left} to repeat"
    return joined(styled(view.notice, "bold"), styled(words, "dim"))


def _back(view: ScreenView, width: int, density: Density, look: SideLook) -> list[ScreenLine]:
    """Return what stands below the question: the answer, what its code ran with, and the context."""
    from cards.card.filled_gap import answer_blocks

    card = view.card
    hint = "c: context" if card.context and not view.context else ""
    has_proof_line = density < Density.BARE
    lines = [*density.blank, _rule("" if has_proof_line else hint, width), *density.blank]
    answer = answer_blocks(card.front, card.back)
    lines += side_lines(answer, card.paint, width, look._replace(is_answer=True))
    if card.failing:
        lines += [*density.inner_blank, *styled(f"✗ {card.failing}", "bold red").wrapped(width)]
    if has_proof_line and (line := _proof_line(card, hint)).plain:
        lines += [*density.inner_blank, *line.wrapped(width)]
    if view.context and card.context:
        rule = styled(titled_rule("context", width), "dim")
        lines += [*density.inner_blank, *rule.wrapped(width), *density.inner_blank]
        lines += side_lines(card.context, card.paint, width, look._replace(is_close=False))
    return lines


def _rule(hint: str, width: int) -> ScreenLine:
    return styled(f"{'─' * (width - len(hint) - 4)} {hint} ──" if hint else "─" * width, "dim")


def _proof_line(card: ShownCard, hint: str) -> ScreenLine:
    """Return the line with what the code ran with, and the key that shows the context."""
    parts = []
    if card.stamp is not None:
        ran = f"ran with {', '.join(card.stamp.parts)}"
        words = f"holds on TensorFlow {card.stamp.versions}" if card.stamp.versions else ran
        parts = [styled("✓", "green"), styled(f" {words}", "dim")]
    if hint:
        parts.append(styled(f"{' · ' if parts else ''}{hint}", "dim italic"))
    return joined(*parts)


def _footer(view: ScreenView, width: int, density: Density) -> list[ScreenLine]:
    room = width - 2
    above = [styled("─" * room, "dim")]
    if view.message or density < Density.BARE:
        above = [*styled(view.message or " ", "italic").clipped(room), *above]
    if view.revealed:
        from srs.screen.grade_keys import grade_keys

        keys = grade_keys(view.buttons, view.intervals, view.suggested, room)
    else:
        keys = [key_line(_question_keys(view, width), room), *density.inner_blank]
    return set_in([*above, *keys], 1)


def _question_keys(view: ScreenView, width: int) -> list[tuple[str, str]]:
    """Return the keys that do something before the answer is shown, most useful first."""
    is_wide = width >= WIDE_COLUMNS
    if view.judging_seconds is not None:
        return [("Esc", "do not wait for the verdict" if is_wide else "do not wait")]
    keys = [("Space", "show the answer"), ("u", "undo"), ("?", "keys"), ("q", "stop")]
    if not is_wide:
        keys = [("Space", "answer"), ("?", "keys"), ("q", "stop")]
    if letters := offered_letters(view.card):
        keys.insert(0, (f"{letters[0]}\N{EN DASH}{letters[-1]}", "choose"))
    elif view.card.exercise is not None:
        keys.insert(0, ("Enter", "type the answer" if is_wide else "type"))
    return keys


def help_lines(buttons: Buttons, width: int) -> list[ScreenLine]:
    """Return the list of keys."""
    rows = [("Space", "show the answer"), ("Enter", "type what fills a gap")]
    rows += [("a b c", "choose an option of a quiz")]
    if buttons is Buttons.FOUR:
        rows += [("1 2 3 4", "again, hard, good, easy"), ("Space", "good")]
    else:
        rows += [
            ("0", "nothing came"),
            ("1", "wrong, but familiar once seen"),
            ("2", "wrong, but nearly"),
            ("3", "right, with great effort"),
            ("4", "right, after a hesitation"),
            ("5", "right at once"),
        ]
    rows += [
        ("u U", "undo, as often as you like; do it again"),
        ("c", "show or fold the context, and all code"),
        ("s", "suspend: do not ask again"),
        ("b", "bury until tomorrow"),
        ("f", "flag, with a note"),
        ("e", "edit the guide at this card"),
        ("o", "open the card's picture"),
        ("↑ ↓", "scroll"),
        ("q", "stop; everything is saved"),
    ]
    return key_list(rows, width)
