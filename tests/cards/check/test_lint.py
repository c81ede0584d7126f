"""What is found wrong with cards, and their figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cards.atomize.wording import prose_words
from cards.card.kind import CardKind
from cards.card.sides import words
from cards.check.lint import Finding, card_figures, lint_cards
from cards.guide.block import Code, Item, Listing, Prose
from cards.guide.guide import QuestionSlug
from cards.guide.text import Style, StyledText
from cards.program.snippet import SnippetName
from cards.span import Span
from tests.builders.card import draft
from tests.builders.side import side

if TYPE_CHECKING:
    from cards.card.card import Draft

GAP = StyledText("…", Style.GAP)
LONG = " ".join(["word"] * 26)
LONGER = " ".join(["word"] * 61)


def code(lines: int) -> Code:
    return Code("\n".join(f"x{n} = {n}" for n in range(lines)), "python")


def found(*drafts: Draft) -> list[tuple[str, bool, str]]:
    return [(finding.rule, finding.severe, finding.sentence) for finding in lint_cards(drafts)]


@pytest.mark.parametrize(
    "good",
    [
        draft("What is it?", "A thing"),
        draft(side("The call that stops is ", GAP, "."), "stop"),
        draft("A. Why?", "Because it is so"),
        draft(back="One thing"),
        draft("Explain it", "A thing", kind=CardKind.OVERVIEW),
        draft("Explain it", LONG, kind=CardKind.OVERVIEW),
        draft("Explain it", "A thing", kind=CardKind.FAQ),
        draft("Which layer? Input: a vector.", "Dense", kind=CardKind.REVERSE),
        draft("What is it?", "This thing", kind=CardKind.TERM),
        draft((*side("What is printed?"), code(13)), (Code("1", "output"),)),
        draft("Itself?", "A thing"),
        draft(
            kind=CardKind.ITEM,
            front=(
                *side("Parts. Which one is missing?"),
                Listing(ordered=False, items=(Item((GAP,)), Item((StyledText("a bias"),)))),
            ),
        ),
        draft("第一步是什么\N{FULLWIDTH QUESTION MARK}", "客户端发送请求"),
    ],
    ids=[
        "a question",
        "a gap",
        "a why",
        "a short answer",
        "an overview may end in anything",
        "an overview may be longer",
        "a FAQ may end in anything",
        "a reverse question",
        "a term's answer may start with this",
        "code of thirteen lines",
        "a word that only starts like it",
        "a gap in a list",
        "a Chinese question",
    ],
)
def test_a_good_card_is_not_talked_about(good: Draft) -> None:
    assert lint_cards([good]) == ()


@pytest.mark.parametrize(
    ("bad", "rule", "severe", "sentence"),
    [
        (draft("Tell me", "A"), "asks", True, "the front neither ends in a question mark nor holds one gap"),
        (
            draft(side("One ", GAP, " and a ", GAP), "Thing"),
            "asks",
            True,
            "the front neither ends in a question mark nor holds one gap",
        ),
        (draft("It is what?", "A"), "orphan", True, "the front starts with a word that points at nothing"),
        (draft("the former?", "A"), "orphan", True, "the front starts with a word that points at nothing"),
        (
            draft("What is it?", "They are two"),
            "orphan",
            True,
            "the answer starts with a word that points at nothing (“They are two”)",
        ),
        (draft("What is it?", LONG), "length", False, "an answer of 26 words; up to 25 reads well"),
        (draft("What is it?", LONGER), "length", True, "an answer of 61 words; 60 is the most"),
        (draft("What is a thing?", "Thing"), "leak", True, "the front or the breadcrumb holds the answer"),
        (
            draft("What is it?", "A thing", breadcrumb=("About a thing",)),
            "leak",
            True,
            "the front or the breadcrumb holds the answer",
        ),
        (draft("What is it?", " "), "blank", True, "a side is empty"),
    ],
    ids=[
        "no question",
        "two gaps",
        "it",
        "the former",
        "they",
        "a long answer",
        "a longer answer",
        "a leak",
        "a leak above",
        "an empty side",
    ],
)
def test_a_bad_card_is_found(bad: Draft, rule: str, *, severe: bool, sentence: str) -> None:
    front = " ".join(words(bad.front).replace("…", "").split())
    assert found(bad) == [(rule, severe, f"{sentence}: “{front}”")]


def predict(source: str, printed: str) -> Draft:
    front = (*side("What does this print?"), Code(source, "python"))
    return draft(front=front, back=(Code(printed, "output"),), kind=CardKind.PREDICT)


def term(words: str, answer: str, kind: CardKind = CardKind.TERM) -> Draft:
    asked = Prose((StyledText("What is "), StyledText(words, Style.STRONG), StyledText("?")))
    return draft(front=(asked,), back=side(answer), kind=kind)


@pytest.mark.parametrize(
    ("doubtful", "rule", "sentence"),
    [
        (
            term("GPU idle between steps", "A longer prefetch buffer"),
            "term",
            "it asks what something is whose name reads like a sentence",
        ),
        (
            term("Speed", "GPUs are faster"),
            "term",
            "it asks what something is and is answered with a sentence about something else",
        ),
        (draft("Why?", "Because", kind=CardKind.WHY), "label", "the reason is only a label (“Because”)"),
        (draft("What is it?", "The **rank** of it"), "marks", "it shows marks of Markdown"),
        (draft("What is `x`?", "A thing"), "marks", "it shows marks of Markdown"),
        (predict('print("hello")', "hello"), "literal", "its code prints only what stands in it"),
        (predict("print(1 / 3)", "0.333333"), "unforeseeable", "nobody can work out what it prints"),
        (predict("print(f)", "<f at 0x7f31a2>"), "unforeseeable", "nobody can work out what it prints"),
    ],
    ids=[
        "a name that is none",
        "a sentence about something else",
        "a bare because",
        "stars",
        "backticks",
        "a literal",
        "many digits",
        "an address",
    ],
)
def test_a_doubtful_card_is_listed(doubtful: Draft, rule: str, sentence: str) -> None:
    front = " ".join(prose_words(doubtful.front).split())
    assert found(doubtful) == [(rule, False, f"{sentence}: “{front}”")]


@pytest.mark.parametrize(
    "good",
    [
        term("Speed", "The steps of one second"),
        term("rank", "A number that is never negative", CardKind.FACT),
        predict("print(x)", "0.3333"),
        draft(
            front=(Prose((StyledText("What does "), StyledText("**", Style.CODE), StyledText(" do?"))),),
            back=side("A power"),
        ),
        draft("Why?", "Because of it", kind=CardKind.WHY),
    ],
    ids=["a name", "a definition", "few digits", "stars in code", "a reason"],
)
def test_what_only_looks_doubtful_is_not_listed(good: Draft) -> None:
    assert lint_cards([good]) == ()


def test_long_code_on_either_side_is_found() -> None:
    bad = draft(front=(*side("What is it?"), code(14)), back=(code(15),))
    assert [sentence for _, _, sentence in found(bad)] == [
        "code of 14 lines: “What is it?”",
        "code of 15 lines: “What is it?”",
    ]


def test_a_long_front_is_shortened_in_the_sentence() -> None:
    (one,) = found(draft("word " * 20, "A thing"))
    assert one[2].endswith(f": “{('word ' * 20)[:69]}…”")


def test_the_same_front_twice_is_found_once_with_the_other_line() -> None:
    one = draft("What is it?", "A", span=Span("g.md", 3, 3))
    other = draft("What is it?", "B", span=Span("g.md", 9, 9))
    assert lint_cards([other, one]) == (
        Finding(
            severe=True,
            rule="double",
            span=other.span,
            sentence="the same front with different answers again (line 3): “What is it?”",
        ),
    )
    assert found(one, replace(one, span=Span("g.md", 7, 7))) == [
        ("double", True, "the same front again (line 7): “What is it?”")
    ]


NEAR = "What does the first layer of the model do with the data?"


@pytest.mark.parametrize(
    ("front", "fields", "is_near"),
    [
        ("What does the last layer of the model do with the data?", {}, False),
        ("What does the first layer of the model do with all the data?", {}, True),
        (
            "What does the first layer of the model do with all the data?",
            {"slug": QuestionSlug("other")},
            False,
        ),
        ("What does the first layer of the model do with all the data?", {"kind": CardKind.STEP}, False),
    ],
    ids=["one word of ten differs", "one word more", "another question", "a step"],
)
def test_nearly_the_same_front_in_one_question_is_listed(
    front: str, fields: dict[str, object], *, is_near: bool
) -> None:
    drafts = [draft(NEAR, "A"), draft(front, "B", span=Span("g.md", 9, 9), **fields)]
    sentence = f"nearly the same front as in line 9: “{NEAR}”"
    assert found(*drafts) == ([("near-double", False, sentence)] if is_near else [])


def test_too_many_yes_and_no_are_found() -> None:
    drafts = [draft(f"What is {n}?", f"Thing {n + 20}") for n in range(9)]
    yes = draft("Is it so?", "Yes, it is")
    assert found(*drafts, yes) == []
    assert found(*drafts, yes, replace(yes, front=side("Or so?"), back=side("No"))) == [
        ("yes-no", True, "2 of 11 cards are answered with yes or no; ask what or why instead.")
    ]


def test_findings_come_in_the_order_of_lines() -> None:
    drafts = [draft(f"Tell {n}", "A", span=Span("g.md", n, n)) for n in (30, 4, 12)]
    assert [finding.span.first for finding in lint_cards(drafts)] == [4, 12, 30]


def test_no_cards_have_no_findings_and_plain_figures() -> None:
    assert lint_cards([]) == ()
    figures = card_figures([])
    assert (figures.cards, figures.by_kind, figures.answer_words_median) == (0, {}, 0.0)
    assert (figures.answer_words_p95, figures.asking_share, figures.code_share) == (0.0, 0.0, 0.0)


def test_figures_count_words_of_prose_answers_only() -> None:
    drafts = [
        draft("One?", "a"),
        draft("Two?", "a b c"),
        draft(side("Three ", GAP), "yes a b c d"),
        draft("Tell", LONGER, kind=CardKind.OVERVIEW),
        draft("Four?", back=(code(3),), kind=CardKind.PREDICT, snippets=(SnippetName("q#1"),)),
    ]
    figures = card_figures(drafts)
    assert figures.cards == 5
    assert figures.by_kind == {"fact": 3, "predict": 1, "overview": 1}
    assert (figures.answer_words_median, figures.yes_no_share, figures.code_share) == (3.0, 0.2, 0.2)
    assert figures.asking_share == 1.0
    assert card_figures(drafts[:1]).answer_words_p95 == 1.0
    assert card_figures([*drafts, draft("Say it", "a")]).asking_share == 5 / 6
