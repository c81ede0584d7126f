"""The versions and the date of a proof, as a card shows them."""

from __future__ import annotations

from cards.value import NamedTuple


class Stamp(NamedTuple):
    """The versions and the date of a proof, as a card shows them."""

    tensorflow: str
    keras: str
    proved_on: str
    """ISO date."""
    since: str = ""
    """The oldest TensorFlow that it holds on, of another minor version; empty where only one was tried."""

    ran_with: str = ""
    """What code ran with that uses no TensorFlow: `Python · NumPy 2.3`; empty for all other."""

    @property
    def parts(self) -> tuple[str, ...]:
        """What the code ran with, each with its version: `TensorFlow 2.21.0` and `Keras 3.15.1`."""
        if self.ran_with:
            return tuple(self.ran_with.split(" · "))
        return (f"TensorFlow {self.tensorflow}", f"Keras {self.keras}")

    @property
    def versions(self) -> str:
        """The span of versions that it holds on: `2.16 to 2.21`; empty where only one was tried."""
        # Most cards of a review show no versions.
        from cards.program.release import minor

        return f"{minor(self.since)} to {minor(self.tensorflow)}" if self.since else ""
