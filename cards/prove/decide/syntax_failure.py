"""Says why code does not parse: another language or Python, a fragment, an odd character, an indentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.errors import parse_error_sentence
from cards.program.verdict import Outcome
from cards.prove.decide.classify import Diagnosis
from cards.prove.decide.error_text import error_summary
from cards.python.foreign.fragment import fragment_reason
from cards.python.foreign.newer_syntax import newer_python
from cards.python.foreign.notebook import has_only_notebook_lines
from cards.python.foreign.odd_character import odd_character
from cards.python.foreign.python_2 import old_syntax
from cards.python.language import guess_language
from cards.regex import regex

if TYPE_CHECKING:
    from cards.prove.client.transcript import ExceptionInfo

_MIXED_INDENTATION = regex(r"inconsistent use of tabs and spaces|unindent does not match|unexpected indent")


def diagnose_syntax(source: str, error: ExceptionInfo, line: int) -> Diagnosis:
    """Return the diagnosis of code that does not parse, without its line; `line` counts from 1 within it.

    Code that no Python can parse is a syntax error. What another Python parses, and what is only a part of
    something, is told as what it is.
    """
    message = error_summary(error.text).split(" (answer.py")[0]
    return (
        _not_python(source)
        or _of_another_python(source, message, line)
        or _fragment(source, message, line)
        or _odd_character(source, message, line)
        or _mixed_indentation(source, error, line)
        or Diagnosis(Outcome.SYNTAX_ERROR, parse_error_sentence(message), "Mend it, or say `syntax-error`.")
    )


def _not_python(source: str) -> Diagnosis | None:
    if has_only_notebook_lines(source):
        advice = "Name its language after the fence: `bash`, `ipython`."
        return Diagnosis(Outcome.NOT_PYTHON, "These are notebook commands, not Python.", advice)
    if language := guess_language(source):
        advice = "Name its language after the fence."
        return Diagnosis(Outcome.NOT_PYTHON, f"This is {language}, not Python.", advice)
    return None


def _of_another_python(source: str, message: str, line: int) -> Diagnosis | None:
    if not message.startswith("unterminated") and (old := old_syntax(source, line)):
        sentence = f"This is Python 2 ({old.what}), which no Python 3 parses."
        return Diagnosis(Outcome.STALE_API, sentence, f"Today: {old.today}.")
    if version := newer_python(source, message, line):
        sentence = f"It does not parse here: its syntax came with Python {version}."
        return Diagnosis(Outcome.NEEDS, sentence, f"Prove it with Python {version}: `--python`.")
    return None


def _fragment(source: str, message: str, line: int) -> Diagnosis | None:
    reason = fragment_reason(source, message, line)
    return fragment_diagnosis(reason) if reason else None


def fragment_diagnosis(reason: str) -> Diagnosis:
    """Return the diagnosis of code that is a part of something larger."""
    advice = "Show what is around it, or say `no-run=`."
    return Diagnosis(Outcome.NEEDS, f"This is a fragment, which cannot run alone: {reason}.", advice)


def _odd_character(source: str, message: str, line: int) -> Diagnosis | None:
    found = odd_character(source, message, line)
    if found is None:
        return None
    return Diagnosis(Outcome.SYNTAX_ERROR, parse_error_sentence(found.sentence), found.advice)


def _mixed_indentation(source: str, error: ExceptionInfo, line: int) -> Diagnosis | None:
    """Return the diagnosis of a line that is indented with other signs than the lines before it."""
    lines = source.split("\n")
    if not _MIXED_INDENTATION.search(error.text) or not 0 < line <= len(lines):
        return None
    here = _signs(lines[line - 1])
    earlier = next((signs for each in lines[line - 2 :: -1] if (signs := _signs(each)) not in {"", here}), "")
    if line == 1 or not earlier:
        return None
    words = f"the line is indented with {here or 'nothing'}, a line before it with {earlier}"
    return Diagnosis(Outcome.SYNTAX_ERROR, parse_error_sentence(words), "Indent with spaces only.")


def _signs(line: str) -> str:
    """Return what a line is indented with, in words; empty for nothing."""
    indentation = line[: len(line) - len(line.lstrip())] if line.strip() else ""
    match "\t" in indentation, " " in indentation:
        case True, True:
            return "tabs and spaces"
        case True, False:
            return "tabs"
        case False, True:
            return "spaces"
        case _:
            return ""
