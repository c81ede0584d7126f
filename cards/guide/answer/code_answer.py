"""Read whether code asks (`What is the output?` over a block) or answers (below `Reverse a list.`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.guide.block import Code, Other, Picture, Prose, Subheading, words_of
from cards.guide.decoration import is_imperative
from cards.guide.element import OUTPUT_LANGUAGE
from cards.guide.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.block import Block
    from cards.guide.guide import Question

TEXT_LANGUAGES = frozenset(
    {OUTPUT_LANGUAGE, "text", "txt", "plaintext", "plain", "mermaid", "math", "latex", "markdown", "md"}
)
"""The languages of blocks that are no code."""
_MOST_WORDS_ABOVE = 25
"""Words of a paragraph between a question and the code that it is about."""
_MOST_WORDS_BESIDE = 40
"""Words beside the code of an answer that is code."""

_ABOUT_CODE = re.compile(
    r"\bwhat(?:'s|’s|s| is| are| will be| would be| could be)?\b.{0,40}\b(?:outputs?|results?|printed"  # noqa: RUF001
    r"|logged|returned|displayed)\b"
    r"|\bwhat (?:does|do|did|will|would|can)\b.{0,60}\b(?:print|output|return|log|display|show"
    r"|produce|happen|do|give|evaluate|yield)\b"
    r"|\b(?:predict|guess|determine|find|tell)\b.{0,20}\b(?:output|result)\b"
    r"|\bwhat (?:happens|gets|is happening|is going on)\b"
    r"|\b(?:what|find|spot|identify|where|fix)\b.{0,30}\b(?:wrong|error|bug|mistake|problem|issue)s?\b"
    r"|\b(?:will|does|do|is|can|would)\b.{0,40}\b(?:work|compile|run|fail|throw|raise|valid|legal)\b"
    r"|\b(?:this|the following|following|below|above|given)\b.{0,25}\b(?:code|snippet|program"
    r"|function|query|commands?|script|expressions?|block|statements?)\b"
    r"|\boutput of\b|\b(?:salida|imprime|devuelve|ausgabe|sortie|affiche)\b|\bgibt\b.*\baus\b|输出"
    r"|打印|結果|结果|出力|вывод|вывед|напечат|\bsaída\b|(?:ناتج|مخرجات|يطبع)|(?:הפלט|ידפיס|מדפיס)",
    re.IGNORECASE,
)
_POINTS_AT_CODE = re.compile(
    r"\b(?:this|the following|following|below|above|given)\b.{0,25}"
    r"\b(?:code|snippet|program|function|query|commands?|script|expressions?|block)\b",
    re.IGNORECASE,
)
_POINTS_BELOW = re.compile(r"\b(?:this|these|following|below|above|given)\b|:\s*\Z", re.IGNORECASE)
_FEWEST_WORDS_OF_TASK = 3
_FEWEST_WORDS = 6
_SENTENCE_END = re.compile(r"[.!?:]\s*\Z")
_ASKS_FOR_CODE = re.compile(
    r"\bhow (?:do|can|could|would|should|to|did)\b|\bwhat(?:'s| is) the (?:\w+ )?(?:command|query|syntax)\b"
    r"|\b(?:which|what) (?:(?!does|do|will|is|are|would)\w+ )?(?:commands?|query|syntax|one-liner)\b"
    r"|\bc[oó]mo\b|\bwie\b.*\bman\b|\bcomment (?:faire|peut|puis|\w+(?:er|ir|re)\b)|如何|怎么|怎样"
    r"|\bкак\b"  # noqa: RUF001
    r"|する(?:に|方法)|どうすれば|どうやって|どのように|\bكيف\b|\b(?:איך|כיצד)\b",
    re.IGNORECASE,
)
_ASKS_FOR_WORDS = re.compile(
    r"(?:please\s+)?(?:explain|describe|define|discuss|compare|contrast|differentiate|distinguish|tell"
    r"|talk|mention|predict|guess|prove|outline|summari[sz]e|suppose|given|consider"
    r"|what (?:does|will|would|happens)"
    r"|(?:find|spot|identify|determine|name)\b.*\b(?:output|result|bug|error|mistake|problem|wrong))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CodeQuestion:
    """A question about the code below it."""

    above: tuple[Prose, ...]
    """The sentence between the question and the code."""
    code: Code
    answer: tuple[Block, ...]
    """All that stands below the code."""


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """An answer that is code."""

    given: tuple[Code, ...]
    """What the question is about, above its answer: `How do you read the following file?`"""
    blocks: tuple[Prose | Code, ...]
    """The code and the few words beside it, in their order."""
    code: tuple[Code, ...]
    others: tuple[Code, ...]
    """What else stands there, in its order: what the code prints."""
    is_asked_for: bool
    """The question wants something done: `How do you ...?`, `Write ...`."""

    @property
    def line_count(self) -> int:
        """How many lines all of the code has."""
        return sum(each.source.count("\n") + 1 for each in self.code)


def code_question_of(question: Question) -> CodeQuestion | None:
    """Return the code that a question is about: the first that stands there, above the answer's prose."""
    if not _ABOUT_CODE.search(question.title) or _asks_for_code(question):
        return None
    blocks = _told_blocks(question)
    places = [place for place, block in enumerate(blocks) if _is_code(block)]
    if not places:
        return None
    place = places[0]
    above, code = blocks[:place], blocks[place]
    is_lead = all(isinstance(block, Prose) for block in above) and (
        sum(len(words_of(block).split()) for block in above) <= _MOST_WORDS_ABOVE
    )
    leads = tuple(block for block in above if isinstance(block, Prose))
    if not isinstance(code, Code) or not is_lead or not _leads_to_code(leads):
        return None
    return CodeQuestion(leads, code, blocks[place + 1 :])


def code_answer_of(question: Question) -> CodeAnswer | None:
    """Return the code that an answer is, with the few words beside it; None for an answer in words."""
    given, blocks = _without_given(question, _told_blocks(question))
    code = tuple(block for block in blocks if isinstance(block, Code) and _is_code(block))
    prose = tuple(block for block in blocks if isinstance(block, Prose))
    rest = [block for block in blocks if not isinstance(block, Code | Prose | Subheading)]
    if not code or rest:
        return None
    said = [block for block in prose if not plain_text(block.inline).endswith((":", "："))]  # noqa: RUF001
    words = sum(len(words_of(block).split()) for block in prose)
    is_asked_for = _asks_for_code(question)
    if not is_asked_for and code_question_of(question):
        return None  # the code asks, and nothing here answers it
    if words > _MOST_WORDS_BESIDE or (said and not is_asked_for):
        return None
    others = tuple(block for block in blocks if isinstance(block, Code) and block not in code)
    told = tuple(block for block in blocks if isinstance(block, Prose | Code) and block not in others)
    return CodeAnswer(given, told, code, others, is_asked_for)


def _without_given(
    question: Question, blocks: tuple[Block, ...]
) -> tuple[tuple[Code, ...], tuple[Block, ...]]:
    """Return the text or code that a question points at, and the blocks that answer it.

    Code is pointed at where prose parts it from the code that answers.
    """
    first, *rest = blocks or (None,)
    if isinstance(first, Code) and _POINTS_BELOW.search(question.title) and _has_prose_before_code(rest):
        return (first,), tuple(rest)
    is_text = isinstance(first, Code) and first.language in {"", *TEXT_LANGUAGES}
    is_answered = any(isinstance(block, Code) and block.language for block in rest)
    if isinstance(first, Code) and is_text and is_answered and _POINTS_BELOW.search(question.title):
        return (first,), tuple(rest)
    return (), blocks


def _has_prose_before_code(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and isinstance(blocks[0], Prose) and any(map(_is_code, blocks))


def _asks_for_code(question: Question) -> bool:
    """Tell whether a question wants something done: `How do you ...?`, `Write ...`."""
    title = question.title
    is_told = "?" not in title and len(title.split()) >= _FEWEST_WORDS_OF_TASK
    wants = bool(_ASKS_FOR_CODE.search(title)) or is_imperative(title) or is_told
    return wants and not _ASKS_FOR_WORDS.match(title) and not _POINTS_AT_CODE.search(title)


def _told_blocks(question: Question) -> tuple[Block, ...]:
    return tuple(
        block
        for place, block in enumerate(question.blocks)
        if place not in question.context and not isinstance(block, Other | Picture)
    )


def _is_code(block: Block) -> bool:
    if not isinstance(block, Code) or block.language in TEXT_LANGUAGES or not block.source.strip():
        return False
    return bool(block.language) or not _is_text(block.source)


def _is_text(source: str) -> bool:
    """Tell whether a block without a language is sentences."""
    lines = [line for line in source.split("\n") if line.strip()]
    sentences = [line for line in lines if len(line.split()) >= _FEWEST_WORDS and _SENTENCE_END.search(line)]
    return len(sentences) * 2 >= len(lines)


def _leads_to_code(above: Sequence[Prose]) -> bool:
    """Tell whether the words above code belong to the question, and are not its answer already."""
    return all(
        plain_text(each.inline).rstrip().endswith((":", "：", "?", "？"))  # noqa: RUF001
        or _ABOUT_CODE.search(plain_text(each.inline))
        for each in above
    )
