"""Paths that another machine has elsewhere: where Python and its packages lie, and temporary files.

They are written in another way as soon as a run's report is read, so that what is remembered of the code is
the same on every machine. Folders of the run's own are `~`: see `transcript.clean_text`.
"""

from __future__ import annotations

from cards.regex import regex

# A slash that begins a path: not within one, nor in an address or a first line like `#!/usr/bin/python3`.
_ROOT = r"(?<![\w.~/>:!-])/(?:[^\s/'\"`:;,<>|()\[\]{}\\]+/)*?"
_INSTALLED = (
    (regex(rf"{_ROOT}(?:site|dist)-packages\b"), "<site-packages>"),
    (regex(rf"{_ROOT}lib(?:64)?/python3\.\d+(?=/|\b(?!\.))"), "<stdlib>"),
    (regex(rf"{_ROOT}bin/python(?:3(?:\.\d+)?)?(?![\w.-])"), "<python>"),
    (
        regex(
            rf"{_ROOT}(?:\.?venv|\.pyenv/versions/[\w.-]+|uv/python/cpython-[\w.+-]+)(?=[/\s'\"`)\],;:]|\Z)"
        ),
        "<prefix>",
    ),
)
_HINTS = ("-packages", "python", "venv")

_TEMPORARY = regex(
    r"(?<![\w.~/>:-])(?:/private)?(?:/var/folders/[^\s/]+/[^\s/]+/T|/var/tmp|/tmp)/tmp[a-z0-9_]{8}(?![a-z0-9_])"
)


def hide_installation(text: str) -> str:
    """Return a text in which paths of an installed Python are stable: `<site-packages>/keras/models.py`."""
    if "/" not in text or not any(hint in text for hint in _HINTS):
        return text
    for pattern, name in _INSTALLED:
        text = pattern.sub(name, text)
    return text


def hide_temporary(text: str) -> str:
    """Return a text in which the random names of temporary files are `<temporary>`.

    For what is remembered only: that two runs print two names must be seen.
    """
    return _TEMPORARY.sub("<temporary>", text)
