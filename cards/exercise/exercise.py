"""A gap for a typed answer, with the program that judges it; stored as JSON with its card."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from cards.exercise.gap import Gap, GapKind
from cards.program.checks import end_of_checks
from cards.program.program import Program
from cards.program.snippet import (
    ExpectedException,
    KerasFlavour,
    RunDirectives,
    Snippet,
    SnippetName,
    SnippetRole,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Exercise:
    """A program with a gap in one of its snippets."""

    program: Program
    """The program up to the hidden checks after the snippet with the gap."""
    position: int
    """The position of the snippet with the gap."""
    gap: Gap

    @property
    def source(self) -> str:
        """The snippet as the guide has it."""
        return self.program.snippets[self.position].source


def exercise_of(name: SnippetName, gap: Gap, programs: Sequence[Program]) -> Exercise | None:
    """Return the exercise of a snippet's gap; None where no program has the snippet."""
    for program in programs:
        for position, snippet in enumerate(program.snippets):
            if snippet.name == name:
                kept = program.snippets[: end_of_checks(program.snippets, position)]
                return Exercise(replace(program, snippets=kept), position, gap)
    return None


def exercise_to_json(exercise: Exercise) -> str:
    """Return the exercise as JSON; `exercise_from_json` returns an equal one, without lines."""
    program = exercise.program
    snippets = [
        {
            "name": snippet.name,
            "source": snippet.source,
            "role": snippet.role.value,
            "stated": snippet.stated,
            "directives": {
                name: value
                for name, value in asdict(snippet.directives).items()
                if value != _DEFAULT_DIRECTIVES[name]
            },
        }
        for snippet in program.snippets
    ]
    value = {
        "program": program.name,
        "files": program.files,
        "snippets": snippets,
        "position": exercise.position,
        "gap": asdict(exercise.gap),
    }
    value |= {"requires": program.requires} if program.requires else {}
    value |= {"python": program.python} if program.python else {}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_DEFAULT_DIRECTIVES = asdict(RunDirectives())


def exercise_from_json(text: str) -> Exercise:
    """Return the exercise that a JSON text stands for."""
    value = json.loads(text)
    snippets = tuple(
        Snippet(
            SnippetName(each["name"]),
            each["source"],
            SnippetRole(each["role"]),
            _directives_from_json(each["directives"]),
            each["stated"],
        )
        for each in value["snippets"]
    )
    files = tuple((path, text) for path, text in value["files"])
    gap = value["gap"]
    return Exercise(
        Program(
            value["program"],
            snippets,
            files,
            requires=tuple(value.get("requires", ())),
            python=value.get("python", ""),
        ),
        value["position"],
        Gap(GapKind(gap["sort"]), gap["line"], gap["start"], gap["end"], gap["text"]),
    )


def _directives_from_json(value: dict[str, Any]) -> RunDirectives:
    plain = {name: _as_tuple(each) for name, each in value.items() if name not in {"raises", "keras"}}
    raises = value.get("raises")
    return RunDirectives(
        **plain,
        raises=ExpectedException(**raises) if raises else None,
        keras=KerasFlavour(value.get("keras", _DEFAULT_DIRECTIVES["keras"])),
    )


def _as_tuple(value: object) -> Any:  # noqa: ANN401 - what a directive can hold
    return tuple(_as_tuple(each) for each in value) if isinstance(value, list) else value
