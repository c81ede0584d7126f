"""What the command line says of how guides are built."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class BuildWishes(NamedTuple):
    """What the command line says of how guides are built."""

    output: str | None = None
    """Where the deck goes; None for the guide's usual place."""
    jobs: int | None = None
    """How many questions are proved at once; None for one a core."""
    python: str | None = None
    """Another environment's interpreter."""
    yes: bool = False
    """Whether nothing is asked."""
    with_progress: bool = False
    """Whether the deck has the learner's schedules and answers."""
    subdecks: bool = False
    """Whether each section has a deck of its own in Anki."""
    type_in: bool = False
    """Whether the answers to gaps are typed in Anki."""
    include_failing: bool = False
    """Whether cards of code that does not hold are shipped, marked."""
    gaps: bool = True
    """Whether gaps are looked for."""
    unconfined: bool = False
    """Whether code runs even where nothing confines it."""
    keep_warm: bool = False
    """Whether TensorFlow stays imported for the next commands."""
    trust_lock: bool = False
    """Whether nothing is said of what is taken on trust."""
    strict: bool | None = None
    """Whether warnings fail a build; None for what the guide's project says."""
    as_json: bool = False
    adopt: bool = False
    """Whether the guide is one that lay elsewhere."""
    is_new: bool = False
    """Whether the guide is one of its own, such as a copy."""

    @property
    def is_of_whole_guide(self) -> bool:
        """Whether more is asked for than a cache of chunks knows."""
        return self.with_progress or self.subdecks or self.adopt or self.is_new

    @property
    def target(self) -> Path | None:
        """Where the deck goes; None for the guide's usual place."""
        return Path(self.output) if self.output else None
