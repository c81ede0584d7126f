"""A build after an edit takes over what the edit left alone, and leaves the very files of a whole build."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from srs.cli import command, main

if TYPE_CHECKING:
    from collections.abc import Iterator


ANSWERS = [
    "A **tensor** is an array of {} numbers because its shape is fixed.",
    "- **rank {}**: the number of axes that an array has\n- **shape**: how long each of the axes is",
    "| Aspect | Eager {} | Graph |\n|---|---|---|\n| Runs | at once | later |\n| Debug | easy | hard |",
    "1. First pour water {}\n2. Then wait an hour\n3. Drink it all",
]
QUESTIONS = [
    f"### Q{number}. What is thing {number}?\n\n{answer.format(word)}\n"
    for number in range(8)
    for answer in ANSWERS
    for word in ("red", "blue")
]
SECTIONS = ["## Basics\n", "## Speed\n", "# Guide\n", "# Other\n"]
GUIDES = st.lists(
    st.sampled_from(QUESTIONS) | st.sampled_from(QUESTIONS) | st.sampled_from(SECTIONS),
    min_size=1,
    max_size=9,
    unique_by=lambda part: part.partition("\n")[0],
).filter(lambda parts: any(part.startswith("###") for part in parts))


@settings(max_examples=40)
@given(st.lists(GUIDES, min_size=2, max_size=4))
def test_every_file_is_that_of_a_whole_build(guides: list[list[str]]) -> None:
    with TemporaryDirectory() as name:
        folders = [Path(name) / kind for kind in ("taken over", "whole")]
        for count, parts in enumerate(guides):
            left, right = (files(folder, parts, count) for folder in folders)
            assert left == right
            shutil.rmtree(folders[1] / "home" / "builds")


CODE = """### Q9. What does it print?

```python no-run="It needs a TPU."
import tensorflow as tf
print(tf.ones(3))
```

The **ones** are printed because they are asked for.
"""
GUIDE = [SECTIONS[0], *QUESTIONS[::9]]
EDITED = [QUESTIONS[1], SECTIONS[1], QUESTIONS[-2], *QUESTIONS[9:-9:9]]


def lose_cache(folder: Path) -> None:
    shutil.rmtree(folder / "home" / "builds")


def damage_cache(folder: Path) -> None:
    (cache,) = (folder / "home" / "builds").glob("*.memory")
    cache.write_bytes(cache.read_bytes().replace(b"thing 3", b"thing 4"))


def cut_cache(folder: Path) -> None:
    (cache,) = (folder / "home" / "builds").glob("*.memory")
    cache.write_bytes(cache.read_bytes()[:-9])


def lose_parts(folder: Path) -> None:
    (parts,) = (folder / "home" / "builds").glob("*.parts")
    parts.unlink()


def damage_parts(folder: Path) -> None:
    (parts,) = (folder / "home" / "builds").glob("*.parts")
    parts.write_bytes(parts.read_bytes()[:-9])


def lose_package(folder: Path) -> None:
    (folder / "guide.apkg").unlink()


def put_another_package(folder: Path) -> None:
    (folder / "guide.apkg").write_bytes(b"not ours")


def lose_store(folder: Path) -> None:
    (folder / "home" / "proofdeck.db").unlink()


def lose_cards(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "home" / "proofdeck.db")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM face WHERE card IN (SELECT id FROM card WHERE position > 9)")
        connection.execute("DELETE FROM card WHERE position > 9")
        connection.commit()


def swap_identities(folder: Path) -> None:
    lock = folder / "guide.lock"
    head, *lines = lock.read_text().splitlines()
    first, second = lines[0][10:26], lines[9][10:26]
    lines[0], lines[9] = lines[0].replace(first, second), lines[9].replace(second, first)
    lock.write_text("\n".join([head, *lines, ""]))


def lose_a_line_of_the_lock(folder: Path) -> None:
    lock = folder / "guide.lock"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([*lines[:4], *lines[5:], ""]))


def add_a_line_to_the_lock(folder: Path) -> None:
    lock = folder / "guide.lock"
    lines = lock.read_text().splitlines()
    other = lines[4].replace('{"card": "', '{"card": "aaaa').replace('"key": "', '"key": "x')
    lock.write_text("\n".join([*lines, other.replace("aaaa", "", 1)[:10] + "a" * 16 + lines[4][26:], ""]))


@pytest.mark.parametrize(
    "mischief",
    [
        lose_cache,
        damage_cache,
        cut_cache,
        lose_package,
        put_another_package,
        lose_store,
        lose_cards,
        swap_identities,
        lose_a_line_of_the_lock,
        add_a_line_to_the_lock,
    ],
)
def test_what_is_lost_or_changed_in_between_is_made_good(tmp_path: Path, mischief: Any) -> None:  # noqa: ANN401
    folders = [tmp_path / "taken over", tmp_path / "whole"]
    for folder in folders:
        files(folder, GUIDE, 0)
        mischief(folder)
    shutil.rmtree(folders[1] / "home" / "builds", ignore_errors=True)

    left, right = (files(folder, EDITED, 1) for folder in folders)

    assert left == right


@pytest.mark.slow
@pytest.mark.parametrize("mischief", [lambda _: None, lose_parts, damage_parts, lose_cache])
def test_what_was_made_of_code_may_be_lost_or_damaged(tmp_path: Path, mischief: Any) -> None:  # noqa: ANN401
    folders = [tmp_path / "taken over", tmp_path / "whole"]
    for folder in folders:
        files(folder, [*GUIDE, CODE], 0)
    mischief(folders[0])
    lose_cache(folders[1])

    left, right = (files(folder, [*EDITED, f"{CODE}\nIt is **so**.\n"], 1) for folder in folders)

    assert left == right


def files(folder: Path, parts: list[str], count: int) -> list[Any]:
    """Build the guide in a folder and return all that is left there but the time that is told."""
    folder.mkdir(exist_ok=True)
    (folder / "guide.md").write_text("\n".join(parts))
    report = build(folder, f"2026-11-22T09:00:{count:02}+00:00")
    return [
        (folder / "guide.lock").read_text(),
        (folder / "guide.apkg").read_bytes(),
        sorted(tables(folder / "home" / "proofdeck.db")),
        report["changes"],
        report["store_changes"],
        report["cards_by_kind"],
    ]


def build(folder: Path, now: str) -> Any:  # noqa: ANN401 - JSON
    """Build where the folder is in the way of nothing: paths in the store are those of the guide as named."""
    environment = {"PROOFDECK_HOME": str(folder / "home"), "PROOFDECK_NOW": now}
    result = CliRunner().invoke(
        Door(),  # type: ignore[arg-type]
        ["build", str(folder / "guide.md"), "-o", str(folder / "guide.apkg"), "--json", "--yes"],
        env=environment,
        catch_exceptions=False,
    )
    return json.loads(result.stdout)


class Door:
    """`main` in the shape that click's runner wants."""

    name = command.name

    def main(self, args: Any, prog_name: str, **_: object) -> None:  # noqa: ANN401, ARG002
        main(list(args))


def tables(path: Path) -> Iterator[tuple[Any, ...]]:
    """Yield every row of a store, without the folder that a guide lies in."""
    with closing(sqlite3.connect(path)) as connection:
        for name in ("card", "face", "guide"):
            for row in connection.execute(f"SELECT * FROM {name}"):  # noqa: S608 - our own tables
                yield name, str([str(value).replace(str(path.parent.parent), "") for value in row])
