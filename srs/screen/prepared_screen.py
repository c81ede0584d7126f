"""Draw a screen while nobody waits for it, and give it out if it is the one that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srs.screen.drawing import draw

if TYPE_CHECKING:
    from srs.screen.drawing import ScreenView
    from srs.screen.full_screen import DrawnScreen
    from srs.screen.line.text_screen import ScreenSize, TextScreen


class PreparedScreen:
    """The screen that will probably be wanted next."""

    def __init__(self, screen: TextScreen) -> None:
        """Prepare what a screen shows; nothing is prepared yet."""
        self._screen = screen
        self._of: tuple[ScreenView, ScreenSize] | None = None
        self._drawn: DrawnScreen | None = None

    def prepare(self, view: ScreenView) -> None:
        """Draw the screen of a view, at the size that the screen has now."""
        of = view, self._screen.size
        if of != self._of:
            self._drawn = draw(self._screen, view)
            self._of = of

    def drawn(self, view: ScreenView) -> DrawnScreen:
        """Return the screen of a view: the one that was prepared if it is that, else a new one."""
        if self._drawn is not None and self._of == (view, self._screen.size):
            return self._drawn
        return draw(self._screen, view)
