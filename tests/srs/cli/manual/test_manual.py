"""Commands about the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.shell_completion import ShellComplete

from srs.cli import COMMANDS, command
from srs.cli.manual.completion import Shell, completion_script
from srs.cli.manual.man import contexts_below
from srs.cli.manual.roff import manual_page
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from tests.builders.golden import Expect
    from tests.srs.cli.conftest import Desk

EVERY = [each.command_path for each in contexts_below(click.Context(command, info_name="proofdeck"))]


@pytest.fixture
def built(desk: Desk) -> Desk:
    desk.write()
    desk.run("build", "small.md")
    return desk


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("biuld", "There is no command 'biuld'; did you mean build?"),
        ("study", "There is no command 'study'; did you mean review?"),
        ("re", "There is no command 're'; did you mean recover or relink or review or restore?"),
        ("xyzzy", "There is no command 'xyzzy'."),
        ("help decks renam", "There is no command 'renam'; did you mean rename?"),
        ("help review deck", "There is no command 'deck'."),
    ],
)
def test_a_word_that_is_no_command_is_told_with_the_nearest(desk: Desk, words: str, sentence: str) -> None:
    result = desk.run(*words.split())
    assert result.exit_code == 2
    assert result.stderr.endswith(f"Error: {sentence}\n")


def test_an_option_that_is_none_is_told_with_the_nearest(desk: Desk) -> None:
    result = desk.run("build", "--stric")
    assert result.exit_code == 2
    assert "--strict" in result.stderr.splitlines()[-1]


def test_a_setting_and_a_deck_are_told_with_the_nearest(built: Desk) -> None:
    assert built.run("settings", "new-per-day").stderr == (
        "There is no setting 'new-per-day'; did you mean new_a_day?\n"
    )
    assert built.run("review", "smal l").stderr == "No deck is called 'smal l'; did you mean small?\n"


@pytest.mark.parametrize("words", ["", "review", "decks rename"])
def test_help_is_what_the_option_says(desk: Desk, words: str) -> None:
    assert desk.run("help", *words.split()).stdout == desk.run(*words.split(), "--help").stdout


def test_there_is_a_manual_page_for_every_command(desk: Desk, expect: Expect) -> None:
    assert desk.run("man", "man1").stdout == f"{len(EVERY)} manual pages written to man1.\n"
    assert {path.name for path in (desk.folder / "man1").iterdir()} == {
        f"{each.replace(' ', '-')}.1" for each in EVERY
    }
    assert set(COMMANDS) <= {each.split()[1] for each in EVERY if " " in each}
    expect("man-relink", (desk.folder / "man1" / "proofdeck-relink.1").read_text("utf-8"))


def test_no_sign_of_a_help_text_is_a_command_of_the_page() -> None:
    ctx = click.Context(click.Command("x", help="Do it.\n\n.so /etc/passwd\n\n'a \\fBb"), info_name="x")
    page = manual_page(ctx, "1")
    assert ".so" not in [line[:3] for line in page.splitlines()]
    assert "\\&'a \\efBb" in page


@pytest.mark.parametrize("path", EVERY)
def test_every_command_may_be_quiet_and_verbose(desk: Desk, path: str) -> None:
    said = desk.run(*path.split()[1:], "--help").stdout
    assert "-q, --quiet" in said
    assert "-v, --verbose" in said


def completed(desk: Desk, words: str, begun: str = "") -> list[str]:
    """Return what a shell would offer after some words."""
    os.environ["PROOFDECK_HOME"] = str(desk.folder / "home")
    shell = ShellComplete(command, {}, "proofdeck", "_PROOFDECK_COMPLETE")
    return [each.value for each in shell.get_completions(words.split(), begun)]


def test_a_shell_completes_what_the_store_knows(built: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROOFDECK_HOME", "")
    assert completed(built, "review") == ["small"]
    assert completed(built, "decks forget", "SM") == ["small"]
    assert "topic::what-is-a-tensor" in completed(built, "review --tag", "topic")
    assert completed(built, "settings", "new") == ["new_a_day"]
    assert completed(built, "settings buttons") == ["six", "four"]
    assert completed(built, "settings even_load") == ["on", "off", "auto"]
    assert completed(built, "help", "re") == ["recover", "relink", "review", "restore"]
    assert completed(built, "", "pra") == ["practice"]
    assert completed(built, "completion") == ["bash", "zsh", "fish"]


def test_without_a_store_a_shell_completes_nothing_and_makes_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROOFDECK_HOME", "")
    assert completed(desk, "review") == []
    assert list(desk.folder.iterdir()) == []


def test_a_name_cannot_send_commands_to_the_terminal(built: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROOFDECK_HOME", "")
    built.write(
        '---\ntags: ["a\x1b]0;x\x07b"]\n---\n# T\n\n### What is it?\n\nA **thing** is one.\n', "odd.md"
    )
    built.run("build", "odd.md")
    assert [each for each in completed(built, "review --tag") if not each.isprintable()] == []


@pytest.mark.parametrize("shell", Shell)
def test_completion_is_installed_once(desk: Desk, monkeypatch: pytest.MonkeyPatch, shell: Shell) -> None:
    monkeypatch.setenv("HOME", str(desk.folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    (desk.folder / ".bashrc").write_text("alias x=y")
    first = desk.run("completion", shell.value, "--install")
    again = desk.run("completion", shell.value, "--install")
    assert (first.exit_code, again.exit_code) == (0, 0)
    script = completion_script(command, shell)
    if shell is Shell.FISH:
        assert (desk.folder / ".config/fish/completions/proofdeck.fish").read_text() == script
        return
    place = desk.folder / "home" / f"completion.{shell.value}"
    assert place.read_text() == script
    lines = (desk.folder / f".{shell.value}rc").read_text().splitlines()
    before = ["alias x=y"] if shell is Shell.BASH else []
    assert lines == [*before, f'[ -r "{place}" ] && . "{place}"']


def test_the_shell_is_the_one_that_is_used(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/zsh")
    assert desk.run("completion").stdout.startswith("#compdef proofdeck\n")
    monkeypatch.setenv("SHELL", "/bin/nu")
    assert desk.run("completion").stderr.endswith("Error: Say which shell it is: bash, zsh, fish.\n")


@pytest.mark.slow
def test_a_shell_is_answered_by_the_real_command(built: Desk) -> None:
    environment = os.environ | {
        "PROOFDECK_HOME": str(built.folder / "home"),
        "PYTHONPATH": str(ROOT),
        "_PROOFDECK_COMPLETE": "bash_complete",
        "COMP_WORDS": "proofdeck review ",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from srs.cli import main; main()"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("plain,small\n", "")
