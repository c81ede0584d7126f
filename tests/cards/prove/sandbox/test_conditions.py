"""What surrounds a run is changed without loading what no program asked for."""

from __future__ import annotations

import subprocess
import sys

_LOADED = """
import sys
from cards.prove.sandbox.conditions import apply_conditions, load_clock
load_clock()
apply_conditions("second")
print(*(name in sys.modules for name in ("time_machine", "pytest")))
"""


def test_another_clock_does_not_load_pytest() -> None:
    ran = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    assert ran.stdout == "True False\n"
