from __future__ import annotations

import ast
import contextlib
import io
from typing import TYPE_CHECKING

from cards.program.runtime import Runtime
from cards.prove.client.options import Options
from cards.prove.client.run_request import ProverContext, first_lines
from cards.prove.client.transcript import ExceptionInfo, ObservedStatement, SnippetRun, Transcript
from cards.prove.decide.evidence import Evidence
from cards.prove.decide.not_run import reasons_not_run
from cards.prove.process.protocol import RunEnding
from tests.builders.program import TODAY, program

if TYPE_CHECKING:
    from cards.program.snippet import Snippet


def plain_evidence(*parts: str | Snippet) -> Evidence:
    """What a run shows of a program of the standard library, run in the test's own process."""
    made = program(*parts)
    context = ProverContext(Options(1, TODAY), Runtime("3.11", "2.21.0", "3.15.1"))
    not_run = reasons_not_run(made, context)
    namespace: dict[str, object] = {"__name__": "__main__"}
    runs = tuple(
        SnippetRun() if place in not_run else _snippet_run(snippet.source, first, namespace)
        for place, (snippet, first) in enumerate(zip(made.snippets, first_lines(made), strict=True))
    )
    transcript = Transcript(
        runs,
        RunEnding.EXITED,
        0,
        finished=True,
        blamed=0,
        statement=0,
        waited=False,
        warnings=(),
        seconds=0.0,
    )
    return Evidence(made, context, not_run, transcript=transcript)


def _snippet_run(source: str, first: int, namespace: dict[str, object]) -> SnippetRun:
    try:
        tree = ast.parse(source)
        compile(source, "answer.py", "exec")
    except SyntaxError as refused:
        return SnippetRun(syntax=_described(refused, (refused.lineno or 1) + first - 1))
    statements = []
    for statement in tree.body:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            raised = _error_of(statement, namespace, first)
        last = statement.end_lineno or statement.lineno
        statements.append(ObservedStatement(statement.lineno, last, printed.getvalue(), 0.0, raised))
        if raised is not None:
            break
    return SnippetRun(
        len(tree.body),
        tuple(statements),
        None,
        done=all(each.error is None for each in statements),
        printed="".join(each.printed for each in statements).rstrip("\n"),
    )


def _error_of(statement: ast.stmt, namespace: dict[str, object], first: int) -> ExceptionInfo | None:
    try:
        exec(compile(ast.Module([statement], []), "answer.py", "exec"), namespace)  # noqa: S102 - a test's own code
    except Exception as error:  # noqa: BLE001 - whatever it raises is looked at
        return _described(error, statement.lineno + first - 1)
    return None


def _described(error: Exception, line: int) -> ExceptionInfo:
    return ExceptionInfo(
        type(error).__name__,
        tuple(kind.__name__ for kind in type(error).__mro__),
        str(error),
        line,
        name=str(getattr(error, "name", None) or ""),
        filename=str(getattr(error, "filename", None) or ""),
        errno=getattr(error, "errno", None) or 0,
    )
