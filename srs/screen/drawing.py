"""Draw the screen of a sitting at any width."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Group
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from cards.answer.correctness import Correctness
from cards.card.sides import breadcrumb_above
from cards.markup.formula_text import words_with_formulas
from srs.review.button import grade_for_key, interval_caption, key_captions
from srs.review.option_choice import offered_letters
from srs.review.preferences import Buttons
from srs.screen.full_screen import WIDE_COLUMNS, DrawnScreen, fill_screen, key_line, text_columns
from srs.screen.side_view import BREADCRUMB_SEPARATOR, side_blocks, titled_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console, RenderableType

    from cards.card.sides import Side
    from srs.review.shown_card import ShownCard
    from srs.review.typed_answer import TypedAnswer
    from srs.schedule.sm2 import Grade
    from srs.screen.terminal_picture import PicturePlace


class SittingProgress(NamedTuple):
    """How far along a sitting is."""

    settled: int
    total: int
    drills_left: int


class ScreenView(NamedTuple):
    """Input of `draw`: everything the screen shows."""

    card: ShownCard
    progress: SittingProgress
    revealed: bool = False
    """The back is shown."""
    context: bool = False
    """The context below the answer is unfolded."""
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


def draw(console: Console, view: ScreenView) -> DrawnScreen:
    """Return the whole screen for a view.

    The header and the grades stand still; what is between them scrolls when it is higher than the room.
    """
    measure = text_columns(console)
    front = [_side(view.card.front, view, measure)]
    front += [_typed_answers(view)] if view.typed_answers else []
    return fill_screen(
        console,
        _header(view, measure),
        front,
        _back(view, measure) if view.revealed else None,
        _footer(view, measure),
        view.scroll,
        view.pictures,
    )


def _header(view: ScreenView, width: int) -> RenderableType:
    settled, total, drills_left = view.progress
    right = Text.assemble((view.notice, "blue"), (" · " if view.notice else "", "dim"))
    right.append(f"{min(settled + 1, total)} of {total}", "dim")
    if drills_left and width >= WIDE_COLUMNS:
        right.append(f" · {drills_left} again", "dim")
    *above, question = view.card.breadcrumb or ("",)
    if not breadcrumb_above((question,), view.card.front):
        question = ""  # the front asks it
    place = Text(view.card.deck, "bold", no_wrap=True, overflow="ellipsis")
    for part in above:
        place.append(f"{BREADCRUMB_SEPARATOR}{part}", "not bold dim")
    top = Grid.grid(expand=True, padding=(0, 1, 0, 0))
    top.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    top.add_column(justify="right", no_wrap=True)
    top.add_row(place, right)
    asked = Text(words_with_formulas(question), "dim")
    asked.truncate(2 * (width - 4), overflow="ellipsis")
    done = round((width - 2) * settled / total) if total else 0
    bar = Text.assemble(("━" * done, "green"), ("─" * (width - 2 - done), "dim"))
    return Padding(Group(top, *([asked] if question else []), bar, Text("")), (0, 1))


def _side(side: Side, view: ScreenView, width: int) -> RenderableType:
    return Padding(Group(*side_blocks(side, view.card.paint, width - 4, view.pictures)), (0, 2))


_CORRECTNESS_SYMBOLS = {
    Correctness.RIGHT: ("✓ ", "green"),
    Correctness.WRONG: ("✗ ", "red"),
    Correctness.SYNTAX: ("! ", "yellow"),
    Correctness.UNSURE: ("? ", "yellow"),
}
_MAX_SHOWN_ANSWERS = 3


def _typed_answers(view: ScreenView) -> RenderableType:
    """Return the typed answers with their judgements, as lines of the screen."""
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for typed, judgement in view.typed_answers[-_MAX_SHOWN_ANSWERS:]:
        grid.add_row(Text(">", "bold"), Text(typed, "cyan"))
        if judgement is None:
            grid.add_row("", Text("running it …", "dim italic"))
        else:
            symbol, look = _CORRECTNESS_SYMBOLS[judgement.correctness]
            grid.add_row("", Text.assemble((symbol, look), judgement.sentence))
    return Padding(Group(Text(""), grid), (0, 2))


def _back(view: ScreenView, width: int) -> RenderableType:
    parts: list[RenderableType] = [Text(""), Text("─" * (width - 4), "dim"), Text("")]
    parts += side_blocks(view.card.back, view.card.paint, width - 4, view.pictures)
    stamp = view.card.stamp
    if stamp is not None:
        ran = f"ran with {', '.join(stamp.parts)}"
        words = f"holds on TensorFlow {stamp.versions}" if stamp.versions else ran
        parts += [Text(""), Text(f"✓ {words}", "dim")]
    if view.card.failing:
        parts += [Text(""), Text(f"✗ {view.card.failing}", "bold red")]
    if view.context and view.card.context:
        parts += [Text(""), Text(titled_rule("context", width - 4), "dim"), Text("")]
        parts += side_blocks(view.card.context, view.card.paint, width - 4, view.pictures)
    elif view.card.context:
        parts += [Text(""), Text("c: context", "dim italic")]
    return Padding(Group(*parts), (0, 2))


def _footer(view: ScreenView, width: int) -> RenderableType:
    message = Text(view.message or " ", "italic", no_wrap=True, overflow="ellipsis")
    rule = Text("─" * (width - 2), "dim")
    if not view.revealed:
        keys = [("Space", "show the answer"), ("u", "undo"), ("?", "keys"), ("q", "stop")]
        if width < WIDE_COLUMNS:
            keys = [("Space", "answer"), ("?", "keys"), ("q", "stop")]
        if letters := offered_letters(view.card):
            keys.insert(0, (f"{letters[0]}\N{EN DASH}{letters[-1]}", "choose"))
        elif view.card.exercise is not None:
            keys.insert(0, ("Enter", "type the answer" if width >= WIDE_COLUMNS else "type"))
        return Padding(Group(message, rule, key_line(keys, width - 2), Text("")), (0, 1))
    words = key_captions(view.buttons)
    grid = Grid.grid(expand=True)
    names, spans = [], []
    cell = (width - 2) // len(words)
    for key, word in words.items():
        grade = grade_for_key(key, view.buttons)
        grid.add_column(ratio=1, no_wrap=True)
        caption = Text(key, _grade_style(grade))
        if cell >= len(word) + 3:
            caption.append(f" {word}", "not bold not reverse")
        names.append(caption)
        days = view.intervals.get(grade) if grade is not None else None
        spans.append(Text(interval_caption(days) if days is not None else "", "dim"))
    grid.add_row(*names)
    grid.add_row(*spans)
    return Padding(Group(message, rule, grid), (0, 1))


def _grade_style(grade: Grade | None) -> str:
    if grade is None or not grade.recalled:
        return "bold red"
    return "bold green" if grade.settled else "bold magenta"


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
        ("u", "undo, as often as you like"),
        ("c", "show or fold the context"),
        ("s", "suspend: do not ask again"),
        ("b", "bury until tomorrow"),
        ("f", "flag, with a note"),
        ("e", "edit the guide at this card"),
        ("o", "open the card's picture"),
        ("↑ ↓", "scroll"),
        ("q", "stop; everything is saved"),
    ]
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column()
    for key, meaning in rows:
        grid.add_row(Text(key, "bold"), meaning)
    return Padding(
        Group(Text("Keys", "bold"), Text(""), grid, Text(""), Text("any key goes back", "dim")), (1, 2)
    )
