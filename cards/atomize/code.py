"""Code answers: what does it print, why is this line there, why does it fail; never a long program."""

from __future__ import annotations

import ast
import builtins
import io
import re
import symtable
import tokenize
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.atomize.topic import NoCard, Result, Topic, marked_up, said, sentence_case, tried, without_stop
from cards.card import Draft, Kind
from cards.guide import Code, Face, Inline, Run, Style
from cards.snippet import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cards.snippet import Snippet

MOST_LINES = 12
"""Longer code cannot be read in seconds."""
MOST_OUTPUT_LINES = 4

_REASON = re.compile(
    r"\b(?:because|since|so that|so (?=\w+ \w+)|otherwise|or else|avoids?|prevents?|without|instead of|"
    r"to (?:avoid|keep|prevent|stop|make sure)|needs?|must|ensures?|keeps?|lets?|before|"
    r"only (?:if|when|here)|rather than|saves?)\b",
    re.IGNORECASE,
)
_CONVENTIONAL = frozenset({"tf", "np", "keras", "layers"})
"""Names that a TensorFlow programmer reads without their import."""
_LOOKS = frozenset(
    {"numpy", "count_params", "summary", "get_config", "get_weights", "as_list", "tolist", "keys", "items"}
    | {"save", "export", "predict", "evaluate"}
)
"""Methods that leave their object as it was."""
_BUILTINS = frozenset(dir(builtins))
_TAKES_AWAY = frozenset({"next", "setattr", "delattr", "exec"})


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in code."""

    line: int
    """0-based, within the source."""
    column: int
    text: str
    """Without `#` and the white space after it."""
    trailing: bool
    """Code stands before it on its line."""


def snippet_cards(topic: Topic, snippet: Snippet) -> list[Result]:
    """Return the cards of a shown block and the reason where it makes none."""
    with warnings.catch_warnings(action="ignore"):  # the prover tells the author
        return _cards(topic, snippet)


def _cards(topic: Topic, snippet: Snippet) -> list[Result]:
    directives = snippet.directives
    if directives.no_run or directives.skip:
        return [f"not run: {directives.no_run or directives.skip}"]
    if directives.raises is not None:
        return [tried(_spot, topic, snippet)]
    if directives.syntax_error:
        return ["meant not to parse"]
    results: list[Result] = []
    if snippet.stated is not None:
        results.append(tried(_predict, topic, snippet))
    results += [tried(_why, topic, snippet, comment) for comment in reasons(snippet.source)]
    return results or ["neither a stated output nor a comment that gives a reason"]


def comments(source: str) -> Iterator[Comment]:
    """Yield the comments of Python code; none where it does not tokenise."""
    lines = source.split("\n")
    try:
        found = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return
    for token in found:
        if token.type == tokenize.COMMENT:
            line, column = token.start[0] - 1, token.start[1]
            yield Comment(line, column, token.string.lstrip("#").strip(), bool(lines[line][:column].strip()))


def reasons(source: str) -> Iterator[Comment]:
    """Yield the comments that say why; a comment of several lines comes as one, at its first line."""
    waiting: Comment | None = None
    for comment in comments(source):
        if (
            waiting
            and not (waiting.trailing or comment.trailing)
            and comment.line == waiting.line + waiting.text.count("\n") + 1
        ):
            waiting = Comment(waiting.line, waiting.column, f"{waiting.text}\n{comment.text}", trailing=False)
            continue
        if waiting and _REASON.search(waiting.text):
            yield waiting
        waiting = comment
    if waiting and _REASON.search(waiting.text):
        yield waiting


def _predict(topic: Topic, snippet: Snippet) -> Draft:
    """A short block -> what it prints."""
    stated = snippet.stated or ""
    if not stated.strip():
        raise NoCard("it prints nothing")
    if stated.count("\n") >= MOST_OUTPUT_LINES:
        raise NoCard(f"it prints more than {MOST_OUTPUT_LINES} lines")
    if "..." in stated:
        raise NoCard("what it prints is stated only in part")
    source = program_of(topic, snippet)
    front: Face = (said("What does this print?"), Code(_without_comments(source), "python"))
    return topic.draft(
        Kind.PREDICT,
        " ".join(_without_comments(snippet.source).split()),
        front,
        (Code(stated, "output"),),
        span=snippet.span,
        snippets=(snippet.name,),
    )


def _why(topic: Topic, snippet: Snippet, comment: Comment) -> Draft:
    """A line with a reason beside it -> the reason."""
    lines = snippet.source.split("\n")
    taken = comment.text.count("\n") + 1
    marked = comment.line if comment.trailing else comment.line + taken
    if marked >= len(lines) or not lines[marked].strip():
        raise NoCard("the comment stands above no line")
    gone = {other.line for other in comments(snippet.source) if not other.trailing}
    trailing = {other.line: other.column for other in comments(snippet.source) if other.trailing}
    shown = [
        (place, line[: trailing.get(place, len(line))].rstrip())
        for place, line in enumerate(lines)
        if place not in gone
    ]
    shown = _window(shown, marked)
    width = max(len(line) for _, line in shown)
    code = "\n".join(
        f"{line:<{min(width, 60)}}  # why?" if place == marked else line for place, line in shown
    )
    answer = sentence_case(marked_up(" ".join(comment.text.split())))
    return topic.draft(
        Kind.WHY,
        f"{lines[marked][: trailing.get(marked)].strip()} {comment.text}"[:120],
        (said("Why is the marked line written like this?"), Code(code, "python")),
        (said(without_stop(answer)),),
        span=snippet.span,
        context=(Code(snippet.source, "python"),),
        snippets=(snippet.name,),
    )


def _window(shown: list[tuple[int, str]], marked: int) -> list[tuple[int, str]]:
    """Return at most MOST_LINES lines around the marked one, blank lines at the ends left out."""
    center = next(index for index, (place, _) in enumerate(shown) if place >= marked)
    start = max(0, min(center - MOST_LINES // 2, len(shown) - MOST_LINES))
    window = shown[start : start + MOST_LINES]
    while window and not window[0][1].strip():
        window = window[1:]
    while window and not window[-1][1].strip():
        window = window[:-1]
    indent = min((len(line) - len(line.lstrip()) for _, line in window if line.strip()), default=0)
    return [(place, line[indent:]) for place, line in window]


def _spot(topic: Topic, snippet: Snippet) -> Draft:
    """A block that is known to fail -> why."""
    raises = snippet.directives.raises
    if raises is None:
        raise NoCard("it is not known to fail")
    if snippet.source.count("\n") >= MOST_LINES:
        raise NoCard(f"code of more than {MOST_LINES} lines")
    bare = _without_comments(snippet.source)
    try:
        shown = _without_comments(program_of(topic, snippet))
    except NoCard:  # the failing lines alone say enough
        shown = bare
    error: Inline = (Run(raises.exception, Style.CODE), *([Run(f": {raises.text}")] if raises.text else []))
    told = [marked_up(" ".join(comment.text.split())) for comment in comments(snippet.source)]
    question = "Why does this code fail?" if told else "Which error does this raise?"
    because: Face = (said(sentence_case(without_stop(told[-1]))), said(error)) if told else (said(error),)
    return topic.draft(
        Kind.SPOT,
        " ".join(bare.split()),
        (said(question), Code(shown, "python")),
        because,
        span=snippet.span,
        snippets=(snippet.name,),
    )


def program_of(topic: Topic, snippet: Snippet) -> str:
    """Return the block with the earlier statements it builds on; raise NoCard if that is too long."""
    earlier = [
        other
        for other in topic.question.snippets
        if other.role is Role.SHOWN
        and other.span.last < snippet.span.first
        and not (other.directives.raises or other.directives.syntax_error)
        and not (other.directives.no_run or other.directives.skip)
    ]
    source = "\n".join([*_builds_on(earlier, snippet.source), snippet.source])
    # Who asks for a fixture hides a set-up on purpose.
    hidden = any(other.directives.fixtures for other in topic.question.snippets)
    if not hidden and (unseen := _unseen(source)):
        raise NoCard(f"it uses `{min(unseen)}`, which no block above defines")
    if source.count("\n") >= MOST_LINES:
        raise NoCard(f"with what it builds on it has more than {MOST_LINES} lines")
    return source


def _builds_on(earlier: Sequence[Snippet], source: str) -> list[str]:
    """Return the earlier top-level statements that bind the names the source needs, in their order.

    Raises NoCard where the program would print something else without the statements between.
    """
    try:
        needed = _free_names(ast.parse(source)) - _CONVENTIONAL
        statements = [(other.source, node) for other in earlier for node in ast.parse(other.source).body]
    except (SyntaxError, ValueError):
        return []
    printing = _printing([node for _, node in statements])
    chosen: list[str] = []
    changed: set[str] = set()
    for text, node in reversed(statements):
        if _bound_names([node]) & needed:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) and _called(node) & printing:
                raise NoCard("what it builds on prints too")
            lost = changed & _bound_names([node])
            if lost and not isinstance(node, ast.Import | ast.ImportFrom):
                raise NoCard(f"the blocks above also change `{min(lost)}`")
            chosen.append(_text_of(text, node))
            needed = (needed - _bound_names([node])) | (_free_names(node) - _CONVENTIONAL)
        else:
            changed |= _changed(node) & needed
    return chosen[::-1]


def _unseen(source: str) -> set[str]:
    """Return the names that a whole program reads and never binds."""
    try:
        top = symtable.symtable(source, "guide", "exec")
    except (SyntaxError, ValueError):
        return set()
    bound = {
        symbol.get_name() for symbol in top.get_symbols() if symbol.is_assigned() or symbol.is_imported()
    }
    read: set[str] = set()
    tables = [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        read |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (symbol.is_global() or table is top)
        }
    return read - bound - _BUILTINS - _CONVENTIONAL - {"__name__", "__file__", "__doc__"}


def _printing(statements: Sequence[ast.stmt]) -> set[str]:
    """Return the names whose call prints: `print`, and the functions and classes that call it."""
    return {"print"} | {
        node.name
        for node in statements
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and "print" in _called(node)
    }


def _called(node: ast.AST) -> set[str]:
    names: set[str] = set()
    for inner in ast.walk(node):
        match inner:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
                names.add(name)
            case _:
                pass
    return names


def _changed(node: ast.stmt) -> set[str]:
    """Return the names whose objects a statement may leave different."""
    changed: set[str] = set()
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return changed
    for inner in ast.walk(node):
        match inner:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                changed.add(_root(inner))
            case ast.Call(func=ast.Attribute(attr=method)) if method in _LOOKS:
                pass
            case ast.Call(func=called, args=args):
                root = _root(called)
                changed.add(root)
                if root not in _CONVENTIONAL and (root not in _BUILTINS or root in _TAKES_AWAY):
                    changed |= {_root(argument) for argument in args}
            case _:
                pass
    return changed


def _root(node: ast.expr) -> str:
    """Return the name at the start of `name.attribute[0].method`."""
    while not isinstance(node, ast.Name):
        match node:
            case ast.Attribute(value=inner) | ast.Subscript(value=inner) | ast.Call(func=inner):
                node = inner
            case _:
                return ""
    return node.id


def _text_of(source: str, node: ast.stmt) -> str:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(source.split("\n")[first - 1 : node.end_lineno])


def _bound_names(nodes: Sequence[ast.stmt]) -> set[str]:
    names: set[str] = set()
    for node in nodes:
        for inner in ast.walk(node):
            match inner:
                case ast.Name(id=name, ctx=ast.Store()):
                    names.add(name)
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                    names.add(name)
                case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                    names |= {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
                case _:
                    pass
    return names


def _free_names(tree: ast.AST) -> set[str]:
    """Return the names that are read and not certainly bound first."""
    body = tree.body if isinstance(tree, ast.Module) else [tree]
    free: set[str] = set()
    bound: set[str] = set()
    for node in body:
        read = {
            inner.id
            for inner in ast.walk(node)
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
        }
        added_to = {
            inner.target.id
            for inner in ast.walk(node)
            if isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name)
        }
        inside = {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)} | _comprehended(node)
        own = _bound_names([node]) if isinstance(node, ast.stmt) else set()
        compound = isinstance(
            node, ast.FunctionDef | ast.ClassDef | ast.For | ast.With | ast.Try | ast.If | ast.While
        )
        inner_scope = isinstance(node, ast.FunctionDef | ast.ClassDef)
        free |= read - bound - inside - (own if compound else set())
        free |= set() if inner_scope else added_to - bound
        bound |= own
    return free


def _comprehended(node: ast.AST) -> set[str]:
    """Return the loop variables of comprehensions, which live only inside them."""
    loops = [inner.target for inner in ast.walk(node) if isinstance(inner, ast.comprehension)]
    return {name.id for target in loops for name in ast.walk(target) if isinstance(name, ast.Name)}


def _without_comments(source: str) -> str:
    """Return the code without comments, and without the lines that held nothing else."""
    lines = source.split("\n")
    for comment in list(comments(source))[::-1]:
        lines[comment.line] = lines[comment.line][: comment.column].rstrip()
        if not comment.trailing:
            del lines[comment.line]
    return "\n".join(lines).strip("\n")
