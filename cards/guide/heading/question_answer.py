"""Questions and answers that are written without a heading: `Q: ... A: ...`, and bold lines that ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from cards.guide.decoration import MARKS, asks, bare, undecorated
from cards.guide.heading.number import has_question_number, is_counted, is_number
from cards.guide.inline import slice_inline
from cards.guide.label_word import (
    ANSWER_LETTER,
    ANSWER_WORD,
    ASIAN_ANSWER_WORD,
    ASIAN_QUESTION_WORD,
    QUESTION_LETTER,
    QUESTION_WORD,
)
from cards.guide.text import Inline, Style, plain_text
from cards.regex import regex

_Q = (
    rf"{MARKS}(?:(?:Q|{QUESTION_WORD})\s*(?:\d*\s*[:.]|\d+\s*\))\s+"
    r"|Follow-?\s?up(?:\s+question)?\s*\d*\s*:\s+"
    r"|Interviewer\s*[:：]\s*"  # noqa: RUF001 - colons people type
    rf"|{QUESTION_LETTER}\s*\d*\s*[:.](?=[^\n]*[?？؟])\s*"  # noqa: RUF001
    rf"|(?:Q|{ASIAN_QUESTION_WORD})\s*\d*\s*[:：]\s*)"  # noqa: RUF001
)

_A = (
    rf"{MARKS}(?:(?:A|{ANSWER_LETTER}|{ANSWER_WORD})\s*\d*\s*[:.)]\s+"
    r"|(?:Candidate|Interviewee|Applicant|You|Me)\s*[:：]\s*"  # noqa: RUF001
    rf"|(?:A|{ASIAN_ANSWER_WORD})\s*\d*\s*[:：]\s*)"  # noqa: RUF001
)

_PAIR = regex(rf"{_Q}(?P<asked>.+?)(?:\s*\n\s*|(?<=[?？])\s+){_A}(?P<answer>.+)\Z", re.DOTALL)  # noqa: RUF001

_LONE_QUESTION = regex(rf"{_Q}(?P<asked>[^\n]+)\Z")

_NEXT_PAIR = regex(rf"\n(?={_Q})")

_QUESTION_LABEL = regex(_Q)

_ANSWER_LABEL = regex(_A)

_ANSWER_BY_LETTER = regex(rf"(?:A|{ANSWER_LETTER}\s*\d*)\s*[.:：)]")  # noqa: RUF001 - colons people type

_ANSWER_LINE = regex(
    rf"{MARKS}(?:the\s+)?(?:answers|a|solution|{ANSWER_WORD}|{ASIAN_ANSWER_WORD})\s*\d*\s*[:：.]?\s*",  # noqa: RUF001
    re.IGNORECASE,
)


class BoldQuestion(Enum):
    """A question written as a bold line."""

    CERTAIN = auto()
    """`**Q3: ...**`, or a number before a question mark."""
    NUMBERED = auto()
    """A number before a phrase: a question where no heading asks, else a step."""
    UNNUMBERED = auto()


@dataclass(frozen=True, slots=True)
class QuestionAnswerPair:
    """Where question and answer of a `Q: ... A: ...` paragraph stand, in characters."""

    asked: tuple[int, int]
    answer: tuple[int, int] | None


def is_answer_line(words: str) -> bool:
    """Tell whether a line only says that the answer is below: `Answer:`."""
    return bool(_ANSWER_LINE.fullmatch(words))


def bold_question(inline: Inline) -> BoldQuestion | None:
    """Return the question if the whole paragraph is one bold line that asks something."""
    if not any(run.style is Style.STRONG for run in inline):
        return None
    words = plain_text(inline)
    start, end = bare(words)
    runs = [run for run in slice_inline(inline, start, end) if run.text.strip(" ?？.:")]  # noqa: RUF001
    if not runs or any(run.style is not Style.STRONG and not run.style.is_verbatim for run in runs):
        return None
    words = words[start:end].strip()
    if runs[0].style is not Style.STRONG or "\n" in words:
        return None
    if (has_question_number(words) and not is_number(words)) or (is_counted(words) and asks(words)):
        return BoldQuestion.CERTAIN
    if is_counted(words):
        return BoldQuestion.NUMBERED
    return BoldQuestion.UNNUMBERED if asks(words) else None


def question_answer_pairs(words: str) -> tuple[QuestionAnswerPair, ...]:
    """Return where questions and answers stand in a paragraph; none unless every `Q:` line has an answer."""
    starts = [0, *(match.end() for match in _NEXT_PAIR.finditer(words))]
    pairs = [_pair_at(words, start, end) for start, end in pairwise([*starts, len(words)])]
    return tuple(pair for pair in pairs if pair) if all(pairs) else ()


def _pair_at(words: str, start: int, end: int) -> QuestionAnswerPair | None:
    if match := _PAIR.match(words, start, end):
        return QuestionAnswerPair(match.span("asked"), match.span("answer"))
    if match := _LONE_QUESTION.match(words[:end].rstrip(), start):
        return QuestionAnswerPair(match.span("asked"), None)
    return None


def has_question_label(words: str) -> bool:
    """Tell whether words begin with a label that says they ask: `Q: ...`, so that `A:` below is one too."""
    return bool(_QUESTION_LABEL.match(words))


def answer_start(words: str) -> int:
    """Return the position of a paragraph's first word behind a leading `A:`."""
    match = _ANSWER_LABEL.match(words)
    return match.end() if match else 0


def is_labelled(inline: Inline) -> bool:
    """Tell whether a paragraph begins with a label in words that says it is the answer: `Answer: ...`."""
    words = plain_text(inline)
    end = answer_start(words)
    return end > 0 and not _ANSWER_BY_LETTER.fullmatch(undecorated(words[:end]).strip())
