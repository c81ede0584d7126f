"""With what a guide's code was proved, in words: the usual versions, and those of some questions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cards.program.runtime import Runtime

_KERAS_2 = "2."


def version_lines(questions: Iterable[Iterable[Runtime]]) -> list[str]:
    """Return what the most questions were proved with, and below it what others were, with their number.

    Of each question come the runtimes of its blocks; packages of one runtime are named together.
    """
    packages: dict[Runtime, dict[str, str]] = {}
    numbers: Counter[Runtime] = Counter()
    for runtimes in questions:
        bare = set()
        for runtime in runtimes:
            packages.setdefault(runtime.without_packages, {}).update(runtime.packages)
            bare.add(runtime.without_packages)
        numbers.update(bare)
    order = sorted(numbers, key=lambda runtime: (-numbers[runtime], runtime.words))
    if not order:
        return []
    usual = order[0]
    return [
        _whole(usual, packages[usual]),
        *(
            f"with {_difference(each, usual) or _whole(each, packages[each])} "
            f"for {count(numbers[each], 'question')}"
            for each in order[1:]
        ),
    ]


def _whole(runtime: Runtime, packages: dict[str, str]) -> str:
    return replace(runtime, packages=tuple(sorted(packages.items()))).words


def _difference(runtime: Runtime, usual: Runtime) -> str:
    """Return the Keras that a question asks for, where nothing else differs; empty where more does."""
    is_all = replace(runtime, keras=usual.keras) == usual
    return "Keras 2 through tf-keras" if is_all and runtime.keras.startswith(_KERAS_2) else ""
