"""Guess the language of code that is not Python."""

from __future__ import annotations

import re

from cards.regex import regex

_SHELL_COMMANDS = (
    "apt|apt-get|bazel|cd|conda|curl|docker|export|gcloud|git|kubectl|ls|npm|pip|pip3|python|python3|"
    "saved_model_cli|sudo|tensorboard|uv|wget"
)
_LANGUAGES = (
    ("a shell session", regex(rf"^\s*(?:[$%]\s+)?(?:{_SHELL_COMMANDS})\s+[\w./-]", re.MULTILINE)),
    ("an interpreter session", regex(r"^\s*>>> ", re.MULTILINE)),
    ("a notebook cell", regex(r"^\s*[!%]{1,2}\w", re.MULTILINE)),
    ("JSON", regex(r"^\s*[{\[]\s*\n?\s*\"[^\"]*\"\s*:", re.MULTILINE)),
    ("C++", regex(r"^\s*#include\b|std::", re.MULTILINE)),
    ("YAML", regex(r"^\s*(?:apiVersion|kind|metadata):\s", re.MULTILINE)),
    ("a protocol buffer", regex(r"^\s*(?:syntax\s*=\s*\"proto|message \w+ \{|\w+ \{$)", re.MULTILINE)),
    ("a drawing", regex(r"[┌┐└┘├┤│─▼▲→←]{2}|^\s*[-+|]{3,}", re.MULTILINE)),
)


def guess_language(source: str) -> str:
    """Return the language that code that does not parse seems to be in; empty where it seems to be Python."""
    return next((language for language, pattern in _LANGUAGES if pattern.search(source)), "")
