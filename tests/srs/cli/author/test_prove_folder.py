"""Several guides and folders of guides, none of which has code: what is read, told and passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cards.prove.client.installed_versions import installed_runtime

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

pytestmark = pytest.mark.skipif(installed_runtime() is None, reason="TensorFlow is not installed")

GUIDE = "# {title}\n\n### Q1. What is a tensor?\n\nA **tensor** is an array with a dtype and a shape.\n"
NO_CODE = "\n0 of 0 blocks hold, 0 run now, 0 s of work.\n"


@pytest.fixture
def folder(desk: Desk) -> Desk:
    for name in ("guides/b.md", "guides/deep/a.md", "guides/.hidden/c.md"):
        (desk.folder / name).parent.mkdir(parents=True, exist_ok=True)
        desk.write(GUIDE.format(title=name), name)
    desk.write("# Read me\n\nThese are guides.\n", "guides/README.md")
    return desk


def test_every_guide_of_a_folder_is_proved_and_a_page_without_questions_passed_over(folder: Desk) -> None:
    result = folder.run("prove", "guides")
    assert (result.exit_code, result.stderr) == (0, "")
    told = [f"{name}\n{NO_CODE}" for name in ("guides/b.md", "guides/deep/a.md")]
    assert result.stdout == "\n".join(told) + "\n2 guides: 0 of 0 blocks hold.\n"


def test_a_guide_that_is_named_twice_is_proved_once(folder: Desk) -> None:
    result = folder.run("prove", "guides/b.md", "guides/deep", "guides")
    assert result.stdout.count("guides/b.md") == 1


def test_a_guide_that_cannot_be_read_is_told_and_the_others_are_proved(folder: Desk) -> None:
    (folder.folder / "guides" / "bad.md").write_bytes(b"# Bad\n\n### Q1. What is caf\xe9?\n\nA place.\n")
    result = folder.run("prove", "guides")
    assert result.exit_code == 1
    assert result.stderr.startswith("guides/bad.md:3: the byte 0xe9 is not UTF-8;")
    assert result.stdout.endswith("2 guides: 0 of 0 blocks hold.\n")


def test_a_page_without_questions_that_was_named_is_an_error(folder: Desk) -> None:
    result = folder.run("prove", "guides/README.md", "guides/b.md")
    assert result.exit_code == 1
    assert result.stderr.startswith("guides/README.md:1: no question found;")


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("empty", 2, "empty: no Markdown file (*.md) and no notebook (*.ipynb) is in this folder.\n"),
        ("pages", 1, "pages: no guide; no file there has a question such as `### Q1. What is ...?`.\n"),
    ],
)
def test_a_folder_without_a_guide_is_an_error(desk: Desk, name: str, code: int, told: str) -> None:
    for folder in ("empty", "pages"):
        (desk.folder / folder).mkdir()
    for page in ("one", "two"):
        desk.write("# A page\n\nText.\n", f"pages/{page}.md")
    result = desk.run("prove", name)
    assert (result.exit_code, result.stderr) == (code, told)


@pytest.mark.parametrize("option", ["-j2", "--keep-warm"])
def test_what_is_for_one_machine_is_refused_with_a_cluster(folder: Desk, option: str) -> None:
    result = folder.run("prove", "guides", "--cluster", "tcp://127.0.0.1:1", option)
    assert result.exit_code == 2
    assert "-j and --keep-warm are for this machine" in result.stderr
