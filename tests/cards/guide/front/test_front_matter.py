"""The front matter of a guide: what it says, and what is wrong in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.guide.front.front_matter import FrontMatter, read_front_matter
from cards.guide.reading.parse import parse_guide

NO_YAML = (
    "the front matter is no YAML (mapping values are not allowed here) and is left out; "
    "quote text with a colon or bracket."
)
QUESTION = "### Q1. What is a tensor?\n\nAn array.\n"


def front_matter(yaml: str) -> FrontMatter:
    reading = read_front_matter(f"---\n{yaml}\n---\n\n{QUESTION}", "g.md")
    assert reading.warnings == ()
    return reading.front_matter


def warnings(yaml: str) -> list[str]:
    return [str(each) for each in read_front_matter(f"---\n{yaml}\n---\n\n{QUESTION}", "g.md").warnings]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        (
            'title: "Pandas: the basics"\nlang: es\ndeck: Work::Pandas\ntags: [a, b c]',
            FrontMatter(title="Pandas: the basics", lang="es", deck="Work::Pandas", tags=("a", "b c")),
        ),
        ("requires:\n  - torch==2.*\n  - pandas", FrontMatter(requires=("torch==2.*", "pandas"))),
        ("requires: [torch>=2,<3, pandas]", FrontMatter(requires=("torch>=2,<3", "pandas"))),
        ("requires: torch>=2,<3, pandas", FrontMatter(requires=("torch>=2,<3", "pandas"))),
        ("requires: pandas", FrontMatter(requires=("pandas",))),
        ("python: 3.10\nlang: no", FrontMatter(python="3.10", lang="no")),
        ("title: 2024", FrontMatter(title="2024")),
        ("title: >\n  two\n  lines", FrontMatter(title="two lines")),
        ("title:\ntags: ~", FrontMatter()),
        ("tags: a, b", FrontMatter(tags=("a", "b"))),
        ("tags: a b", FrontMatter(tags=("a", "b"))),
        ("# about\n'title': T", FrontMatter(title="T")),
        ("layout: post\nauthor: {name: X}\nweight: 3\ntitle: T", FrontMatter(title="T")),
        ("layout: {{ nothing }\nauthor: [", FrontMatter()),
        ("slug: /x\nnested:\n  tags: 3\n  title: [a]", FrontMatter()),
    ],
)
def test_known_keys_are_read_and_others_left_alone(yaml: str, expected: FrontMatter) -> None:
    assert front_matter(yaml) == expected


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("title: [a]", ["g.md:2: `title` in the front matter must be words on one line; it is left out."]),
        (
            "lang: es\ntags: 5",
            ["g.md:3: `tags` in the front matter must be a list: `[one, two]`; it is left out."],
        ),
        (
            "requires:\n  - pandas\n  - {torch: 2}\n  - [x]",
            ["g.md:3: `requires` in the front matter must be a list: `[one, two]`; it is left out."],
        ),
        (
            "lang: en\ntitle: Keras: layers",
            [f"g.md:3: {NO_YAML}"],
        ),
    ],
)
def test_what_is_wrong_is_told_once_with_its_line(yaml: str, expected: list[str]) -> None:
    assert warnings(yaml) == expected


def test_the_title_of_the_front_matter_is_the_title_of_a_guide_without_one() -> None:
    front = "---\ntitle: Tensors and more\n---\n\n"
    assert parse_guide(front + QUESTION, "g.md").title == "Tensors and more"
    assert parse_guide(front + "# Heading\n\n" + QUESTION, "g.md").title == "Heading"
    assert parse_guide(front + QUESTION, "g.md").front_matter == FrontMatter(title="Tensors and more")


def test_what_nobody_sees_is_no_part_of_a_title() -> None:
    assert front_matter("title: a\u202eb").title == "ab"


def test_lines_of_other_systems_are_read() -> None:
    guide = parse_guide(f"---\ntitle: T\ntags: [a]\n---\n\n{QUESTION}".replace("\n", "\r\n"), "g.md")
    assert (guide.front_matter, guide.questions[0].span.first) == (FrontMatter(title="T", tags=("a",)), 6)
    assert guide.front_matter.line_of("tags") == 3


@given(st.text(alphabet="abt:[]{}-&*!|>'\"%@`,#? \n\t\x00\x85\ufeff\U0001f600", max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    yaml = f"---\ntitle: {text}\n---\n"
    reading = read_front_matter(yaml, "g.md")
    assert reading.text.count("\n") == yaml.count("\n")
    assert len(reading.warnings) <= 1


def test_deep_nesting_is_told() -> None:
    assert len(warnings("title: " + "[" * 5000)) == 1


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("Data Science", "data  science"), ("data-science",)),
        (("lang::Python", "a:b", "::x::"), ("lang::python", "a::b", "x")),
        (("C++", "C#", "\u7f16\u7a0b"), ("c++", "c#", "\u7f16\u7a0b")),
        ((":", " "), ()),
    ],
)
def test_cards_bear_the_tags_in_the_form_of_anki(tags: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert FrontMatter(tags=tags).card_tags == expected


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_front_matter_is_read_whatever_ends_its_lines(end: str) -> None:
    reading = read_front_matter(end.join(["---", "deck: Work::TF", "---", "", "Text"]), "g.md")
    assert reading.front_matter.deck == "Work::TF"
    assert reading.text == "\n\n\n\nText"
