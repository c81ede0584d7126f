"""The transcript of a run: what each statement showed, parsed from the run's report."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cards.errors import ProofError
from cards.hidden_character import escape_hidden
from cards.prove.client.library_warning import LibraryWarning, parse_library_warnings
from cards.prove.client.machine_path import hide_installation
from cards.prove.client.record_check import expected_lines, is_record_whole
from cards.prove.process.protocol import RunEnding
from cards.regex import regex

if TYPE_CHECKING:
    from cards.prove.client.run_request import RunRequest
    from cards.prove.process.protocol import RunReport

_ESCAPES = regex(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_LIBRARY_LOG = regex(
    r"^(?:[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+|[IWEF]0000 00:00:\d+\.\d+|WARNING: All log messages before absl|"
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWEF] |INFO: (?:Created TensorFlow|Initialized TensorFlow)|"
    r"WARNING: Attempting to use a delegate|(?:INFO|VERBOSE|WARNING): [A-Z].*\b(?:delegate|node)\(s\)|"
    r"fully_quantize: \d, inference_type: ).*(?:\n|$)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class ExceptionInfo:
    """An exception, as the process that raised it described it."""

    type: str
    class_names: tuple[str, ...]
    """The names of its class and of those it comes from."""
    text: str
    line: int
    """The innermost line of the program it passed; 0 for none."""
    name: str = ""
    """What was missing: a name, a module or an attribute."""
    filename: str = ""
    errno: int = 0
    code: int | str | None = None
    """What SystemExit carried."""
    cause: tuple[str, ...] = ()
    cause_errno: int = 0
    """The first error number among its causes; 0 for none."""
    libraries: tuple[str, ...] = ()
    """Which of TensorFlow and Keras it passed, or whose object it is about."""


@dataclass(frozen=True, slots=True)
class ObservedValue:
    """What was observed of a value: type, text, shape, dtype, numbers."""

    type: str
    text: str | None
    """Its repr; None where that failed."""
    shape: str = ""
    dtype: str = ""
    numbers: tuple[float, ...] = ()
    """Of a number, a tensor or an array: all of few numbers, else some of them and sums over all."""
    build: str = ""
    """Of a layer, a model or a dataset: what it holds and gives."""


@dataclass(frozen=True, slots=True)
class ObservedStatement:
    """What was observed of one top-level statement: output, seconds, error, value, names bound."""

    first: int
    last: int
    """Its lines within its snippet, from 1."""
    printed: str
    seconds: float
    error: ExceptionInfo | None = None
    value: ObservedValue | None = None
    """Of an expression statement, when the run captured values."""
    bound: tuple[tuple[str, ObservedValue], ...] = ()
    """The names it bound, when the run captured values."""


@dataclass(frozen=True, slots=True)
class SnippetRun:
    """What was observed of one snippet in one run."""

    count: int = 0
    """Its top-level statements."""
    statements: tuple[ObservedStatement, ...] = ()
    """Those that ended, by themselves or by an exception."""
    syntax: ExceptionInfo | None = None
    done: bool = False
    """The last statement was passed."""
    changed: str = ""
    """What of a library was another thing after it, where that was looked at: `numpy.allclose`."""
    printed: str = ""
    """All that it printed, also after the last statement that ended."""
    left: tuple[tuple[str, ObservedValue], ...] = ()
    """All names that had a value at its end, when the run captured values."""
    is_record_whole: bool = True
    """What it recorded is what a run of its statements records: each once, in order, at its lines."""

    @property
    def error(self) -> ExceptionInfo | None:
        """The first exception that a statement raised; None where none did."""
        return next((statement.error for statement in self.statements if statement.error), None)

    @property
    def seconds(self) -> float:
        """The seconds that the snippet's statements took together."""
        return sum(statement.seconds for statement in self.statements)


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was observed of one run of a program."""

    snippet_runs: tuple[SnippetRun, ...]
    ending: RunEnding
    status: int
    finished: bool
    blamed: int
    """The snippet it was in, or whose threads it waited for, when it ended."""
    statement: int
    """The statement of that snippet; its number from 0."""
    waited: bool
    """All statements were passed, but threads were left behind."""
    warnings: tuple[LibraryWarning, ...]
    seconds: float


def parse_report(
    report: RunReport, first_lines: tuple[int, ...], sources: tuple[str, ...] = ()
) -> Transcript:
    """Parse a run's report; records of another form than expected are left out.

    Given the sources, the records are held against their statements: what a report says is not believed.
    """
    base = report["base"]
    raw = report["output"].encode("latin-1", "replace")
    by_unit: dict[int, list[dict[str, Any]]] = {number: [] for number in range(len(first_lines))}
    for text in report["records"]:
        try:
            record = json.loads(text)
            by_unit[record["piece"]].append(record)
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    exits = _parse_exits(by_unit, len(raw))
    before_exit = min((start for ranges in exits.values() for start, _ in ranges), default=len(raw))
    snippet_runs = []
    offset = 0
    for number, first_line in enumerate(first_lines):
        is_last = number == report["piece"]
        records = by_unit[number]
        try:
            snippet_run, offset = _parse_snippet_run(
                records, raw[:before_exit], offset, first_line, base, open_end=is_last
            )
        except (AttributeError, TypeError, ValueError):
            # Only code that got hold of the record writes such a thing into it.
            snippet_run = SnippetRun(is_record_whole=False)
        at_exit = b"".join(raw[start:end] for start, end in exits[number])
        if at_exit:
            parts = filter(None, (snippet_run.printed, clean_output(at_exit, base).rstrip("\n")))
            snippet_run = replace(snippet_run, printed="\n".join(parts))
        if sources and not is_record_whole(records, expected_lines(sources[number], first_line)):
            snippet_run = replace(snippet_run, done=False, is_record_whole=False)
        snippet_runs.append(snippet_run)
    waited = report["waiting"] >= 0
    return Transcript(
        snippet_runs=tuple(snippet_runs),
        ending=RunEnding(report["ending"]),
        status=report["status"],
        finished=report["finished"],
        blamed=min(max(report["waiting"] if waited else report["piece"], 0), len(first_lines) - 1),
        statement=report["statement"],
        waited=waited,
        warnings=parse_library_warnings(report["errors"], _statement_ends(by_unit), base),
        seconds=report["seconds"],
    )


def _parse_exits(by_unit: dict[int, list[dict[str, Any]]], printed: int) -> dict[int, list[tuple[int, int]]]:
    """Return, for each unit, where the output of its exit handlers begins and ends."""
    found: dict[int, list[tuple[int, int]]] = {}
    for number, records in by_unit.items():
        found[number] = []
        for record in records:
            match record.get("exit"):
                case [int(start), int(end)] if 0 <= start <= end <= printed:
                    found[number].append((start, end))
                case _:
                    pass
    return found


def _parse_snippet_run(
    records: list[dict[str, Any]], raw: bytes, offset: int, first_line: int, base: str, *, open_end: bool
) -> tuple[SnippetRun, int]:
    printed = b""
    count = 0
    syntax = None
    changed = ""
    done = False
    left: tuple[tuple[str, ObservedValue], ...] = ()
    statements = []
    for record in records:
        if "count" in record:
            count = _int_or_zero(record["count"])
        elif "syntax" in record:
            syntax = _parse_exception(record["syntax"], base)
        elif "changed" in record:
            changed = str(record["changed"])
        elif "done" in record:
            done = True
            left = _parse_named_values(record.get("left"), base)
            offset = _next_offset(record.get("described"), offset, raw)
        elif "statement" in record:
            end = _next_offset(record.get("offset"), offset, raw)
            statements.append(_parse_statement(record, clean_output(raw[offset:end], base), first_line, base))
            printed += raw[offset:end]
            offset = _next_offset(record.get("described"), end, raw)
    if open_end:
        printed += raw[offset:]
    snippet_run = SnippetRun(
        count=count,
        statements=tuple(statements),
        syntax=syntax,
        done=done and len(statements) >= count,
        changed=changed,
        printed=clean_output(printed, base).rstrip("\n"),
        left=left,
    )
    return snippet_run, offset


def _next_offset(found: object, offset: int, raw: bytes) -> int:
    """Return the offset that a record names, within the output and never before the one so far."""
    return max(offset, min(found, len(raw))) if isinstance(found, int) else offset


def _parse_statement(record: dict[str, Any], printed: str, first_line: int, base: str) -> ObservedStatement:
    error, value, bound = record.get("error"), record.get("value"), record.get("bound")
    return ObservedStatement(
        first=_int_or_zero(record.get("line")) - first_line + 1,
        last=_int_or_zero(record.get("last")) - first_line + 1,
        printed=printed,
        seconds=float(record.get("seconds") or 0.0),
        error=_parse_exception(error, base) if isinstance(error, dict) else None,
        value=_parse_value(value, base) if isinstance(value, dict) else None,
        bound=_parse_named_values(bound, base),
    )


def _parse_named_values(records: object, base: str) -> tuple[tuple[str, ObservedValue], ...]:
    return (
        tuple((name, _parse_value(each, base)) for name, each in records.items())
        if isinstance(records, dict)
        else ()
    )


def _parse_exception(record: dict[str, Any], base: str) -> ExceptionInfo:
    lineage = record.get("lineage") or []
    cause = record.get("cause") or []
    return ExceptionInfo(
        type=escape_hidden(str(record.get("type", "Exception"))),
        class_names=tuple(escape_hidden(str(name)) for name in lineage),
        text=clean_text(str(record.get("text", "")), base),
        line=_int_or_zero(record.get("line")),
        name=str(record.get("name") or ""),
        filename=clean_text(str(record.get("filename") or ""), base),
        errno=_int_or_zero(record.get("errno")),
        code=record.get("code"),
        cause=tuple(map(str, cause)),
        cause_errno=_int_or_zero(record.get("cause_errno")),
        libraries=tuple(map(str, record.get("libraries") or ())),
    )


def _parse_value(record: dict[str, Any], base: str) -> ObservedValue:
    text = record.get("text")
    return ObservedValue(
        type=str(record.get("type", "")),
        text=None if text is None else clean_text(str(text), base),
        shape=str(record.get("shape") or ""),
        dtype=str(record.get("dtype") or ""),
        numbers=_parse_numbers(record.get("numbers")),
        build=str(record.get("build") or ""),
    )


def _parse_numbers(found: object) -> tuple[float, ...]:
    numbers = found if isinstance(found, list) else ()
    return tuple(
        _NOT_FINITE[number] if isinstance(number, str) else float(number)
        for number in numbers
        if isinstance(number, (int, float)) or number in _NOT_FINITE
    )


_NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
"""As `look` writes them. There is one nan, so that two runs that gave it are alike."""


def _int_or_zero(found: object) -> int:
    return found if isinstance(found, int) else 0


def _statement_ends(by_unit: dict[int, list[dict[str, Any]]]) -> tuple[tuple[int, int], ...]:
    """Return the line of each statement that ended, with how many bytes of errors there were by then."""
    return tuple(
        (_int_or_zero(record.get("line")), record["logged"])
        for records in by_unit.values()
        for record in records
        if isinstance(record.get("logged"), int)
    )


def clean_output(raw: bytes, base: str) -> str:
    """Return output as a person saw it at the end: no colours, overwritten lines or library logs."""
    return clean_text(raw.decode("utf-8", "replace"), base)


def clean_text(text: str, base: str) -> str:
    """Return a text without colours, overwritten text, library logs, hidden characters and own paths."""
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    if "\b" in text or "\r" in text:
        text = "\n".join(_as_terminal_shows(line) for line in text.split("\n"))
    text = _LIBRARY_LOG.sub("", text)
    if base in text:
        text = re.sub(re.escape(base) + r"/code/\d+/answer\.py", "answer.py", text)
        text = re.sub(re.escape(base) + r"/boxes/\d+/home", "~", text)
        text = re.sub(re.escape(base) + r"(?:/boxes/\d+)?", "", text)
    return escape_hidden(hide_installation(text))


def _as_terminal_shows(line: str) -> str:
    """Return what a terminal shows of a line with carriage returns and backspaces."""
    shown: list[str] = []
    column = 0
    for character in line:
        if character == "\r":
            column = 0
        elif character == "\b":
            column = max(0, column - 1)
        else:
            shown[column : column + 1] = [character]
            column += 1
    return "".join(shown).rstrip() if "\r" in line else "".join(shown)


def read_report(report: RunReport, request: RunRequest) -> Transcript:
    """Return the transcript of a report; raises ProofError where the run failed for no fault of the code."""
    if report["trouble"]:
        raise ProofError(f"Code could not be run: {report['trouble']}")
    return parse_report(report, request.first_lines, request.sources)
