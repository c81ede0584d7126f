"""Which headings are title, section, question or subheading."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum, auto
from typing import TYPE_CHECKING

from cards.guide.decoration import is_imperative
from cards.guide.element import HeadingForm
from cards.guide.heading.number import is_numbered_label, section_words, without_bare_number
from cards.guide.label_word import ANSWER_WORD, ASIAN_ANSWER_WORD
from cards.guide.page_part import advertises, is_about_page, opens_or_closes_page
from cards.guide.section import NO_SECTION, Section
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.heading.features import HeadingFeatures

# Headings over code that what follows builds on.
_SET_UP = regex(
    r"(?:(?:the|common|shared|initial|project|environment|basic)\s+)?{part}(?:\s*(?:and|&|,)\s*{part})*"
    r"(?:\s+(?:code|section))?:?".format(
        part=r"(?:set[- ]?up|imports?|preamble|prerequisites?|preparations?|requirements?|dependencies"
        r"|packages|libraries|installation|install|installing|getting started|configuration|introduction)"
    ),
    re.IGNORECASE,
)

_LABEL_HEADING = regex(
    r"(?:(?:the|my|short|long|sample|possible)\s+)?(?:answers|solutions?|explanations?|hints?|outputs?|discussion"
    rf"|{ANSWER_WORD}|{ASIAN_ANSWER_WORD}|explicación|lösung|erklärung|решение|объяснение|solução|解析)(?:\s*\d+)?\s*(?:[:：.].{{0,40}})?"  # noqa: RUF001
    r"|(?:method|approach|way|alternative|variant|option|example)\s*[#№]?\d+\b.{0,60}",
    re.IGNORECASE,
)

_TELLS = regex(
    r"(?:(?:briefly|please)\s+)?(?:explain|describe|define|discuss|compare|contrast|differentiate|distinguish|name"
    r"|list|give|state|mention|write|implement|outline|summari[sz]e)\s+\w",
    re.IGNORECASE,
)

_LETTERS = regex(r"[^\W\d_]")

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
    if (sign.answered or sign.asked == 1) and is_numbered_label(sign.words):
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
