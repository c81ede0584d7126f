"""Chooses where Python keeps the bytecode of TensorFlow: without it each import takes three times as long.

Installers such as uv compile nothing, and images often set PYTHONDONTWRITEBYTECODE, so that nothing does.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import cache_from_source, find_spec
from pathlib import Path

_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
_PREFIX = "PYTHONPYCACHEPREFIX"


def bytecode_environment(python: str | None) -> dict[str, str]:
    """Return the variables that make an interpreter keep the bytecode of what it imports.

    It lies beside the source, as everywhere in Python. Where nothing may be written there and nothing is, it
    lies in the person's folder for caches; another interpreter (`python`) does as the environment says.
    """
    kept = {name: value for name in (_NO_BYTECODE, _PREFIX) if (value := os.environ.get(name))}
    source = None if python or _PREFIX in kept else _tensorflow_source()
    if source is None or Path(cache_from_source(source)).exists():
        return kept
    if _NO_BYTECODE in kept or not os.access(Path(source).parent, os.W_OK):
        return {_PREFIX: str(bytecode_folder())}
    return {}


def bytecode_folder() -> Path:
    """Return the folder for bytecode that may not lie beside its source."""
    from platformdirs import user_cache_path

    return user_cache_path("proofdeck", appauthor=False) / "bytecode"


def _tensorflow_source() -> str | None:
    """Return the file that `import tensorflow` begins with."""
    with suppress(ValueError):
        # Raised where something stands in for it that was never imported.
        found = find_spec("tensorflow")
        return found.origin if found else None
    return None
