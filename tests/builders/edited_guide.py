"""Realistic edits of a guide by an editor who knows where each line came from.

Every line bears a number that it keeps while it is edited or moved; a new or a copied line gets a new one. So
it is known which card of the next build is which card of the last one: what was made of the same line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from cards.guide.reading.parse import parse_guide

if TYPE_CHECKING:
    from random import Random

    from cards.guide.guide import Question
    from tests.builders.guide_words import GuideWords, Pairs

_NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a guide, and the number of the line that it once was."""

    text: str
    number: int


Lines: TypeAlias = list[Line]


def lines_of(text: str) -> Lines:
    """Return the lines of a text that nobody edited yet."""
    return [_new_line(text) for text in text.split("\n")]


def text_of(lines: Sequence[Line]) -> str:
    """Return the guide that the lines are."""
    return "\n".join(line.text for line in lines)


@lru_cache(maxsize=64)
def _questions_of(text: str) -> tuple[Question, ...]:
    """Return a guide's questions; many editors sit down at the same guide."""
    return parse_guide(text, "guide.md").questions


@dataclass(frozen=True, slots=True)
class Desk:
    """A guide as its editor sees it."""

    lines: Lines
    words: GuideWords
    chance: Random
    questions: tuple[Question, ...]

    @classmethod
    def of(cls, lines: Lines, words: GuideWords, chance: Random) -> Desk:
        """Return the desk of an editor before an edit."""
        return cls(lines, words, chance, _questions_of(text_of(lines)))

    @property
    def spans(self) -> list[range]:
        """The lines of each question, blank ones below it included."""
        starts = [question.span.first - 1 for question in self.questions]
        found = []
        for question, start in zip(self.questions, starts, strict=True):
            end = max(question.span.last, start + 1)
            while end < len(self.lines) and end not in starts and self._is_rest(end):
                end += 1
            found.append(range(start, end))
        return found

    def _is_rest(self, place: int) -> bool:
        return self.lines[place].text.strip() in {"", "</details>"}

    @property
    def headings(self) -> list[int]:
        """The places of the questions' own lines."""
        return [span[0] for span in self.spans]

    @property
    def prose(self) -> list[int]:
        """The places of lines of answers that are words, not code."""
        return [
            place
            for span in self.spans
            for place in span[1:]
            if re.search(r"\w{4}", self.lines[place].text) and not self._is_code(place)
        ]

    def _is_code(self, place: int) -> bool:
        text = self.lines[place].text
        fences = sum(line.text.lstrip().startswith("```") for line in self.lines[:place])
        return fences % 2 == 1 or text.lstrip().startswith(("```", "#", "<", "|-"))

    def lists(self, *, numbered: bool | None = None) -> list[list[int]]:
        """Return the places of the entries of each list in an answer; without options of a quiz."""
        found: list[list[int]] = []
        for span in self.spans:
            entries = [place for place in span[1:] if _BULLET.match(self.lines[place].text)]
            runs: list[list[int]] = []
            for place in entries:
                if runs and runs[-1][-1] == place - 1:
                    runs[-1].append(place)
                else:
                    runs.append([place])
            found += [run for run in runs if len(run) > 1 and not self._is_options(run)]
        return [
            run
            for run in found
            if numbered is None or numbered == bool(re.match(r"\s*\d", self.lines[run[0]].text))
        ]

    def _is_options(self, run: list[int]) -> bool:
        return bool(re.match(r"\s*- A:", self.lines[run[0]].text))

    def replace_in(self, place: int, old: str, new: str, times: int = 1) -> Lines:
        """Return the lines with words of one of them replaced."""
        line = self.lines[place]
        edited = replace(line, text=line.text.replace(old, new, times))
        return [*self.lines[:place], edited, *self.lines[place + 1 :]]


_BULLET = re.compile(r"(?P<indent>\s*)(?P<mark>[-*]|\d+\.)\s+(?!#)(?P<words>.*)")
_WORD = re.compile(r"(?<![\w`*<:/.#])[a-z]{5,}(?![\w`*:.(])")
Edit: TypeAlias = Callable[[Desk], Lines | None]
"""What an editor makes of a guide; None where the guide has nothing of the kind."""


def _new_line(text: str) -> Line:
    return Line(text, next(_NUMBERS))


def _substitute(desk: Desk, pairs: Pairs, *, throughout: bool = False) -> Lines | None:
    text = text_of(desk.lines)
    usable = [(old, new) for old, new in pairs if old in text]
    if not usable:
        return None
    old, new = desk.chance.choice(usable)
    changed = text.replace(old, new) if throughout else text.replace(old, new, 1)
    if throughout:
        changed = changed.replace(old.capitalize(), new.capitalize())
    return [replace(line, text=words) for line, words in zip(desk.lines, changed.split("\n"), strict=True)]


def _choose(desk: Desk, places: Sequence[int], pattern: re.Pattern[str]) -> tuple[int, str] | None:
    """Return a place and a word of it that fits the pattern."""
    found = [(place, match[0]) for place in places for match in pattern.finditer(desk.lines[place].text)]
    return desk.chance.choice(found) if found else None


def _swap_letters(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word) - 2)
    return f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"


def mend_typo_in_answer(desk: Desk) -> Lines | None:
    """Two letters of a word of an answer change places."""
    found = _choose(desk, desk.prose, _WORD)
    return desk.replace_in(*found, _swap_letters(found[1], desk.chance)) if found else None


def mend_typo_in_heading(desk: Desk) -> Lines | None:
    """Two letters of a word of a question change places."""
    found = _choose(desk, desk.headings, _WORD)
    return desk.replace_in(*found, _swap_letters(found[1], desk.chance)) if found else None


def reword_heading(desk: Desk) -> Lines | None:
    """A question is asked in other words."""
    return _substitute(desk, desk.words.headings)


def reword_answer(desk: Desk) -> Lines | None:
    """An answer is given in other words."""
    return _substitute(desk, desk.words.answers)


def reword_both(desk: Desk) -> Lines | None:
    """A question and an answer somewhere are put in other words."""
    lines = reword_heading(desk)
    return lines and reword_answer(replace(desk, lines=lines))


def change_value(desk: Desk) -> Lines | None:
    """A number, a piece of code or what it prints is another one now."""
    return _substitute(desk, desk.words.values)


def rename_term(desk: Desk) -> Lines | None:
    """A name is replaced throughout the guide."""
    return _substitute(desk, desk.words.terms, throughout=True)


def emphasise(desk: Desk) -> Lines | None:
    """A word of an answer is set in italics."""
    found = _choose(desk, desk.prose, _WORD)
    return desk.replace_in(*found, f"*{found[1]}*") if found else None


def add_link(desk: Desk) -> Lines | None:
    """A word of an answer becomes a link."""
    found = _choose(desk, desk.prose, _WORD)
    return desk.replace_in(*found, f"[{found[1]}](https://example.org/page)") if found else None


def move_question(desk: Desk) -> Lines | None:
    """A question is cut out and pasted elsewhere."""
    spans = desk.spans
    if len(spans) < 2:
        return None
    taken, before = desk.chance.sample(range(len(spans)), 2)
    if not _is_sibling(desk, taken, before):
        return None
    block = [desk.lines[place] for place in spans[taken]]
    if sum(line.text.lstrip().startswith("```") for line in block) % 2:
        return None
    if spans[taken][-1] == len(desk.lines) - 1 and block[-1].text:
        block.append(_new_line(""))
    return _with_block(desk, list(spans[taken]), spans[before][0], block)


def _is_sibling(desk: Desk, one: int, other: int) -> bool:
    """Tell whether two questions are written in the same form, so that either may stand by the other."""
    spans = desk.spans
    form = [re.match(r"\W*(?:\d+)?", desk.lines[spans[each][0]].text) for each in (one, other)]
    return bool(form[0] and form[1] and re.sub(r"\d+", "", form[0][0]) == re.sub(r"\d+", "", form[1][0]))


def _with_block(desk: Desk, cut: Sequence[int], before: int, block: Lines) -> Lines:
    left_out = set(cut)
    result: Lines = []
    for place, line in enumerate(desk.lines):
        if place == before:
            result += block
        if place not in left_out:
            result.append(line)
    return result if before < len(desk.lines) else [*result, *block]


def insert_question(desk: Desk) -> Lines | None:
    """A question that was not there is written before another."""
    places = [place for place in desk.headings if not desk.lines[place].text.startswith("|")]
    at = desk.chance.choice(places) if places else 0
    heading = desk.words.question.split("\n")[0]
    if not places or not _fits(heading, desk.lines[at].text) or _title(heading) in text_of(desk.lines):
        return None
    return _with_block(desk, (), at, lines_of(f"{desk.words.question}\n"))


def _title(heading: str) -> str:
    return re.sub(r"^\W*(?:\d+\W+)*(?:details><summary>)?|\W*(?:</summary>)?$", "", heading)


def _fits(question: str, heading: str) -> bool:
    return question[:2].strip("0123456789") == heading[:2].strip("0123456789")


def delete_question(desk: Desk) -> Lines | None:
    """A question is taken out."""
    gone = desk.chance.choice(desk.spans)
    return [line for place, line in enumerate(desk.lines) if place not in gone]


def copy_question(desk: Desk) -> Lines | None:
    """A question is copied and the copy asks something a little different."""
    span = desk.chance.choice(desk.spans)
    if desk.lines[span[0]].text.startswith(("|", "*")):
        return None
    copied = [_new_line(desk.lines[place].text) for place in span]
    heading = copied[0]
    asked = re.sub(r"(\w)(\W*)$", r"\1 in your own words\2", re.sub(r"</summary>$", "", heading.text))
    asked += "</summary>" if heading.text.endswith("</summary>") else ""
    copied[0] = replace(heading, text=asked)
    gap = [] if copied[-1].text == "" else [_new_line("")]
    return _with_block(desk, (), desk.chance.choice([span[0], span[-1] + 1]), [*gap, *copied])


def copy_answer(desk: Desk) -> Lines | None:
    """A copied question gets a heading of its own, before the one that it is a copy of."""
    heading = desk.words.question.split("\n")[0]
    spans = [span for span in desk.spans if _fits(heading, desk.lines[span[0]].text) and len(span) > 2]
    if not spans or heading.startswith("Q:") or _title(heading) in text_of(desk.lines):
        return None
    span = desk.chance.choice(spans)
    copied = [_new_line(desk.lines[place].text) for place in span]
    return _with_block(desk, (), span[0], [_new_line(heading), *copied[1:], _new_line("")])


def renumber(desk: Desk) -> Lines | None:
    """The numbers of all questions are others, as after an insertion."""
    more = desk.chance.choice([1, 3, 10])
    lines = list(desk.lines)
    for place in desk.headings:
        text = re.sub(r"\d+", lambda found: str(int(found[0]) + more), lines[place].text, count=1)
        lines[place] = replace(lines[place], text=text)
    return lines if lines != desk.lines else None


def drop_numbers(desk: Desk) -> Lines | None:
    """The questions lose their numbers."""
    lines = list(desk.lines)
    for place in desk.headings:
        lines[place] = replace(lines[place], text=re.sub(r"(#+ )\d+\.? ", r"\1", lines[place].text))
    return lines if lines != desk.lines else None


def add_numbers(desk: Desk) -> Lines | None:
    """The questions get numbers without dots."""
    lines = list(desk.lines)
    for number, place in enumerate(desk.headings, 1):
        lines[place] = replace(
            lines[place], text=re.sub(r"^(#+) (?!\d)", rf"\1 {number} ", lines[place].text)
        )
    return lines if lines != desk.lines else None


def _insert_entry(desk: Desk, at: Callable[[int], int], *, numbered: bool | None = None) -> Lines | None:
    lists = desk.lists(numbered=numbered)
    if not lists:
        return None
    run = desk.chance.choice(lists)
    first = _BULLET.match(desk.lines[run[0]].text)
    is_step = bool(first and first["mark"][0].isdigit())
    words = [
        each
        for each in (desk.words.steps if is_step else desk.words.entries)
        if each not in text_of(desk.lines)
    ]
    if first is None or not words:
        return None
    new = desk.chance.choice(words)
    if not is_step and "**" in first["words"]:
        new = new if "**" in new else f"**Novelty**: {new} in every case that matters"
    place = at(len(run))
    before = run[place] if place < len(run) else run[-1] + 1
    lines = _with_block(desk, (), before, [_new_line(f"{first['indent']}{first['mark']} {new}")])
    return _counted(lines, range(run[0], run[-1] + 2)) if is_step else lines


def _counted(lines: Lines, places: range) -> Lines:
    """Return the lines with the numbers of a list's entries in order."""
    lines = list(lines)
    for number, place in enumerate(places, 1):
        lines[place] = replace(
            lines[place], text=re.sub(r"^(\s*)\d+\.", rf"\g<1>{number}.", lines[place].text)
        )
    return lines


def insert_entry_first(desk: Desk) -> Lines | None:
    """A list gets another first entry, steps another first step."""
    return _insert_entry(desk, lambda _: 0)


def insert_step_first(desk: Desk) -> Lines | None:
    """Steps get another first step."""
    return _insert_entry(desk, lambda _: 0, numbered=True)


def insert_entry_within(desk: Desk) -> Lines | None:
    """A list gets an entry in its middle."""
    return _insert_entry(desk, lambda length: desk.chance.randrange(1, length))


def insert_entry_last(desk: Desk) -> Lines | None:
    """A list gets another last entry."""
    return _insert_entry(desk, lambda length: length)


def delete_entry(desk: Desk) -> Lines | None:
    """An entry of a list is taken out."""
    lists = desk.lists()
    if not lists:
        return None
    run = desk.chance.choice(lists)
    gone = desk.chance.choice(run)
    lines = [line for place, line in enumerate(desk.lines) if place != gone]
    return _counted(lines, range(run[0], run[-1]))


def swap_entries(desk: Desk) -> Lines | None:
    """Two entries of a list change places."""
    lists = desk.lists()
    if not lists:
        return None
    run = desk.chance.choice(lists)
    one, other = desk.chance.sample(run, 2)
    lines = list(desk.lines)
    lines[one], lines[other] = lines[other], lines[one]
    return _counted(lines, range(run[0], run[-1] + 1))


def split_list(desk: Desk) -> Lines | None:
    """A list is cut in two by words that lead into its second half."""
    lists = [run for run in desk.lists() if len(run) > 3]
    if not lists:
        return None
    run = desk.chance.choice(lists)
    indent = re.match(r"\s*", desk.lines[run[0]].text)
    block = ["", f"{indent[0] if indent else ''}There is more to it:", ""]
    return _with_block(desk, (), run[len(run) // 2], [_new_line(text) for text in block])


def split_question(desk: Desk) -> Lines | None:
    """The second half of an answer gets a question of its own."""
    heading = desk.words.question.split("\n")[0]
    places = [
        place
        for span in desk.spans
        for place in span[3:]
        if not desk.lines[place - 1].text.strip()
        and place in desk.prose
        and _fits(heading, desk.lines[span[0]].text)
    ]
    if not places or heading.startswith(("<", "Q:", "######")) or _title(heading) in text_of(desk.lines):
        return None
    return _with_block(desk, (), desk.chance.choice(places), [_new_line(heading), _new_line("")])


def bullets_to_numbers(desk: Desk) -> Lines | None:
    """The bullets of a list become numbers."""
    return _remark(desk, numbered=False, mark=lambda number: f"{number}.")


def numbers_to_bullets(desk: Desk) -> Lines | None:
    """The numbers of a list become bullets."""
    return _remark(desk, numbered=True, mark=lambda _: "-")


def _remark(desk: Desk, *, numbered: bool, mark: Callable[[int], str]) -> Lines | None:
    lists = desk.lists(numbered=numbered)
    if not lists:
        return None
    lines = list(desk.lines)
    for number, place in enumerate(desk.chance.choice(lists), 1):
        found = _BULLET.match(lines[place].text)
        if found:
            text = f"{found['indent']}{mark(number)} {found['words']}"
            lines[place] = replace(lines[place], text=text)
    return lines


def swap_answers(desk: Desk) -> Lines | None:
    """The answers of two questions change places."""
    spans = [span for span in desk.spans if len(span) > 2]
    if len(spans) < 2:
        return None
    one, other = sorted(desk.chance.sample(spans, 2), key=lambda span: span[0])
    first, second = ([desk.lines[place] for place in span[1:]] for span in (one, other))
    between = desk.lines[one[-1] + 1 : other[0]]
    gap = [] if second[-1].text == "" else [_new_line("")]
    head, tail = desk.lines[: one[0] + 1], desk.lines[other[-1] + 1 :]
    return [*head, *second, *gap, *between, desk.lines[other[0]], *first, *tail]


def change_form(desk: Desk) -> Lines | None:
    """All questions are written in another form."""
    new = desk.chance.choice(["### {}", "## Q{n}. {}", "## {n}. {}", "**{}**", "#### {n}) {}"])
    lines: Lines = []
    headings = {place: number for number, place in enumerate(desk.headings, 1)}
    if any(_HEADING.match(desk.lines[place].text) is None for place in headings):
        return None
    indented = False
    for place, line in enumerate(desk.lines):
        text = line.text
        if place in headings and (found := _HEADING.match(text)):
            indented = bool(re.match(r"\d", text))
            if "**" in new and not found["words"].endswith("?"):
                return None
            lines.append(replace(line, text=new.format(found["words"], n=headings[place])))
        elif text == "</details>" and "<details>" in desk.lines[desk.headings[0]].text:
            lines.append(replace(line, text=""))
        else:
            lines.append(replace(line, text=text.removeprefix("   ") if indented else text))
    return lines


_HEADING = re.compile(
    r"(?:\d+\. #+ |#+ (?:Q?\d+[.)]? )?|<details><summary>|\*\*)"
    r"(?P<words>.*?)(?: [^\w\s?*]+\*\*|\*\*|</summary>)?\Z"
)


def insert_section(desk: Desk) -> Lines | None:
    """A heading of a section is written above a question."""
    headings = [place for place in desk.headings if re.match(r"###|\*\*|<d", desk.lines[place].text)]
    if not headings:
        return None
    return _with_block(desk, (), desk.chance.choice(headings), lines_of("## Things of another kind\n"))


EDITS: tuple[Edit, ...] = (
    mend_typo_in_answer,
    mend_typo_in_heading,
    reword_heading,
    reword_answer,
    reword_both,
    change_value,
    rename_term,
    emphasise,
    add_link,
    move_question,
    insert_question,
    delete_question,
    copy_question,
    copy_answer,
    renumber,
    drop_numbers,
    add_numbers,
    insert_entry_first,
    insert_step_first,
    insert_entry_within,
    insert_entry_last,
    delete_entry,
    swap_entries,
    split_list,
    split_question,
    bullets_to_numbers,
    numbers_to_bullets,
    swap_answers,
    change_form,
    insert_section,
)
"""All edits, each with the words for a table in its docstring."""
