"""Draw the screen of a sitting at any width."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from cards.answer.correctness import Correctness
from cards.card.filled_gap import answer_blocks
from cards.card.sides import breadcrumb_above
from cards.guide.block import Code
from cards.markup.formula_text import words_with_formulas
from srs.review.option_choice import offered_letters
from srs.review.preferences import Buttons
from srs.screen.full_screen import WIDE_COLUMNS, DrawnScreen, fill_screen, key_line, text_columns
from srs.screen.grade_keys import grade_keys
from srs.screen.side.code_view import OUTPUT
from srs.screen.side_view import BREADCRUMB_SEPARATOR, SideLook, side_blocks, titled_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console, RenderableType

    from srs.review.shown_card import ShownCard
    from srs.review.typed_answer import TypedAnswer
    from srs.schedule.sm2 import Grade
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
    def blank(self) -> list[Text]:
        """What stands between question and answer beside the rule."""
        return [Text("")] if self <= Density.SNUG else []

    @property
    def inner_blank(self) -> list[Text]:
        """What stands between the blocks of a side."""
        return [Text("")] if self is Density.ROOMY else []


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


def draw(console: Console, view: ScreenView) -> DrawnScreen:
    """Return the whole screen for a view.

    The header and the grades stand still; what is between them scrolls when it is higher than the room. But
    first it gives up what is needed least.
    """
    last = Density.FOLDED if view.revealed and not view.context else Density.BARE
    for density in Density:
        drawn = _drawn(console, view, density, None)
        if not drawn.max_scroll or density is last:
            break
    if density is Density.FOLDED and drawn.max_scroll:
        rows = _code_rows(console, view)
        if rows:
            most = max(_LEAST_CODE_ROWS, rows - drawn.max_scroll)
            drawn = _drawn(console, view, density, most)._replace(has_folds=most < rows)
    return drawn


def _drawn(console: Console, view: ScreenView, density: Density, most_code_rows: int | None) -> DrawnScreen:
    """Return the screen of a view at a density; without a number of rows all code is there."""
    measure = text_columns(console)
    look = SideLook(view.pictures, is_close=density > Density.ROOMY, most_code_rows=most_code_rows)
    asked = side_blocks(view.card.front, view.card.paint, measure - 4, look)
    front: list[RenderableType] = [Padding(Group(*asked), (0, 2))]
    front += [_typed_answers(view, density)] if view.typed_answers else []
    return fill_screen(
        console,
        _header(view, measure, density),
        front,
        _back(view, measure, density) if view.revealed else None,
        _footer(view, measure, density),
        view.scroll,
        view.pictures,
    )


def _code_rows(console: Console, view: ScreenView) -> int:
    """Return how many rows the longest code of the front takes."""
    width = text_columns(console) - 4
    codes = [block for block in view.card.front if isinstance(block, Code) and block.language != OUTPUT]
    options = console.options.update(width=width, height=None)
    heights = [
        len(console.render_lines(part, options, pad=False))
        for block in codes
        for part in side_blocks((block,), view.card.paint, width)
    ]
    return max(heights, default=0)


def _header(view: ScreenView, width: int, density: Density) -> RenderableType:
    settled, total, _ = view.progress
    *above, question = view.card.breadcrumb or ("",)
    if not breadcrumb_above((question,), view.card.front):
        question = ""  # the front asks it
    place = Text(view.card.deck, "bold", no_wrap=True, overflow="ellipsis")
    for part in above:
        place.append(f"{BREADCRUMB_SEPARATOR}{part}", "not bold dim")
    progress = _progress_text(view, width)
    # Two texts and no table: what makes tables is loaded with the first card that needs one.
    place.truncate(max(0, width - 3 - progress.cell_len), overflow="ellipsis", pad=True)
    parts: list[RenderableType] = [Text.assemble(place, " ", progress, no_wrap=True, overflow="ellipsis")]
    if density < Density.BARE and question:
        asked = Text(words_with_formulas(question), "dim")
        asked.truncate((2 if density <= Density.SNUG else 1) * (width - 4), overflow="ellipsis")
        parts.append(asked)
    done = round((width - 2) * settled / total) if total else 0
    parts.append(Text.assemble(("━" * done, "green"), ("─" * (width - 2 - done), "dim")))
    return Padding(Group(*parts, *density.blank), (0, 1))


def _progress_text(view: ScreenView, width: int) -> Text:
    """Return how far along the sitting is: `new · card 4 of 12, 1 to repeat`."""
    settled, total, drills_left = view.progress
    is_wide = width >= WIDE_COLUMNS
    words = Text.assemble((view.notice, "bold"), (" · " if view.notice else "", "dim"))
    words.append(f"{'card ' if is_wide else ''}{min(settled + 1, total)} of {total}", "dim")
    if drills_left and is_wide:
        words.append(f", {drills_left} to repeat", "dim")
    return words


_CORRECTNESS_SYMBOLS = {
    Correctness.RIGHT: ("✓ ", "bold green"),
    Correctness.WRONG: ("✗ ", "bold red"),
    Correctness.SYNTAX: ("! ", "bold"),
    Correctness.UNSURE: ("? ", "bold"),
}
_MAX_SHOWN_ANSWERS = 3
_MAX_ANSWER_LINES = 6
"""Lines of one typed answer that are shown again."""
_WHEEL = "|/-\\"
_WHEEL_TURNS_A_SECOND = 4


def _typed_answers(view: ScreenView, density: Density) -> RenderableType:
    """Return the typed answers with their judgements, as lines of the screen."""
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for typed, judgement in view.typed_answers[-1 if density >= Density.BARE else -_MAX_SHOWN_ANSWERS :]:
        lines = typed.split("\n")
        more = [f"⋯ {len(lines) - _MAX_ANSWER_LINES} more"] if len(lines) > _MAX_ANSWER_LINES else []
        grid.add_row(Text(">", "bold"), Text("\n".join([*lines[:_MAX_ANSWER_LINES], *more]), "bright_blue"))
        if judgement is None:
            grid.add_row("", Text(_running_words(view.judging_seconds), "italic"))
        else:
            symbol, look = _CORRECTNESS_SYMBOLS[judgement.correctness]
            grid.add_row("", Text.assemble((symbol, look), judgement.sentence))
    return Padding(Group(*density.inner_blank, grid), (0, 2))


def _running_words(seconds: float | None) -> str:
    if seconds is None:
        return "running it …"
    turn = int(seconds * _WHEEL_TURNS_A_SECOND)
    return f"{_WHEEL[turn % len(_WHEEL)]} running it … {int(seconds)} s"


def _back(view: ScreenView, width: int, density: Density) -> RenderableType:
    """Return what stands below the question: the answer, what its code ran with, and the context."""
    card = view.card
    hint = "c: context" if card.context and not view.context else ""
    has_proof_line = density < Density.BARE
    parts: list[RenderableType] = [
        *density.blank,
        _rule("" if has_proof_line else hint, width - 4),
        *density.blank,
    ]
    look = SideLook(view.pictures, is_close=density > Density.ROOMY, is_answer=True)
    parts += side_blocks(answer_blocks(card.front, card.back), card.paint, width - 4, look)
    if card.failing:
        parts += [*density.inner_blank, Text(f"✗ {card.failing}", "bold red")]
    if has_proof_line and (line := _proof_line(card, hint)):
        parts += [*density.inner_blank, line]
    if view.context and card.context:
        parts += [*density.inner_blank, Text(titled_rule("context", width - 4), "dim"), *density.inner_blank]
        parts += side_blocks(card.context, card.paint, width - 4, SideLook(view.pictures))
    return Padding(Group(*parts), (0, 2))


def _rule(hint: str, width: int) -> Text:
    return Text(f"{'─' * (width - len(hint) - 4)} {hint} ──" if hint else "─" * width, "dim")


def _proof_line(card: ShownCard, hint: str) -> Text:
    """Return the line with what the code ran with, and the key that shows the context."""
    line = Text()
    if card.stamp is not None:
        ran = f"ran with {', '.join(card.stamp.parts)}"
        words = f"holds on TensorFlow {card.stamp.versions}" if card.stamp.versions else ran
        line = Text.assemble(("✓", "green"), (f" {words}", "dim"))
    if hint:
        line.append(f"{' · ' if line else ''}{hint}", "dim italic")
    return line


def _footer(view: ScreenView, width: int, density: Density) -> RenderableType:
    message = Text(view.message or " ", "italic", no_wrap=True, overflow="ellipsis")
    rule = Text("─" * (width - 2), "dim")
    above = [message, rule] if view.message or density < Density.BARE else [rule]
    if view.revealed:
        keys = grade_keys(view.buttons, view.intervals, view.suggested, width - 2)
    else:
        keys = [key_line(_question_keys(view, width), width - 2)]
        keys += density.inner_blank
    return Padding(Group(*above, *keys), (0, 1))


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


def help_screen(buttons: Buttons) -> RenderableType:
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
    from rich.table import Table as Grid

    grid = Grid.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    for key, meaning in rows:
        grid.add_row(Text(key, "bold"), meaning)
    return Padding(
        Group(Text("Keys", "bold"), Text(""), grid, Text(""), Text("any key goes back", "dim")), (1, 2)
    )
