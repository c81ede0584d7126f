"""The measured quality of cards: what is wrong with one, and the figures of all."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from statistics import median, quantiles
from typing import TYPE_CHECKING

from cards.atomize.code import prints_only_literals
from cards.atomize.term import is_name, is_whole
from cards.atomize.topic import contains, prose_words, tokens, word_count
from cards.card import sides
from cards.card.kind import Kind
from cards.guide.block import Code, Listing, Prose
from cards.guide.text import Run, Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.card.card import Draft
    from cards.card.sides import Side
    from cards.guide.text import Inline
    from cards.span import Span

LONG_ANSWER_WORDS = 25
LONGEST_ANSWER_WORDS = 60
MOST_CODE_LINES = 13
"""Twelve, and one for the gap that a shown program may hold."""
NEAR_DUPLICATE = 0.85
"""Token Jaccard from which two fronts are likely to be taken for each other."""
YES_NO_SHARE = 0.10

_ORPHAN = re.compile(
    r"(?:it|this|these|they|that|those|its|their|he|she|the former|the latter|as above)\b", re.IGNORECASE
)
_YES_NO = re.compile(r"(?:yes|no)\b", re.IGNORECASE)
_MARKS = re.compile(r"\*\*|`")
_UNFORESEEABLE = re.compile(r"\d\.\d{5}|\b0x[0-9a-f]{4}", re.IGNORECASE)
"""Digits and addresses that nobody works out in the head."""
_FEWEST_REASON_WORDS = 3
_ANSWERS_IN_CODE = frozenset({Kind.PREDICT, Kind.SPOT, Kind.TRAIT, Kind.COMPLETE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one card that a learner would stumble over."""

    severe: bool
    """Whether it fails a check; otherwise it is only listed."""
    rule: str
    span: Span
    sentence: str


@dataclass(frozen=True, slots=True)
class Measures:
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


def lint(drafts: Sequence[Draft]) -> tuple[Finding, ...]:
    """Return what is wrong with the cards, in the order of their lines."""
    found = [finding for draft in drafts for finding in _card_findings(draft)]
    found += _double_fronts(drafts)
    yes_no = [draft for draft in drafts if _YES_NO.match(prose_words(draft.back))]
    if drafts and len(yes_no) / len(drafts) > YES_NO_SHARE:
        sentence = (
            f"{len(yes_no)} of {len(drafts)} cards are answered with yes or no; ask what or why instead."
        )
        found.append(Finding(severe=True, rule="yes-no", span=yes_no[0].span, sentence=sentence))
    return tuple(sorted(found, key=lambda finding: (finding.span, finding.rule, finding.sentence)))


def measure(drafts: Sequence[Draft]) -> Measures:
    """Return the figures of the cards."""
    by_kind = {kind.value: sum(draft.kind is kind for draft in drafts) for kind in Kind}
    lengths = [
        word_count(draft.back)
        for draft in drafts
        if draft.kind is not Kind.OVERVIEW and draft.kind not in _ANSWERS_IN_CODE
    ]
    many = max(len(drafts), 1)
    return Measures(
        cards=len(drafts),
        by_kind={kind: count for kind, count in by_kind.items() if count},
        answer_words_median=float(median(lengths)) if lengths else 0.0,
        answer_words_p95=quantiles(lengths, n=20)[-1] if len(lengths) > 1 else float(sum(lengths)),
        asking_share=sum(map(_asks, drafts)) / many,
        yes_no_share=sum(bool(_YES_NO.match(prose_words(draft.back))) for draft in drafts) / many,
        code_share=sum(bool(draft.snippets) for draft in drafts) / many,
    )


def _card_findings(draft: Draft) -> Iterator[Finding]:
    front, back = prose_words(draft.front), prose_words(draft.back)

    def finding(rule: str, sentence: str, *, severe: bool = True) -> Finding:
        return Finding(severe, rule, draft.span, f"{sentence}: “{_short(front)}”")

    if not _asks(draft):
        yield finding("asks", "the front neither ends in a question mark nor holds one gap")
    if _ORPHAN.match(front):
        yield finding("orphan", "the front starts with a word that points at nothing")
    if draft.kind in {Kind.FACT, Kind.FAQ} and _ORPHAN.match(back):
        yield finding("orphan", f"the answer starts with a word that points at nothing (“{_short(back)}”)")
    words = word_count(draft.back)
    if words > LONGEST_ANSWER_WORDS:
        yield finding("length", f"an answer of {words} words; {LONGEST_ANSWER_WORDS} is the most")
    elif words > LONG_ANSWER_WORDS and draft.kind is not Kind.OVERVIEW:
        yield finding(
            "length", f"an answer of {words} words; up to {LONG_ANSWER_WORDS} reads well", severe=False
        )
    for rule, doubt in _doubts(draft):
        yield finding(rule, doubt, severe=False)
    for block in (*draft.front, *draft.back):
        if isinstance(block, Code) and block.source.count("\n") >= MOST_CODE_LINES:
            yield finding("length", f"code of {block.source.count(chr(10)) + 1} lines")
    if back and any(contains(part, back) for part in (front, *draft.breadcrumb)):
        yield finding("leak", "the front or the breadcrumb holds the answer")
    if not front.strip() or not sides.words(draft.back).strip():
        yield finding("blank", "a side is empty")


def _doubts(draft: Draft) -> Iterator[tuple[str, str]]:
    """Yield the rule and the sentence of what reads badly and may yet be meant so."""
    term = _asked_term(draft)
    if term and not is_name(term):
        yield "term", "it asks what something is whose name reads like a sentence"
    elif term and draft.kind is Kind.TERM and is_whole(_first_inline(draft.back)):
        yield "term", "it asks what something is and is answered with a sentence about something else"
    if draft.kind is Kind.WHY and word_count(draft.back) < _FEWEST_REASON_WORDS:
        yield "label", f"the reason is only a label (“{_short(prose_words(draft.back))}”)"
    if _MARKS.search(_set_plain(draft.front) + _set_plain(draft.back)):
        yield "marks", "it shows marks of Markdown"
    if draft.kind is Kind.PREDICT:
        shown = [block.source for block in draft.front if isinstance(block, Code)]
        if any(map(prints_only_literals, shown)):
            yield "literal", "its code prints only what stands in it"
        if _UNFORESEEABLE.search(sides.words(draft.back)):
            yield "unforeseeable", "nobody can work out what it prints"


def _asked_term(draft: Draft) -> Inline:
    """Return the X of a front that is `What is **X**?`."""
    match _first_inline(draft.front):
        case (Run(text="What is " | "What are "), *term, Run(text="?")):
            return tuple(term)
        case _:
            return ()


def _first_inline(side: Side) -> Inline:
    first = side[0] if side else None
    return first.inline if isinstance(first, Prose) else ()


def _set_plain(side: Side) -> str:
    """Return a side's words that are not set as code."""
    return " ".join(
        run.text
        for block in side
        if isinstance(block, Prose)
        for run in block.inline
        if run.style is not Style.CODE
    )


def _double_fronts(drafts: Sequence[Draft]) -> Iterator[Finding]:
    fronts: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        fronts[(*tokens(sides.words(draft.front)), *sides.words(draft.front).split())].append(draft)
    for alike in fronts.values():
        if len(alike) > 1:
            lines = ", ".join(sorted({str(draft.span.first) for draft in alike[1:]}))
            differ = (
                " with different answers" if len({sides.words(draft.back) for draft in alike}) > 1 else ""
            )
            sentence = f"the same front{differ} again (line {lines}): “{_short(prose_words(alike[0].front))}”"
            yield Finding(severe=True, rule="double", span=alike[0].span, sentence=sentence)
    yield from _near_doubles(drafts)


def _near_doubles(drafts: Sequence[Draft]) -> Iterator[Finding]:
    """Compare fronts within one question, where cards stand for each other in a learner's mind."""
    by_question: dict[str, list[tuple[frozenset[str], Draft]]] = defaultdict(list)
    for draft in drafts:
        words = frozenset(tokens(sides.words(draft.front)))
        # Steps and hidden entries share their list by design; code differs in what counts.
        if words and draft.kind not in {Kind.ITEM, Kind.STEP, Kind.WHY, *_ANSWERS_IN_CODE}:
            by_question[draft.slug].append((words, draft))
    for entries in by_question.values():
        for (one, draft), (other, twin) in combinations(entries, 2):
            if one != other and len(one & other) / len(one | other) >= NEAR_DUPLICATE:
                front = _short(prose_words(draft.front))
                sentence = f"nearly the same front as in line {twin.span.first}: “{front}”"
                yield Finding(severe=False, rule="near-double", span=draft.span, sentence=sentence)


def _asks(draft: Draft) -> bool:
    gaps = sum(_gaps(draft.front))
    first = draft.front[0] if draft.front else None
    ends = isinstance(first, Prose) and prose_words((first,)).rstrip().endswith("?")
    turned = draft.kind is Kind.REVERSE and "?" in prose_words(draft.front)
    return gaps == 1 or (
        gaps == 0 and (ends or turned or draft.kind is Kind.OVERVIEW or draft.kind is Kind.FAQ)
    )


def _gaps(side: Side) -> Iterator[int]:
    for block in side:
        if isinstance(block, Prose):
            yield sum(run.style is Style.GAP for run in block.inline)
        elif isinstance(block, Listing):
            yield sum(run.style is Style.GAP for item in block.items for run in item.inline)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 70 else f"{line[:69]}…"
