"""Read a question that offers options: what stands above them, which are right, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cards.guide.answer.option import has_boxes, is_consecutive, options_of
from cards.guide.answer.stated_answer import stated_answer
from cards.guide.block import Code, Listing, Other, Picture, Prose, Subheading
from cards.guide.decoration import asks
from cards.guide.inline import slice_inline
from cards.guide.text import plain_text
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.guide.answer.option import Option
    from cards.guide.block import Block
    from cards.guide.guide import Question
    from cards.guide.text import Inline

_FEWEST_WITH_BOLD = 3
"""Options from which a single bold one counts as the right one."""
_FEWEST_UNANSWERED = 3
_CHOICE = regex(
    r"\b(?:which|following|choose|select|pick|correct|true|false|right answer|cuál|welche[rs]?"
    r"|quel(?:le)?s?)\b|哪|какой|какие",
    re.IGNORECASE,
)
_ONE_ANSWER = regex(
    r"(?:what(?:'s|’s| is| was| does| will)|who|when|where|how (?:many|much|long|old))\b",  # noqa: RUF001
    re.IGNORECASE,
)
_EXPLANATION_LABEL = regex(
    r"[\s*_💡]*(?:(?:short|detailed|full)\s+)?(?:explanations?|reasons?|rationale|why|because"
    r"|solution|note|explicación|erklärung"
    r"|begründung|explication|объяснение|пояснение|解释|解析|説明|解説)\s*(?:[:：.]+\s*|\Z)",  # noqa: RUF001
    re.IGNORECASE,
)
_SOURCE = regex(
    r"(?:[\W_\d]*\b(?:references?|refs?|sources?|src|links?|docs?|documentation|reference link"
    r"|read more|more|here|see|also"
    r"|learn|info|further|reading|quelle|fuente|источник)\b)+[\W_\d]*",
    re.IGNORECASE,
)
_SOURCE_AT_END = regex(
    r"(?<=[.!?)])\s+[(\[]?(?:references?|sources?|docs?|documentation|(?:read|learn) more|more info)"
    r"[)\]]?[.:]?\s*\Z",
    re.IGNORECASE,
)
"""A link behind an explanation, of which only its word is left."""
_ADDRESS = regex(r"<?(?:https?://|www\.)[^\s>)]+>?")


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question with the options that it offers."""

    place: int
    """The position of the options among the blocks of the answer."""
    above: tuple[Block, ...]
    """What stands between the question and its options: code, a sentence."""
    options: tuple[Option, ...]
    right: tuple[int, ...]
    """The positions of the right options; empty where none is known."""
    explanation: tuple[Block, ...]


def quiz_of(question: Question) -> Quiz | None:
    """Return the quiz that a question is; None where it offers no options."""
    for place, block in enumerate(question.blocks):
        if isinstance(block, Listing) and place not in question.context:
            return _quiz_at(question, place, block)
        if not isinstance(block, Prose | Code | Other | Picture):
            return None
    return None


def _quiz_at(question: Question, place: int, listing: Listing) -> Quiz | None:
    listing, last = _with_code_between(question.blocks, place, listing)
    listing, answer_below = _without_answer_entry(listing)
    options = options_of(listing)
    if not options:
        return None
    below = [block for block in question.blocks[last + 1 :] if not _is_code_of(block, options)]
    right, explanation = _right_options(options, [*answer_below, *below])
    if not right:
        stands_first = not any(isinstance(block, Prose) for block in question.blocks[:place])
        right = _marked(options, question, stands_first=stands_first)
        right = right or (_only_bold(options, question) if stands_first else ())
        explanation = tuple(below)
    if not right and not _offers(options, question):
        return None
    above = tuple(block for block in question.blocks[:place] if isinstance(block, Prose | Code))
    return Quiz(place, above, options, right, _told(explanation))


def _with_code_between(blocks: Sequence[Block], place: int, listing: Listing) -> tuple[Listing, int]:
    """Return a list of boxes with those that follow it behind code, which belongs to the entry above it.

    The second is the position of the last block that belongs to it.
    """
    items = list(listing.items)
    last = place
    code: list[Code] = []
    for number, block in enumerate(blocks[place + 1 :], place + 1):
        if isinstance(block, Code):
            code.append(block)
        elif isinstance(block, Listing) and code and has_boxes(block) and has_boxes(listing):
            items[-1] = replace(items[-1], code=(*items[-1].code, *code))
            items += block.items
            last, code = number, []
        else:
            break
    if last > place and code:
        items[-1] = replace(items[-1], code=(*items[-1].code, *code))
        last += len(code)
    return replace(listing, items=tuple(items)), last


def _without_answer_entry(listing: Listing) -> tuple[Listing, list[Block]]:
    """Return a list without its last entry where that says which option is right: `- Answer: B`."""
    *items, last = listing.items
    shorter = replace(listing, items=tuple(items))
    options = options_of(shorter) if len(items) > 1 else ()
    if options and (stated := stated_answer(last.inline, options, follows_label=False)) and stated.right:
        return shorter, [Prose(last.inline, last.span)]
    return listing, []


def _is_code_of(block: Block, options: Sequence[Option]) -> bool:
    spans = [code.span for option in options for code in option.code]
    return isinstance(block, Code) and block.span in spans


def _right_options(
    options: Sequence[Option], below: Sequence[Block]
) -> tuple[tuple[int, ...], tuple[Block, ...]]:
    """Return the options that the text below says are right, and what stands there besides."""
    before: list[Block] = []
    follows_label = True
    for place, block in enumerate(below):
        if not isinstance(block, Prose | Subheading):
            before.append(block)
            follows_label = False
            continue
        stated = stated_answer(block.inline, options, follows_label=follows_label)
        if stated is None:
            before.append(block)
            follows_label = isinstance(block, Subheading)
            continue
        rest = _without_marks_before(slice_inline(block.inline, stated.end))
        if not stated.right:
            follows_label = True
            continue
        behind: list[Block] = [Prose(rest, block.span)] if plain_text(rest).strip(" .:*_") else []
        return stated.right, (*before, *behind, *below[place + 1 :])
    return (), ()


def _without_marks_before(inline: Inline) -> Inline:
    words = plain_text(inline)
    return slice_inline(inline, len(words) - len(words.lstrip(" .,:;–—-)*_")))  # noqa: RUF001


def _marked(options: Sequence[Option], question: Question, *, stands_first: bool) -> tuple[int, ...]:
    """Return the options that are ticked or marked as right; none where all are: a list of what is done.

    Signs alone may also tell what is good from what is bad: there only one counts, or a question that asks
    for a choice.
    """
    marked = tuple(place for place, option in enumerate(options) if option.is_marked)
    is_choice = (
        all(option.has_box for option in options)
        or is_consecutive([option.label for option in options])
        or (stands_first and len(marked) == 1)
        or bool(_CHOICE.search(question.title))
    )
    return marked if len(marked) < len(options) and is_choice else ()


def _only_bold(options: Sequence[Option], question: Question) -> tuple[int, ...]:
    """Return the one option that is bold as a whole, where the question asks something."""
    bold = tuple(place for place, option in enumerate(options) if option.is_bold)
    is_choice = len(options) >= _FEWEST_WITH_BOLD and len(bold) == 1
    is_asked = bool(_CHOICE.search(question.title) or _ONE_ANSWER.match(question.title))
    return bold if is_choice and (is_asked or options[0].label.isalpha()) else ()


def _offers(options: Sequence[Option], question: Question) -> bool:
    """Tell whether entries look like options although none is known to be right."""
    if all(option.has_box for option in options):
        return not all(option.is_marked for option in options)
    if len(options) < _FEWEST_UNANSWERED or not is_consecutive([option.label for option in options]):
        return False
    asks_for_choice = bool(_CHOICE.search(question.title))
    return options[0].label.isalpha() and (asks_for_choice or all(option.is_capital for option in options))


def _told(explanation: Sequence[Block]) -> tuple[Block, ...]:
    """Return an explanation without its label and without paragraphs that only name a source."""
    told: list[Block] = []
    for block in explanation:
        match block:
            case Subheading() if asks(plain_text(block.inline)):
                break  # another question, which is none of its own here
            case Prose():
                words = plain_text(block.inline)
                label = _EXPLANATION_LABEL.match(words)
                inline = slice_inline(block.inline, label.end()) if label else block.inline
                if source := _SOURCE_AT_END.search(plain_text(inline)):
                    inline = slice_inline(inline, 0, source.start())
                said = plain_text(inline)
                if said.strip() and not _SOURCE.fullmatch(_ADDRESS.sub("", said)):
                    told.append(Prose(inline, block.span))
            case Subheading() | Other() | Picture():
                pass
            case _:
                told.append(block)
    return tuple(told)
