"""The sitting in a real terminal."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from srs.store.store import Store
from tests.builders.command import COMMAND, environment
from tests.builders.deck import CARDS
from tests.builders.terminal import CommandTerminal, review_terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")]

SECOND_SCREEN, FIRST_SCREEN = "\x1b[?1049h", "\x1b[?1049l"
COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*(?:3|4|9|10)[0-7](?:;[0-9]+)*m")


def matched(shell: pexpect.spawn[str]) -> str:
    assert isinstance(shell.match, re.Match)
    return str(shell.match.group(1))


def grades(home: Path) -> list[int]:
    with Store.open_existing(home / "proofdeck.db") as store:
        return [grade for (grade,) in store.connection.execute("SELECT grade FROM log ORDER BY seq")]


def test_a_card_is_asked_answered_graded_and_saved(home: Path) -> None:
    sitting = review_terminal(home)
    assert SECOND_SCREEN in sitting.sees("differ in when they run?", "show the answer")
    sitting.press(" ")
    sitting.sees("line by line. Graph", "perfect")
    sitting.press("4")
    sitting.sees("2 of 5", "show the answer")
    sitting.press("q")
    rest = sitting.ends()
    assert FIRST_SCREEN in rest
    assert "1 new card" in rest
    assert sitting.child.exitstatus == 0
    assert grades(home) == [4]


def test_the_terminal_is_given_back_as_it_was(home: Path) -> None:
    shell = pexpect.spawn("/bin/sh", env=environment(PS1="ready> "), encoding="utf-8", timeout=20)
    shell.expect_exact("ready> ")
    shell.sendline("stty -g; echo end")
    shell.expect(r"\n([0-9a-f:]+)\r\nend")
    before = matched(shell)
    program, _, script = COMMAND
    shell.sendline(f"{program} -c '{script}' --home {home} review")
    shell.expect_exact("show the answer")
    shell.send("q")
    shell.expect_exact("Nothing was answered.")
    shell.expect_exact("ready> ")
    shell.sendline("stty -g; echo end")
    shell.expect(r"\n([0-9a-f:]+)\r\nend")
    assert matched(shell) == before
    shell.close()


def test_ctrl_c_stops_and_keeps_everything(home: Path) -> None:
    sitting = review_terminal(home)
    sitting.sees("show the answer")
    sitting.press(" ")
    sitting.sees("perfect")
    sitting.press("5")
    sitting.sees("2 of 5", "show the answer")
    sitting.press("\x03")
    assert "1 new card" in sitting.ends()
    assert grades(home) == [5]


def test_ctrl_z_shows_the_shell_and_fg_goes_on(home: Path) -> None:
    shell = pexpect.spawn("/bin/bash --norc -i", env=environment(PS1="ready> "), encoding="utf-8", timeout=20)
    shell.expect_exact("ready> ")
    program, _, script = COMMAND
    shell.sendline(f"{program} -c '{script}' --home {home} review")
    shell.expect_exact("show the answer")
    shell.send("\x1a")
    shell.expect_exact(FIRST_SCREEN)
    shell.expect_exact("ready> ")
    shell.sendline("fg")
    shell.expect_exact(SECOND_SCREEN)
    shell.expect_exact("show the answer")
    shell.send(" ")
    shell.expect_exact("perfect")
    shell.send("4")
    shell.expect_exact("2 of 5")
    shell.send("q")
    shell.expect_exact("1 new card")
    shell.close()
    assert grades(home) == [4]


def test_a_hangup_keeps_every_answer(home: Path) -> None:
    sitting = review_terminal(home)
    sitting.sees("show the answer")
    sitting.press(" ")
    sitting.sees("perfect")
    sitting.press("3")
    sitting.sees("1 to repeat")
    sitting.child.close(force=True)
    assert grades(home) == [3]


def test_a_resized_terminal_is_drawn_anew(home: Path) -> None:
    sitting = review_terminal(home)
    sitting.sees("1 of 5", "show the answer")
    sitting.child.setwinsize(20, 40)
    # The rule below the card is as long as the new width has room for.
    sitting.child.expect("[^─]─{38}[^─]")
    sitting.press("q")
    sitting.ends()


def test_no_color_draws_without_colours(home: Path) -> None:
    sitting = review_terminal(home, NO_COLOR="1")
    screen = sitting.sees("show the answer")
    sitting.press(" ")
    screen += sitting.sees("perfect")
    sitting.press("q")
    sitting.ends()
    assert COLOUR.search(screen) is None


def test_colours_are_the_terminals_own_sixteen(home: Path) -> None:
    sitting = review_terminal(home)
    screen = sitting.sees("show the answer")
    sitting.press(" ")
    screen += sitting.sees("perfect")
    sitting.press("q")
    sitting.ends()
    assert COLOUR.search(screen) is not None
    assert "38;5" not in screen
    assert "38;2" not in screen
    # White and yellow vanish on a light background, black on a dark one.
    assert not re.search(r"\x1b\[(?:[0-9]+;)*(?:30|33|37|93|97)(?:;[0-9]+)*m", screen)


def test_a_typed_flag_is_kept_and_the_sitting_goes_on(home: Path) -> None:
    sitting = review_terminal(home)
    sitting.sees("show the answer")
    sitting.press("f")
    sitting.sees("What should be mended?")
    sitting.press("too long\n")
    sitting.sees("Flagged.", "show the answer")
    sitting.press("q")
    sitting.ends()
    with Store.open_existing(home / "proofdeck.db") as store:
        assert [row.standing.flag for row in store.cards.rows() if row.standing.flag] == ["too long"]


def test_undo_reaches_into_the_sitting_before(home: Path) -> None:
    first = review_terminal(home)
    first.sees("show the answer")
    first.press(" ")
    first.sees("perfect")
    first.press("4")
    first.sees("2 of 5")
    first.press("q")
    first.ends()
    second = review_terminal(home)
    second.sees("show the answer")
    second.press("u")
    second.sees("differ in when they run?", "Undone: grade 4")
    second.press("q")
    second.ends()
    with Store.open_existing(home / "proofdeck.db") as store:
        assert [entry.undone_at is not None for entry in store.log.history(CARDS[0].id)] == [True]


def home_with_a_day(home: Path) -> Path:
    """Set an interview and one minute a day, which holds a card or two."""
    with Store.open_existing(home / "proofdeck.db") as store:
        store.save_preference("interview", "2026-12-31")
        store.save_preference("minutes_a_day", 1)
    return home


def begun_at_the_end(sitting: CommandTerminal, home: Path) -> int:
    """Grade every card until a question about more is asked, and return how many were begun."""
    while sitting.child.expect_exact(["show the answer", "any other key ends"]) == 0:
        sitting.press(" ")
        sitting.sees("perfect")
        sitting.press("5")
    return len(grades(home))


def test_at_the_end_of_a_sitting_one_key_begins_more(home: Path) -> None:
    sitting = review_terminal(home_with_a_day(home), "--limit", "1")
    assert begun_at_the_end(sitting, home) == 1
    sitting.press("+")
    sitting.sees("show the answer")
    sitting.press("q")
    assert "More new ones: `proofdeck review --new 5`" in sitting.ends()
    assert sitting.child.exitstatus == 0


def test_as_many_are_begun_as_are_offered_and_none_is_offered_of_none(home: Path) -> None:
    sitting = review_terminal(home_with_a_day(home), "--limit", "3", "--new", "3")
    assert begun_at_the_end(sitting, home) == 3
    (offered,) = map(int, re.findall(r"(\d+) more new one", str(sitting.child.before)))
    assert 0 < offered < 5
    sitting.press("+")
    for _ in range(offered):
        sitting.sees("show the answer")
        sitting.press(" ")
        sitting.sees("perfect")
        sitting.press("5")
    assert "more new" not in sitting.ends().casefold()
    assert len(grades(home)) == 3 + offered


def test_any_other_key_ends(home: Path) -> None:
    sitting = review_terminal(home_with_a_day(home), "--limit", "1")
    begun_at_the_end(sitting, home)
    sitting.press(" ")
    assert "show the answer" not in sitting.ends()
    assert (sitting.child.exitstatus, len(grades(home))) == (0, 1)
