"""Split prose into sentences, and make each readable alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.question_context import NoCard
from cards.atomize.wording import sentence_case, without_bold
from cards.guide.block import Prose
from cards.guide.decoration import bare
from cards.guide.example import is_advice, is_example
from cards.guide.inline import merge_adjacent, slice_inline, split_sentences
from cards.guide.text import Inline, Style, StyledText, plain_text
from cards.language.grammar import GRAMMARS
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.card.sides import Side
    from cards.language.grammar import Grammar
    from cards.language.natural_language import Language

# `It is easy to ...`, `It takes ... to ...`: this "it" stands for nothing before it.
_EXPLETIVE = regex(r"It (?:is|was|takes|follows|seems|turns|makes)\b[^,;]*?\b(?:that|to)\b|It[’']s\b")  # noqa: RUF001
_LEAD_LABEL = regex(
    r"(?:notes?|nb|n\.b\.|tips?|hints?|important|remember|answer|definition|summary|tl;?dr|in short|"
    r"explanation|key (?:point|idea|takeaway)s?|takeaways?|(?:short|long|quick|detailed) (?:answer|version))"
    r"\s*:\s+(?=\S)",
    re.IGNORECASE,
)
_SAYS_NO_MORE = regex(r"tl;?dr|in short|.*answer|.*takeaways?", re.IGNORECASE)
"""A label that is one without being set apart."""
EXAMPLE = NoCard("an example")
"""Of sentences that only illustrate what others say."""
ADVICE = NoCard("advice to whoever is asked")
_THIRD_PERSON = regex(r"\s+(?:\w+s|must|can|may|will|has|does|should|needs?|cannot)\b")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, read sentence by sentence."""

    prose: Prose
    sentences: tuple[Inline | NoCard, ...]
    """Each so that it can be read alone, or the reason why it cannot be."""

    @classmethod
    def of(cls, prose: Prose, language: Language) -> Paragraph:
        """Return the paragraph with its sentences."""
        return cls(prose, tuple(standalone_sentences(prose.inline, language)))

    @property
    def context(self) -> Side:
        """The context below a card of one sentence: the whole paragraph, where it has other sentences."""
        return (Prose(self.prose.inline),) if len(self.sentences) > 1 else ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be read alone, and the paragraph that it stands in."""

    inline: Inline
    paragraph: Paragraph


def standalone_sentences(inline: Inline, language: Language) -> Iterator[Inline | NoCard]:
    """Yield each sentence so that it can be read alone, or the reason why it cannot be."""
    subject: Inline = ()
    grammar = GRAMMARS[language]
    illustrates = is_example(inline)
    if is_advice(inline):
        yield from (ADVICE for _ in split_sentences(inline, language))
        return
    for sentence in split_sentences(inline, language):
        illustrates = is_example(sentence) or (illustrates and not _is_labelled(sentence))
        if illustrates:
            yield EXAMPLE
            continue
        sentence = _without_lead(sentence, grammar)  # noqa: PLW2901 - the sentence goes on without it
        words = plain_text(sentence)
        if pronoun := grammar.pronoun.match(words):
            if not (subject and pronoun["word"] in {"It", "Its"}) or _EXPLETIVE.match(words):
                yield NoCard(f"it starts with “{pronoun['word']}”")
                continue
            rest = slice_inline(sentence, pronoun.end("word"))
            sentence = _with_subject(subject, pronoun["word"], rest)  # noqa: PLW2901
        elif leaning := grammar.leaning.match(words):
            subject = ()
            yield NoCard(f"it leans on the sentence before (“{leaning[0]}”)")
            continue
        else:
            subject = _subject(sentence)
        if orphan := grammar.pointing.search(words):
            yield NoCard(f"it points elsewhere (“{orphan[0]}”)")
            continue
        yield sentence


def _is_labelled(sentence: Inline) -> bool:
    """Tell whether a sentence begins with a label in bold: `**Warning:** ...`."""
    first = sentence[0]
    after = plain_text(sentence[1:])
    return first.style is Style.STRONG and (first.text.rstrip().endswith(":") or after.startswith(":"))


def _with_subject(subject: Inline, pronoun: str, rest: Inline) -> Inline:
    """Return a sentence with its subject in the place of the pronoun at its start."""
    owner = (StyledText("’s"),) if pronoun == "Its" else ()  # noqa: RUF001 - typographic apostrophe
    # What the author set in bold here is to be asked, not what was bold before.
    again = any(run.style is Style.STRONG or run.is_bold for run in rest)
    shown = without_bold(subject) if again else subject
    return merge_adjacent((*shown, *owner, StyledText(" "), *rest))


def points_elsewhere(inline: Inline, language: Language) -> bool:
    """Tell whether a sentence points to another place: `as shown above`, `See Fig. 3`."""
    words = plain_text(inline)
    return words.startswith("See ") or bool(GRAMMARS[language].pointing.search(words))


def without_label(inline: Inline) -> Inline:
    """Return a text without a label before it that says nothing of it (`**Note:**`, `TL;DR:`)."""
    label = _LEAD_LABEL.match(plain_text(inline))
    is_set_apart = label and inline[0].style in {Style.STRONG, Style.EMPHASIS}
    return _behind(label, inline) if label and is_set_apart else without_answer_label(inline)


def without_answer_label(inline: Inline) -> Inline:
    """Return a text without a label that only says that it answers: `TL;DR:`, `Short answer:`."""
    label = _LEAD_LABEL.match(plain_text(inline))
    says_no_more = label and _SAYS_NO_MORE.match(label[0].partition(":")[0].strip())
    return _behind(label, inline) if label and says_no_more else inline


def _behind(label: re.Match[str], inline: Inline) -> Inline:
    return sentence_case(slice_inline(inline, label.end()))


def _without_lead(sentence: Inline, grammar: Grammar) -> Inline:
    """Return a sentence without a label (`**Note:**`) and a word that ties it to others (`However,`)."""
    sentence = without_label(_without_mark(sentence))
    discourse = grammar.discourse.match(plain_text(sentence))
    return sentence_case(slice_inline(sentence, discourse.end())) if discourse else sentence


def _without_mark(sentence: Inline) -> Inline:
    """Return a sentence without the emoji or arrows before it."""
    start, _ = bare(plain_text(sentence))
    return slice_inline(sentence, start) if start and not sentence[0].style.is_verbatim else sentence


def _subject(sentence: Inline) -> Inline:
    """Return what a sentence is about, where that is plain: a name or term at its start, before its verb."""
    article = re.match(r"(?:The|An|A)\s+", plain_text(sentence))
    place = article.end() if article else 0
    position = 0
    for run in sentence:
        if position == place and (run.style is Style.STRONG or run.style.is_verbatim):
            after = plain_text(text_from(sentence, position + len(run.text)))
            if _THIRD_PERSON.match(after):
                return merge_adjacent((StyledText(article[0]) if article else StyledText(""), run))
        position += len(run.text)
        if position > place:
            break
    return ()


def text_from(inline: Inline, start: int) -> Inline:
    """Return the styled text from a character position on, white space kept."""
    runs, position = [], 0
    for run in inline:
        left = max(start - position, 0)
        if left < len(run.text):
            runs.append(StyledText(run.text[left:], run.style, run.is_bold))
        position += len(run.text)
    return merge_adjacent(runs)
