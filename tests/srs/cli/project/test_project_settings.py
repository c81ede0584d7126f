"""What a project says once for all of its guides."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srs.cli.project.project_settings import (
    NO_SETTINGS,
    SETTING_RULES,
    ProjectSettings,
    ProjectSettingsError,
    read_settings,
    settings_with_variables,
)
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

HERE = Path("there")
UNANSWERED = "# T\n\n### Q1. What is a plan?\n\nA **plan** is a list.\n\n### Q2. What is a step?\n"


def test_a_file_is_read_with_paths_from_its_own_folder() -> None:
    text = 'output = "decks"\npython = ".venv/bin/python"\nstrict = true\nlanguage = "pt-BR"\n'
    assert read_settings(text, "proofdeck.toml", HERE, is_table=False) == ProjectSettings(
        HERE / "decks",
        "there/.venv/bin/python",
        strict=True,
        language="pt-BR",
        path="proofdeck.toml",
        python_line=2,
    )


def test_a_table_of_pyproject_is_read_and_one_without_it_says_nothing() -> None:
    assert read_settings("[tool.ruff]\nx = 1\n", "pyproject.toml", HERE, is_table=True) is None
    text = '[project]\nname = "python"\n[tool.proofdeck]\npython = "python3.12"\n'
    assert read_settings(text, "pyproject.toml", HERE, is_table=True) == ProjectSettings(
        python="python3.12", path="pyproject.toml", python_line=4
    )


@pytest.mark.parametrize(
    ("text", "is_table", "sentence"),
    [
        pytest.param(
            "stric = true\n", False, "f.toml:1: `stric` is no setting; did you mean `strict`?", id="near"
        ),
        pytest.param(
            "\nOutput = 'x'\n", False, "f.toml:2: `Output` is no setting; did you mean `output`?", id="case"
        ),
        pytest.param(
            "colour = 1\n",
            False,
            "f.toml:1: `colour` is no setting; there are `output`, `python`, `strict`, `language`.",
            id="far",
        ),
        pytest.param(
            "\n\nstrict = 'yes'\n", False, "f.toml:3: `strict` must be `true` or `false`.", id="value"
        ),
        pytest.param(
            "language = 'german'\n",
            False,
            'f.toml:1: `language` must be a language, `"de"` or `"pt-BR"`.',
            id="tongue",
        ),
        pytest.param("output = ''\n", False, 'f.toml:1: `output` must be a folder, `"decks"`.', id="empty"),
        pytest.param(
            "strict = true\nstrict = false\n",
            False,
            "f.toml:2: this is no TOML: Cannot overwrite a value.",
            id="twice",
        ),
        pytest.param(
            "[project]\nlangauge = 1\n[tool.proofdeck]\nlangauge = 'de'\n",
            True,
            "f.toml:4: `langauge` is no setting; did you mean `language`?",
            id="in its table",
        ),
        pytest.param(
            "[tool]\nproofdeck = 3\n",
            True,
            "f.toml:2: `tool.proofdeck` must be a table: `[tool.proofdeck]`.",
            id="no table",
        ),
        pytest.param(
            "[tool.proofdeck]\n\n[tool.proofdeck.pyton]\nx = 1\n",
            True,
            "f.toml:3: `pyton` is no setting; did you mean `python`?",
            id="a table below",
        ),
        pytest.param(
            "# ours\n[tool.proofdeck]\nstrict = true\n",
            False,
            "f.toml:2: in this file the settings stand without a table; leave `[tool.proofdeck]` out.",
            id="a table too many",
        ),
        pytest.param(
            "stict = 1\noutptu = 2\n",
            False,
            "f.toml:1: `stict` is no setting; did you mean `strict`?\n"
            "f.toml:2: `outptu` is no setting; did you mean `output`?",
            id="two",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_line(text: str, is_table: bool, sentence: str) -> None:  # noqa: FBT001
    with pytest.raises(ProjectSettingsError) as raised:
        read_settings(text, "f.toml", HERE, is_table=is_table)
    assert str(raised.value) == sentence


def test_a_variable_goes_before_the_file() -> None:
    found = ProjectSettings(HERE, "python3.12", strict=True, language="de", path="f.toml", python_line=3)
    variables = {"PROOFDECK_STRICT": "0", "PROOFDECK_PYTHON": "python3.13", "PROOFDECK_LANGUAGE": " "}
    assert settings_with_variables(found, variables) == ProjectSettings(
        HERE, "python3.13", strict=False, language="de", path="f.toml"
    )
    with pytest.raises(ProjectSettingsError, match=r"PROOFDECK_STRICT='maybe' must be `true` or `false`"):
        settings_with_variables(NO_SETTINGS, {"PROOFDECK_STRICT": "maybe"})


def test_the_document_names_every_setting() -> None:
    document = (ROOT / "docs" / "project-settings.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", document, re.MULTILINE) == list(SETTING_RULES)


def test_the_folder_of_packages_and_strictness_come_from_the_file_and_the_command_line_goes_before(
    desk: Desk,
) -> None:
    desk.write(UNANSWERED)
    desk.write('output = "decks"\nstrict = true\n', "proofdeck.toml")
    assert desk.run("build", "small.md").exit_code == 1
    assert (desk.folder / "decks" / "small.apkg").is_file()
    assert desk.run("check", "small.md").exit_code == 1
    assert [desk.run(word, "small.md", "--no-strict").exit_code for word in ("build", "check")] == [0, 0]
    assert desk.run("export", "small.md").stdout.endswith("written to decks/small.html.\n")
    desk.run("build", "small.md", "-o", "mine.apkg")
    assert (desk.folder / "mine.apkg").is_file()


def test_the_nearest_file_up_to_the_root_of_the_repository_holds(desk: Desk) -> None:
    (desk.folder / "docs" / "more").mkdir(parents=True)
    desk.write(UNANSWERED, "docs/more/small.md")
    desk.write("[tool.proofdeck]\nstrict = true\n", "pyproject.toml")
    assert desk.run("build", "docs/more/small.md").exit_code == 0, "nothing says that this is one project"
    (desk.folder / ".git").mkdir()
    assert desk.run("build", "docs/more/small.md").exit_code == 1
    desk.write("strict = false\n", "docs/proofdeck.toml")
    assert desk.run("build", "docs/more/small.md").exit_code == 0


def test_a_wrong_key_ends_every_command_that_reads_the_guide_as_wrong_usage(desk: Desk) -> None:
    desk.write()
    desk.write("\nstrickt = true\n", "proofdeck.toml")
    sentence = "proofdeck.toml:2: `strickt` is no setting; did you mean `strict`?\n"
    for words in (["build"], ["check"], ["export"], ["prove"], ["prove", "--again"]):
        result = desk.run(*words, "small.md")
        assert (result.exit_code, result.stderr) == (2, sentence)
    assert desk.run("due").exit_code == 1, "what is typed daily reads no such file"


def test_the_language_of_a_guide_that_does_not_say_its_own(desk: Desk) -> None:
    desk.write("# T\n\n### Q1. tf.data?\n\n- **map**: eins\n- **batch**: zwei\n- **cache**: drei\n")
    desk.run("build", "small.md")
    plain = {row["words"] for row in desk.json("cards")}
    desk.write('language = "de"\n', "proofdeck.toml")
    assert desk.run("check", "small.md").exit_code == 1, "the lock is older than the guide"
    desk.run("build", "small.md")
    german = {row["words"] for row in desk.json("cards")}
    assert desk.run("check", "small.md").exit_code == 0
    assert plain != german
    assert any("Was " in words for words in german)


def test_an_interpreter_that_a_file_names_is_used_once_its_owner_agreed(desk: Desk) -> None:
    desk.write()
    desk.write(f"python = {sys.executable!r}\n", "proofdeck.toml")
    refused = desk.run("build", "small.md")
    assert (refused.exit_code, refused.stderr) == (
        1,
        (
            f"proofdeck.toml:1: the project's file names the interpreter {sys.executable}; say --yes to use "
            "it, or name one with --python.\n"
        ),
    )
    assert desk.run("check", "small.md").exit_code == 1


def test_an_interpreter_that_is_not_there_is_told_with_its_line(desk: Desk) -> None:
    desk.write()
    desk.write("strict = true\npython = 'nowhere/python'\n", "proofdeck.toml")
    result = desk.run("build", "small.md")
    assert (result.exit_code, result.stderr) == (
        2,
        "proofdeck.toml:2: nowhere/python: no such interpreter; name one of Python 3.11 or newer.\n",
    )
