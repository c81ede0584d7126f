"""Find badly written cards, and count the figures of all cards."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from statistics import median, quantiles
from typing import TYPE_CHECKING

from cards.atomize.code import prints_only_literals
from cards.atomize.term import is_full_sentence, is_name
from cards.atomize.wording import contains_words, prose_words, tokens, word_count
from cards.card import sides
from cards.card.kind import CardKind
from cards.guide.block import Code, Listing, Prose
from cards.guide.text import Style, StyledText
from cards.language.natural_language import QUESTION_MARKS, Language
from cards.regex import regex
from cards.span import line_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.card.card import Draft
    from cards.card.sides import Side
    from cards.guide.text import Inline
    from cards.span import Span

ADVISED_ANSWER_WORDS = 25
MAX_ANSWER_WORDS = 60
MAX_CODE_LINES = 13
"""Twelve, and one for the gap that a shown program may hold."""
NEAR_DUPLICATE = 0.85
"""Token Jaccard from which two fronts are likely to be taken for each other."""
MAX_YES_NO_SHARE = 0.10

_DANGLING_START = regex(
    r"(?:it|this|these|they|that|those|its|their|he|she|the former|the latter|as above)\b", re.IGNORECASE
)
_YES_NO = regex(r"(?:yes|no)\b", re.IGNORECASE)
_MARKDOWN_MARKS = regex(r"\*\*|`")
_UNPREDICTABLE = regex(r"\d\.\d{5}|\b0x[0-9a-f]{4}", re.IGNORECASE)
"""Digits and addresses that nobody works out in the head."""
_MIN_REASON_WORDS = 3
_LONG_BY_DESIGN = frozenset({CardKind.OVERVIEW, CardKind.QUIZ, CardKind.OUTPUT})
_ALIKE_BY_DESIGN = frozenset({CardKind.ITEM, CardKind.STEP, CardKind.WHY})
"""Steps and hidden entries share their list; code differs in what counts."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one card, with the rule that found it."""

    severe: bool
    """Whether it fails a check; otherwise it is only listed."""
    rule: str
    span: Span
    sentence: str


@dataclass(frozen=True, slots=True)
class CardFigures:
    """The figures of a guide's cards."""

    cards: int
    by_kind: dict[str, int]
    answer_words_median: float
    """Of the cards whose answer is prose; overviews left out."""
    answer_words_p95: float
    asking_share: float
    """Fronts that end in a question mark or hold one gap."""
    yes_no_share: float
    code_share: float
    """Cards that show Python."""


def lint_cards(drafts: Sequence[Draft]) -> tuple[Finding, ...]:
    """Return the findings about the cards, in the order of their lines."""
    found = [finding for draft in drafts for finding in _card_findings(draft)]
    found += _duplicate_fronts(drafts)
    yes_no = [draft for draft in drafts if _YES_NO.match(prose_words(draft.back))]
    if drafts and len(yes_no) / len(drafts) > MAX_YES_NO_SHARE:
        sentence = (
            f"{len(yes_no)} of {len(drafts)} cards are answered with yes or no; ask what or why instead."
        )
        found.append(Finding(severe=True, rule="yes-no", span=yes_no[0].span, sentence=sentence))
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.rule, finding.sentence)))


def card_figures(drafts: Sequence[Draft]) -> CardFigures:
    """Return the figures of the cards."""
    by_kind = {kind.value: sum(draft.kind is kind for draft in drafts) for kind in CardKind}
    lengths = [
        word_count(draft.back)
        for draft in drafts
        if draft.kind not in _LONG_BY_DESIGN and not draft.kind.is_answered_in_code
    ]
    total = max(len(drafts), 1)
    return CardFigures(
        cards=len(drafts),
        by_kind={kind: count for kind, count in by_kind.items() if count},
        answer_words_median=float(median(lengths)) if lengths else 0.0,
        answer_words_p95=quantiles(lengths, n=20)[-1] if len(lengths) > 1 else float(sum(lengths)),
        asking_share=sum(map(_is_question, drafts)) / total,
        yes_no_share=sum(bool(_YES_NO.match(prose_words(draft.back))) for draft in drafts) / total,
        code_share=sum(bool(draft.snippets) for draft in drafts) / total,
    )


def _card_findings(draft: Draft) -> Iterator[Finding]:
    front, back = prose_words(draft.front), prose_words(draft.back)

    def finding(rule: str, sentence: str, *, severe: bool = True) -> Finding:
        return Finding(severe, rule, draft.span, f"{sentence}: “{shorten(front)}”")

    if not _is_question(draft):
        yield finding("asks", "the front neither ends in a question mark nor holds one gap")
    if _DANGLING_START.match(front):
        yield finding("orphan", "the front starts with a word that points at nothing")
    if draft.kind in {CardKind.FACT, CardKind.FAQ} and _DANGLING_START.match(back):
        yield finding("orphan", f"the answer starts with a word that points at nothing (“{shorten(back)}”)")
    words = word_count(draft.back)
    if words > MAX_ANSWER_WORDS:
        yield finding("length", f"an answer of {words} words; {MAX_ANSWER_WORDS} is the most")
    elif words > ADVISED_ANSWER_WORDS and draft.kind not in _LONG_BY_DESIGN:
        yield finding(
            "length", f"an answer of {words} words; up to {ADVISED_ANSWER_WORDS} reads well", severe=False
        )
    for rule, doubt in _style_remarks(draft):
        yield finding(rule, doubt, severe=False)
    for block in (*draft.front, *draft.back):
        if isinstance(block, Code) and block.source.count("\n") >= MAX_CODE_LINES:
            yield finding("length", f"code of {block.source.count(chr(10)) + 1} lines")
    offers_answer = draft.kind is CardKind.QUIZ
    if back and not offers_answer and any(contains_words(part, back) for part in (front, *draft.breadcrumb)):
        yield finding("leak", "the front or the breadcrumb holds the answer")
    if not front.strip() or not sides.words(draft.back).strip():
        yield finding("blank", "a side is empty")


def _style_remarks(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield (rule, sentence) for each fault of style that the author may have intended."""
    term = _asked_term(draft)
    if term and not is_name(term, Language.ENGLISH):
        yield "term", "it asks what something is whose name reads like a sentence"
    elif (
        term and draft.kind is CardKind.TERM and is_full_sentence(_first_inline(draft.back), Language.ENGLISH)
    ):
        yield "term", "it asks what something is and is answered with a sentence about something else"
    if draft.kind is CardKind.WHY and word_count(draft.back) < _MIN_REASON_WORDS:
        yield "label", f"the reason is only a label (“{shorten(prose_words(draft.back))}”)"
    if _MARKDOWN_MARKS.search(_words_outside_code(draft.front) + _words_outside_code(draft.back)):
        yield "marks", "it shows marks of Markdown"
    if draft.kind is CardKind.PREDICT:
        shown = [block.source for block in draft.front if isinstance(block, Code)]
        if any(map(prints_only_literals, shown)):
            yield "literal", "its code prints only what stands in it"
        if _UNPREDICTABLE.search(sides.words(draft.back)):
            yield "unforeseeable", "nobody can work out what it prints"


def _asked_term(draft: Draft) -> Inline:
    """Return the X of a front that is `What is **X**?`."""
    match _first_inline(draft.front):
        case (StyledText(text="What is " | "What are "), *term, StyledText(text="?")):
            return tuple(term)
        case _:
            return ()


def _first_inline(side: Side) -> Inline:
    first = side[0] if side else None
    return first.inline if isinstance(first, Prose) else ()


def _words_outside_code(side: Side) -> str:
    """Return a side's words that are not set as code."""
    return " ".join(
        run.text
        for block in side
        if isinstance(block, Prose)
        for run in block.inline
        if not run.style.is_verbatim
    )


def _duplicate_fronts(drafts: Sequence[Draft]) -> Iterator[Finding]:
    fronts: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        fronts[(*tokens(sides.words(draft.front)), *sides.words(draft.front).split())].append(draft)
    for alike in fronts.values():
        if len(alike) > 1:
            lines = ", ".join(sorted({str(draft.span.first) for draft in alike[1:]}))
            differ = (
                " with different answers" if len({sides.words(draft.back) for draft in alike}) > 1 else ""
            )
            sentence = (
                f"the same front{differ} again (line {lines}): “{shorten(prose_words(alike[0].front))}”"
            )
            yield Finding(severe=True, rule="double", span=alike[0].span, sentence=sentence)
    yield from _near_duplicate_fronts(drafts)


def _near_duplicate_fronts(drafts: Sequence[Draft]) -> Iterator[Finding]:
    """Yield a finding for each front that nearly repeats another of its question."""
    by_question: dict[str, list[tuple[frozenset[str], Draft]]] = defaultdict(list)
    for draft in drafts:
        words = frozenset(tokens(sides.words(draft.front)))
        if words and not (draft.kind in _ALIKE_BY_DESIGN or draft.kind.is_answered_in_code):
            by_question[draft.slug].append((words, draft))
    for entries in by_question.values():
        for (one, draft), (other, twin) in combinations(entries, 2):
            if one != other and len(one & other) / len(one | other) >= NEAR_DUPLICATE:
                front = shorten(prose_words(draft.front))
                where = line_name(twin.span.path, twin.span.first)
                sentence = f"nearly the same front as in {where}: “{front}”"
                yield Finding(severe=False, rule="near-double", span=draft.span, sentence=sentence)


def _is_question(draft: Draft) -> bool:
    gaps = sum(_gap_counts(draft.front))
    first = draft.front[0] if draft.front else None
    ends = isinstance(first, Prose) and prose_words((first,)).rstrip().endswith(QUESTION_MARKS)
    is_reverse = draft.kind is CardKind.REVERSE and "?" in prose_words(draft.front)
    return gaps == 1 or (gaps == 0 and (ends or is_reverse or draft.kind.asks_the_question))


def _gap_counts(side: Side) -> Iterator[int]:
    for block in side:
        if isinstance(block, Prose):
            yield sum(run.style is Style.GAP for run in block.inline)
        elif isinstance(block, Listing):
            yield sum(run.style is Style.GAP for item in block.items for run in item.inline)


def shorten(words: str) -> str:
    """Return words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= 70 else f"{line[:69]}…"
