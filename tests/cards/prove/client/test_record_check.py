"""A report that says it passed, held against the source that it is a report of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cards.prove.client.record_check import expected_lines, is_record_whole
from cards.prove.client.transcript import parse_report

if TYPE_CHECKING:
    from cards.prove.client.transcript import SnippetRun
    from cards.prove.process.protocol import RunReport

SOURCE = "x = 1\nprint(\n    x\n)\nassert x == 2"
LINES = ((11, 11), (12, 14), (15, 15))

COUNT = {"piece": 0, "count": 3}
FIRST = {"piece": 0, "statement": 0, "line": 11, "last": 11, "offset": 0}
SECOND = {"piece": 0, "statement": 1, "line": 12, "last": 14, "offset": 2}
THIRD = {"piece": 0, "statement": 2, "line": 15, "last": 15, "offset": 2}
DONE = {"piece": 0, "done": 1, "left": {}}
SYNTAX = {"piece": 0, "syntax": {"type": "SyntaxError"}}
CHANGED = {"piece": 0, "changed": "numpy.sum"}


def test_the_statements_are_those_of_the_source() -> None:
    assert expected_lines(SOURCE, 11) == LINES
    assert expected_lines("x = (", 1) is None


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([COUNT, FIRST, SECOND, THIRD, DONE], id="all"),
        pytest.param([COUNT, FIRST, SECOND, THIRD, CHANGED, DONE], id="with what else is recorded"),
        pytest.param([COUNT, FIRST, SECOND], id="stopped"),
        pytest.param([COUNT], id="stopped at once"),
        pytest.param([], id="not run"),
        pytest.param([SYNTAX], id="does not parse"),
    ],
)
def test_a_record_of_a_run_is_whole(records: list[dict[str, Any]]) -> None:
    assert is_record_whole(records, LINES)


@pytest.mark.parametrize(
    "records",
    [
        pytest.param([{**COUNT, "count": 1}, FIRST, DONE], id="fewer statements"),
        pytest.param([{**COUNT, "count": 0}, DONE], id="no statement"),
        pytest.param([COUNT, DONE], id="only the end"),
        pytest.param([DONE], id="the end alone"),
        pytest.param([COUNT, FIRST, SECOND, DONE], id="the last one missing"),
        pytest.param([COUNT, FIRST, THIRD, DONE], id="one missing"),
        pytest.param([COUNT, FIRST, SECOND, SECOND, THIRD, DONE], id="one twice"),
        pytest.param([COUNT, SECOND, FIRST, THIRD, DONE], id="out of order"),
        pytest.param([COUNT, FIRST, SECOND, {**THIRD, "line": 99}, DONE], id="an impossible line"),
        pytest.param([COUNT, FIRST, SECOND, {**THIRD, "last": None}, DONE], id="no line"),
        pytest.param([COUNT, FIRST, SECOND, THIRD, THIRD], id="more than there are"),
        pytest.param([COUNT, COUNT, FIRST, SECOND, THIRD, DONE], id="counted twice"),
        pytest.param([COUNT, FIRST, SECOND, THIRD, DONE, DONE], id="done twice"),
        pytest.param([COUNT, FIRST, DONE, SECOND, THIRD], id="done in between"),
        pytest.param([FIRST, SECOND, THIRD, DONE], id="no count"),
        pytest.param([COUNT, FIRST, SYNTAX], id="does not parse, but began"),
    ],
)
def test_a_forged_record_is_not(records: list[dict[str, Any]]) -> None:
    assert not is_record_whole(records, LINES)
    assert not _run(records).done


def test_code_that_does_not_parse_here_is_counted_by_its_own_record() -> None:
    assert is_record_whole([COUNT, FIRST, SECOND, THIRD, DONE], None)
    assert not is_record_whole([COUNT, FIRST, DONE], None)


@pytest.mark.parametrize(
    "record",
    [
        {**THIRD, "seconds": "long"},
        {**THIRD, "error": {"lineage": 5}},
        {"piece": 0, "syntax": "none"},
        {**THIRD, "value": {"numbers": [[]]}},
    ],
)
def test_a_record_of_another_form_is_no_pass_and_no_traceback(record: dict[str, Any]) -> None:
    assert not _run([COUNT, FIRST, SECOND, record, DONE]).done


def test_what_exit_handlers_print_belongs_to_their_snippet() -> None:
    exits = [{"piece": 1, "exit": [4, 6]}, {"piece": 0, "exit": [6, 8]}, {"piece": 0, "exit": [9, 99]}]
    first = [{"piece": 0, "count": 1}, {"piece": 0, "statement": 0, "line": 1, "last": 1, "offset": 2}]
    second = [{"piece": 1, "count": 1}, {"piece": 1, "statement": 0, "line": 3, "last": 3, "offset": 4}]
    report = _report([*first, {"piece": 0, "done": 1}, *second, {"piece": 1, "done": 1}, *exits])
    report["output"], report["piece"] = "1\n2\nb\na\n", 1
    runs = parse_report(report, (1, 3), ("print(1)", "print(2)")).snippet_runs
    assert [(run.done, run.printed) for run in runs] == [(True, "1\na"), (True, "2\nb")]


def _run(records: list[dict[str, Any]]) -> SnippetRun:
    (run,) = parse_report(_report(records), (11,), (SOURCE,)).snippet_runs
    return run


def _report(records: list[dict[str, Any]]) -> RunReport:
    return {
        "number": 1,
        "ending": "exited",
        "status": 0,
        "finished": True,
        "piece": 0,
        "statement": 2,
        "waiting": -1,
        "records": [json.dumps(record) for record in records],
        "output": "1\n",
        "errors": "",
        "seconds": 0.1,
        "confinement": "full",
        "base": "/nowhere",
        "trouble": "",
    }
