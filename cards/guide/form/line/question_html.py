"""Questions in HTML become headings, line for line: `<details><summary>...</summary>` and `<h3>...</h3>`.

A marked heading says what it was. The marks are characters that no text holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cards.guide.decoration import asks, is_imperative, undecorated
from cards.guide.heading.number import has_question_number, is_counted, without_number
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUMMARY_MARK = "\ufdd0"
"""Begins a heading that was the summary of a `<details>`."""
END_MARK = "\ufdd1"
"""The only word of a heading that stands for the end of an answer."""
ANSWER_END = f"###### {END_MARK}"
"""The line that such a heading is."""
INNER_MARK = "\ufdd2"
"""Begins a heading within a `<details>`."""

ANSWER_MARK = "\ufdd3"
"""Stands in a heading before what answers it in the same line."""

_TAG_OF_FORM = regex(r"<(?:details|h[1-6]|dt|p)\b", re.IGNORECASE)
_FENCE = regex(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
_HTML_HEADING = regex(
    r"^(?P<before>[ \t]{0,3}(?:</?(?:div|center|p|strong|b)\b[^>]*>\s*)*)<h(?P<level>[1-6])\b[^>]*>"
    r"(?P<words>.*?)</h(?P=level)>\s*(?:</(?:div|center|p|strong|b)>\s*)*$",
    re.IGNORECASE,
)
_HTML_PARAGRAPH = regex(r"^<p>(?P<words>(?P<bold><(?:strong|b)>)?[^<].*?)</p>\s*$", re.IGNORECASE)
_DEFINITION_LIST = regex(r"\s*</?dl\b[^>]*>\s*", re.IGNORECASE)
_DEFINITION = regex(
    r"^\s*(?:<dl>)?\s*<(?P<tag>d[td])>(?P<words>.*?)</(?P=tag)>\s*(?:</dl>)?\s*$", re.IGNORECASE
)
_DETAILS = regex(r"<(?P<end>/?)details\b[^>]*>", re.IGNORECASE)
_SUMMARY = regex(r"<summary\b[^>]*>(?P<words>.*?)</summary>", re.IGNORECASE | re.DOTALL)
_STRUCTURE = regex(r"</?(?:details|summary)\b[^>]*>", re.IGNORECASE)
_WRAPPER = r"(?:</?(?:b|strong|p|div|center|span|font|blockquote)\b[^>]*>|<br\s*/?>)"
_OUTER_TAGS = regex(rf"(?<=^)\s*(?:{_WRAPPER}\s*)+|(?:\s*{_WRAPPER})+\s*$", re.IGNORECASE)
_END_OF_PARAGRAPH = regex(r"\n\s*(?:\n|```|~~~|[-*+]\s|\d+[.)]\s)")
_ANY_TAG = regex(r"</?[a-z][^>]*>", re.IGNORECASE)
_BULLET = regex(r"^(?P<indent>\s*)(?P<number>\d{0,9})(?P<sign>(?<=\d)[.)]|(?<!\d)[-*+])(?=\s)")
_CONTEXT = "<!-- proofdeck: context -->"
"""What the question names belongs to it; it is no answer."""
_HEADING = regex(r"^(?P<indent>[ \t]*)(?P<marks>#{1,6})[ \t]+(?P<words>\S.*)$")
_BEGINS_BLOCK = regex(r"^\s*(?:[-*+]\s|\d+[.)]\s|[|>#]|```|~~~)", re.MULTILINE)
_IS_BLANK_OR_BOX = regex(r"\s*\Z|[?!]{3}|    ")
_UNDERLINE = regex(r"[ ]{0,3}(?:=+|-+)[ \t]*")
_NO_TEXT = regex(
    r"[ ]{0,3}(?:#{1,6}\s|[*_]{0,2}!?\[|<|([-*_])[ \t]*(?:\1[ \t]*){2,}\Z|(?:\*\*)?Q\s*\d*\s*[:.])"
)
"""Begins a heading, a link, a picture, a tag, a rule, or a question of its own."""
_NUMBERED = regex(r"(?:Q|Question)?\s*\d+\s*[.):]", re.IGNORECASE)
_SHOW = (
    r"(?:ver|mostrar|muestra|haz clic para ver|anzeigen|zeigen?|einblenden|voir|afficher|montrer|показать"
    r"|посмотреть|открыть|mostra|vedi|exibir|toon|pokaż|göster)"
)
_ANSWER = (
    r"(?:respuestas?|soluci[óo]n(?:es)?|c[óo]digo|resultado|salida|antwort(?:en)?|lösung(?:en)?|ausgabe|réponses?"
    r"|solutions?|correction|ответы?|решени[ея]|код|вывод|resposta|solução|saída|risposta|soluzione|antwoord"
    r"|odpowiedź|rozwiązanie|cevap|çözüm|الإجابة|الجواب)"
)
_LABEL = regex(
    r"(?:(?:click|tap|press)\b.*|(?:show|see|view|reveal|toggle|hide|expand|open|read|check)\b.*"
    r"|(?:the\s+|my\s+|sample\s+|possible\s+|suggested\s+)?(?:answers?|ans|solutions?|explanations?|hints?"
    r"|code|output|result"
    r"|example|details|more|spoiler|responses?|reply|respuesta|antwort|lösung|réponse|ответ|решение|答案|解答|回答|查看答案)\b.*"
    rf"|(?:{_SHOW}\s+)?(?:(?:la|el|las|los|le|les|die|den|a|o|as|os)\s+|l['’])?{_ANSWER}(?:\s+{_SHOW})?"  # noqa: RUF001
    r"|(?:查看|显示|展开|点击|点此|點擊|顯示)\S{0,8}|\S{0,6}(?:答案|解答|答え|回答|解析)\S{0,6}"
    r"|.{0,8}정답.{0,8}|.{0,4}답(?: ?보기)?)[:.!]?",
    re.IGNORECASE,
)
_NAMES_OPTION = regex(r"[:：]\s*[(\[]?(?:[A-Ja-j]|\d{1,2})\b[)\]]?[^\w]*\Z")  # noqa: RUF001
"""Ends a label that says which option is right: `Answer: B`."""


class _Details(NamedTuple):
    """A `<details>` with where it begins and ends, in lines from 0."""

    first: int
    summary_last: int
    last: int
    words: str
    """Its summary's words; empty for none."""


def headings_of_html(text: str) -> str:
    """Return the text with HTML questions as headings; the number of its lines stays."""
    if not _TAG_OF_FORM.search(text):
        return text
    lines = text.split("\n")
    prose = prose_lines(lines)
    for number in prose:
        match = _HTML_HEADING.match(lines[number])
        if match:
            lines[number] = f"{'#' * int(match['level'])} {_ANY_TAG.sub('', match['words']).strip()}"
        elif match := _HTML_PARAGRAPH.match(lines[number]):
            words = _ANY_TAG.sub("", match["words"]).strip()
            lines[number] = f"**{words}**" if match["bold"] and asks(words) else match["words"]
        elif _DEFINITION_LIST.fullmatch(lines[number]):
            lines[number] = ""
        elif match := _DEFINITION.match(lines[number]):
            is_term = match["tag"].lower() == "dt"
            lines[number] = question_line(match["words"]) if is_term else match["words"]
    within: set[int] = set()
    for one in _details_of(lines, prose):
        if one.first not in within and not _rewrite(lines, one, prose):
            within.update(range(one.first + 1, one.last + 1))
    return "\n".join(lines)


def asks_as_heading(line: str) -> bool:
    """Tell whether a line is a heading that asks."""
    match = _HEADING.match(line)
    if match is None:
        return False
    words = match["words"]
    is_told = is_counted(words) and is_imperative(without_number(words))
    return is_told or asks(words) or has_question_number(words)


def is_within_answer(lines: Sequence[str], first: int, last: int, prose: dict[int, None]) -> bool:
    """Tell whether the answer to a heading that asks goes on behind what stands in some lines.

    A blank line, or one that is blank without its tags, must part them.
    """
    if lines[last + 1 : last + 2] and lines[last + 1].strip() and _without_wrappers(lines[last]).strip():
        return False
    above = (number for number in range(first - 1, -1, -1) if number in prose)
    heading = next((lines[number] for number in above if _HEADING.match(lines[number])), "")
    return asks_as_heading(heading) and _goes_on(lines, last + 1, prose)


def _goes_on(lines: Sequence[str], first: int, prose: dict[int, None]) -> bool:
    """Tell whether text or code comes next from a line on, behind other details and boxes."""
    depth = 0
    for number in range(first, len(lines)):
        tags = _DETAILS.findall(lines[number]) if number in prose else ()
        depth += sum(-1 if end else 1 for end in tags)
        if not (tags or depth or _IS_BLANK_OR_BOX.match(lines[number])):
            is_underlined = number + 1 < len(lines) and bool(_UNDERLINE.fullmatch(lines[number + 1]))
            return not (_NO_TEXT.match(lines[number]) or is_underlined)
    return False


def question_line(asked: str, answer: str = "") -> str:
    """Return a heading that asks, with what answers it in the same line."""
    return f"###### {SUMMARY_MARK}{asked}{ANSWER_MARK if answer else ''}{answer}"


def follow_up(asked: str, answer: str) -> str:
    """Return a line that asks within an answer, with what answers it in the same line."""
    asked = asked.replace("**", "").strip()
    return f"Q: {asked} A: {answer}" if answer else f"**{asked}**"


def is_answer_label(words: str) -> bool:
    """Tell whether a summary only says that the answer is below: `Show answer`."""
    return bool(_LABEL.fullmatch(undecorated(words)))


def prose_lines(lines: Sequence[str]) -> dict[int, None]:
    """Return the numbers of the lines that stand in no fence and no comment, in order."""
    fence, in_comment = "", False
    outside: dict[int, None] = {}
    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if match and not in_comment:
            if not fence:
                fence = match["fence"]
            elif match["fence"].startswith(fence) and not match["info"].strip():
                fence = ""
            continue
        if fence:
            continue
        if in_comment or "<!--" in line:
            in_comment = line.rfind("<!--") > line.rfind("-->") or (in_comment and "-->" not in line)
            continue
        outside[number] = None
    return outside


def _details_of(lines: Sequence[str], prose: dict[int, None]) -> Iterator[_Details]:
    """Yield each `<details>` that is closed, in the order of their first lines."""
    found, opened = [], []
    for number in prose:
        for match in _DETAILS.finditer(lines[number]):
            if not match["end"]:
                opened.append(number)
            elif opened:
                found.append(_read_details(lines, opened.pop(), number))
    yield from sorted(found)


def _read_details(lines: Sequence[str], first: int, last: int) -> _Details:
    """Return a `<details>` with the words that its summary begins with, up to a blank line or code."""
    text = "\n".join(lines[first : last + 1])
    summary = _SUMMARY.search(text)
    if summary is None:
        return _Details(first, first, last, "")
    asked = _END_OF_PARAGRAPH.split(summary["words"].strip(), maxsplit=1)[0]
    words = " ".join(_ANY_TAG.sub(" ", asked).split())
    end = (
        summary.end()
        if asked == summary["words"].strip()
        else summary.start("words") + summary["words"].index(asked) + len(asked)
    )
    return _Details(first, first + text.count("\n", 0, end), last, words)


def _rewrite(lines: list[str], one: _Details, prose: dict[int, None]) -> bool:
    """Make a question's summary a heading, take the tags out of its answer, and return whether it is a group.

    A group holds questions of its own; only its tags go. Where the answer to a heading goes on behind it, the
    summary becomes a follow-up question.
    """
    body = [number for number in range(one.summary_last + 1, one.last + 1) if number in prose]
    is_group = any(_asks_itself(lines[number]) for number in body)
    is_question = not is_group and bool(one.words) and not is_answer_label(one.words)
    indent = lines[one.first][: len(lines[one.first]) - len(lines[one.first].lstrip())][:3]
    rest = _rest_of_summary(lines[one.summary_last])
    named = _list_in_summary(lines, one)
    lines[one.first : one.summary_last + 1] = [""] * (one.summary_last + 1 - one.first)
    is_inner = is_question and _is_follow_up(lines, one, rest, prose)
    if is_question:
        written = follow_up if is_inner else question_line
        lines[one.first] = f"{indent}{written(one.words, rest)}"
    else:
        told = one.words if _NAMES_OPTION.search(one.words) else ""
        lines[one.summary_last] = f"{indent}{told} {rest}".rstrip()
    if is_question and named and one.summary_last + 1 < named.stop:
        for number in named:
            lines[number] = _BULLET.sub(_other_bullet, lines[number])
        if one.summary_last > one.first or not lines[one.summary_last + 1].strip():
            lines[one.summary_last + (one.summary_last == one.first)] = _CONTEXT
    if is_group:
        lines[one.last] = _without_wrappers(lines[one.last])
        return True
    for number in body:
        lines[number] = _without_wrappers(lines[number])
        if match := _HEADING.match(lines[number]):
            lines[number] = f"{match['indent']}{match['marks']} {INNER_MARK}{match['words']}"
    if is_question and not (is_inner or lines[one.last]):
        lines[one.last] = f"{indent}{ANSWER_END}"
    return False


def _is_follow_up(lines: Sequence[str], one: _Details, rest: str, prose: dict[int, None]) -> bool:
    """Tell whether a summary asks, a paragraph answers it, and the answer to the heading above goes on."""
    body = [rest, *lines[one.summary_last + 1 : one.last + 1]]
    is_short = asks(one.words) and _is_one_paragraph(body)
    return is_short and is_within_answer(lines, one.first, one.last, prose)


def _is_one_paragraph(lines: Sequence[str]) -> bool:
    """Tell whether lines are a paragraph, with what only wraps it."""
    words = "\n".join(map(_without_wrappers, lines)).strip()
    return bool(words) and "\n\n" not in words and not _BEGINS_BLOCK.search(words)


def _list_in_summary(lines: Sequence[str], one: _Details) -> range:
    """Return the lines of a summary below its first paragraph, if they hold a list."""
    below = range(one.summary_last + 1, one.last + 1)
    end = next((number for number in below if "</summary>" in lines[number].lower()), None)
    is_open = "</summary>" not in lines[one.summary_last].lower()
    found = range(one.summary_last + 1, end + 1) if end is not None and is_open else range(0)
    return found if any(_BULLET.match(lines[number]) for number in found) else range(0)


def _other_bullet(bullet: re.Match[str]) -> str:
    """Return another sign for an entry, so that the list of the answer is one of its own."""
    if bullet["number"]:
        return f"{bullet['indent']}{bullet['number']}{')' if bullet['sign'] == '.' else '.'}"
    return f"{bullet['indent']}{'+' if bullet['sign'] != '+' else '-'}"


def _asks_itself(line: str) -> bool:
    """Tell whether a line is a heading or a summary that asks a question of its own."""
    if "<summary" in line:
        return asks(_ANY_TAG.sub("", line))
    match = _HEADING.match(line)
    return match is not None and (asks(match["words"]) or bool(_NUMBERED.match(match["words"])))


def _rest_of_summary(line: str) -> str:
    """Return what stands behind a summary in its last line, without tags."""
    place = line.lower().rfind("</summary>")
    return _without_wrappers(line[place + len("</summary>") :]).strip() if place >= 0 else ""


def _without_wrappers(line: str) -> str:
    """Return a line without the tags that only set it as a whole; one that held nothing else is empty."""
    if "<" not in line:
        return line
    bare = _OUTER_TAGS.sub("", _STRUCTURE.sub("", line))
    return bare if bare.strip() else ""
