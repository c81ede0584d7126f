"""Paragraphs that answer nothing, under a label that says so: `Use case:`, `Example:`, `Interview tip:`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.guide.text import Style, plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from cards.guide.text import Inline

_LABEL = regex(
    r"\W{0,3}(?:(?:a|an|the|real[- ](?:world|life)|common|typical|practical|industry|sample|code)\s+)*"
    r"(?:use[- ]?cases?|examples?|scenarios?|analog(?:y|ies)|e\.g\.|anwendungsfall|beispiele?"
    r"|casos? de uso|ejemplos?|примеры?|exemples?|用例|示例|例子|使用场景|应用场景)"
    r"(?:\s+\d+|\s+\([^()]*\))?\s*[:：]",  # noqa: RUF001 - colons people type
    re.IGNORECASE,
)

_ADVICE = regex(
    r"\W{0,3}(?:pro[- ]tips?|bonus points?|red flags?|(?:the )?interviewer(?:['’]s)? (?:tips?|notes?|hints?)"  # noqa: RUF001
    r"|(?:interview|exam) (?:tips?|advice|notes?|hints?)|(?:tips?|hints?) for (?:the|your) (?:interview|exam)"
    r"|(?:what|why) (?:the )?interviewers? \w+(?: \w+){0,4}|how to (?:answer|approach)(?: (?:it|this))?"
    r"|(?:likely |possible |common )?follow[- ]?up(?:s| questions)|(?:related|further) questions"
    r"|profi-?tipps?|consejos? de entrevista|面试(?:技巧|提示))\s*(?:[:：]|\Z)",  # noqa: RUF001 - colons people type
    re.IGNORECASE,
)


def is_advice(inline: Inline) -> bool:
    """Tell whether a text begins with a label, or is one, that says that it advises whoever is asked.

    So do questions that may follow, where nobody answers them.
    """
    return bool(_ADVICE.match(plain_text(inline)))


def is_example(inline: Inline) -> bool:
    """Tell whether a text begins with a label, set apart, that says that it is an example."""
    label = _LABEL.match(plain_text(inline))
    styles = {run.style for run in inline[:1]}
    return label is not None and bool(styles & {Style.STRONG, Style.EMPHASIS})
