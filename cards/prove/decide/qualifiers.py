"""Decides the qualifiers beside a verdict: stand-ins, shortenings, warnings, code that was never called."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from cards.program.hidden_imports import hidden_imports, supplied_name
from cards.program.program import PREAMBLE_NAME
from cards.program.qualifier import Qualifier, QualifierKind
from cards.program.snippet import KerasFlavour, SnippetRole
from cards.program.verdict import Outcome
from cards.prove.client.run_request import first_lines, guide_line, locate_line, shortenings
from cards.prove.decide.alone import alone_qualifiers
from cards.prove.decide.chance import chance_qualifiers
from cards.prove.decide.error_text import error_sentence
from cards.prove.decide.gone import gone_calls_of
from cards.prove.decide.taint import stand_in_names, taints_of
from cards.prove.output.claims import shown_output
from cards.prove.output.compare import is_rounding
from cards.python.bindings import bound_names
from cards.python.foreign.notebook import notebook_lines
from cards.python.suspicious import suspicious_names
from cards.python.syntax import tree_of
from cards.python.undefined import uncalled_definitions, undefined_names
from cards.regex import regex
from cards.span import lines_name
from cards.stale.error_search import change_of

if TYPE_CHECKING:
    from cards.prove.decide.evidence import Evidence
    from cards.prove.decide.taint import Taint

_MOST_WARNINGS = 5
"""Of a snippet; a lock keeps them."""


_IS_GONE = regex(
    r"has no attribute|cannot import name|No module named|is not defined|was removed|deprecated"
    r"|keyword argument|[Ff]ile ?(?:path|name|format)|not supported when eager"
    r"|`keras\.optimizers\.legacy`|argument `reduction`"
)
"""Errors that tell of something gone, whatever the values are."""


def qualifiers_of(
    evidence: Evidence, position: int, outcome: Outcome, line: int = 0
) -> tuple[Qualifier, ...]:
    """Return a verdict's qualifiers, the weightiest first; its own sentence tells of the `line`."""
    snippet = evidence.program.snippets[position]
    found = _stand_in_qualifiers(evidence, position, outcome)
    found += [Qualifier(QualifierKind.SHORTENED, change) for change in shortenings(snippet)]
    if snippet.directives.shrink and not found:
        found.append(Qualifier(QualifierKind.NOT_SHORTENED))
    if outcome is not Outcome.NOT_RUN:
        found += _usual_imports(evidence, position)
        found += alone_qualifiers(evidence, position)
    found += [Qualifier(QualifierKind.SUSPICIOUS_NAME, trick) for trick in suspicious_names(snippet.source)]
    found += [
        Qualifier(QualifierKind.NOTEBOOK_LINE, text, guide_line(snippet, line))
        for line, text in notebook_lines(snippet.source)
    ]
    found += _further_failures(evidence, position)
    if outcome.holds or outcome is Outcome.OUTPUT_MISMATCH:
        found += chance_qualifiers(evidence, position)
    found += _gone_calls(evidence, position, {line, *(each.line for each in found if each.line)})
    if outcome.holds:
        found += _stated_otherwise(evidence, position)
        found += _unproved_parts(evidence, position)
        found += _warnings(evidence, position)
        before = [evidence.program.snippets[p] for p in evidence.failing if p < position]
        earlier = [each.name for each in before if each.role is not SnippetRole.USUAL_IMPORT]
        found += [Qualifier(QualifierKind.EARLIER_FAILURE, name) for name in earlier]
    elif outcome is Outcome.NOT_RUN:
        found += _unbound_names(evidence, position)
    if evidence.keras is KerasFlavour.KERAS_2:
        found.append(Qualifier(QualifierKind.KERAS_2, evidence.context.keras_2))
    return tuple(found)


def printing_taints(evidence: Evidence, position: int, line: int = 0) -> list[Taint]:
    """Return the tainted statements of a snippet, or of one line, that print something."""
    printing = {
        each.first
        for each in evidence.snippet_run(position).statements
        if each.printed.strip() and (not line or each.first <= line <= each.last)
    }
    return [each for each in taints_of(evidence.program)[position] if each.first in printing]


def stand_ins_behind(evidence: Evidence, position: int) -> str:
    """Return the stand-ins that may be the reason why a statement failed; empty where it fails without them.

    A name, an attribute, an import or a keyword that does not exist is missing whatever a stand-in is.
    """
    error = evidence.first_error(position)
    if error is not None and _IS_GONE.search(error.text):
        return ""
    return join_with_commas(stand_in_names(_failing_taints(evidence, position)))


def _failing_taints(evidence: Evidence, position: int) -> tuple[Taint, ...]:
    """Return the tainted statement in which a snippet ended before its end; none where that is untainted."""
    failing = [each.first for each in evidence.snippet_run(position).statements if each.error]
    tree = tree_of(evidence.program.snippets[position].source)
    stopped = evidence.stopped.get(position)
    if stopped is not None and tree is not None and stopped.statement < len(tree.body):
        failing = [tree.body[stopped.statement].lineno]
    return tuple(each for each in taints_of(evidence.program)[position] if each.first in failing[:1])


def join_with_commas(words: tuple[str, ...]) -> str:
    """Return the words with commas between them."""
    return ", ".join(words)


def _stand_in_qualifiers(evidence: Evidence, position: int, outcome: Outcome) -> list[Qualifier]:
    """Return which stand-ins a snippet uses, and whether they alone decide what it prints or raises."""
    snippet = evidence.program.snippets[position]
    taints = taints_of(evidence.program)[position]
    if not taints:
        return []
    if not outcome.holds:
        blamed = _failing_taints(evidence, position)
        error = evidence.first_error(position)
        is_missing = error is not None and not {"NameError", "ImportError"}.isdisjoint(error.class_names)
        may_be_why = blamed and not is_missing and outcome is not Outcome.NOT_RUN
        names = join_with_commas(stand_in_names(blamed))
        return [Qualifier(QualifierKind.STAND_INS_MAY_BE_WHY, names)] if may_be_why else []
    found = [Qualifier(QualifierKind.STAND_INS, join_with_commas(stand_in_names(taints)))]
    functions = tuple(sorted({name for each in taints for name in each.calls}))
    if functions:
        found.append(Qualifier(QualifierKind.STAND_INS_DECIDE_BEHAVIOUR, join_with_commas(functions)))
    lines = [guide_line(snippet, each.first) for each in printing_taints(evidence, position)]
    if lines and not snippet.directives.no_output:
        found.append(Qualifier(QualifierKind.STAND_INS_DECIDE_OUTPUT, lines_name("", lines)))
    return found


def _usual_imports(evidence: Evidence, position: int) -> list[Qualifier]:
    lines = hidden_imports(evidence.program, position, evidence.failed_imports(position))
    quoted = tuple(f"`{line}`" for line in lines)
    return [Qualifier(QualifierKind.USUAL_IMPORTS, join_with_commas(quoted))] if lines else []


def _further_failures(evidence: Evidence, position: int) -> list[Qualifier]:
    """Return the statements that fail after the first, causes apart from their consequences."""
    if evidence.keep_going is None or evidence.first_error(position) is None:
        return []
    snippet = evidence.program.snippets[position]
    tree = tree_of(snippet.source)
    statements = evidence.keep_going.snippet_runs[position].statements
    missing = {supplied_name(evidence.program.snippets[place]) for place in evidence.failed_imports(position)}
    found: list[Qualifier] = []
    is_first = True
    for number, statement in enumerate(statements):
        if statement.error is None:
            continue
        if tree is not None and number < len(tree.body):
            missing |= bound_names(tree.body[number])
        is_told, is_first = is_first and statement.error == evidence.first_error(position), False
        if is_told:
            continue
        line = guide_line(snippet, statement.first)
        follows = "NameError" in statement.error.class_names and statement.error.name in missing
        change = None if follows else change_of(statement.error.text)
        today = f" {change.advice}" if change else ""
        kind = QualifierKind.FOLLOWING_FAILURE if follows else QualifierKind.FURTHER_FAILURE
        found.append(Qualifier(kind, f"{error_sentence(statement.error)}{today}", line))
    return found


def _stated_otherwise(evidence: Evidence, position: int) -> list[Qualifier]:
    """Return how a stated output that holds differs from what was printed, beyond rounded numbers."""
    snippet = evidence.program.snippets[position]
    stated, printed = snippet.stated, shown_output(snippet, evidence.snippet_run(position))
    is_compared = stated is not None and not snippet.directives.no_output and not snippet.directives.raises
    if stated is None or not is_compared or is_rounding(stated, printed):
        return []
    lines = zip_longest(stated.split("\n"), printed.split("\n"), fillvalue="")
    one, other = next((pair for pair in lines if not is_rounding(*pair)), (stated, printed))
    return [Qualifier(QualifierKind.STATED_OTHERWISE, f"`{one.strip()}`, the run printed `{other.strip()}`")]


def _gone_calls(evidence: Evidence, position: int, told: set[int]) -> list[Qualifier]:
    """Return the calls that are gone, but for the one that decides the verdict and those told as failures."""
    snippet = evidence.program.snippets[position]
    calls = gone_calls_of(evidence, position)
    if evidence.snippet_run(position).done:
        others = calls[1:]
    else:
        others = tuple(call for call in calls if guide_line(snippet, call.line) not in told)
    return [
        Qualifier(
            QualifierKind.GONE_CALL,
            f"`{call.change.old}`. {call.change.advice}",
            guide_line(snippet, call.line),
        )
        for call in others
    ]


def _unproved_parts(evidence: Evidence, position: int) -> list[Qualifier]:
    sources = tuple(snippet.source for snippet in evidence.program.snippets)
    uncalled = uncalled_definitions(sources, position)
    if evidence.program.name == PREAMBLE_NAME:  # The questions may call what it defines.
        uncalled = ()
    found = [Qualifier(QualifierKind.NEVER_CALLED, name) for name in uncalled]
    return found + _unbound_names(evidence, position)


def _unbound_names(evidence: Evidence, position: int) -> list[Qualifier]:
    program = evidence.program
    lines: list[str] = []
    for snippet, first in zip(program.snippets, first_lines(program), strict=True):
        lines += [""] * (first - 1 - len(lines))
        lines += snippet.source.split("\n") if tree_of(snippet.source) else []
    found = []
    for line, name in undefined_names("\n".join(lines)):
        owner, where = locate_line(program, line)
        if owner is program.snippets[position]:
            found.append(Qualifier(QualifierKind.NEVER_BOUND, name, where))
    return found


def _warnings(evidence: Evidence, position: int) -> list[Qualifier]:
    """Return what libraries warned of while the snippet's statements ran, at most a few."""
    if evidence.transcript is None:
        return []
    snippet = evidence.program.snippets[position]
    found: dict[str, Qualifier] = {}
    for warning in evidence.transcript.warnings:
        owner, line = locate_line(evidence.program, warning.line)
        if owner is snippet:
            found.setdefault(warning.words, Qualifier(QualifierKind.WARNING, warning.words, line))
    return list(found.values())[:_MOST_WARNINGS]
