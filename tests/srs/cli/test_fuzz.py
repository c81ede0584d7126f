"""Whatever is typed, named, set or closed: commands end in sentences, and never in a traceback."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from srs.cli import COMMANDS
from tests.builders.command import COMMAND, environment
from tests.srs.cli.conftest import Desk, door

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

RUNS = 500
WORDS = [
    "", "-", "--", ".", "/dev/null", "/dev/full", "small.md", "small.lock", "missing.md", "folder",
    "loop.md", "binary.md", "empty.md", "home", "home/proofdeck.db", "deep.json", "broken.apkg", "n" * 300,
    "n" * 300 + ".md", "\x1b[2J", "\u202e", "caf\u00e9", "\udcff", "a\nb", "0", "-1", "1", "9" * 20,
    "1e9", "nan", "2026-11-22", "9999-12-31", "0001-01-01", "2026-02-30", "sm2", "fsrs", "flag",
    "bury", "csv", "json", "html", "new_a_day", "rollover_hour", "retention", "kind::cell", "%s", "{}",
    "[red]", "*",
]  # fmt: skip
OPTIONS = [
    "--help", "-h", "--json", "--yes", "--no", "--new", "--limit", "--tag", "--cram", "--no-run", "--minutes",
    "--scheduler", "--day", "--entry", "-n", "--html", "--deck", "--dry-run", "--flagged", "--leeches", "-o",
    "--output", "--format", "--with-progress", "--quiet", "--report", "--list", "--reference", "--nonsense",
    "-x", "--days", "--times",
]  # fmt: skip
VALUES = {
    "PROOFDECK_NOW": [
        "",
        "now",
        "0001-01-01",
        "9999-12-31T23:59:59+00:00",
        "2026-11-22",
        "2026-11-22T09:00:00+99:00",
    ],
    "COLUMNS": ["", "0", "1", "-5", "x", "100000"],
    "NO_COLOR": ["1"],
    "TERM": ["", "dumb", "nonsense"],
    "LANG": ["C", "nonsense"],
    "TZ": ["UTC", "Europe/Nowhere", ""],
    "EDITOR": ["", "false", "/missing/editor"],
    "XDG_DATA_HOME": ["", "relative", "/dev/null"],
    "PROOFDECK_HOME": ["home", "small.md", "/dev/null", "/proc/x", "n" * 300, "new", "folder/\udcff"],
}
READERS = {"build", "prove", "check", "export", "practice", "relink", "recover"}
GUIDES = [
    "small.md",
    "missing.md",
    "folder",
    "loop.md",
    "binary.md",
    "empty.md",
    "/dev/null",
    "n" * 300 + ".md",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder with a guide, some answers, and files that are none."""
    made = Desk(tmp_path_factory.mktemp("fuzz"))
    folder = made.folder
    made.write()
    assert made.run("build", str(folder / "small.md"), "-o", str(folder / "small.apkg")).exit_code == 0
    made.run("review", keys="4\n2\n5\n")
    (folder / "folder").mkdir()
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "binary.md").write_bytes(bytes(range(256)) * 20)
    (folder / "empty.md").touch()
    (folder / "deep.json").write_text("[" * 100_000)
    (folder / "broken.apkg").write_bytes(b"PK\x03\x04" + b"x" * 100)
    return made


def copied(desk: Desk, place: Path) -> Path:
    shutil.copytree(desk.folder, place, symlinks=True)
    return place


@pytest.mark.parametrize("seed", range(RUNS // 20))
def test_a_random_command_line_ends_in_a_sentence(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    folder = copied(desk, tmp_path / "desk")
    monkeypatch.chdir(folder)
    chance = random.Random(seed)  # noqa: S311 - that can be repeated
    for _ in range(20):
        arguments = [chance.choice([*COMMANDS, "nonsense"])] if chance.random() < 0.95 else []
        # Without a guide they take the one that comes along, which is long.
        arguments += [chance.choice(GUIDES)] if arguments and arguments[0] in READERS else []
        arguments += [
            chance.choice(OPTIONS if chance.random() < 0.4 else WORDS) for _ in range(chance.randrange(5))
        ]
        setting = {
            "PROOFDECK_HOME": str(folder / "home"),
            "PROOFDECK_NOW": "2026-11-22T09:00:00+00:00",
            "EDITOR": "true",
        }
        for name in chance.sample(sorted(VALUES), chance.choice([0, 0, 1, 2])):
            setting[name] = chance.choice(VALUES[name])
        keys = chance.choice(["", "4\n", "x\n", "9" * 5000, "4\n" * 50, "\x1b\n"])
        result = CliRunner().invoke(door, arguments, env=setting, input=keys)
        assert result.exception is None or isinstance(result.exception, SystemExit), (arguments, setting)
        assert result.exit_code in {0, 1, 2, 130}, (arguments, setting)
        assert "Traceback" not in result.output, (arguments, setting)


def closed(*numbers: int) -> Callable[[], None]:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


def full() -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def limited() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))


@pytest.mark.parametrize(
    "prepare",
    [
        pytest.param(closed(0), id="no input"),
        pytest.param(closed(1), id="no output"),
        pytest.param(closed(2), id="no errors"),
        pytest.param(closed(0, 1, 2), id="nothing"),
        pytest.param(full, id="full disk"),
        pytest.param(limited, id="few descriptors"),
    ],
)
@pytest.mark.parametrize(
    "words", ["due", "review", "undo", "cards", "stats", "--version", "--help", "doctor --no"]
)
def test_odd_descriptors_end_in_a_sentence(
    desk: Desk, tmp_path: Path, prepare: Callable[[], None], words: str
) -> None:
    folder = copied(desk, tmp_path / "desk")
    done = subprocess.run(
        [*COMMAND, *words.split()],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        env=environment(PROOFDECK_HOME=str(folder / "home")),
        preexec_fn=prepare,
    )
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.returncode in {0, 1, 2}


@pytest.mark.parametrize(
    "content", ["", "[", "{}", "\udcff", '{"card": true}\n', "[" * 100_000, "<<<<<<< HEAD\n"]
)
def test_an_odd_lock_ends_in_a_sentence(
    desk: Desk, tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(desk, tmp_path / "desk")
    monkeypatch.chdir(folder)
    (folder / "small.lock").write_text(content, "utf-8", "surrogateescape")
    for words in (
        ["build", "small.md"],
        ["check", "small.md"],
        ["prove", "small.md"],
        ["export", "small.md"],
    ):
        result = Desk(folder).run(*words)
        assert result.exit_code in {0, 1, 2}, words
    (folder / "small.lock").unlink()
    (folder / "small.lock").mkdir()
    assert Desk(folder).run("build", "small.md").exit_code in {1, 2}


def test_json_outputs_stay_json(desk: Desk, tmp_path: Path) -> None:
    folder = copied(desk, tmp_path / "desk")
    assert json.loads(Desk(folder).run("stats", "--json").stdout)["today"] == "2026-11-22"
