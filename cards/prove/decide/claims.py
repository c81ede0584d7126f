"""Compares what a guide says that code prints with what it printed."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.prove.decide.compare import agree, agree_when_rounded, differ_only_in_numbers
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cards.program.snippet import Snippet
    from cards.prove.client.transcript import ObservedStatement, SnippetRun

_OUTPUT_COMMENT = re.compile(r"^#\s*(?:=>|[Oo]utput:|[Pp]rints:)[ \t]*(?P<claim>.*)$")

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_FLOW = (ast.For, ast.AsyncFor, ast.While, ast.If, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


@dataclass(frozen=True, slots=True)
class UnmetClaim:
    """A claim about output that the run contradicts."""

    sentence: str
    line: int
    """The claim's line within its snippet; 0 for the output fence after it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a comment says about the output of the statement that it follows."""

    text: str
    is_explicit: bool
    """The author said that this is the output (`#=>`, `# Output:`); other comments may be about anything."""
    line: int


def first_unmet_claim(snippet: Snippet, snippet_run: SnippetRun) -> UnmetClaim | None:
    """Return the first claim in comments or stated output that the run contradicts."""
    tolerance = snippet.directives.tolerance
    for statement, claim in _claims(snippet.source, snippet_run):
        shown = _texts_claimed(statement)
        if claim.is_explicit and not any(_holds(claim.text, each, tolerance) for each in shown):
            return UnmetClaim(_comment_sentence(claim.text, shown[0] if shown else ""), claim.line)
        printed = statement.printed
        # A comment in the form of the output is meant as the output.
        is_meant = not claim.is_explicit and printed.strip() and differ_only_in_numbers(claim.text, printed)
        if is_meant and not _holds(claim.text, printed, tolerance):
            return UnmetClaim(_comment_sentence(claim.text, printed), claim.line)
    if snippet.stated is not None and not agree(snippet.stated, snippet_run.printed, tolerance):
        return UnmetClaim(_output_sentence(snippet.stated, snippet_run.printed), 0)
    return None


def claims_output(snippet: Snippet, snippet_run: SnippetRun) -> bool:
    """Whether the guide states what the snippet prints: in a fence after it, or in a comment meant so."""
    if snippet.stated is not None:
        return True
    return any(
        claim.is_explicit or differ_only_in_numbers(claim.text, statement.printed)
        for statement, claim in _claims(snippet.source, snippet_run)
        if statement.printed.strip()
    )


def _holds(claim: str, shown: str, tolerance: float | None) -> bool:
    return agree(claim, shown, tolerance) or agree_when_rounded(claim, shown)


def _texts_claimed(statement: ObservedStatement) -> list[str]:
    """Return the texts that an output comment may be about: what was printed, else a value."""
    if statement.printed.strip():
        return [statement.printed]
    values = [statement.value] if statement.value else [value for _, value in statement.bound]
    return [value.text for value in values if value.text is not None]


def _claims(source: str, snippet_run: SnippetRun) -> Iterator[tuple[ObservedStatement, Claim]]:
    tree = tree_of(source)
    if tree is None or "#" not in source:
        return
    comments = _comments(source)
    simple = {
        node.end_lineno or node.lineno for node in tree.body if not isinstance(node, (*_DEFINITIONS, *_FLOW))
    }
    for statement in snippet_run.statements:
        if statement.error is None and statement.last in simple:
            yield from ((statement, claim) for claim in _claims_at(statement.last, comments))


def _claims_at(line: int, comments: dict[int, tuple[str, bool]]) -> Iterator[Claim]:
    """Yield the claims of the comment after a statement and of the output comments right below it."""
    if line in comments and not comments[line][1]:
        text = comments[line][0]
        marked = _OUTPUT_COMMENT.match(text)
        yield Claim(marked["claim"] if marked else text.lstrip("# "), bool(marked), line)
    below = line + 1
    marked = _OUTPUT_COMMENT.match(comments[below][0]) if below in comments and comments[below][1] else None
    if marked:
        said = [marked["claim"]]
        first = below
        while below + 1 in comments and comments[below + 1][1]:
            below += 1
            again = _OUTPUT_COMMENT.match(comments[below][0])
            said.append(again["claim"] if again else comments[below][0].removeprefix("#").removeprefix(" "))
        yield Claim("\n".join(said).strip(), True, first)  # noqa: FBT003 - named in the class


def _comments(source: str) -> dict[int, tuple[str, bool]]:
    """Return the comments by line, each with whether it is alone on its line."""
    found = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = token.string, not token.line[: token.start[1]].strip()
    except (tokenize.TokenError, IndentationError):
        return {}
    return found


def _comment_sentence(claim: str, shown: str) -> str:
    if not shown.strip():
        return f"The comment says `{_first_line(claim)}`, but nothing was printed."
    return f"The comment says `{_first_line(claim)}`, the run showed `{_first_line(shown)}`."


def _output_sentence(stated: str, printed: str) -> str:
    if not printed.strip():
        return f"The guide says that it prints `{_first_line(stated)}`, but it prints nothing."
    wanted, found = stated.strip().splitlines(), printed.strip().splitlines()
    for one, other in zip(wanted, found, strict=False):
        if not agree(one, other):
            return f"The guide says `{one.strip()}`, the run printed `{other.strip()}`."
    if len(found) > len(wanted):
        return f"The run printed more than the guide says, from `{found[len(wanted)].strip()}` on."
    return f"The run ended before printing `{wanted[min(len(found), len(wanted) - 1)].strip()}`."


def _first_line(text: str) -> str:
    lines = text.strip().splitlines()
    return (lines[0] if len(lines) == 1 else f"{lines[0]} …") if lines else ""
