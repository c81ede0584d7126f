"""How people write questions, and which headings are title, section, question or subheading."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice, pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.block import Other, Prose
from cards.guide.decoration import asks, bare, is_imperative, undecorated
from cards.guide.element import AnswerEnd, Asked, DirectiveComment, Heading, HeadingForm, QuestionList
from cards.guide.inline import slice_inline
from cards.guide.page_part import advertises, is_about_page, opens_or_closes_page
from cards.guide.section import NO_SECTION, Section
from cards.guide.text import Inline, Style, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.element import Element
    from cards.guide.importance import Importance

# `Q3.`, `Q3:`, `Question 3 -`: certainly a question.  `3)` and `3.` may also number a section.
_QUESTION_NUMBER = re.compile(
    r"(?:(?:Q(?:ue|uestion)?|Pregunta|Frage|Вопрос|Pergunta)[-.\s]*(?:[#№]?\s*\d+\s*(?:[.:)：]|[-–—]\s)|[:：])"  # noqa: RUF001 - dashes people type
    r"|Q\.(?=\s)|Q[-.\s]{0,2}\d+\s+(?=(?-i:[^\W\da-z]))|(?:问题?|問題?|質問)\s*\d*\s*[：:.、])\s*",  # noqa: RUF001
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d+(?:\.\d+)*\s*(?:[.)]\s+|[、．）]\s*)|\d{1,3}\.(?=[^\W\d_])")  # noqa: RUF001
# Numbers that are no more than decoration, whatever else has them.
_PLAIN_NUMBER = re.compile(
    rf"{_COUNTED.pattern}|[(\[（]\d{{1,3}}[)\]）]\s*|\d{{1,3}}\s*[-–—:：]\s+|#\d{{1,3}}[.:)]?\s+"  # noqa: RUF001
    r"|(?:Exercise|Problem|Task|Ejercicio|Aufgabe|Задача)\s*[#№]?\d+\s*(?:[.:)]|[-–—]\s)\s*",  # noqa: RUF001
    re.IGNORECASE,
)
# `1 What is ...`: a number, if the guide counts like this.
_BARE_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)*\s+(?=[^\W\d_a-z]|[`*@_])")
# `1. Basics`, `Part II: Basics`, `Chapter 3 - Basics`.
_NUMBER_BEFORE = re.compile(r"\d{1,3}(?:\.\d+)*\s+(?=[^\W\d_]|[`*@_])")
"""The same before a word in small letters, where others are counted: `1 select and poll`."""
_SECTION_NUMBER = re.compile(
    r"(?:(?:part|chapter|section|unit|module)\s+)?(?:\d+(?:\.\d+)*|[ivx]+)"
    r"(?:\s*[.:)]|\s+[-–—])\s+(?=\S)",  # noqa: RUF001 - dashes people type
    re.IGNORECASE,
)
# Headings over code that what follows builds on.
_SET_UP = re.compile(
    r"(?:(?:the|common|shared|initial|project|environment|basic)\s+)?{part}(?:\s*(?:and|&|,)\s*{part})*"
    r"(?:\s+(?:code|section))?:?".format(
        part=r"(?:set[- ]?up|imports?|preamble|prerequisites?|preparations?|requirements?|dependencies"
        r"|packages|libraries|installation|install|installing|getting started|configuration|introduction)"
    ),
    re.IGNORECASE,
)
_Q = (
    r"(?:(?:Q\s*\d*\s*[:.]|(?:Question|Pregunta|Frage|Вопрос)\s*\d*\s*[:.])\s+"
    r"|Interviewer\s*[:：]\s*"  # noqa: RUF001 - colons people type
    r"|(?:Q|问题?|問題?|質問)\s*\d*\s*[:：]\s*)"  # noqa: RUF001
)
_A = (
    r"(?:(?:A\s*\d*\s*[:.]|(?:Ans|Answer|Antwort|Respuesta|Réponse|Ответ)\s*\d*\s*[:.])\s+"
    r"|(?:Candidate|Interviewee|Applicant)\s*[:：]\s*"  # noqa: RUF001
    r"|(?:A|答案?|回答|解答)\s*\d*\s*[:：]\s*)"  # noqa: RUF001
)
_PAIR = re.compile(rf"{_Q}(?P<asked>.+?)(?:\s*\n\s*|(?<=[?？])\s+){_A}(?P<answer>.+)\Z", re.DOTALL)  # noqa: RUF001
_LONE_QUESTION = re.compile(rf"{_Q}(?P<asked>[^\n]+)\Z")
_NEXT_PAIR = re.compile(rf"\n(?={_Q})")
_ANSWER_LABEL = re.compile(_A)
_ANSWER_LINE = re.compile(
    r"(?:the\s+)?(?:answers?|ans|a|solution|antwort|respuesta|réponse|ответ|答案?|回答|解答)\s*\d*\s*[:：.]?\s*",  # noqa: RUF001
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(
    r"(?:(?:Q|Question|Pregunta|Frage|Вопрос)\s*[#№]?\d*|[(\[]?\d{1,3}|问题?\s*\d*)\s*[-.:)\]：、]+|Q\s*\d+",  # noqa: RUF001
    re.IGNORECASE,
)
_NUMBERED_LABEL = re.compile(
    r"(?:Q|Question|Exercise|Problem|Task|Challenge|Puzzle|Kata|Pregunta|Ejercicio|Frage|Aufgabe"
    r"|Вопрос|Задача|Задание|Pergunta|Exercício|Exercice|Esercizio|问题|問題|题目|练习)\s*[#№.-]?\s*\d+(?:\.\d+)*[a-z]?\s*[.:)\-–：、]*",  # noqa: RUF001
    re.IGNORECASE,
)
_LONGEST_SLUG = 80
_LABEL_HEADING = re.compile(
    r"(?:(?:the|my|short|long|sample|possible)\s+)?(?:answers?|solutions?|explanations?|hints?|outputs?|discussion"
    r"|respuesta|explicación|antwort|lösung|erklärung|ответ|решение|объяснение|答案|解答|解析|回答)(?:\s*\d+)?\s*(?:[:：.].{0,40})?"  # noqa: RUF001
    r"|(?:method|approach|way|alternative|variant|option|example)\s*[#№]?\d+\b.{0,60}",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"(?:(?:briefly|please)\s+)?(?:explain|describe|define|discuss|compare|contrast|differentiate|distinguish|name"
    r"|list|give|state|mention|write|implement|outline|summari[sz]e)\s+\w",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_FOR_A_FORM = 3
"""Questions from which a guide has a form of its own."""
_FEWEST_REPEATS = 3
"""Headings of the same words, with nothing below, that are decoration."""
_MOST = 0.75
"""Share from which questions count as being of one form."""


class HeadingRole(Enum):
    """The role of a heading: title, section, question or subheading."""

    TITLE = auto()
    SECTION = auto()
    ASKED_SECTION = auto()
    """A section that is asked too: what stands right below it answers it, and questions of its own follow."""
    QUESTION = auto()
    SUBHEADING = auto()


class HeadingFeatures(NamedTuple):
    """The features of a heading from which its role, and that of other headings, is decided."""

    level: int
    words: str
    """Without the decoration around them."""
    answered: bool
    """An answer follows at once."""
    form: HeadingForm = HeadingForm.PLAIN
    asked: int = 0
    """How many questions that are no headings stand below it, up to the next heading."""
    importance: Importance | None = None
    """How much what it heads matters, as a comment right below it says."""

    @property
    def has_question_number(self) -> bool:
        """Whether the heading has a question's number: `Q3.`"""
        return has_question_number(self.words)

    @property
    def numbered(self) -> bool:
        """Whether the heading has a number that a section may have too."""
        return self.form is HeadingForm.LISTED or bool(_COUNTED.match(self.words))

    @property
    def asking(self) -> bool:
        """Whether the heading ends in a question mark."""
        return asks(self.words)

    @property
    def asks(self) -> bool:
        """Whether the form of the heading alone makes it a question."""
        return self.has_question_number or self.numbered or self.asking


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


def has_question_number(words: str) -> bool:
    """Tell whether words begin with a question's number: `Q3.`"""
    return bool(_QUESTION_NUMBER.match(words))


def without_number(words: str) -> str:
    """Return a question's words without its number."""
    for form in (_QUESTION_NUMBER, _PLAIN_NUMBER):
        if (match := form.match(words)) and words[match.end() :].strip():
            return words[match.end() :]
    return words


def without_bare_number(words: str) -> str:
    """Return a question's words without the number that stands before them without a mark."""
    return _NUMBER_BEFORE.sub("", words, count=1) if _NUMBER_BEFORE.match(words) else words


def is_number(words: str) -> bool:
    """Tell whether the words are a question's number and no more: `3)`, `Q3.`, `Question 3:`."""
    return bool(_NUMBER_ALONE.fullmatch(words))


def is_numbered_label(words: str) -> bool:
    """Tell whether a heading only counts the question that stands below it: `Exercise 3`, `Q3.`"""
    words = undecorated(words).strip()
    return bool(_NUMBERED_LABEL.fullmatch(words)) or is_number(words)


def is_answer_line(words: str) -> bool:
    """Tell whether a line only says that the answer is below: `Answer:`."""
    return bool(_ANSWER_LINE.fullmatch(words))


def counts_bare(signs: Sequence[HeadingFeatures]) -> bool:
    """Tell whether the headings of a guide are counted by numbers without a mark: `1 What is ...`."""
    found = [
        (sign.level, int(re.split(r"[.\s]", sign.words, maxsplit=1)[0]))
        for sign in signs
        if _BARE_NUMBER.match(sign.words)
    ]
    return len(found) > 1 and any(
        level == next_level and later == number + 1
        for (level, number), (next_level, later) in pairwise(found)
    )


def section_without_number(words: str) -> str:
    """Return a section's words without its number."""
    return _SECTION_NUMBER.sub("", words, count=1) if _SECTION_NUMBER.match(words) else words


def section_words(words: str) -> str:
    """Return a section's words as its cards name it; nothing for one that only calls readers elsewhere."""
    bare_words = undecorated(words).lstrip("#").strip()
    return "" if advertises(words) else section_without_number(bare_words)


def slug_of(words: str) -> str:
    """Return the words in lower case joined by hyphens, at most 80 characters, cut between words."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    slug = "-".join(re.findall(r"[^\W_]+", folded))
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]
    return slug


def sections_of(signs: Sequence[HeadingFeatures], roles: Sequence[HeadingRole]) -> tuple[Section, ...]:
    """Return the section that each heading stands in, or is.

    A section ends where a heading of a higher level asks; one over deeper headings, where one of its own
    level does.
    """
    above: list[tuple[int, int, Section]] = []
    """Of each open section its level and the lowest level of a question that ends it."""
    found = []
    for place, (sign, role) in enumerate(zip(signs, roles, strict=True)):
        is_section, is_asked = role is HeadingRole.SECTION, role is HeadingRole.ASKED_SECTION
        if is_section or is_asked or (role is HeadingRole.QUESTION and sign.form is HeadingForm.PLAIN):
            while above and (above[-1][0] if is_section else above[-1][1]) >= sign.level:
                above.pop()
        if is_section or is_asked:
            is_above = place + 1 < len(signs) and signs[place + 1].level > sign.level
            words = section_words(sign.words)
            ends_at = sign.level if is_above else sign.level - 1
            section = Section(without_bare_number(words) if is_asked else words, sign.importance)
            above.append((sign.level, ends_at, section))
        found.append(above[-1][2] if above else NO_SECTION)
    return tuple(found)


def bold_question(inline: Inline) -> BoldQuestion | None:
    """Return the question if the whole paragraph is one bold line that asks something."""
    words = plain_text(inline)
    start, end = bare(words)
    runs = [run for run in slice_inline(inline, start, end) if run.text.strip(" ?？.:")]  # noqa: RUF001
    if not runs or any(run.style is not Style.STRONG and not run.style.is_verbatim for run in runs):
        return None
    words = words[start:end].strip()
    if runs[0].style is not Style.STRONG or "\n" in words:
        return None
    if (_QUESTION_NUMBER.match(words) and not is_number(words)) or (_COUNTED.match(words) and asks(words)):
        return BoldQuestion.CERTAIN
    if _COUNTED.match(words):
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


def answer_start(words: str) -> int:
    """Return the position of a paragraph's first word behind a leading `A:`."""
    match = _ANSWER_LABEL.match(words)
    return match.end() if match else 0


def is_labelled(inline: Inline) -> bool:
    """Tell whether a paragraph begins with a label in words that says it is the answer: `Answer: ...`."""
    words = plain_text(inline)
    end = answer_start(words)
    return end > 0 and words[:end].strip(" .:：").upper() != "A"  # noqa: RUF001 - colons people type


def heading_features(pieces: Sequence[Element]) -> tuple[HeadingFeatures, ...]:
    """Return the features of the headings, in their order."""
    return tuple(
        HeadingFeatures(
            piece.level,
            undecorated(plain_text(piece.inline)),
            _starts_answer(pieces, place + 1),
            piece.form,
            _count_asked(pieces, place + 1),
            _importance_said(pieces, place + 1),
        )
        for place, piece in enumerate(pieces)
        if isinstance(piece, Heading)
    )


def _importance_said(pieces: Sequence[Element], place: int) -> Importance | None:
    """Return what the comments from a place on say of how much matters what they stand above."""
    comments = takewhile(lambda piece: isinstance(piece, DirectiveComment), islice(pieces, place, None))
    said = (piece.order.importance for piece in comments if isinstance(piece, DirectiveComment))
    return next((each for each in said if each is not None), None)


def _count_asked(pieces: Sequence[Element], place: int) -> int:
    """Return how many questions that are no headings stand from a place on, up to the next heading."""
    below = takewhile(lambda piece: not isinstance(piece, Heading), islice(pieces, place, None))
    return sum(
        len(piece.listing.items) if isinstance(piece, QuestionList) else isinstance(piece, Asked)
        for piece in below
    )


def heading_roles(signs: Sequence[HeadingFeatures]) -> tuple[HeadingRole, ...]:
    """Return each heading's role, given the features of all headings of the guide.

    Read from the last heading to the first, so that those below one are known before it.
    """
    tops = sum(sign.level == 1 for sign in signs)
    level = _level_of_questions(signs)
    repeats = Counter(sign.words for sign in signs if not sign.answered and not sign.asked)
    roles = [HeadingRole.SECTION] * len(signs)
    for place in reversed(range(len(signs))):
        sign = signs[place]
        below = _headings_below(signs, place)
        is_repeated = repeats[sign.words] >= _FEWEST_REPEATS and (sign.asking or not below)
        is_label = place > 0 and (
            is_repeated or _LABEL_HEADING.fullmatch(sign.words) or not _LETTERS.search(sign.words)
        )
        if sign.form is HeadingForm.INNER or is_label:
            roles[place] = HeadingRole.SUBHEADING
            continue
        # Where questions are headings of the first level, the first of them is no title.
        asks_like_others = tops > 1 and sign.answered and sign.asking
        if place == 0 and sign.level == 1 and not (sign.has_question_number or asks_like_others):
            roles[place] = HeadingRole.TITLE
        elif (
            sign.form is HeadingForm.SUMMARY
            or sign.has_question_number
            or _is_question(sign, signs, roles, below, level)
        ):
            roles[place] = HeadingRole.QUESTION
    _assign_set_up(signs, roles)
    _assign_page_parts(signs, roles)
    _assign_suspects(signs, roles)
    _assign_subheadings(signs, roles, level)
    _assign_asked_sections(signs, roles)
    return tuple(roles)


def _level_of_questions(signs: Sequence[HeadingFeatures]) -> int:
    """Return the level of headings at which most questions ask or are counted; 6 where there is none."""
    levels = Counter(sign.level for sign in signs if sign.asking or sign.has_question_number)
    level, count = max(levels.items(), key=lambda item: (item[1], -item[0]), default=(6, 0))
    return level if count >= max(_FEWEST_FOR_A_FORM, sum(levels.values()) * _MOST) else 6


def _is_question(
    sign: HeadingFeatures,
    signs: Sequence[HeadingFeatures],
    roles: Sequence[HeadingRole],
    below: range,
    level_of_questions: int,
) -> bool:
    """Tell whether a heading is a question, by what stands below it."""
    if sign.asking:  # headings below it that ask nothing are parts of its answer
        below_asks = any(
            signs[other].asking or signs[other].has_question_number
            if sign.level == level_of_questions
            else signs[other].asks
            for other in below
        )
        return sign.answered or not below_asks
    if sign.answered and is_numbered_label(sign.words):
        return True
    no_question_below = all(roles[other] is not HeadingRole.QUESTION for other in below)
    if sign.numbered:
        return sign.answered or no_question_below
    return sign.answered and no_question_below


def _assign_set_up(signs: Sequence[HeadingFeatures], roles: list[HeadingRole]) -> None:
    """Make headings such as `Setup` sections where they stand before the first question."""
    for place, sign in enumerate(signs):
        if roles[place] is HeadingRole.QUESTION:
            if not _SET_UP.fullmatch(sign.words) or HeadingRole.QUESTION not in roles[place + 1 :]:
                return
            roles[place] = HeadingRole.SECTION


def _assign_page_parts(signs: Sequence[HeadingFeatures], roles: list[HeadingRole]) -> None:
    """Make headings such as `References` or `License` sections, as long as a question is left."""
    about_page = [is_about_page(sign.words) or advertises(sign.words) for sign in signs]
    for place in range(len(signs)):
        if about_page[place] and not signs[place].asks:
            for part in (place, *_headings_below(signs, place)):
                is_told = part != place and _tells_to_answer(signs[part])
                is_asked = roles[part] is HeadingRole.QUESTION and not (signs[part].asks or is_told)
                if is_asked and roles.count(HeadingRole.QUESTION) > 1:
                    roles[part] = HeadingRole.SECTION


def _tells_to_answer(sign: HeadingFeatures) -> bool:
    """Tell whether a heading is a question without its mark: `Explain ...`, or a summary that opens."""
    return sign.form is HeadingForm.SUMMARY or is_imperative(sign.words)


def _assign_suspects(signs: Sequence[HeadingFeatures], roles: list[HeadingRole]) -> None:
    """Make headings sections that have not the form which the questions of the guide have.

    Where questions are counted, one without a number is none; where all have a question mark, nor is one of
    another level without it; nor is one over several questions that are no headings.
    """
    asked = [sign for sign, role in zip(signs, roles, strict=True) if role is HeadingRole.QUESTION]
    asking = [sign for sign in asked if sign.asks]
    elsewhere = sum(sign.asked for sign in signs)
    for place, sign in enumerate(signs):
        if roles[place] is not HeadingRole.QUESTION or sign.asks or sign.form is not HeadingForm.PLAIN:
            continue
        holds_others = sign.asked > 1 and elsewhere > len(asking)
        if holds_others or (not is_imperative(sign.words) and _has_other_form(sign, asking, len(asked))):
            roles[place] = HeadingRole.SECTION


def _has_other_form(sign: HeadingFeatures, asking: Sequence[HeadingFeatures], count: int) -> bool:
    """Tell whether a heading that asks nothing differs in form from those that do, if they are most."""
    if len(asking) < _FEWEST_FOR_A_FORM or len(asking) < count * _MOST:
        return False
    counted = sum(each.has_question_number or each.numbered for each in asking)
    at_level = sum(each.level == sign.level for each in asking)
    return counted >= len(asking) * _MOST or at_level < len(asking) * (1 - _MOST)


def _assign_subheadings(
    signs: Sequence[HeadingFeatures], roles: list[HeadingRole], level_of_questions: int
) -> None:
    """Make a heading that is part of the answer above it a subheading."""
    above: HeadingFeatures | None = None
    for place, sign in enumerate(signs):
        is_deeper = above is not None and sign.level > above.level
        # Numbers of headings below the questions' level count the parts of an answer.
        is_step = sign.numbered and not sign.asking and sign.level > level_of_questions
        if roles[place] is HeadingRole.SUBHEADING:
            continue
        if above and is_deeper and (_is_answer_part(sign, above) or (is_step and above.asks)):
            roles[place] = HeadingRole.SUBHEADING
        else:
            above = sign if roles[place] is HeadingRole.QUESTION else None


def _assign_asked_sections(signs: Sequence[HeadingFeatures], roles: list[HeadingRole]) -> None:
    """Ask sections that have an answer of their own above the questions below them.

    Those are sections that tell somebody to answer (`Name three ...`), and in an outline, where few headings
    ask, each over headings none of which does.
    """
    questions = [sign for sign, role in zip(signs, roles, strict=True) if role is HeadingRole.QUESTION]
    is_outline = 2 * sum(sign.asks for sign in questions) < len(questions)
    for place, sign in enumerate(signs):
        if roles[place] is not HeadingRole.SECTION or not sign.answered or sign.asked:
            continue
        below = [other for other in _headings_below(signs, place) if roles[other] is HeadingRole.QUESTION]
        is_plain = sign.form is HeadingForm.PLAIN and not (
            sign.numbered or _SET_UP.fullmatch(sign.words) or opens_or_closes_page(sign.words)
        )
        is_about = is_about_page(sign.words) or advertises(sign.words)
        is_over_outline = place > 0 and is_outline and not any(signs[other].asks for other in below)
        if below and is_plain and not is_about and (_TELLS.match(sign.words) or is_over_outline):
            roles[place] = HeadingRole.ASKED_SECTION


def _is_answer_part(sign: HeadingFeatures, question: HeadingFeatures) -> bool:
    """Tell whether a heading below a question's heading asks nothing new.

    Where questions are numbered, one without a number is asked on the way to the answer.
    """
    if sign.has_question_number:
        return False
    if sign.form is HeadingForm.SUMMARY:
        return not sign.asking
    if sign.form is HeadingForm.LISTED:
        return not sign.asking and question.form is not HeadingForm.LISTED
    if sign.numbered or not sign.asking:
        return not sign.asks
    return question.has_question_number or (question.numbered and question.asking)


def _headings_below(signs: Sequence[HeadingFeatures], place: int) -> range:
    """Return the positions of the headings below a heading, up to the next of its level."""
    end = place + 1
    while end < len(signs) and signs[end].level > signs[place].level:
        end += 1
    return range(place + 1, end)


def _starts_answer(pieces: Sequence[Element], place: int) -> bool:
    """Tell whether what follows a heading is an answer, and not another heading or a FAQ."""
    for later in range(place, len(pieces)):
        piece = pieces[later]
        if isinstance(piece, Heading):
            return False
        if isinstance(piece, Asked):
            return False
        if isinstance(piece, Prose):
            return not question_answer_pairs(plain_text(piece.inline))
        if not isinstance(piece, DirectiveComment | Other | AnswerEnd):
            return True
    return False
