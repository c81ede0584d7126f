"""What is Markdown already is left alone, byte for byte, but for what is certain."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.guide.reading.parse import parse_guide
from cards.recover.decision import NO_DECISIONS
from cards.recover.recovery import Recovery, recover_guide


def recover(text: str) -> Recovery:
    return recover_guide(text, "guide.md", NO_DECISIONS)


UNTOUCHED = {
    "a line break, and prose right behind a fence": (
        "## What prints it?\n\n```python\nprint(1)\n```\nIt prints one.\n\n<br/>\n\nThat is all.\n"
    ),
    "a picture": "## What is it?\n\n![a tree](tree.png)\n\nA **tree**.\n",
    "formulas without a language": "## What is the loss?\n\n```\nL = (y - f(x)) ** 2\n```\n\nThe loss.\n",
    "code in a list": "## How?\n\n1. Do this:\n\n   ```python\n   print(1)\n   ```\n\n2. Then **rest**.\n",
    "numbers of a list": "## How?\n\n1. **Open** it.\n2. **Close** it.\n3. Rest.\n",
    "code outside of questions": "# Title\n\n```python\nmath.pi\n```\n\n## Pi\n\n```python\nmath.pi\n```\n",
    "a heading behind a number": "1. ### What is a tree?\n\n   A **graph** without `circles`.\n   - a\n",
    "a bold question": "**Q1. What is a tree?**\n\nA **graph** `without` circles.\n\n- a\n  - b\n",
    "no line end, and blanks behind lines": "## What is a tree?  \n\nA **graph**\n`x`",
    "carriage returns": "## What is a tree?\r\n\r\nA **graph**.\r\n\r\n```python\r\nprint(1)\r\n```\r\n",
    "hidden blocks": (
        "## What is a tree?\n\n```python fixture=a\nprint(a)\n```\n\n"
        "<!-- proofdeck: define=a\nimport math\nfrom os import path\na = math.floor(2.5)\n-->\n"
    ),
    "names that a function may never read": "## How?\n\n```python\ndef f():\n    return model(x)\n```\n",
    "code that shows what a missing name does": "## How?\n\n```python raises=NameError\nmodel(x)\n```\n",
    "code that is not run": '## How?\n\n```python no-run="needs keys"\nmodel.fit(x)\n```\n',
    "usual imports are supplied anyway": "## How?\n\n```python\nprint(np.ones(2))\n```\n",
    "a name that nobody knows": "## How?\n\n```python\nfrobnicate(model)\n```\n",
    "a heading of code": "## How?\n\n```python\n##what is this?\nprint(1)\n```\n",
    "a star import may bind it": "## How?\n\n```python\nfrom nowhere import *\nmodel.fit()\n```\n",
}


@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED)
def test_this_stays_as_it_is(text: str) -> None:
    assert recover(text).text == text


def test_a_heading_gets_the_blank_that_it_lacks() -> None:
    result = recover("##What is a tree?\n\nA **graph**.\n\n###Q2. The `leaf`\n\nA **node**.\n")
    assert result.text == "## What is a tree?\n\nA **graph**.\n\n### Q2. The `leaf`\n\nA **node**.\n"
    assert [(change.number, change.after) for change in result.repairs] == [
        (1, "## What is a tree?"),
        (5, "### Q2. The `leaf`"),
    ]


def test_a_fence_ends_where_the_next_question_begins() -> None:
    text = "## What is a tree?\n\n```python\nprint(1)\n\n## What is a leaf?\n\n```python\nprint(2)\n```\n"
    result = recover(text)
    assert result.text == text.replace("print(1)\n", "print(1)\n```\n")
    assert [str(question.title) for question in parse_guide(result.text, "a.md").questions] == [
        "What is a tree?",
        "What is a leaf?",
    ]


def test_code_that_cannot_run_gets_stand_ins() -> None:
    text = '## How?\n\n- So:\n\n  ```python title="a.py"\n  print(x_train.shape)\n  ```\n\nIt **prints**.'
    result = recover(text)
    first, _, rest = result.text.partition("\n\n<!-- proofdeck: stand-in=x_train\n")
    assert first == text.replace('title="a.py"', 'title="a.py" fixture=x_train')
    assert rest.endswith("\n-->\n")
    assert [one.name for one in result.stand_ins] == ["x_train"]
    (question,) = parse_guide(result.text, "a.md").questions
    assert question.snippets[0].directives.fixtures == ("x_train",)


def test_stand_ins_join_the_fixtures_that_are_there() -> None:
    text = (
        "## How?\n\n<!-- proofdeck: fixture=a -->\n```python\nprint(a, x_train)\n```\n\n"
        "```python fixture=b\nprint(b, y_train)\n```\n\n"
        "<!-- proofdeck: define=a\na = 1\n-->\n\n<!-- proofdeck: define=b\nb = 1\n-->\n"
    )
    result = recover(text)
    assert "<!-- proofdeck: fixture=a,x_train -->\n```python\n" in result.text
    assert "```python fixture=b,y_train\n" in result.text
    assert recover(result.text).text == result.text


def test_a_name_of_a_fixture_is_not_taken_twice() -> None:
    text = "## How?\n\n```python\nprint(x_train)\n```\n\n<!-- proofdeck: define=x_train\nunused = 1\n-->\n"
    assert "```python fixture=x_train-2\n" in recover(text).text


def test_names_that_keep_code_from_running_are_told() -> None:
    assert recover("## How?\n\n```python\nfrobnicate(model)\n```\n").missing == ("frobnicate",)


def test_as_a_page_it_is_read_otherwise() -> None:
    text = "## What is a tree?\n\nA **graph**\n`x`."
    assert recover_guide(text, "a.md", NO_DECISIONS, as_page=True).because == ""
    assert recover(text).because == "headings: 1, other lines with marks: 2"


PARTS = st.sampled_from(
    [
        "## What is a heap?",
        "### Q7. How does a heap grow?",
        "1. ### What is a list?",
        "**What is a leaf?** A node.",
        "A **heap** is a tree.\nIt has a root.",
        "- one\n- two\n  - inner",
        "1. one\n2. two\n\n   ```python\n   print(2)\n   ```",
        "```python\nfor x in range(2):\n    print(x)\n```",
        "```python\nprint(x_train)\n```",
        "```python\nmodel.fit(x_train, y_train, epochs=20)\n```",
        "```output\n0\n```",
        "```\nL = f(x) + 1\n```\nProse behind it.",
        "~~~js\nlet x = 1\n~~~",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<details><summary>More</summary>\n\nHidden.\n\n</details>",
        "<br/>",
        "![a](b.png) and [c](d.html)",
        "$$\nx = y\n$$",
        "---",
        "##glued?",
        "> quoted\n> more",
        "<!-- a remark -->",
        "Related articles",
        "```python\nprint('never closed')",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n"])
DOCUMENTS = st.tuples(st.lists(PARTS, max_size=14), ENDS).map(
    lambda drawn: "\n\n".join(["# Heaps", "[home](a.md) **bold** `code`", *drawn[0], ""]).replace(
        "\n", drawn[1]
    )
)


@given(DOCUMENTS)
def test_all_but_what_it_says_it_changed_is_as_it_was(text: str) -> None:
    result = recover(text)
    if not result.because:
        return
    assert recover(result.text).text == result.text
    if not result.repairs:
        assert result.text == text
    lines = re.split(r"\r\n|\n", result.text)
    if all(change.before for change in result.repairs):  # else lines are new
        for change in reversed(result.repairs):
            assert lines[change.number - 1] == change.after
            lines[change.number - 1] = change.before
        assert lines == re.split(r"\r\n|\n", text)
