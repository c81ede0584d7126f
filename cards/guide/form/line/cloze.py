"""Sentences with hidden words, as programs for flashcards have them, become questions, line for line.

`C: The symbol of [silver] is [Ag].` beside `Q:` and `A:` (hashcards), `The symbol of {{c1::silver}} is Ag.`
(Anki, Obsidian) and `{{cloze silver}}` (Logseq). Each hidden word is asked for in the sentence. Within an
answer it is bold instead, as a word that is worth asking for.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from cards.guide.decoration import LONGEST_QUESTION, asks
from cards.guide.form.line.question_html import asks_as_heading, follow_up, prose_lines, question_line
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_BRACES = regex(r"\{\{(?:c\d+::|cloze[ ])(?P<hidden>[^{}]+?)(?:::(?P<hint>[^{}]*))?\}\}")
_BRACKETS = regex(r"`[^`]*`|(?<![!\\\]])\[(?P<hidden>[^\[\]]+)(?P<hint>)\](?![(\[:])")
"""Not what stands in code, nor links."""
_LABELLED = regex(r"C:[ \t]+(?=\S)")
_OTHER_LABELS = (regex(r"^Q:", re.MULTILINE), regex(r"^A:", re.MULTILINE))
_BEGINS_OTHER_BLOCK = regex(r"[ \t|>#]")
_OPTION = regex(r"^B:", re.MULTILINE)
"""Where it stands, `A:` and `C:` are options."""
_BULLET = regex(r"[-*+][ \t]+")
_MOST_LINES = 20
"""A sentence takes no more."""
_NEXT = regex(r"[QAC]:|[-*+#>][ \t]")


def questions_of_clozes(text: str) -> str:
    """Return the text with each sentence that hides words as questions; the number of its lines stays."""
    has_labels = (
        "C:" in text and all(label.search(text) for label in _OTHER_LABELS) and not _OPTION.search(text)
    )
    if not has_labels and not _BRACES.search(text):
        return text
    lines = text.split("\n")
    outside = prose_lines(lines)
    is_headed = any(asks_as_heading(lines[number]) for number in outside)
    # Beside questions in the entries of a list, or behind `Q:`, a heading would take those for its answer.
    is_beside = has_labels or any(
        (bullet := _BULLET.match(lines[number])) and asks(lines[number][bullet.end() :]) for number in outside
    )
    for number in outside:
        line = lines[number]
        bullet = _BULLET.match(line)
        if has_labels and (label := _LABELLED.match(line)):
            _ask(lines, number, _BRACKETS, label[0], _labelled)
        elif is_headed or _BEGINS_OTHER_BLOCK.match(line):
            lines[number] = _BRACES.sub(r"**\g<hidden>**", line)
        elif _BRACES.search(line):
            _ask(lines, number, _BRACES, bullet[0] if bullet else "", _labelled if is_beside else _headed)
    return "\n".join(lines)


def _headed(_start: str, asked: str, answer: str) -> str:
    """Return a sentence and what it hides as a heading, whatever its line began with."""
    return question_line(asked, answer)


def _labelled(start: str, asked: str, answer: str) -> str:
    """Return a sentence and what it hides, each behind its label; in the entry of a list where it was one."""
    bullet = start if _BULLET.fullmatch(start) else ""
    return bullet + follow_up(f"{asked.rstrip('.! ')}?", answer)


def _ask(
    lines: list[str],
    first: int,
    form: re.Pattern[str],
    start: str,
    written: Callable[[str, str, str], str],
) -> None:
    """Write a question for each word that the sentence from a line on hides, in its and blank lines below.

    `start` is what the line has before the sentence. The last one hides all words for which no line is left.
    """
    more = list(
        takewhile(lambda line: line.strip() and not _NEXT.match(line), lines[first + 1 : first + _MOST_LINES])
    )
    words = " ".join([lines[first].removeprefix(start), *map(str.strip, more)]).strip()
    hidden = [found for found in form.finditer(words) if found["hidden"]]
    if not hidden or len(words) > LONGEST_QUESTION:
        return
    below = first + 1 + len(more)
    blank = takewhile(lambda line: not line.strip(), lines[below : below + _MOST_LINES])
    free = below + len(list(blank)) - first
    lines[first:below] = [""] * (below - first)
    for place in range(min(len(hidden), free)):
        asked = hidden[place:] if place == free - 1 else [hidden[place]]
        sentence = _hiding(words, form, [each.start() for each in asked])
        lines[first + place] = written(start, sentence, "; ".join(each["hidden"] for each in asked))


def _hiding(words: str, form: re.Pattern[str], starts: Sequence[int]) -> str:
    """Return a sentence that hides the words which begin at some places, and shows all others."""

    def shown(found: re.Match[str]) -> str:
        if not found["hidden"]:
            return found[0]
        return f"[{found['hint'] or '…'}]" if found.start() in starts else found["hidden"]

    return form.sub(shown, words)
