"""Starts a module of this folder in an interpreter that need not have proofdeck installed.

Run as a file, first argument the module. It makes only `cards.prove` importable, so that the other
interpreter's packages are never mixed with ours.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType


def main() -> None:
    """Make `cards.prove` importable, and run `main` of the module that the first argument names."""
    here = Path(__file__).resolve().parent
    prove = here.parent
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != here]
    for name, folder in (("cards", prove.parent), ("cards.prove", prove)):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package
    module = import_module(f"cards.prove.process.{sys.argv.pop(1)}")
    module.main()


main()
