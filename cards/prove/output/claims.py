"""Compares what a guide says that code prints with what it printed."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from cards.prove.output.compare import agree, differ_only_in_numbers, has_ellipsis
from cards.prove.output.output_comment import CommentMarker, output_comments, value_beside_remark
from cards.prove.output.trait_comment import unmet_trait
from cards.python.comments import code_comments
from cards.python.syntax import expression_of, tree_of
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cards.program.snippet import Snippet
    from cards.prove.client.transcript import ExceptionInfo, ObservedStatement, SnippetRun
    from cards.prove.output.output_comment import OutputComment

_VALUE_FORMS = tuple(
    regex(form, re.DOTALL)
    for form in (
        r"tf\.Tensor\((?P<value>.*), shape=\([^()]*\), dtype=\w+\)",
        r"<tf\.(?:Tensor|Variable)\b.*?\bnumpy=(?P<value>.*)>",
        r"array\((?P<value>.*?)(?:, dtype=\w+)?\)",
        r"np\.\w+\((?P<value>[^()]*)\)",
    )
)
"""How tensors, variables, arrays and numbers of numpy show the value that they hold."""
_TRACEBACK = regex(r"^Traceback \(most recent call last\):\n(?:[ .].*\n)*", re.MULTILINE)
_CLASS = regex(r"<class '[\w.]+'>|[A-Z]\w*(?:Error|Exception)")
_RAISES = regex(
    r"(?:(?:[Tt]his|[Ii]t|will|would|->|→|=>)\s*)*(?:[Rr]aises?|[Tt]hrows?)\s+(?:an? )?`?"
    r"(?P<kind>[A-Z]\w*(?:Error|Exception))\b"
)
_LABELLED = regex(r"[^\W\d][^\n:=]{0,60}[:=]\s*(?P<value>\S.*)", re.DOTALL)
"""`total = 5`, `Shape: (2, 3)`."""
_NO_LITERAL = object()
_ADDRESS = regex(r"\b\d{6,}\b")
_DURATION = regex(r"\b\d+(?:\.\d+)?(?=\s?(?:[mµun]?s|sec|seconds|minutes)\b)")
_READS_CLOCK = regex(r"\b(?:perf_counter|monotonic|process_time|timeit|default_timer|time\.time|now)\b")


@dataclass(frozen=True, slots=True)
class UnmetClaim:
    """A claim about output that the run contradicts."""

    sentence: str
    line: int
    """The claim's line within its snippet; 0 for the output fence or the words after it."""
    correction: str = ""
    """What a comment should say instead, where that is one line."""


def first_unmet_claim(snippet: Snippet, snippet_run: SnippetRun) -> UnmetClaim | None:
    """Return the first claim in comments or stated output that the run contradicts."""
    tolerance = snippet.directives.tolerance
    plain = partial(_without_other_each_time, source=snippet.source)
    for said, statement, shown in _comments_on_output(snippet, snippet_run):
        texts = list(map(plain, shown))
        comment, is_met = _compared(replace(said, text=plain(said.text)), texts, tolerance)
        if not is_met and _is_meant(comment, statement, texts):
            return _unmet_comment(comment, texts)
        if sentence := unmet_trait(comment, statement):
            return UnmetClaim(sentence, comment.line)
    printed = plain(shown_output(snippet, snippet_run))
    if snippet.stated is not None and not agree(stated := plain(snippet.stated), printed, tolerance):
        return UnmetClaim(_output_sentence(stated, printed, tolerance), 0)
    if not _is_told_rightly(plain(snippet.told), printed, snippet):
        ran = _first_line(printed)
        return UnmetClaim(f"The text below says that it prints `{snippet.told}`, the run printed `{ran}`.", 0)
    return None


def _compared(
    comment: OutputComment, texts: list[str], tolerance: float | None
) -> tuple[OutputComment, bool]:
    """Return a comment, and whether one of the texts agrees with it.

    One that goes on with a remark is cut to its value, unless all of it agrees.
    """
    shown = [*texts, *_values_behind(texts)]
    if any(_holds(comment.text, text, tolerance) for text in shown):
        return comment, True
    value = value_beside_remark(comment.text)
    if not value or _literal(value) is _NO_LITERAL:
        return comment, False
    # Quotes around a text are no part of it.
    forms = (value, _text_of_literal(value) or value)
    is_met = any(_holds(form, text, tolerance) for form in forms for text in shown)
    return replace(comment, text=value), is_met


def _values_behind(texts: Iterable[str]) -> Iterator[str]:
    """Yield what texts show behind a label: a comment that says the value alone is true."""
    for text in texts:
        if labelled := _LABELLED.fullmatch(text):
            yield labelled["value"]


def _is_told_rightly(told: str, printed: str, snippet: Snippet) -> bool:
    """Tell whether printed text holds what the words below the code say that it prints.

    What they call by a name of the code is no text, and where nothing is printed they may be about a value.
    """
    texts = [printed.strip(), *printed.splitlines()]
    if not told or not texts[0] or any(_holds(told, text, snippet.directives.tolerance) for text in texts):
        return True
    said = _text_of_literal(told) or told
    is_part = re.search(rf"(?<!\w){re.escape(' '.join(said.split()))}(?!\w)", " ".join(printed.split()))
    is_name = _literal(told) is _NO_LITERAL and re.search(rf"(?<!\w){re.escape(told)}(?!\w)", snippet.source)
    return bool(is_part or is_name)


def shown_output(snippet: Snippet, snippet_run: SnippetRun) -> str:
    """Return what a snippet printed, and the value of its last expression if the guide states that too."""
    stated, printed = snippet.stated, snippet_run.printed
    last = snippet_run.statements[-1] if snippet_run.done and snippet_run.statements else None
    value = last.value if last is not None else None
    if stated is None or value is None or value.text is None or value.type == "NoneType":
        return printed
    with_value = f"{printed}\n{value.text}" if printed else value.text
    return with_value if agree(stated, with_value, snippet.directives.tolerance) else printed


def unmet_exception(snippet: Snippet, error: ExceptionInfo, line: int) -> UnmetClaim | None:
    """Return the comment beside the line that raised if it names another class than the one raised."""
    said = next((each.text for each in code_comments(snippet.source) if each.line == line - 1), "")
    claimed = _RAISES.match(said)
    if claimed is None or claimed["kind"] in {error.type, *error.class_names}:
        return None
    return UnmetClaim(f"The comment says that it raises {claimed['kind']}, but it raised {error.type}.", line)


def unmet_output_before(snippet: Snippet, snippet_run: SnippetRun, error: ExceptionInfo) -> UnmetClaim | None:
    """Return the stated output of a snippet that raises if it is not what was printed before.

    The exception may stand in it too, as the last line of a traceback does.
    """
    if snippet.stated is None or snippet.directives.no_output:
        return None
    tolerance = snippet.directives.tolerance
    stated, printed = _TRACEBACK.sub("", snippet.stated), snippet_run.printed
    raised = f"{error.type}: {error.text}" if error.text else error.type
    ended = f"{printed}\n{raised}" if printed else raised
    is_met = agree(stated, printed, tolerance) or agree(stated, ended, tolerance)
    return None if is_met else UnmetClaim(_output_sentence(stated, ended, tolerance), 0)


def _comments_on_output(
    snippet: Snippet, snippet_run: SnippetRun
) -> Iterator[tuple[OutputComment, ObservedStatement, list[str]]]:
    """Yield what comments say, with the statement that they follow and the texts that they may be about."""
    comments = output_comments(snippet.source)
    printed: list[str] = []
    for statement in snippet_run.statements:
        printed.append(statement.printed)
        for comment in comments.get(statement.last, ()) if statement.error is None else ():
            if snippet.stated is not None and comment.is_below and comment.marker is CommentMarker.NONE:
                # The script of a session has the output that it states in comments.
                continue
            shown = _texts_claimed(statement, comment)
            if comment.is_below:
                # Below several prints it may say what all of them show.
                shown += ["".join(printed[start:]).strip() for start in range(len(printed) - 1)]
                shown.sort(key=lambda text: text.count("\n") != comment.text.count("\n"))
                printed = [] if comment.marker is CommentMarker.OUTPUT else printed
            yield comment, statement, shown


def _unmet_comment(comment: OutputComment, shown: list[str]) -> UnmetClaim:
    first = shown[0] if shown else ""
    in_its_form = next((text for text in shown if differ_only_in_numbers(comment.text, text)), first)
    correction = "" if "\n" in comment.text + in_its_form else in_its_form
    return UnmetClaim(_comment_sentence(comment.text, first), comment.line, correction)


def _calls_id(source: str) -> bool:
    """Tell whether code asks for the address of an object, which is another in each run."""
    tree = tree_of(source) if "id(" in source else None
    return tree is not None and any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "id"
        for node in ast.walk(tree)
    )


def _without_other_each_time(text: str, source: str) -> str:
    """Return a text without the addresses and durations that its code asks for."""
    text = _ADDRESS.sub("0", text) if _calls_id(source) else text
    return _DURATION.sub("0", text) if reads_clock(source) else text


def reads_clock(source: str) -> bool:
    """Tell whether code measures time, so that a duration that it prints is another in each run."""
    return _READS_CLOCK.search(source) is not None


def _texts_claimed(statement: ObservedStatement, comment: OutputComment) -> list[str]:
    """Return the texts that a comment may be about: what was printed, else a value; and what those hold."""
    printed = statement.printed.strip()
    if printed:
        texts = [printed]
        texts += printed.splitlines() if comment.is_within else []
    elif comment.is_within or (comment.is_below and comment.marker is CommentMarker.NONE):
        return []
    else:
        is_of_names = comment.is_of_name or comment.marker is CommentMarker.OUTPUT
        bound = [value for _, value in statement.bound] if is_of_names else []
        values = [statement.value] if statement.value else bound
        texts = [value.text for value in values if value.text is not None]
        texts += [plain for text in texts if (plain := _text_of_literal(text)) is not None]
    texts += [comment.text] if _text_of_literal(comment.text) in texts else []
    held = [match["value"] for text in texts for form in _VALUE_FORMS if (match := form.fullmatch(text))]
    return texts + held


def _text_of_literal(text: str) -> str | None:
    """Return the text that a quoted one stands for; None for what is not quoted."""
    if text[:1] not in {"'", '"'}:
        return None
    found = _literal(text)
    return found if isinstance(found, str) else None


def _is_meant(comment: OutputComment, statement: ObservedStatement, shown: list[str]) -> bool:
    """Tell whether a comment says what is printed; one in the form of the output is meant as the output."""
    said = comment.text
    if not said or (comment.is_within and not shown):
        return False
    is_printed, is_literal = bool(statement.printed.strip()), _literal(said) is not _NO_LITERAL
    is_marked = comment.marker is CommentMarker.OUTPUT and (is_printed or is_literal or not comment.is_below)
    if is_marked or any(differ_only_in_numbers(said, text) for text in shown):
        return True
    is_said = comment.marker is CommentMarker.SAID and is_printed and is_literal
    return bool(shown) and (is_said or _is_of_same_type(comment, shown, is_printed=is_printed))


def _is_of_same_type(comment: OutputComment, shown: list[str], *, is_printed: bool) -> bool:
    """Tell whether a comment is nothing but a value of the type that is shown; numbers need the same form."""
    said = comment.text
    if _CLASS.fullmatch(said):
        return any(_CLASS.fullmatch(text) for text in shown)
    value = _literal(said)
    if value is _NO_LITERAL or has_ellipsis(said) or type(value) in {int, float}:
        return False
    if isinstance(value, str) and (is_printed or comment.is_of_name):
        return is_printed
    return any(type(_literal(text)) is type(value) for text in shown)


def _literal(text: str) -> object:
    tree = expression_of(text)
    try:
        return _NO_LITERAL if tree is None else ast.literal_eval(tree)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return _NO_LITERAL


def claims_output(snippet: Snippet, snippet_run: SnippetRun) -> bool:
    """Whether the guide states what the snippet prints: in a fence after it, or in a comment meant so."""
    return snippet.stated is not None or any(
        _is_meant(*found) for found in _comments_on_output(snippet, snippet_run)
    )


def _holds(claim: str, shown: str, tolerance: float | None) -> bool:
    """Tell whether a comment agrees with a text; it cannot show where lines begin and end as a fence does."""
    claims, texts = claim.strip().splitlines(), shown.strip().splitlines()
    if len(claims) == 1:
        texts = [" ".join(texts)]
    wanted, found = ("\n".join(" ".join(line.split()) for line in lines) for lines in (claims, texts))
    return agree(wanted, found, tolerance) or _is_same_container(claim, shown)


def _is_same_container(claim: str, shown: str) -> bool:
    """Tell whether two texts write the same container; quotes and the order of a set do not matter."""
    one, other = _literal(claim), _literal(shown)
    if isinstance(one, set) and isinstance(other, set):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    return isinstance(one, list | tuple | dict) and repr(one) == repr(other)


def _comment_sentence(claim: str, shown: str) -> str:
    said, found = claim.strip().splitlines(), shown.strip().splitlines()
    if len(said) == len(found):
        claim, shown = next(
            (pair for pair in zip(said, found, strict=True) if not _holds(*pair, None)), (claim, shown)
        )
    if not shown.strip():
        return f"The comment says `{_first_line(claim)}`, but nothing was printed."
    return f"The comment says `{_first_line(claim)}`, the run showed `{_first_line(shown)}`."


def _output_sentence(stated: str, printed: str, tolerance: float | None) -> str:
    if not printed.strip():
        return f"The guide says that it prints `{_first_line(stated)}`, but it prints nothing."
    wanted, found = stated.rstrip().split("\n"), printed.rstrip().split("\n")
    if has_ellipsis(stated):
        lost = next((one for one in wanted if not any(agree(one, line, tolerance) for line in found)), "")
        return (
            f"The guide says {_line_in_quotes(lost)}, which is not among what the run printed in its order."
        )
    for one, other in zip(wanted, found, strict=False):
        if not agree(one, other, tolerance):
            return f"The guide says {_line_in_quotes(one)}, the run printed {_line_in_quotes(other)}."
    if len(found) > len(wanted):
        more = _line_in_quotes(found[len(wanted)])
        return f"The run printed more than the guide says, from {more} on."
    return f"The run ended before printing {_line_in_quotes(wanted[min(len(found), len(wanted) - 1)])}."


def _line_in_quotes(line: str) -> str:
    return f"`{line.rstrip()}`" if line.strip() else "an empty line"


def _first_line(text: str) -> str:
    lines = text.strip().splitlines()
    return (lines[0] if len(lines) == 1 else f"{lines[0]} …") if lines else ""
