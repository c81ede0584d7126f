"""What each code block needs to run: stand-ins, shorter training, and names left undefined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.python.bindings import names_bound_in
from cards.python.undefined import undefined_names
from cards.recover.needs.stand_in import StandIn, model_file, record_file, stand_in_for
from cards.recover.needs.usage import Usage, attributes_of, is_called, shrinkable_arguments, usage_of

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class BlockNeeds:
    """Directives, remarks and missing names of one code block."""

    directives: tuple[str, ...] = ()
    """For the fence."""
    remarks: tuple[str, ...] = ()
    """For the author: sentences."""
    missing: tuple[str, ...] = ()
    """Names that no stand-in is known for."""


@dataclass(slots=True)
class StandInRegistry:
    """The stand-ins of one guide by fixture name; equal ones are shared."""

    taken: dict[str, StandIn]

    def fixture(self, stand_in: StandIn) -> str:
        """Register a stand-in and return its fixture's name, that of an equal one if there is one."""
        base = re.sub(r"[^A-Za-z0-9_]+", "-", stand_in.name).strip("-") or "stand-in"
        base = base if base[0].isalpha() or base[0] == "_" else f"file-{base}"
        name, number = base, 1
        while name in self.taken and self.taken[name].source != stand_in.source:
            number += 1
            name = f"{base}-{number}"
        self.taken[name] = StandIn(stand_in.name, stand_in.source, stand_in.decides_outcome, name)
        return name


def needs_of(sources: list[str], registry: StandInRegistry) -> list[BlockNeeds]:
    """Return the needs of each code block of one question; later blocks see what earlier ones bind."""
    usage = usage_of("\n".join(sources))
    known: set[str] = set()
    given: set[str] = set()
    found: list[BlockNeeds] = []
    for source in sources:
        wanted = _undefined_names_beyond(known, source)
        known |= names_bound_in(source) | set(wanted)
        found.append(needs_of_block(source, wanted, usage, given, registry))
    return found


def needs_of_block(
    source: str, wanted: Iterable[str], usage: Usage, given: set[str], registry: StandInRegistry
) -> BlockNeeds:
    """Return the needs of a block that lacks the wanted names; add what it is given to `given`."""
    by_name = {name: _stand_in_at(name, source, usage) for name in wanted}
    missing = tuple(name for name, one in by_name.items() if one is None)
    made = [one for one in by_name.values() if one is not None]
    made += _file_stand_ins(source, usage)
    fresh = [one for one in made if one.name not in given]
    given |= {one.name for one in fresh}
    return _block_needs(fresh, missing, source, registry)


def has_stand_in(name: str, source: str, usage: Usage) -> bool:
    """Tell whether a stand-in is known for a name that the source reads."""
    return _stand_in_at(name, source, usage) is not None


def _undefined_names_beyond(known: set[str], source: str) -> list[str]:
    """Return the names that the source leaves undefined and that are not known, each once, in its order."""
    names = dict.fromkeys(name for _, name in undefined_names(source))
    return [name for name in names if name not in known]


def _stand_in_at(name: str, source: str, usage: Usage) -> StandIn | None:
    """Return the stand-in for a name that the source reads; None if it has to be written by hand."""
    stand_in = stand_in_for(name, usage)
    if stand_in is not None and stand_in.decides_outcome and not _is_replaceable(name, source):
        return None
    return stand_in


def _file_stand_ins(source: str, usage: Usage) -> list[StandIn]:
    """Return the stand-ins for the files of models and of records that the source reads."""
    here = usage_of(source)
    models = [model_file(path, usage) for path in here.model_files if path in usage.model_files]
    records = [record_file(path) for path in here.record_files if path in usage.record_files]
    return [*(one for one in models if one), *records]


def _is_replaceable(name: str, source: str) -> bool:
    return not attributes_of(name, source) or is_called(name, source)


def _block_needs(
    made: list[StandIn], missing: tuple[str, ...], source: str, registry: StandInRegistry
) -> BlockNeeds:
    directives = []
    if made:
        directives.append(f"fixture={','.join(dict.fromkeys(registry.fixture(one) for one in made))}")
    if shrunk := shrinkable_arguments(source):
        directives.append(f"shrink={','.join(f'{keyword}:{number}' for keyword, number in shrunk)}")
    remarks = [
        f"the stand-in for {one.name} decides what this block does; a pass says nothing about the answer."
        for one in made
        if one.decides_outcome
    ]
    if missing:
        remarks.append(f"nobody defines {', '.join(missing)}; write a fixture for it.")
    return BlockNeeds(tuple(directives), tuple(remarks), missing)
