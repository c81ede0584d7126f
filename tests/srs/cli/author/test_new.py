"""A first guide, and what helps to write it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from cards.guide.directive import DIRECTIVE_RULES
from cards.guide.front.front_matter import FrontMatter
from cards.guide.reading.parse import parse_guide
from srs.cli.author.editor_snippets import DIRECTIVE_OFFERS, SNIPPETS_NAME, editor_snippets
from srs.cli.project.project_settings import SETTING_RULES
from tests.builders.place import ROOT

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

EDITOR = ROOT / "docs" / "editor"


def test_a_new_guide_is_a_guide_without_a_warning(desk: Desk) -> None:
    result = desk.run("new", "queues-and-stacks.md")
    assert (result.exit_code, result.stdout) == (
        0,
        (
            "queues-and-stacks.md is written: three questions that show the format.\n"
            "Next: `proofdeck build queues-and-stacks.md`, then edit it; `proofdeck build --watch "
            "queues-and-stacks.md` builds at every save.\n"
        ),
    )
    guide = parse_guide((desk.folder / "queues-and-stacks.md").read_text("utf-8"), "queues-and-stacks.md")
    assert (guide.title, len(guide.questions), guide.warnings) == ("Queues and stacks", 3, ())


@pytest.mark.slow
def test_a_new_guide_builds_and_checks_strictly(desk: Desk) -> None:
    desk.run("new", "first.md", "--title", "Mine")
    report = desk.json("build", "first.md", "--strict")
    assert (report["title"], report["failures"], report["kept_out"], report["cards"] > 8) == (
        "Mine",
        [],
        [],
        True,
    )
    assert desk.run("check", "first.md", "--strict").exit_code == 0


def test_a_guide_that_is_there_is_kept(desk: Desk) -> None:
    path = desk.write()
    before = path.read_text("utf-8")
    result = desk.run("new", "small.md")
    assert (result.exit_code, result.stderr) == (
        1,
        "small.md is there already; name another file, or overwrite it with --force.\n",
    )
    assert path.read_text("utf-8") == before
    assert desk.run("new", "small.md", "--force").exit_code == 0
    assert desk.run("new", "guide.ipynb").exit_code == 2
    assert desk.run("new", "nowhere/deep/guide.md").exit_code == 0


def test_the_editor_is_offered_every_directive(desk: Desk) -> None:
    desk.run("new", "first.md", "--editor")
    written = (desk.folder / ".vscode" / SNIPPETS_NAME).read_text("utf-8")
    assert written == editor_snippets() == (EDITOR / SNIPPETS_NAME).read_text("utf-8")
    assert DIRECTIVE_OFFERS.keys() == DIRECTIVE_RULES.keys()
    snippets = json.loads(written)
    assert all({"prefix", "body", "description", "scope"} == each.keys() for each in snippets.values())


@pytest.mark.parametrize(
    "name", [name for name in DIRECTIVE_OFFERS if name not in {"continues", "define", "file", "fixture"}]
)
def test_what_is_offered_is_read_without_a_warning(name: str) -> None:
    """As an editor leaves it where nothing is filled in: the values to begin with, the first of a choice."""
    body = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\}", r"\1", DIRECTIVE_OFFERS[name].body)
    body = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", body).replace("package:", "package:numpy")
    hidden = name in {"check", "stand-in"}
    marked = f"<!-- proofdeck: {body}\nassert True\n-->" if hidden else f"<!-- proofdeck: {body} -->"
    below = {
        "outline": "- one thing\n- another thing",
        "no-reverse": "| A | B |\n|---|---|\n| x | y |",
        "context": "```python\nx = 1\n```",
    }.get(name, "```python\nx = 1\n```")
    text = (
        f"# T\n\n### Q1. What is it?\n\nA **thing** is one.\n\n{marked}\n\n{'' if name == 'id' else below}\n"
    )
    warnings = [each.sentence for each in parse_guide(text, "g.md").warnings]
    assert [each for each in warnings if "directive" in each or f"`{name}" in each] == []


def schema(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((EDITOR / name).read_text("utf-8"))
    return content


def test_the_schemas_know_every_key() -> None:
    assert schema("proofdeck.schema.json")["properties"].keys() == SETTING_RULES.keys()
    known = {name for name in FrontMatter.__dataclass_fields__ if name != "lines"}
    assert schema("front-matter.schema.json")["properties"].keys() == known
