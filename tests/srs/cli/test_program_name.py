"""Every command that a message names is one that can be typed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.cli.output.program_name import as_called, called, with_file

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk


@pytest.fixture
def by_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_RUN_RECURSION_DEPTH", "1")


def test_who_installed_it_types_its_name() -> None:
    assert called("review --new 5") == "proofdeck review --new 5"
    assert as_called("Run `proofdeck build`.") == "Run `proofdeck build`."


@pytest.mark.usefixtures("by_uv")
def test_who_came_by_uv_run_types_that_before() -> None:
    assert called("review") == "uv run proofdeck review"
    assert as_called("`proofdeck build`, then `proofdeck review`; `proofdeck[fsrs]` is a package.") == (
        "`uv run proofdeck build`, then `uv run proofdeck review`; `proofdeck[fsrs]` is a package."
    )


@pytest.mark.usefixtures("by_uv")
def test_today_what_is_due_and_errors_name_it_so(desk: Desk) -> None:
    assert "\n  uv run proofdeck build\n" in desk.run().output
    assert "Run `uv run proofdeck build` first" in desk.run("due").output
    desk.write()
    assert "uv run proofdeck review" in desk.run("build", "small.md").output.replace("\n", " ")
    assert "\n  uv run proofdeck review\n" in desk.run().output
    assert desk.run("due").output.endswith("`uv run proofdeck review` asks them.\n")
    desk.run("review", keys="4\n" * 20)
    assert (
        "`uv run proofdeck review --new" in desk.run("settings", "new_a_day", "3").output + desk.run().output
    )


def test_a_file_is_named_as_a_shell_takes_it() -> None:
    assert called("build", "my notes.md") == "proofdeck build 'my notes.md'"
    assert called("build", None) == "proofdeck build"
    assert with_file("", "a.md") == " a.md"
