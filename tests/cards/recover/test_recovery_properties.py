"""Whatever goes in: no crash, a guide that can be read, and no character of code lost or changed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.errors import GuideError
from cards.guide.reading.parse import parse_guide
from cards.guide.text import plain_text
from cards.recover.code.indent import restore
from cards.recover.decision import NO_DECISIONS
from cards.recover.page.page import PageFormat
from cards.recover.page.prose_markdown import to_markdown
from cards.recover.recovery import recover_guide

CODE = st.sampled_from(
    [
        "import numpy as np",
        "def scale(values, factor=2):",
        "class Counter(dict):",
        "for value in values:",
        "if value > 0:",
        "elif value == 0:",
        "else:",
        "try:",
        "except ValueError:",
        "with open('notes.txt') as file:",
        "return value * factor",
        "total += value  # two blanks stay",
        "print('a  b', total)",
        "@cached",
        "# because it is small",
        "values = [",
        "1, 2,",
        "]",
        '"""Says what it does.',
        'and more."""',
        "pass",
        "break",
        "text = 'it''s'",
        "x = '",
        "```",
    ]
)
TEXT = st.sampled_from(
    [
        "Q1. What is a stack?",
        "Q2. How does a queue grow?",
        "2. What is a heap?",
        "Q: Is it free? A: Yes, it is.",
        "Q: Is it fast?",
        "A: It is.",
        "A stack is a pile of values. The last one in is the first one out.",
        "- push: puts a value on it",
        "* item_one * two _three_",
        "| Structure | Order |",
        "|---|---|",
        "| stack | last in, first out |",
        "Key Properties",
        "FAQ",
        "Related articles",
        "pip install numpy",
        "$ ls -l",
        "<b>bold</b> & [link](x)",
        "# A title",
        "### Q3. What is a tree?",
        "<!-- proofdeck: define=x",
        "-->",
        "1) first step",
        "===",
        "    indented",
    ]
)
PAGES = st.lists(st.one_of(CODE, TEXT, st.text(max_size=30)), max_size=25).map("\n".join)


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@given(PAGES)
def test_any_text_becomes_text_that_is_a_guide_or_has_no_question(text: str) -> None:
    result = recover_guide(text, "page.txt", NO_DECISIONS)
    try:
        guide = parse_guide(result.text, "page.md")
    except GuideError as error:
        assert [problem.sentence for problem in error.problems] == [  # noqa: PT017 - all of them are meant
            "no question found; start one with a heading such as `### Q1. What is ...?`."
        ]
    else:
        assert guide.questions


def test_a_faq_entry_right_below_a_question_is_no_answer_to_it() -> None:
    text = "Q1. What is a stack?\nQ: Is it free? A: Yes, it is."
    guide = parse_guide(recover_guide(text, "page.txt", NO_DECISIONS).text, "page.md")
    assert [question.title for question in guide.questions] == ["What is a stack?", "Is it free?"]


REFUSED = {
    "a pair that nothing answers": "Q: x? A: ?\nQ: Is it fast?\n### Q9. Last?",
    "a question without words": "Q: ?\nQ:\nA: It is.\n### Q9. Last?",
    "a comment that is never closed": "**Q4. Bold?**\n<!-- proofdeck: define=x\nExample:",
    "code below a section without a question": "**Really?**\n## Section\ntotal += value\n### Q9. Last?",
    "headings of the same words": "### What is it?\n#### 1. x\n#### 1. x\n1\n## Q: x?\nQ: Is it? A: Yes.",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_the_format_refuses_is_rewritten(text: str) -> None:
    assert parse_guide(recover_guide(text, "page.txt", NO_DECISIONS).text, "page.md").questions


@given(st.lists(CODE, min_size=1, max_size=20))
def test_restoring_adds_blanks_before_lines_and_changes_nothing_else(lines: list[str]) -> None:
    restored = restore("\n".join(lines))
    for candidate in (restored.best, *restored.others):
        assert [line.strip() for line in candidate.text.split("\n")] == [line.strip() for line in lines]


@given(st.text())
def test_restoring_any_text_keeps_its_lines(text: str) -> None:
    kept = [line.strip() for line in restore(text).best.text.split("\n")]
    assert [line for line in kept if line] == [line.strip() for line in text.split("\n") if line.strip()]


@given(st.lists(st.one_of(CODE, TEXT), max_size=25).filter(lambda lines: "```" not in lines))
def test_every_line_is_in_the_guide_or_among_what_was_left_out(lines: list[str]) -> None:
    result = recover_guide("\n".join(lines), "page.txt", NO_DECISIONS)
    if result.source is not PageFormat.FLAT:
        return
    kept = letters(result.text + "".join(one.text for one in result.dropped))
    for line in lines:
        assert letters(re.sub(r"^(?:Q\d*|A|\d+)\s*[.:)]", "", line)) in kept or re.fullmatch(
            r"[|\s:-]*", line
        )


@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)
)
def test_marked_up_text_reads_as_the_same_words(text: str) -> None:
    from markdown_it import MarkdownIt

    from cards.guide.inline import inline_of

    if re.search(r"`|\*\*", text) or not text.strip():
        return
    words = " ".join(text.split())
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(words))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert plain_text(inline_of(tokens[1].children or [])).strip() == words
