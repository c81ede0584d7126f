"""The command `recover`, from the outside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from srs.cli import command
from tests.builders.golden import normalised

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.builders.golden import Expect

DOUBTFUL = """Q1. What does a context manager do?
It gives back what it took.
while running():
step()
if done():
finish()
report()
"""


def run(folder: Path, *arguments: str, input: str | None = None) -> Result:  # noqa: A002 - as click names it
    home = ("--home", str(folder / "home"))
    return CliRunner().invoke(command, [*home, *arguments], input=input, catch_exceptions=True)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(DOUBTFUL, "utf-8")
    return path


def test_the_guide_is_written_and_the_account_printed(tmp_path: Path, page: Path, expect: Expect) -> None:
    guide = tmp_path / "guide.md"
    result = run(tmp_path, "recover", str(page), "-o", str(guide))
    assert result.exit_code == 0
    expect("recover-account", normalised(result.stdout, tmp_path))
    expect("recover-guide", guide.read_text("utf-8"))


def test_standard_input_becomes_standard_output(tmp_path: Path, expect: Expect) -> None:
    result = run(tmp_path, "recover", "-", input=DOUBTFUL)
    expect("recover-pasted", result.stdout)
    expect("recover-pasted-account", normalised(result.stderr))


def test_a_guide_that_is_there_is_not_overwritten(tmp_path: Path, page: Path) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("mine", "utf-8")
    result = run(tmp_path, "recover", str(page), "-o", str(guide))
    assert normalised(str(result.exception), tmp_path) == (
        "FOLDER/guide.md: exists already; name another file with -o, or add --force."
    )
    assert guide.read_text("utf-8") == "mine"
    assert run(tmp_path, "recover", str(page), "-o", str(guide), "--force").exit_code == 0


def test_the_report_lists_what_was_left_out(tmp_path: Path, page: Path, expect: Expect) -> None:
    page.write_text(DOUBTFUL + "Related articles\nAll about stores\n", "utf-8")
    result = run(tmp_path, "recover", str(page), "--report")
    expect("recover-report", normalised(result.stderr, tmp_path))


def test_the_account_can_be_had_as_json(tmp_path: Path, page: Path) -> None:
    result = run(tmp_path, "recover", str(page), "-o", str(tmp_path / "guide.md"), "--json")
    account = json.loads(result.stdout)
    assert (account["source"], account["questions"]) == ("flattened text", 1)
    assert [block["line"] for block in account["blocks"]] == [3]
    assert account["undefined"] == ["running", "step", "done", "finish", "report"]


def test_snippets_go_in_and_come_out_as_json(tmp_path: Path) -> None:
    given = json.dumps(["def f():\nreturn 1", "x = ["])
    found = json.loads(run(tmp_path, "recover", "--snippets", input=given).stdout)
    assert [one["text"] for one in found] == ["def f():\n    return 1", "x = ["]
    assert [one["review"] for one in found] == [False, True]
    assert [sorted(one) for one in found] == [["alternatives", "confidence", "review", "text"]] * 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("no json", "the input is not JSON; give a JSON list of snippets."),
        ('{"a": 1}', "the input must be a JSON list of snippets, each a string."),
        ("[1]", "the input must be a JSON list of snippets, each a string."),
    ],
)
def test_snippets_that_are_none_are_refused(tmp_path: Path, given: str, sentence: str) -> None:
    assert str(run(tmp_path, "recover", "--snippets", input=given).exception) == sentence


def test_a_key_decides_and_the_decision_is_remembered(tmp_path: Path, page: Path, expect: Expect) -> None:
    guide, decisions = tmp_path / "guide.md", tmp_path / "guide.decisions"
    plain = run(tmp_path, "recover", str(page), "-o", str(guide))
    expect("recover-account", normalised(plain.stdout, tmp_path))
    first = guide.read_text("utf-8")
    expect("recover-guide", first)
    asked = run(tmp_path, "recover", str(page), "-o", str(guide), "--force", "--ask", input="2")
    expect("recover-asked", normalised(asked.stdout, tmp_path))
    second = guide.read_text("utf-8")
    expect("recover-decided", second)
    assert second != first
    assert decisions.exists()
    run(tmp_path, "recover", str(page), "-o", str(guide), "--force")
    assert guide.read_text("utf-8") == second


def test_a_recovered_guide_can_be_reviewed_later(tmp_path: Path, page: Path, expect: Expect) -> None:
    guide = tmp_path / "guide.md"
    run(tmp_path, "recover", str(page), "-o", str(guide))
    result = run(tmp_path, "recover", "--review", str(guide), input="w1")
    expect("recover-review", normalised(result.stdout, tmp_path))
    expect("recover-reviewed-guide", guide.read_text("utf-8"))
    again = run(tmp_path, "recover", "--review", str(guide)).stdout
    assert normalised(again, tmp_path) == "FOLDER/guide.md: no block is marked as doubtful.\n"


@pytest.mark.parametrize("key", ["s", "q"])
def test_what_is_left_stays_doubtful(tmp_path: Path, page: Path, key: str) -> None:
    guide = tmp_path / "guide.md"
    run(tmp_path, "recover", str(page), "-o", str(guide))
    before = guide.read_text("utf-8")
    run(tmp_path, "recover", "--review", str(guide), input=key)
    assert guide.read_text("utf-8") == before
    assert not (tmp_path / "guide.decisions").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{}", "no decisions of `proofdeck recover`; move it away."),
        ("no json", "no decisions of `proofdeck recover`; move it away."),
        ('{"format": 99, "levels": {}}', "written by a newer proofdeck; update it."),
    ],
)
def test_decisions_that_cannot_be_read_are_an_error(
    tmp_path: Path, page: Path, text: str, sentence: str
) -> None:
    (tmp_path / "page.decisions").write_text(text, "utf-8")
    result = run(tmp_path, "recover", str(page))
    assert normalised(str(result.exception), tmp_path) == f"FOLDER/page.decisions: {sentence}"


def test_keys_need_a_file(tmp_path: Path) -> None:
    assert run(tmp_path, "recover", "-", "--ask", input=DOUBTFUL).exit_code == 2


def test_no_file_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path, "recover").exit_code == 2


def test_a_missing_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    told = str(run(tmp_path, "recover", str(tmp_path / "none.txt")).exception)
    assert (
        normalised(told, tmp_path) == "FOLDER/none.txt: no such file; name the page that you saved or copied."
    )


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (DOUBTFUL * 4, True),
        ("<!DOCTYPE html>\n<html></html>", True),
        ("# Guide\n\n### What is it?\n\nA guide.\n", False),
        ("### What is it?\n\n```python\nx = 1\n```\n" + "y = 2\n" * 20, False),
    ],
    ids=["flattened text", "HTML", "a short guide", "a guide with a fence"],
)
def test_building_a_scrape_offers_to_recover_it(tmp_path: Path, text: str, offered: bool) -> None:  # noqa: FBT001 - a column of the table
    path = tmp_path / "page.md"
    path.write_text(text, "utf-8")
    result = run(tmp_path, "check", str(path))
    assert ("proofdeck recover" in str(result.exception)) == offered


def test_what_is_made_up_is_called_a_stand_in_and_a_missing_import_is_not(
    tmp_path: Path, expect: Expect
) -> None:
    page = "Q1. How do you count?\nLike this.\ntotal = np.sum(X_train)\nprint(total)\n"
    result = run(tmp_path, "recover", "-", input=page)
    expect("recover-stand-in", result.stdout)
