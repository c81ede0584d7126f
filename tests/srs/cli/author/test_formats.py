"""Guides that are no single Markdown file: notebooks, folders, standard input; and what is no guide."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.builders.notebook import code, displayed, markdown, notebook, printed
from tests.srs.cli.conftest import GUIDE

if TYPE_CHECKING:
    from tests.srs.cli.conftest import Desk

WORDS = notebook(
    markdown("# Queues\n\n## What is a deque?\n\nA **deque** is a queue that grows on both of its sides."),
    code("%matplotlib inline"),
)
CODE = notebook(
    markdown("# Queues\n\n## What does a deque hold?"),
    code(
        "from collections import deque\nd = deque([1])\nd.append(2)\nprint('now')\nd",
        printed("now\n"),
        displayed("deque([1, 2])"),
    ),
    code("d.pop()", displayed("3")),
)


def test_a_notebook_is_built_beside_its_lock(desk: Desk) -> None:
    desk.write(WORDS, "queues.ipynb")
    report = desk.json("build", "queues.ipynb")
    assert (report["title"], report["cards"], report["lock"]) == ("Queues", 1, "queues.lock")
    assert report["warnings"] == ["queues.ipynb: left out: magics of the notebook (cell 2)."]
    assert (desk.folder / "queues.lock").is_file()
    assert (desk.folder / "queues.ipynb").read_text("utf-8") == WORDS
    assert desk.run("check", "queues.ipynb").stdout.startswith("queues.ipynb: left out: ")


def test_problems_of_a_notebook_name_cell_and_line(desk: Desk) -> None:
    desk.write(CODE, "queues.ipynb")
    # Where nothing is proved yet, one sentence says so for all code.
    (desk.folder / "queues.lock").write_text('{"proofdeck-lock": 2, "guide": "queues"}\n')
    problems = desk.run("check", "queues.ipynb").stdout.split("\n")
    assert "queues.ipynb:cell 2 line 1: this code is not proved; run `proofdeck build`." in problems


@pytest.mark.slow
def test_the_stored_output_of_a_cell_is_compared(desk: Desk) -> None:
    desk.write(CODE, "queues.ipynb")
    verdicts = desk.json("prove", "queues.ipynb")
    assert [(one["at"], one["outcome"]) for one in verdicts] == [
        ("queues.ipynb:cell 2 line 1", "passed"),
        ("queues.ipynb:cell 3 line 1", "output mismatch"),
    ]


def test_nothing_is_written_into_a_notebook(desk: Desk) -> None:
    desk.write(CODE, "queues.ipynb")
    result = desk.run("prove", "--update", "queues.ipynb")
    assert result.exit_code == 2
    assert result.stderr == (
        "queues.ipynb: this is a notebook, and nothing writes into those; "
        "run its cells in Jupyter and save it.\n"
    )


def test_a_notebook_is_recovered_as_markdown(desk: Desk) -> None:
    desk.write(WORDS, "queues.ipynb")
    assert desk.run("recover", "queues.ipynb").stdout == (
        "# Queues\n\n## What is a deque?\n\nA **deque** is a queue that grows on both of its sides.\n\n"
    )


@pytest.fixture
def folder(desk: Desk) -> Desk:
    """Return a desk with a folder of two guides, and of what is none."""
    (desk.folder / "faq" / "more").mkdir(parents=True)
    (desk.folder / "faq" / ".hidden").mkdir()
    desk.write(GUIDE, "faq/small.md")
    desk.write(WORDS, "faq/more/queues.ipynb")
    desk.write(GUIDE, "faq/.hidden/other.md")
    desk.write("# Contents\n", "faq/index.md")
    desk.write("Queues\n======\n", "faq/notes.rst")
    return desk


def test_each_guide_of_a_folder_becomes_a_deck(folder: Desk) -> None:
    result = folder.run("build", "faq", "--json")
    assert [report["guide"] for report in json.loads(result.stdout)] == [
        "faq/more/queues.ipynb",
        "faq/small.md",
    ]
    assert (result.exit_code, result.stderr) == (
        0,
        "faq/index.md:1: no question found; start one with a heading such as `### Q1. What is ...?`.\n",
    )
    assert (folder.folder / "faq/more/queues.lock").is_file()
    assert (folder.folder / "faq/small.apkg").is_file()
    assert [one["guide"] for one in json.loads(folder.run("check", "faq", "--json").stdout)] == [
        "faq/more/queues.ipynb",
        "faq/small.md",
    ]


def test_a_guide_that_cannot_be_built_keeps_no_other_back(desk: Desk) -> None:
    desk.write(GUIDE, "small.md")
    desk.write("", "empty.md")
    result = desk.run("build", "empty.md", "small.md", "nowhere.md", "--json")
    assert (result.exit_code, [report["guide"] for report in json.loads(result.stdout)]) == (2, ["small.md"])
    assert result.stderr == (
        "empty.md: this file is empty; write a question such as `### What is ...?` and its answer into it.\n"
        "nowhere.md: no such guide; name a Markdown file.\n"
    )


def test_two_guides_of_one_name_are_not_one_deck(folder: Desk) -> None:
    folder.write(GUIDE, "faq/more/small.md")
    result = folder.run("build", "faq/small.md", "faq/more", "--json")
    assert (result.exit_code, len(json.loads(result.stdout))) == (1, 2)
    assert result.stderr == (
        "faq/more/small.md: by its words this is the guide faq/small.md, which is still there. "
        "Say --adopt if it has moved here, or --new if this is a copy that becomes a deck of its own.\n"
    )
    assert folder.run("build", "faq/more/small.md", "--new").exit_code == 0
    assert [deck["deck"] for deck in folder.json("decks") if "small" in deck["deck"]] == [
        "small",
        "small-more",
    ]


@pytest.mark.parametrize("options", [("-o", "a.apkg"), ("--watch",), ("--adopt",), ("--new",)])
def test_options_for_one_guide_are_refused_for_several(folder: Desk, options: tuple[str, ...]) -> None:
    result = folder.run("build", "faq", *options)
    assert (result.exit_code, result.stderr.split("\n")[-2]) == (
        2,
        "Error: -o, --watch, --adopt and --new are for one guide; name one.",
    )


def test_a_guide_from_standard_input_goes_into_a_deck_alone(desk: Desk) -> None:
    result = desk.run("build", "-", "-o", "piped.apkg", "--json", keys=GUIDE)
    report = json.loads(result.stdout)
    assert (report["guide"], report["lock"], report["store"]) == ("stdin", "", "")
    assert sorted(path.name for path in desk.folder.iterdir()) == ["piped.apkg"]


@pytest.mark.parametrize("arguments", [("-",), ("small.md", "-", "-o", "a.apkg")])
def test_standard_input_needs_a_name_for_its_deck(desk: Desk, arguments: tuple[str, ...]) -> None:
    desk.write()
    result = desk.run("build", *arguments, keys=GUIDE)
    assert (result.exit_code, result.stderr.split("\n")[-2]) == (
        2,
        "Error: A guide from standard input has no name; build it alone, with -o FILE for its deck.",
    )


def test_a_guide_from_standard_input_is_checked_without_a_lock(desk: Desk) -> None:
    result = desk.run("check", "-", keys=GUIDE)
    assert (result.exit_code, result.stdout.split("\n")[-2]) == (0, "Nothing is wrong.")
    assert list(desk.folder.iterdir()) == []


@pytest.mark.parametrize("command", ["build", "check", "recover", "export"])
def test_what_is_no_guide_is_refused_in_one_sentence(desk: Desk, command: str) -> None:
    (desk.folder / "paper.md").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    result = desk.run(command, "paper.md")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "paper.md: this is a PDF; make a guide of its text with "
        "`pdftotext -layout paper.md paper.txt && proofdeck recover paper.txt -o paper-guide.md`.\n"
    )
    assert [path.name for path in desk.folder.iterdir()] == ["paper.md"]


def test_words_of_site_generators_on_fences_are_no_directives(desk: Desk) -> None:
    fence = '```python title="a.py" linenums="1" hl_lines="2 3"\nprint(1)\n```\n'
    desk.write(f"## What is printed?\n\nA **one** is printed by the block.\n\n{fence}")
    problems = desk.json("check", "small.md")["problems"]
    assert [problem["sentence"] for problem in problems if "directive" in problem["sentence"]] == []


def test_recover_says_what_it_changed_of_markdown(desk: Desk) -> None:
    desk.write("##What is a tree?\n\nA **graph**.\n\n## What is a leaf?\n\nA `node`.\n")
    result = desk.run("recover", "small.md", "-o", "guide.md")
    assert (result.exit_code, result.stdout.split("\n")) == (
        0,
        [
            "small.md is Markdown already (headings: 1, other lines with marks: 2).",
            "2 questions, 0 Python blocks.",
            "  small.md:1: ## What is a tree?",
            "Every other line is as it was. If it is a page that was copied, say --as-page.",
            "Written: guide.md. Next: proofdeck prove guide.md",
            "",
        ],
    )


def test_front_matter_names_the_anki_deck_of_several_guides_and_tags_their_cards(desk: Desk) -> None:
    matter = "---\ndeck: Work::Tensors\ntags: [Data Science, 'lang: py']\n---\n\n"
    for name in ("one", "two"):
        answer = f"**{name.title()}** is a number of its own."
        desk.write(f"{matter}### What is {name}?\n\n{answer}\n", f"{name}.md")
    reports = desk.json("build", "one.md", "two.md")
    assert [report["deck"]["name"] for report in reports] == ["Work::Tensors", "Work::Tensors"]
    exported = desk.run("export", "two.md", "--format", "json", "-o", "-").stdout
    assert [card["tags"] for card in json.loads(exported)["cards"]] == [
        ["topic::what-is-two", "data-science", "lang::py", "kind::faq"],
    ]


def test_other_tags_in_the_front_matter_change_the_cards_of_a_cached_build(desk: Desk) -> None:
    text = "---\ntags: {tags}\n---\n\n### What is one?\n\n**One** is a number of its own.\n"
    desk.write(text.format(tags="[a]"), "one.md")
    desk.json("build", "one.md")
    desk.write(text.format(tags="[b]"), "one.md")
    assert len(desk.json("build", "one.md")["changes"]["changed"]) == 1
