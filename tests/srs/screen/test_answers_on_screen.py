"""Answers as a screen shows them: the gap filled, the line marked, question and answer in view together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from cards.card.filled_gap import FilledCode, answer_blocks
from cards.card.kind import CardKind
from cards.guide.block import Code, Item, Listing, Prose
from cards.guide.text import Style, StyledText
from srs.review.preferences import Buttons
from srs.schedule.sm2 import Grade
from srs.screen.drawing import ScreenView, SittingProgress, draw
from srs.screen.full_screen import TO_THE_ANSWER
from srs.screen.grade_keys import grade_keys
from srs.screen.side.code_view import CodeView
from tests.builders.deck import DATA, EAGER, LOOP, TITLES, deck, numbered_card
from tests.builders.side import marked, marked_prose
from tests.builders.store import store_with
from tests.builders.text_screen import text_of, text_screen

if TYPE_CHECKING:
    from pathlib import Path

    from cards.card.card import Card
    from tests.builders.golden import Expect

INTERVALS = dict(zip(Grade, [1, 1, 1, 15, 15, 240], strict=True))
ELLIPSIS = StyledText("…", Style.GAP)
LONG_CODE = """\
counts = {}
words = ["a", "b", "a", "c", "a"]
for word in words:
    counts[word] = counts.get(word, 0) + 1
most = max(counts.values())
names = sorted(counts, ____)
least = min(counts.values())
share = most / len(words)
rest = [name for name in names if counts[name] < most]
total = sum(counts.values())
first, *others = names
print(first, others)
print(most, least)
print(total)
print(share)
print(rest)"""
WHY_CODE = """\
import threading

lock = threading.Lock()
total = 0
def add(amount):
    global total
    with lock:  # why?
        total += amount"""

GAP = numbered_card(
    1,
    DATA,
    CardKind.COMPLETE,
    (
        marked_prose("Which argument fills the gap, so that it prints what stands below?"),
        Code(LONG_CODE, "python"),
        Code("a ['b', 'c']\n3 1", "output"),
    ),
    (marked_prose("`key=counts.get`"), Code("names = sorted(counts, key=counts.get)", "python")),
    context=(Code(LONG_CODE.replace("____", "key=counts.get"), "python"),),
)
SENTENCE = numbered_card(
    2,
    EAGER,
    CardKind.FACT,
    (Prose((*marked("The decorator that makes a function one graph is called "), ELLIPSIS, *marked("."))),),
    (marked_prose("`tf.function`"),),
)  # fmt: skip
WHY = numbered_card(
    3,
    LOOP,
    CardKind.WHY,
    (marked_prose("What is the reason for the marked line?"), Code(WHY_CODE, "python")),
    (marked_prose("Two threads would else add to the same old total"),),
)
OPTIONS = tuple(Item(marked(each)) for each in ("a) list", "b) tuple", "c) dict"))
QUIZ = numbered_card(
    4,
    DATA,
    CardKind.QUIZ,
    (
        marked_prose("Which are mutable?"),
        Listing(ordered=False, items=OPTIONS),
    ),
    (Listing(ordered=False, items=(Item(marked("a) list")), Item(marked("c) dict")))),),
)  # fmt: skip
WHOLE = numbered_card(
    5,
    LOOP,
    CardKind.OVERVIEW,
    (marked_prose(TITLES[LOOP][1]),),
    (Listing(ordered=True, items=tuple(Item(marked(each)) for each in ("forward", "backward", "apply"))),),
)  # fmt: skip
CARDS = {"gap": GAP, "sentence": SENTENCE, "why": WHY, "quiz": QUIZ, "whole": WHOLE}


def screen_of(
    path: Path, card: Card, width: int, height: int, *, revealed: bool, colours: bool = False
) -> str:
    with store_with(path / "proofdeck.db", deck(card)) as store:
        shown = store.cards.show(card.id)
    assert shown is not None
    view = ScreenView(
        shown,
        SittingProgress(3, 12, 1),
        revealed=revealed,
        scroll=TO_THE_ANSWER if revealed else 0,
        intervals=INTERVALS if revealed else {},
    )
    screen = text_screen(width, height, in_colour=colours)
    screen.put(draw(screen, view).lines)
    return text_of(screen)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 20), (200, 50)])
@pytest.mark.parametrize("name", CARDS)
def test_question_and_answer_are_in_view_together(
    tmp_path: Path, expect: Expect, name: str, width: int, height: int
) -> None:
    asked = screen_of(tmp_path, CARDS[name], width, height, revealed=False)
    told = screen_of(tmp_path / "again", CARDS[name], width, height, revealed=True)
    assert "↑ more" not in told
    kinds = {"gap": "answer-gap", "sentence": "answer-sentence", "why": "answer-why"}
    kinds |= {"quiz": "answer-quiz", "whole": "answer-whole"}
    expect(f"{kinds[name]}-{width}", f"{asked}\n{'=' * width}\n{told}\n")


def test_a_gap_stands_alone_on_no_line(tmp_path: Path) -> None:
    for width in range(24, 90):
        lines = screen_of(tmp_path / str(width), SENTENCE, width, 30, revealed=False).split("\n")
        (line,) = [line.strip() for line in lines if "[…]" in line]
        assert line != "[…]."


def test_one_word_that_fills_a_gap_stands_alone_on_no_line(tmp_path: Path) -> None:
    for width in range(34, 90):
        lines = screen_of(tmp_path / str(width), SENTENCE, width, 30, revealed=True).split("\n")
        (line,) = [line.strip() for line in lines if "▸tf.function◂" in line]
        assert line != "▸tf.function◂."


def test_what_fills_a_gap_is_marked_by_weight_where_there_is_some(tmp_path: Path) -> None:
    screen = screen_of(tmp_path, SENTENCE, 80, 24, revealed=True, colours=True)
    assert "\x1b[1;7;39mtf.function\x1b[0m." in screen
    assert "▸tf.function" not in screen


def test_the_line_that_is_asked_about_is_marked_over_its_whole_width(tmp_path: Path) -> None:
    screen = screen_of(tmp_path, WHY, 60, 24, revealed=False, colours=True)
    assert f"\x1b[1m▶ \x1b[0m\x1b[1;7;39m{'    with lock:':<54}\x1b[0m" in screen


def test_what_code_prints_is_drawn_at_full_strength(tmp_path: Path) -> None:
    assert "┃ 3 1" in screen_of(tmp_path, GAP, 80, 40, revealed=True, colours=True)


def test_code_is_folded_around_what_is_asked() -> None:
    def folded(rows: int, source: str = LONG_CODE) -> str:
        screen = text_screen(60, 40)
        screen.print(CodeView(Code(source, "python"), {}, most_rows=rows).rows(60))
        return text_of(screen)

    assert folded(4) == (
        "┆ ⋯ 4 lines above\n│ most = max(counts.values())\n│ names = sorted(counts, ____)\n"
        "┆ ⋯ 10 lines below\n"
    )
    assert folded(3, "a = 1\nb = 2\nc = 3\nprint(c)") == "┆ ⋯ 2 lines above\n│ c = 3\n│ print(c)\n"
    assert folded(4, "a = 1\nb = 2\nc = 3\nprint(c)").startswith("│ a = 1")


@pytest.mark.parametrize(
    ("front", "back", "told"),
    [
        pytest.param(
            (Code("y = f(____)\nprint(y)", "python"),),
            (marked_prose("`x`"),),
            (FilledCode(Code("y = f(x)", "python"), 6, 7),),
            id="the line of the front where the back has none",
        ),
        pytest.param(
            (Code("    return ____", "python"),),
            (marked_prose("`a @ b`"), Code("return a @ b", "python"), marked_prose("As a matrix.")),
            (FilledCode(Code("return a @ b", "python"), 7, 12), marked_prose("As a matrix.")),
            id="an indented line",
        ),
        pytest.param(
            (Listing(ordered=True, items=(Item(marked("one")), Item((ELLIPSIS,)))),),
            (marked_prose("two"),),
            (Prose((StyledText("2. "), StyledText("two", Style.GAP))),),
            id="an entry with its number",
        ),
        pytest.param(
            (Prose((ELLIPSIS, *marked(" and "), ELLIPSIS)),),
            (marked_prose("two"),),
            (marked_prose("two"),),
            id="several gaps",
        ),
        pytest.param((marked_prose("Why?"),), (), (), id="no answer"),
    ],
)
def test_the_line_with_the_gap_is_said_again_filled(front: object, back: object, told: object) -> None:
    assert answer_blocks(front, back) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("buttons", "width", "suggested", "lines"),
    [
        pytest.param(
            Buttons.SIX,
            78,
            Grade.GOOD,
            [
                " 0 blackout   1 wrong      2 nearly     3 hard      ▸4 good       5 perfect",
                " 1d           1d           1d           15d          15d          8mo",
            ],
            id="wide",
        ),
        pytest.param(
            Buttons.SIX,
            38,
            Grade.HARD,
            [" 0 blackout  1 wrong     2 nearly", "▸3 hard 15d  4 good 15d  5 perfect 8mo"],
            id="two lines",
        ),
        pytest.param(
            Buttons.SIX,
            32,
            None,
            [" 0 blackout  1 wrong  2 nearly", " 3 hard      4 good   5 perfect"],
            id="no room for intervals",
        ),
        pytest.param(
            Buttons.SIX, 24, None, [" 0 b 1 w 2 n 3 h 4 g 5 p", " 1d  1d  1d  15d 15d 8mo"], id="initials"
        ),
        pytest.param(Buttons.SIX, 18, Grade.GOOD, [" 0  1  2  3 ▸4  5"], id="digits alone"),
        pytest.param(
            Buttons.FOUR,
            38,
            Grade.WRONG,
            ["▸1 Again  2 Hard   3 Good   4 Easy", " 1d       15d      15d      8mo"],
            id="four",
        ),
    ],
)  # fmt: skip
def test_keys_keep_their_words_as_long_as_they_can(
    buttons: Buttons, width: int, suggested: Grade | None, lines: list[str]
) -> None:
    assert [line.plain for line in grade_keys(buttons, INTERVALS, suggested, width)] == lines


def test_what_passes_is_neither_red_nor_magenta() -> None:
    (names, _) = grade_keys(Buttons.SIX, INTERVALS, None, 78)
    looks = {names.plain[start:end]: look for start, end, look in names.runs() if look}
    assert looks == {**dict.fromkeys("012", "bold red"), **dict.fromkeys("345", "bold green")}


# Background, then red, green, bright blue and bright magenta of what people's terminals come with.
PALETTES = {
    "VS Code, dark": "1e1e1e cd3131 0dbc79 3b8eea d670d6",
    "VS Code, light": "ffffff cd3131 00bc00 0451a5 bc05bc",
    "GNOME, dark": "171421 c01c28 26a269 2a7bde c061cb",
    "GNOME, light": "ffffff c01c28 26a269 2a7bde c061cb",
    "Windows": "0c0c0c c50f1f 13a10e 3b78ff b4009e",
    "xterm, dark": "000000 cd0000 00cd00 5c5cff ff00ff",
    "xterm, light": "ffffff cd0000 00cd00 5c5cff ff00ff",
    "Solarized, dark": "002b36 dc322f 859900 839496 6c71c4",
    "Solarized, light": "fdf6e3 dc322f 859900 839496 6c71c4",
}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
def test_colours_are_read_on_dark_and_on_light(palette: str) -> None:
    background, red, green, blue, magenta = PALETTES[palette].split()
    assert min(contrast(background, colour) for colour in (red, blue, magenta)) > 2.9
    # Green is only on marks and digits whose words stand beside them.
    assert contrast(background, green) > 2


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("revealed", [False, True])
def test_no_other_colours_are_used(tmp_path: Path, name: str, *, revealed: bool) -> None:
    screen = screen_of(tmp_path, CARDS[name], 80, 24, revealed=revealed, colours=True)
    used = {code for codes in re.findall(r"\x1b\[([0-9;]+)m", screen) for code in codes.split(";")}
    assert used <= {"0", "1", "2", "3", "7", "31", "32", "39", "94", "95"}
