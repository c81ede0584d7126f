"""No character that a terminal takes as a command reaches one, wherever it came from."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cards.hidden_character import has_hidden
from srs.cli.shown_output import ShownOutput, shown
from srs.screen.shown_console import ShownConsole
from tests.srs.cli.conftest import Desk, door

if TYPE_CHECKING:
    from pathlib import Path

CONTROLS = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))]
HIDDEN = [
    *CONTROLS,
    *"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2028\u2029\ufeff\ufff9",
    "\U000e0041",
]
FAMILIES = [
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]1337;File=inline=1:AAAA\x07",
    "\x1b[8mhidden\x1b[28m",
    "\x1b[?1049h",
    "\x1b[2J\x1b[H",
    "\x1b[6n",
    "\x1b[c",
    "\x1b[?2004h",
    "\x1b[38;5;196m",
    "\x1b[38;2;1;2;3m",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gf=100;AAAA\x1b\\",
    "\x1b^private\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\x1b#8",
    "\x9b31m",
    "\x9d0;title\x9c",
    "\x90q\x9c",
    "a\rb",
    "a\x08\x08b",
    "\x07",
    "\x0e\x0f",
]
LOOKS = ["\x1b[0m", "\x1b[1m", "\x1b[2m", *(f"\x1b[3{number}m" for number in range(1, 7))]


def arrives(text: str) -> str:
    """Return the lines of what a terminal gets that hold something it could take as a command."""
    for look in LOOKS:
        text = text.replace(look, "")
    return "\n".join(line for line in text.replace("\r\n", "\n").split("\n") if has_hidden(line))


texts = st.lists(st.sampled_from([*HIDDEN, *FAMILIES, "a", "é", " ", "\n"]), max_size=20).map("".join)


@given(texts)
def test_what_is_written_is_shown(text: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
    output = ShownOutput(stream)
    assert output.write(text) == len(text)
    output.flush()
    assert arrives(stream.buffer.getvalue().decode()) == ""


@given(texts, st.integers(10, 80))
def test_what_is_drawn_is_shown(text: str, width: int) -> None:
    from rich.table import Table
    from rich.text import Text

    drawn = io.StringIO()
    console = ShownConsole(file=drawn, width=width, force_terminal=False)
    table = Table("a", "b")
    table.add_row(Text(text), text.replace("[", ""))
    console.print(Text(text), table, Text(text), sep=" ")
    isolates = str.maketrans("", "", "\u2066\u2069")
    assert arrives(drawn.getvalue().translate(isolates)) == ""


@given(texts)
def test_json_stays_json(text: str) -> None:
    assert json.loads(shown(json.dumps([text], ensure_ascii=False))) == [text]


def test_what_the_output_s_encoding_lacks_is_escaped() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    ShownOutput(stream).write("café \udce9")
    # Rich draws past it.
    ShownConsole(file=stream, width=20, force_terminal=False).print("2 · 3", end="")
    stream.flush()
    assert stream.buffer.getvalue() == b"caf\\xe9 \\udce92 \\xb7 3"


HOSTILE = "".join(FAMILIES) + "".join(CONTROLS[1:10] + CONTROLS[11:13] + CONTROLS[14:])


def guide_text(hostile: str) -> str:
    return f"""---
title: "T {hostile.replace(chr(92), "").replace('"', "")}"
---

# Guide {hostile}

## Part {hostile}

### Q1. What is a tensor {hostile}?

A **tensor{hostile}** is an array{hostile} with a dtype. It is `code{hostile}`.

| Aspect  | Eager {hostile} | Graph |
|---------|--------------|---------------|
| Runs    | line by line {hostile} | after tracing |

### Q2. What does it print?

```python
print("x{hostile.replace(chr(34), "")}")
```

```output
x
```

### Q3. What fails {hostile}?

```python
raise ValueError("x{hostile.replace(chr(34), "")}")
```
"""


def run(desk: Desk, *arguments: str, keys: str = "") -> str:
    environment = {
        "PROOFDECK_HOME": str(desk.folder / "home"),
        "PROOFDECK_NOW": "2026-11-22T09:00:00+00:00",
        "COLUMNS": "100",
    }
    runner = CliRunner()
    result = runner.invoke(door, arguments, env=environment, input=keys, color=True)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.output


def spoil(store: Path, hostile: str) -> None:
    """Write control characters into every text of a store that a person may see."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE guide SET title = title || ?", (hostile,))
        connection.execute("UPDATE guide SET path = path || ?", (hostile,))
        connection.execute(
            "UPDATE card SET question = question || ?, source_path = source_path || ?, flag = ?",
            (hostile, hostile, hostile),
        )
        connection.execute("UPDATE face SET words = words || ?, failing = NULL", (hostile,))
        connection.execute(
            "UPDATE face SET tags = json_array(?), breadcrumb = json_array(?, ?)", (hostile, hostile, hostile)
        )
        side = json.dumps([["prose", [[hostile], [hostile, "code"]]], ["code", "python", hostile]])
        connection.execute("UPDATE face SET front = ?, back = ?, context = ?, paint = '{}'", (side,) * 3)
        connection.execute(
            "UPDATE face SET tensorflow = ?, keras = ?, proved_on = ?", (hostile, hostile, hostile)
        )
        connection.commit()


LEARNER = [
    ["due"], ["cards"], ["cards", "--json"], ["stats"], ["stats", "--json"], ["settings"],
    ["doctor", "--no"], ["cards", "--flagged"], ["undo"], ["history", "{card}"], ["show", "{card}"],
    ["restore"],
    ["mark", "{card}", "flag", "{hostile}"], ["simulate", "--days", "2"],
    ["restore", "{hostile}"], ["merge", "{hostile}"], ["show", "{hostile}"],
    ["review", "{hostile}"], ["review", "--tag", "{hostile}"], ["{hostile}"], ["due", "--{hostile}"],
    ["settings", "{hostile}", "{hostile}"], ["anki", "pull", "{hostile}"],
]  # fmt: skip


def test_nothing_hostile_in_a_store_or_an_argument_arrives(desk: Desk) -> None:
    desk.write()
    run(desk, "build", "small.md")
    run(desk, "review", keys="4\n2\n")
    (card, *_) = [row["id"] for row in json.loads(run(desk, "cards", "--json"))]
    # A store takes no NUL, and its home's name neither.
    hostile = HOSTILE.replace("\0", "")
    spoil(desk.folder / "home" / "proofdeck.db", hostile)
    for words in LEARNER:
        arguments = [word.format(card=card, hostile=hostile) for word in words]
        assert arrives(run(desk, *arguments)) == "", words


def test_nothing_hostile_in_a_file_s_name_arrives(desk: Desk) -> None:
    name = "g\x1b]0;title\x07\x1b[8m\x9b5m\u202e\x1b[31m.md"
    desk.write(name=name)
    for words in (
        ["build", name],
        ["check", name],
        ["prove", name],
        ["export", name],
        ["build", f"no{name}"],
    ):
        assert arrives(run(desk, *words)) == "", words
    assert arrives(run(desk, "due")) == ""
    assert arrives(run(desk, "cards")) == ""


@pytest.mark.parametrize("hostile", [HOSTILE, *FAMILIES], ids=ascii)
def test_nothing_hostile_in_a_guide_arrives(desk: Desk, hostile: str) -> None:
    desk.write(guide_text(hostile).split("### Q2")[0], "bad.md")
    for words in (
        ["check", "bad.md"],
        ["build", "bad.md"],
        ["cards"],
        ["cards", "--json"],
        ["export", "bad.md", "-o", "-"],
    ):
        assert arrives(run(desk, *words)) == "", words


@pytest.mark.slow
def test_nothing_hostile_that_code_prints_arrives(desk: Desk) -> None:
    desk.write(guide_text(HOSTILE), "bad.md")
    for words in (
        ["prove", "bad.md"],
        ["build", "bad.md"],
        ["build", "bad.md", "--json"],
        ["check", "bad.md"],
    ):
        assert arrives(run(desk, *words)) == "", words


@pytest.mark.parametrize("place", range(12))
def test_nothing_hostile_in_a_lock_arrives(desk: Desk, place: int) -> None:
    desk.write()
    run(desk, "build", "small.md")
    lock = desk.folder / "small.lock"
    lines = lock.read_text("utf-8").splitlines(keepends=True)
    lines[place % len(lines)] = lines[place % len(lines)].replace('"', f'"{HOSTILE}', 2)
    lock.write_text("".join(lines), "utf-8")
    for words in (["check", "small.md"], ["build", "small.md"], ["prove", "small.md"]):
        assert arrives(run(desk, *words)) == "", words


def test_the_screen_of_a_sitting_is_clean(desk: Desk) -> None:
    from srs.screen.drawing import ScreenView, SittingProgress, draw
    from srs.screen.line.text_screen import ScreenSize, TextScreen
    from srs.store.store import Store

    desk.write()
    run(desk, "build", "small.md")
    spoil(desk.folder / "home" / "proofdeck.db", HOSTILE.replace("\0", ""))
    drawn = io.StringIO()
    screen = TextScreen(drawn, lambda: ScreenSize(80, 200))
    with Store.open(desk.folder / "home" / "proofdeck.db") as store:
        for row in store.cards.rows():
            card: Any = store.cards.show(row.id)
            view = ScreenView(card, SittingProgress(0, 1, 0), revealed=True, context=True, message=HOSTILE)
            screen.print(draw(screen, view).lines)
    assert arrives(drawn.getvalue()) == ""
