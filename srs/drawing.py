"""What the screen of a sitting shows, drawn at any width."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.style import Style as Look
from rich.table import Table as Grid
from rich.text import Text

from cards.guide import Code, Listing, Prose, Style, Table
from srs.preference import Buttons
from srs.schedule import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console, RenderableType

    from cards.guide import Face, Inline, Item
    from srs.shown import Painted, Shown

# Only the terminal's own sixteen colours, and of them those that read well on dark and on light.
_INLINE = {
    Style.PLAIN: "",
    Style.CODE: "cyan",
    Style.STRONG: "bold",
    Style.EMPHASIS: "italic",
    Style.GAP: "reverse bold",
}

# By the first letters of a Pygments class; the longest that fits wins.
_PAINT = {
    "k": "magenta",
    "kc": "magenta",
    "o": "",
    "ow": "magenta",
    "c": "dim italic",
    "s": "green",
    "m": "blue",
    "nb": "cyan",
    "nc": "bold",
    "nf": "bold",
    "nd": "blue",
    "ne": "red",
    "g": "dim",
    "err": "",
}

_FOUR = {"1": Grade.WRONG, "2": Grade.HARD, "3": Grade.GOOD, "4": Grade.PERFECT}
_FOUR_WORDS = {"1": "Again", "2": "Hard", "3": "Good", "4": "Easy"}
_SIX_WORDS = {"0": "blackout", "1": "wrong", "2": "nearly", "3": "hard", "4": "good", "5": "perfect"}

_ROOMY = 60
"""Columns from which a header has room for more than the count."""

_CRUMB = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "

_MEASURE = 84
"""Text wider than this is hard to read; a wider terminal gets margins."""


class Progress(NamedTuple):
    """How far along a sitting is."""

    settled: int
    total: int
    again: int


TO_THE_ANSWER = -1
"""Scrolled as far as shows the answer, if it does not fit below its question."""


class View(NamedTuple):
    """What the screen is to show."""

    card: Shown
    progress: Progress
    answered: bool = False
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
    tells: str = ""
    """What is special about this question: that it is new, asked once more, or crammed."""


def grade_of(key: str, buttons: Buttons) -> Grade | None:
    """Return the grade a key stands for, if any."""
    if buttons is Buttons.FOUR:
        return Grade.GOOD if key in {"space", "enter"} else _FOUR.get(key)
    return Grade(int(key)) if key in _SIX_WORDS else None


def span_words(days: int) -> str:
    """Return an interval as short as a key's caption needs it: 6d, 3w, 5mo, 2.1y."""
    if days < 21:
        return f"{days}d"
    if days < 63:
        return f"{days // 7}w"
    if days < 365:
        return f"{round(days / 30.44)}mo"
    years = days / 365.25
    return f"{years:.1f}y" if years < 10 else f"{years:.0f}y"


class Drawn(NamedTuple):
    """A screen, and how its card stands in it."""

    screen: Segments
    first: int
    """Lines of the card above the screen."""
    furthest: int
    """The most lines there can be above it."""


def draw(console: Console, view: View) -> Drawn:
    """Return the whole screen for a view.

    The header and the grades stand still; what is between them scrolls when it is higher than the room.
    """
    width, height = console.size
    measure = min(width, _MEASURE)
    margin = (width - measure) // 2
    head = _lines(console, _header(view, measure), measure)
    front = _lines(console, _side(view.card.front, view, measure), measure)
    back = _lines(console, _back(view, measure), measure) if view.answered else []
    foot = _lines(console, _footer(view, measure), measure)
    body = front + back
    room = max(1, height - len(head) - len(foot))
    furthest = max(0, len(body) - room)
    first = min(len(front) if view.scroll == TO_THE_ANSWER else view.scroll, furthest)
    window = body[first : first + room]
    window += [[]] * (room - len(window))
    if first < furthest:
        window[-1] = _lines(console, Text("↓ more", "dim", justify="right"), measure - 2)[0]
    screen: list[Segment] = []
    for number, line in enumerate([*head, *window, *foot][:height]):
        if number:
            screen.append(Segment.line())
        screen.extend(Segment.adjust_line_length([Segment(" " * margin), *line], width))
    return Drawn(Segments(screen), first, furthest)


def _lines(console: Console, renderable: RenderableType, width: int) -> list[list[Segment]]:
    options = console.options.update(width=width, height=None)
    return console.render_lines(renderable, options, pad=False)


def _header(view: View, width: int) -> RenderableType:
    settled, total, again = view.progress
    right = Text.assemble((view.tells, "blue"), (" · " if view.tells else "", "dim"))
    right.append(f"{min(settled + 1, total)} of {total}", "dim")
    if again and width >= _ROOMY:
        right.append(f" · {again} again", "dim")
    *above, question = view.card.breadcrumb or ("",)
    place = Text(view.card.deck, "bold", no_wrap=True, overflow="ellipsis")
    for part in above:
        place.append(f"{_CRUMB}{part}", "not bold dim")
    top = Grid.grid(expand=True, padding=(0, 1, 0, 0))
    top.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    top.add_column(justify="right", no_wrap=True)
    top.add_row(place, right)
    asked = Text(question, "dim")
    asked.truncate(2 * (width - 4), overflow="ellipsis")
    done = round((width - 2) * settled / total) if total else 0
    bar = Text.assemble(("━" * done, "green"), ("─" * (width - 2 - done), "dim"))
    return Padding(Group(top, *([asked] if question else []), bar, Text("")), (0, 1))


def _side(side: Face, view: View, width: int) -> RenderableType:
    return Padding(Group(*_face(side, view.card.paint, width - 4)), (0, 2))


def _back(view: View, width: int) -> RenderableType:
    parts: list[RenderableType] = [Text(""), Text("─" * (width - 4), "dim"), Text("")]
    parts += _face(view.card.back, view.card.paint, width - 4)
    stamp = view.card.stamp
    if stamp is not None:
        parts += [Text(""), Text(f"✓ ran with TensorFlow {stamp.tensorflow}, Keras {stamp.keras}", "dim")]
    if view.context and view.card.context:
        parts += [Text(""), Text(_titled("context", width - 4), "dim"), Text("")]
        parts += _face(view.card.context, view.card.paint, width - 4)
    elif view.card.context:
        parts += [Text(""), Text("c: context", "dim italic")]
    return Padding(Group(*parts), (0, 2))


def _titled(title: str, width: int) -> str:
    return f"── {title} " + "─" * max(0, width - len(title) - 4)


def _footer(view: View, width: int) -> RenderableType:
    message = Text(view.message or " ", "italic", no_wrap=True, overflow="ellipsis")
    rule = Text("─" * (width - 2), "dim")
    if not view.answered:
        keys = [("Space", "show the answer"), ("u", "undo"), ("?", "keys"), ("q", "stop")]
        return Padding(Group(message, rule, _keys(keys, width - 2), Text("")), (0, 1))
    words = _FOUR_WORDS if view.buttons is Buttons.FOUR else _SIX_WORDS
    grid = Grid.grid(expand=True)
    captions, spans = [], []
    cell = (width - 2) // len(words)
    for key, word in words.items():
        grade = grade_of(key, view.buttons)
        grid.add_column(ratio=1, no_wrap=True)
        caption = Text(key, _grade_look(grade))
        if cell >= len(word) + 3:
            caption.append(f" {word}", "not bold not reverse")
        captions.append(caption)
        days = view.intervals.get(grade) if grade is not None else None
        spans.append(Text(span_words(days) if days is not None else "", "dim"))
    grid.add_row(*captions)
    grid.add_row(*spans)
    return Padding(Group(message, rule, grid), (0, 1))


def _grade_look(grade: Grade | None) -> str:
    if grade is None or not grade.recalled:
        return "bold red"
    return "bold green" if grade.settled else "bold magenta"


def _keys(keys: Iterable[tuple[str, str]], width: int) -> Text:
    line = Text(no_wrap=True, overflow="ellipsis")
    for key, word in keys:
        part = Text.assemble((key, "bold"), f" {word}")
        if line and len(line) + 3 + len(part) > width:
            break
        if line:
            line.append("   ")
        line.append_text(part)
    return line


def help_screen(buttons: Buttons) -> RenderableType:
    """Return the list of keys."""
    rows = [("Space", "show the answer")]
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


def _face(side: Face, paint: Mapping[str, Painted], width: int) -> list[RenderableType]:
    parts: list[RenderableType] = []
    for block in side:
        if parts:
            parts.append(Text(""))
        match block:
            case Prose():
                parts.append(inline_text(block.inline))
            case Code():
                parts.append(_code(block, paint, width))
            case Listing():
                parts.append(_listing(block.items, ordered=block.ordered))
            case Table():
                parts.append(_table(block, width))
            case _:
                raise TypeError(f"{type(block).__name__} cannot stand on a card")
    return parts


def inline_text(inline: Inline) -> Text:
    """Return a line of a card with its styles."""
    text = Text()
    for run in inline:
        if run.style is Style.GAP:
            text.append(f" {run.text.strip() or '…'} ", _INLINE[Style.GAP])
        else:
            text.append(run.text, _INLINE[run.style])
    return text


def _code(block: Code, paint: Mapping[str, Painted], width: int) -> RenderableType:
    text = Text(tab_size=4)
    for css, words in paint.get(block.source, (("", block.source),)):
        text.append(words, _paint(css))
    if block.language == "output":
        text.stylize("dim")
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        line.expand_tabs()
        # A line that is too long is cut where the room ends, and goes on behind another mark.
        for number, piece in enumerate(line.divide(_cuts(line.plain, max(1, width - 2)))):
            lines.append(Text.assemble(("┆ " if number else "│ ", "dim"), piece))
    return Group(*lines)


def _cuts(line: str, room: int) -> list[int]:
    """Return where a line is cut: behind a space in the second half of the room, or where it ends."""
    cuts: list[int] = []
    start = 0
    while len(line) - start > room:
        space = line.rfind(" ", start + room // 2, start + room) + 1
        start = space or start + room
        cuts.append(start)
    return cuts


def _paint(css: str) -> str:
    for length in range(len(css), 0, -1):
        if css[:length] in _PAINT:
            return _PAINT[css[:length]]
    return ""


def _listing(items: tuple[Item, ...], *, ordered: bool) -> RenderableType:
    grid = Grid.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for number, item in enumerate(items, 1):
        content: RenderableType = inline_text(item.inline)
        if item.items:
            content = Group(content, _listing(item.items, ordered=False))
        grid.add_row(Text(f"{number}." if ordered else "•", "dim"), content)
    return grid


def _table(block: Table, width: int) -> RenderableType:
    if width < 12 * len(block.header):
        return _narrow_table(block)
    table = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, border_style=Look.parse("dim"))
    for cell in block.header:
        table.add_column(inline_text(cell), overflow="fold", header_style="bold")
    for row in block.rows:
        table.add_row(*(inline_text(cell) for cell in row.cells))
    return table


def _narrow_table(block: Table) -> RenderableType:
    """A table as a list of its rows: what a narrow screen can show of it."""
    parts: list[RenderableType] = []
    for row in block.rows:
        if parts:
            parts.append(Text(""))
        first, *rest = row.cells
        heading = inline_text(first)
        heading.stylize("bold")
        parts.append(heading)
        for name, cell in zip(block.header[1:], rest, strict=False):
            entry = inline_text(name)
            entry.stylize("dim")
            parts.append(Padding(Text.assemble(entry, ("  ", ""), inline_text(cell)), (0, 0, 0, 2)))
    return Group(*parts)


def whole(card: Shown, width: int) -> RenderableType:
    """Return everything about a card, one below the other."""
    facts = Grid.grid(padding=(0, 2, 0, 0))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, words in _facts(card):
        facts.add_row(name, Text(words))
    parts: list[RenderableType] = [Text(_CRUMB.join((card.deck, *card.breadcrumb)), "dim"), Text("")]
    for title, side in (("front", card.front), ("back", card.back), ("context", card.context)):
        if side:
            parts += [Text(_titled(title, width), "dim"), Text("")]
            parts += [*_face(side, card.paint, width), Text("")]
    return Group(*parts, Text("─" * width, "dim"), facts)


def _facts(card: Shown) -> list[tuple[str, str]]:
    schedule, suspended, buried_until, flag = card.standing
    facts = [
        ("card", card.id),
        ("kind", card.kind.value),
        ("source", f"{card.source_path}:{card.source_line}"),
        ("tags", " ".join(card.tags)),
    ]
    if card.stamp is not None:
        stamp = card.stamp
        facts.append(("proof", f"TensorFlow {stamp.tensorflow}, Keras {stamp.keras}, {stamp.proved_on}"))
    if schedule is None:
        facts.append(("schedule", "new"))
    else:
        facts += [
            ("due", f"{schedule.due}, after {schedule.interval_days} days"),
            ("ease factor", f"{schedule.ease_factor / 100:.2f}"),
            ("repetitions", f"{schedule.repetitions}, {schedule.lapses} lapses"),
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
