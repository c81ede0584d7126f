"""What a person asks for in a sitting."""

from __future__ import annotations

from cards.value import NamedTuple


class Wanted(NamedTuple):
    """What a person asks for in a sitting."""

    guide: str | None = None
    tag: str | None = None
    new: int | None = None
    """So many new cards now, whatever today began and the setting, a limit or the plan says."""
    new_more: int = 0
    """New cards beyond those."""
    ahead: int = 0
    """Cards that are not due yet."""
    minutes: float | None = None
    """How long the sitting lasts, whatever the Day's minutes."""

    @property
    def is_beyond_budget(self) -> bool:
        """Whether the person says how much, so that the minutes of the Day say nothing."""
        return bool(self.new or self.new_more or self.ahead or self.minutes)


EVERYTHING = Wanted()
