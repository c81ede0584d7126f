"""Answers that stand together behind all questions become questions over their answers, line for line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.decoration import LONGEST_QUESTION, asks, is_imperative
from cards.guide.form.line.question_html import prose_lines, question_line
from cards.guide.label_word import ANSWER_WORD, ASIAN_ANSWER_WORD
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_KEY = regex(
    r"^#{1,6}[ \t]+(?:[^\n]{1,60}[-\u2013\u2014:][ \t]+)?(?:(?:the|all|quiz|test|exam)[ \t]+)?"
    r"(?:answers|answer keys?|solutions|respuestas|réponses|ответы"
    rf"|{ANSWER_WORD}(?:en)?|{ASIAN_ANSWER_WORD})[ \t]*[:：]?[ \t]*$",  # noqa: RUF001 - colons people type
    re.IGNORECASE | re.MULTILINE,
)
_LABELS = r"(?:Q|A|Question|Answer|Solution|Exercise|Problem|Task|Challenge)"
_ENTRY = regex(
    rf"(?P<mark>#{{1,6}}[ \t]+)?(?P<bold>\*\*)?(?P<label>{_LABELS}[ \t]*#?)?(?P<number>\d{{1,3}})\b"
    r"(?P<sign>[.):])?(?P<rest>(?:[*:\s].*)?)",
    re.IGNORECASE,
)
_PARTED = regex(r"\A\s*(?:[:.\u2013\u2014-](?=\s|\Z)\s*)?")
"""What parts a label from the words behind it: no sign of a number, and no point that begins one."""
_IS_NO_ANSWER = regex(r"\s*\Z|#{1,6}\s|[-*_]{3,}\s*\Z")
_BEGINS_BLOCK = regex(r"\s*(?:[-*+>|]\s?|`{3}|~{3}|\d+[.)]\s|[A-Da-d][.)]\s|<)")
_FEWEST = 2


class _Entry(NamedTuple):
    """A counted question or answer; lines are counted from 0."""

    number: str
    style: tuple[bool, bool, bool]
    """Whether it is a heading, in bold, or called by a word: so are all entries of one key."""
    words: str
    """What stands in its first line."""
    first: int
    end: int
    indent: int
    """How far in the lines below it stand, where it is the entry of a list."""


def answers_of_key(text: str) -> str:
    """Return the text with each counted question in the place of its answer below `## Answers`.

    So it is where every answer there has a question of its number above, and these have none below them.
    A question is as many lines as it needs, if all are words; what answers it may be anything. One without an
    answer there is told as such.
    """
    if not _KEY.search(text):
        return text
    lines = text.split("\n")
    prose = list(prose_lines(lines))
    place = next((place for place, number in enumerate(prose) if _KEY.fullmatch(lines[number])), None)
    if place is None:
        return text
    asked_sets = list(_sets_of_entries(lines, prose[:place], prose[place]))
    for answered in _sets_of_entries(lines, prose[place + 1 :], len(lines)):
        # Questions that stand there again have their answers below them.
        is_asked_again = any(asks(one.words) for one in answered.values())
        for asked in () if is_asked_again else asked_sets:
            if answered.keys() <= asked.keys() and (words := _questions(lines, asked)):
                lines[prose[place]] = ""
                for number, one in asked.items():
                    _ask_at_answer(lines, one, answered.get(number), words[number])
                return "\n".join(lines)
    return text


def _sets_of_entries(lines: Sequence[str], numbers: Sequence[int], end: int) -> Iterator[dict[str, _Entry]]:
    """Yield the entries of each style by their numbers, but for styles in which a number stands twice."""
    found = [entry for number in numbers if (entry := _entry(number, lines[number], end))]
    for style in dict.fromkeys(entry.style for entry in found):
        alike = [entry for entry in found if entry.style == style]
        ends = [entry.first for entry in alike[1:]] + [end]
        entries = {one.number: one._replace(end=last) for one, last in zip(alike, ends, strict=True)}
        if len(entries) == len(alike) >= _FEWEST:
            yield entries


def _entry(number: int, line: str, end: int) -> _Entry | None:
    match = _ENTRY.fullmatch(line)
    if match is None or not (match["sign"] or _counts_without_sign(match)):
        return None
    style = (bool(match["mark"]), bool(match["bold"]), bool(match["label"]))
    rest = match["rest"].replace("**", "", 1) if match["bold"] else match["rest"]
    indent = 0 if any(style) else match.start("rest") + len(rest) - len(rest.lstrip())
    return _Entry(match["number"], style, _PARTED.sub("", rest, count=1).rstrip(), number, end, indent)


def _counts_without_sign(entry: re.Match[str]) -> bool:
    """Tell whether a heading or a bold line counts: it is a label and a number, or nothing but a number."""
    is_decorated = bool(entry["mark"] or entry["bold"])
    return is_decorated and bool(entry["label"] or not entry["rest"].strip("* "))


def _questions(lines: Sequence[str], asked: Mapping[str, _Entry]) -> dict[str, str]:
    """Return the words of each counted question; none where anything else than words stands among them."""
    found: dict[str, str] = {}
    for number, entry in asked.items():
        below = [lines[place] for place in range(entry.first + 1, entry.end)]
        told = [line.strip() for line in below if not _IS_NO_ANSWER.match(line)]
        words = _joined(entry, " ".join(told))
        if not words or len(words) > LONGEST_QUESTION or any(map(_BEGINS_BLOCK.match, told)):
            return {}
        found[number] = words
    is_called = all(entry.style[2] for entry in asked.values())
    asking = sum(map(asks, found.values()))
    is_told = all(asks(words) or is_imperative(words) for words in found.values())
    return found if is_called or asking == len(found) or (asking and is_told) else {}


def _joined(entry: _Entry, below: str) -> str:
    """Return the words of an entry with those below it; a heading or a bold title is parted by a colon."""
    if not (entry.words and below):
        return entry.words or below
    return f"{entry.words}: {below}" if entry.style[0] and not asks(entry.words) else f"{entry.words} {below}"


def _ask_at_answer(lines: list[str], asked: _Entry, answered: _Entry | None, words: str) -> None:
    """Write a question above its answer, and blank where it stood; one without an answer stays there."""
    for number in range(asked.first, asked.end):
        if not lines[number].startswith("#") or number == asked.first:
            lines[number] = ""
    if answered is None:
        lines[asked.first] = question_line(words)
        return
    lines[answered.first] = question_line(words, answered.words)
    for number in range(answered.first + 1, answered.end):
        line, blanks = lines[number], len(lines[number]) - len(lines[number].lstrip())
        if line.strip() and not blanks:
            break
        lines[number] = line[min(answered.indent, blanks) :]
