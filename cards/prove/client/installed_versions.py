"""Finds the versions of TensorFlow, Keras and packages that code would run with, importing none of them."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from cards.errors import ProofError
from cards.program.runtime import Runtime

_TENSORFLOW = ("tensorflow", "tensorflow-cpu", "tf-nightly")
_KERAS = ("keras", "keras-nightly")
_KERAS_2 = ("tf-keras", "tf-keras-nightly")
_QUERY_SCRIPT = """
import json, sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
def one(names):
    for name in names:
        try: return version(name)
        except PackageNotFoundError: pass
    return ""
def has(name):
    try: return bool(find_spec(name.replace("-", "_")) or one([name]))
    except (ImportError, ValueError): return bool(one([name]))
asked = json.loads(sys.argv[1])
print(json.dumps({"python": "%d.%d" % sys.version_info[:2],
    "versions": [one(names) for names in asked["versions"]],
    "packages": {name: one([name, name.replace("_", "-")]) or "present"
                 for name in asked["packages"] if has(name)}}))
"""


def installed_runtime(python: str | None = None) -> Runtime | None:
    """Return the versions that code would run with; None without TensorFlow."""
    if python is None or python == sys.executable:
        ours = f"{sys.version_info.major}.{sys.version_info.minor}"
        found = Runtime(ours, _version(_TENSORFLOW), _version(_KERAS))
    else:
        answer = _query_interpreter(python, versions=(_TENSORFLOW, _KERAS))
        found = Runtime(str(answer["python"]), *answer["versions"])
    return found if found.tensorflow else None


def keras_2_version(python: str | None = None) -> str:
    """Return the version of tf_keras; empty where it is not installed."""
    if python is None or python == sys.executable:
        return _version(_KERAS_2)
    found: str = _query_interpreter(python, versions=(_KERAS_2,))["versions"][0]
    return found


def package_version(name: str) -> str:
    """Return a package's version by import name or distribution; empty where it is missing."""
    found = _version((name, name.replace("_", "-")))
    if found:
        return found
    with suppress(ImportError, ValueError):
        if find_spec(name.replace("-", "_")):
            return "present"  # under a distribution of another name
    return ""


def package_versions(names: frozenset[str], python: str | None = None) -> dict[str, str]:
    """Return the versions of packages that code could import; empty ones for those that are missing."""
    if python is None or python == sys.executable or not names:
        return {name: package_version(name) for name in names}
    found = _query_interpreter(python, packages=tuple(sorted(names)))["packages"]
    return {name: found.get(name, "") for name in names}


def _version(names: tuple[str, ...]) -> str:
    for name in names:
        try:
            return version(name)
        except PackageNotFoundError:
            continue
    return ""


def _query_interpreter(
    python: str, versions: tuple[tuple[str, ...], ...] = (), packages: tuple[str, ...] = ()
) -> Any:  # noqa: ANN401 - JSON
    question = json.dumps({"versions": versions, "packages": packages})
    try:
        asked = subprocess.run(
            [python, "-P", "-c", _QUERY_SCRIPT, question],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        answer = json.loads(asked.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ProofError(f"{python} is no working interpreter. Name one of Python 3.11 or newer.") from error
    return answer
