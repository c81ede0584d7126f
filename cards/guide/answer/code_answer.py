"""Read whether code asks (`What is the output?` over a block) or answers (below `Reverse a list.`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from cards.guide.block import Code, Listing, Other, Picture, Prose, Subheading, Table, words_of
from cards.guide.decoration import is_imperative
from cards.guide.element import OUTPUT_LANGUAGE, PYTHON_LANGUAGES
from cards.guide.example import is_example
from cards.guide.text import plain_text
from cards.language.word_count import count_words
from cards.regex import regex

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

_MOST_WORDS_OF_TASK = 80
"""Words of a task above the code that answers it."""
_WANTS_DOING = regex(
    r"(?:[^.:]{1,40}[.:]\s+)?(?:(?:please|now)\s+)?(?:write|implement|create|build|code|compute|calculate"
    r"|print|return|find|reverse|sort|check|count|remove|delete|merge|convert|generate|solve|given|determine"
    r"|add|sum|draw|plot|select|query|filter|group|join|split|parse|rotate|flatten|swap|read|make|get|design"
    r"|define a function)\b",
    re.IGNORECASE,
)
_TASK = regex(
    r"(?:(?:please|now)\s+)?(?:write|implement|create|build|compute|calculate|return|find|reverse|count|convert"
    r"|generate|solve|determine|merge|flatten|tell (?:whether|if)|check (?:whether|if)|given an?\b)\b",
    re.IGNORECASE,
)
"""Begins a paragraph that says what is to be written, below a heading that only names it: `Anagrams`."""
_MOST_WORDS_OF_NAME = 5
_HINTS = regex(
    r"\W*(?:hints?|tips?|note|pista|hinweis|indice|подсказка|提示)\b\s*\d*\W*[:：]",  # noqa: RUF001
    re.IGNORECASE,
)
_EXAMPLE = regex(r"\u21d2|\u2192|=>|->|==")
"""What stands between what a function is given and what it returns."""
_SENDS = regex(r"\S{0,12}\s*<?https?://\S+>?\Z")
"""Words that only send a reader to a page."""
_GIVES_EXAMPLE = regex(r"(?:sample |for )?(?:examples?|input|output)\b\W", re.IGNORECASE)
_ABOUT_CODE = regex(
    r"\bwhat(?:'s|’s|s| is| are| will be| would be| could be)?\b.{0,40}\b(?:outputs?|results?|printed"  # noqa: RUF001
    r"|logged|returned|displayed)\b"
    r"|\bwhat (?:does|do|did|will|would|can)\b.{0,60}\b(?:print|output|return|log|display|show"
    r"|produce|happen|do|give|evaluate|yield)\b"
    r"|\b(?:predict|guess|determine|find|tell)\b.{0,20}\b(?:output|result)\b"
    r"|\bwhat (?:happens|gets|is happening|is going on)\b"
    r"|\b(?:what|find|spot|identify|where|fix)\b.{0,30}\b(?:wrong|error|bug|mistake|problem|issue)s?\b"
    r"|\b(?:will|does|do|is|can|would)\b.{0,40}\b(?:work|compile|run|fail|throw|raise|valid|legal)\b"
    r"|\b(?:this|these|the following|following|below|above|given)\b.{0,25}\b(?:code|snippet|program"
    r"|function|query|commands?|script|expressions?|block|statements?)\b"
    r"|\bwhat(?:'s|’s| is| are| will be| would be)? (?:the |its )?"  # noqa: RUF001
    r"(?:values?|format|types?|length|order)(?: (?:of|in)\b|\?)"
    r"|\bwhich (?:one|ones|line|lines|statements?|options?|of (?:the following|these|them)"
    r"|method(?:\(s\)|s)?)\b"
    r".{0,60}\b(?:true|false|correct|incorrect|valid|invalid|wrong|returns?"
    r"|prints?|logs?|throws?|errors?|works?)\b"
    r"|\bhow many\b.{0,40}\b(?:times|objects|lines|arguments|elements)\b"
    r"|\b(?:this|the following|following|below|above|given)\b.{0,25}\b(?:data|json|yaml|xml|file|output|regex"
    r"|object|class|dockerfile|manifest|config(?:uration)?|excerpt)\b"
    r"|\boutput of\b|\b(?:salida|imprime|devuelve|ausgabe|sortie|affiche)\b|\bgibt\b.*\baus\b|输出"
    r"|打印|結果|结果|出力|вывод|вывед|напечат|\bsaída\b|(?:ناتج|مخرجات|يطبع)|(?:הפלט|ידפיס|מדפיס)",
    re.IGNORECASE,
)
_POINTS_AT_CODE = regex(
    r"\b(?:this|these|the following|following|below|above|given)\b.{0,25}"
    r"\b(?:code|snippet|program|function|query|commands?|script|expressions?|block)\b",
    re.IGNORECASE,
)
_POINTS_BELOW = regex(r"\b(?:this|these|following|below|above|given)\b|:\s*\Z", re.IGNORECASE)
_FEWEST_WORDS_OF_TASK = 3
_FEWEST_WORDS = 6
_SENTENCE_END = regex(r"[.!?:]\s*\Z")
_ASKS_FOR_CODE = regex(
    r"\bhow (?:do|can|could|would|should|to|did)\b|\bwhat(?:'s| is) the (?:\w+ )?(?:command|query|syntax)\b"
    r"|\b(?:which|what) (?:(?!does|do|will|is|are|would)\w+ )?(?:commands?|query|syntax|one-liner)\b"
    r"|\bc[oó]mo\b|\bwie\b.*\bman\b|\bcomment (?:faire|peut|puis|\w+(?:er|ir|re)\b)|如何|怎么|怎样"
    r"|\bкак\b"  # noqa: RUF001
    r"|する(?:に|方法)|どうすれば|どうやって|どのように|\bكيف\b|\b(?:איך|כיצד)\b",
    re.IGNORECASE,
)
_ASKS_FOR_WORDS = regex(
    r"(?:please\s+)?(?:explain|describe|define|discuss|compare|contrast|differentiate|distinguish|tell"
    r"|talk|mention|predict|guess|prove|outline|summari[sz]e|suppose|given|consider"
    r"|what (?:does|will|would|happens)"
    r"|(?:find|spot|identify|determine|name)\b.*\b(?:output|result|bug|error|mistake|problem|wrong))\b",
    re.IGNORECASE,
)


_FILE_NAME = regex(r"\s*(?://|#|/\*|--|<!--)\s*[\w./-]+\.\w{1,5}\b")
"""Begins a block with the name of its file: `// counter.js`."""
# `Given two arrays, compute ...`: what is asked stands behind the comma.
_SUPPOSITION = regex(
    r"\A(?:consider(?:ing)?|given|suppose|assume|assuming|let)\b[^?]*?[,.;:]\s+(?:and\s+)?"
    r"(?=(?:how (?:to|do|can|would)|what is the (?:command|query|syntax)|find|convert|compute|calculate"
    r"|write|create|get|build|print|return|extract|generate|count|sort|reverse|select|construct|make|implement|show)\b)",
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
    beside: tuple[Code, ...] = ()
    """Other files right below the code, which the question is about too."""


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """An answer that is code."""

    given: tuple[Prose | Listing | Table | Code, ...]
    """What the question is about, above its answer: a file, or what a task asks for, with its examples."""
    blocks: tuple[Prose | Code, ...]
    """The code and the few words beside it, in their order."""
    code: tuple[Code, ...]
    others: tuple[Code | Table, ...]
    """What else stands there, in its order: what the code prints, the rows that a query returns."""
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
    rest = blocks[place + 1 :]
    beside = _files_beside(code, rest)
    return CodeQuestion(leads, code, rest[len(beside) :], beside)


def _files_beside(code: Code, below: Sequence[Block]) -> tuple[Code, ...]:
    """Return the blocks right below code that are other files: each begins with its name, as the code does.

    Python runs as one program, so that its blocks stand each for itself.
    """
    if code.language in PYTHON_LANGUAGES or not _FILE_NAME.match(code.source):
        return ()
    beside: list[Code] = []
    for block in below:
        if not (isinstance(block, Code) and _FILE_NAME.match(block.source)):
            break
        beside.append(block)
    return tuple(beside)


def code_answer_of(question: Question) -> CodeAnswer | None:
    """Return the code that an answer is, with the few words beside it; None for an answer in words."""
    given, blocks = _without_given(question, _told_blocks(question))
    code = tuple(block for block in blocks if isinstance(block, Code) and _is_code(block))
    unread = tuple(block for block in blocks if isinstance(block, Code) and block not in code)
    prose = tuple(block for block in blocks if isinstance(block, Prose))
    returned = _returned_tables(blocks) if _asks_for_code(question) or given else ()
    expected = (Code, Prose, Subheading, Picture)
    if not code or any(not isinstance(block, expected) and block not in returned for block in blocks):
        return None
    says_more = not all(map(_leads_or_sends, prose))
    words = sum(count_words(words_of(block)) for block in prose)
    is_asked_for = _asks_for_code(question) or any(isinstance(block, Listing | Prose) for block in given)
    if words > _MOST_WORDS_BESIDE:
        return None
    # Code that asks is answered by nothing here.
    if not is_asked_for and (says_more or code_question_of(question)):
        return None
    others = tuple(
        block for block in blocks if isinstance(block, Code | Table) and block in (*returned, *unread)
    )
    told = tuple(block for block in blocks if isinstance(block, Prose | Code) and block not in others)
    return CodeAnswer(given, told, code, others, is_asked_for)


def _leads_or_sends(block: Prose) -> bool:
    """Tell whether a paragraph beside code only leads into it, or sends its reader elsewhere."""
    words = plain_text(block.inline)
    return words.endswith((":", "：")) or bool(_SENDS.match(words))  # noqa: RUF001


def _returned_tables(blocks: Sequence[Block]) -> tuple[Table, ...]:
    """Return the tables right below code that is no Python: the rows that a query returns."""
    return tuple(
        block
        for above, block in pairwise(blocks)
        if isinstance(block, Table) and isinstance(above, Code) and above.language not in PYTHON_LANGUAGES
    )


def _without_given(
    question: Question, blocks: tuple[Block, ...]
) -> tuple[tuple[Prose | Listing | Table | Code, ...], tuple[Block, ...]]:
    """Return what a question points at or goes on with, and the blocks that answer it."""
    if task := _task_before_code(question, blocks):
        return task, blocks[len(task) :]
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


def _task_before_code(
    question: Question, blocks: tuple[Block, ...]
) -> tuple[Prose | Listing | Table | Code, ...]:
    """Return what a task goes on with above its code: rules, examples; nothing elsewhere."""
    title = question.title
    task: list[Prose | Listing | Table | Code] = []
    for block in blocks:
        if _is_code(block):
            break
        if not isinstance(block, Prose | Listing | Table | Code):
            return ()
        task.append(block)
    is_code_below = len(task) < len(blocks)
    if (
        is_code_below
        and task
        and all(isinstance(block, Prose) and _HINTS.match(words_of(block)) for block in task)
    ):
        return tuple(task)
    lists = [block for block in task if isinstance(block, Listing)]
    gives_examples = bool(lists) and all(_EXAMPLE.search(words_of(block)) for block in lists)
    first = words_of(task[0]) if task and isinstance(task[0], Prose) else ""
    is_told = "?" not in title and bool(_is_told(title) or _WANTS_DOING.match(first))
    is_open = title.rstrip().endswith(":") or bool(_GIVES_EXAMPLE.match(first))
    most_words = 2 if _is_told(title) else _MOST_WORDS_OF_NAME
    is_named = len(title.split()) <= most_words and bool(_TASK.match(first))
    has_data = any(isinstance(block, Table) for block in task)
    goes_on = is_named or (is_told and (bool(lists) or has_data or is_open))
    if not is_code_below or title.rstrip().endswith("?") or not (goes_on or gives_examples):
        return ()
    words = sum(len(words_of(block).split()) for block in task)
    return tuple(task) if words <= _MOST_WORDS_OF_TASK else ()


def _is_told(title: str) -> bool:
    return bool(_WANTS_DOING.match(title))


def _asks_for_code(question: Question) -> bool:
    """Tell whether a question wants something done: `How do you ...?`, `Write ...`."""
    title = _SUPPOSITION.sub("", question.title, count=1)
    is_told = "?" not in title and len(title.split()) >= _FEWEST_WORDS_OF_TASK
    wants = bool(_ASKS_FOR_CODE.search(title)) or is_imperative(title) or is_told
    return wants and not _ASKS_FOR_WORDS.match(title) and not _POINTS_AT_CODE.search(title)


def _told_blocks(question: Question) -> tuple[Block, ...]:
    return tuple(
        block
        for place, block in enumerate(question.blocks)
        if place not in question.context
        and not isinstance(block, Other | Picture)
        and not (place and isinstance(block, Prose) and is_example(block.inline))
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
