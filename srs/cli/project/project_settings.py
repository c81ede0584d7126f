"""A project's settings: what `proofdeck.toml` or the table `[tool.proofdeck]` of `pyproject.toml` may say.

The page docs/project-settings.md describes them for people; a test holds the two together.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cards.errors import Problem, ProofdeckError
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TABLE = "tool.proofdeck"
"""The table's name in `pyproject.toml`; `proofdeck.toml` has no other."""
_LANGUAGE = regex(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "": False}
_SWITCHES |= {"0": False, "false": False, "no": False, "off": False}


class ProjectSettingsError(ProofdeckError):
    """A project's settings, or a variable in their place, cannot be as they are."""

    exit_code = 2


class ProjectSettings(NamedTuple):
    """What holds for guides beside or below a file of settings; each field may be left out."""

    output: Path | None = None
    """The folder for packages and exports; None for the guide's own."""
    python: str | None = None
    """The interpreter that code runs in."""
    strict: bool = False
    """Whether warnings fail a build, a check or a proof."""
    language: str = ""
    """The language of guides that do not say theirs."""
    path: str = ""
    """The file, as messages show it; empty where there is none."""
    python_line: int = 0
    """Where the file names the interpreter; 0 where a variable or nobody does."""


NO_SETTINGS = ProjectSettings()


class SettingRule(NamedTuple):
    """What may stand for a setting, in words, and how a value of a file is read."""

    form: str
    read: Callable[[Any, Path], Any]
    """Takes the value and the file's folder; raises ValueError where that cannot be."""


def _folder(value: object, folder: Path) -> Path:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return folder / os.path.expanduser(value)  # noqa: PTH111 - a `~` that nobody has stays as it is


def _interpreter(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    # A name is looked for on the PATH, as everywhere.
    return str(_folder(value, folder)) if "/" in value or "\\" in value else value


def _switch(value: object, _folder: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - said to the author in one way
    return value


def _language(value: object, _folder: Path) -> str:
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise ValueError
    return value


SETTING_RULES = {
    "output": SettingRule('a folder, `"decks"`', _folder),
    "python": SettingRule('an interpreter, `".venv/bin/python"` or `"python3.12"`', _interpreter),
    "strict": SettingRule("`true` or `false`", _switch),
    "language": SettingRule('a language, `"de"` or `"pt-BR"`', _language),
}


def read_settings(text: str, path: str, folder: Path, *, is_table: bool) -> ProjectSettings | None:
    """Return the settings of a file's text; with `is_table` those of its table, None where it has none.

    Raises ProjectSettingsError with the line of every key that is none or has an impossible value.
    """
    import tomllib

    try:
        content: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProjectSettingsError(str(_no_toml(error, path))) from None
    if is_table:
        content = content.get("tool", {})
        content = content.get("proofdeck") if isinstance(content, dict) else None
        if content is None:
            return None
    if not isinstance(content, dict):
        line = _line_of("proofdeck", text, is_table=False)
        raise ProjectSettingsError(str(Problem(path, line, f"`{TABLE}` must be a table: `[{TABLE}]`.")))
    problems, values = [], {}
    for key, value in content.items():
        line = _line_of(key, text, is_table=is_table)
        rule = SETTING_RULES.get(key)
        if key == "tool" and not is_table:
            sentence = f"in this file the settings stand without a table; leave `[{TABLE}]` out."
            problems.append(Problem(path, line, sentence))
            continue
        if rule is None:
            problems.append(Problem(path, line, f"`{key}` is no setting{_near(key)}"))
            continue
        try:
            values[key] = rule.read(value, folder)
        except ValueError:
            problems.append(Problem(path, line, f"`{key}` must be {rule.form}."))
    if problems:
        raise ProjectSettingsError("\n".join(map(str, sorted(problems))))
    python_line = _line_of("python", text, is_table=is_table) if "python" in values else 0
    return ProjectSettings(**values, path=path, python_line=python_line)


def settings_with_variables(settings: ProjectSettings, variables: Mapping[str, str]) -> ProjectSettings:
    """Return the settings with the environment's variables in their place, where these are not empty."""
    said = {name: variables.get(f"PROOFDECK_{name.upper()}", "").strip() for name in SETTING_RULES}
    values: dict[str, Any] = {}
    for name, text in said.items():
        if not text:
            continue
        rule = SETTING_RULES[name]
        value: object = _SWITCHES.get(text.casefold()) if name == "strict" else text
        try:
            values[name] = rule.read(value, Path())
        except ValueError:
            raise ProjectSettingsError(f"PROOFDECK_{name.upper()}={text!r} must be {rule.form}.") from None
    if "python" in values:
        values["python_line"] = 0
    return settings._replace(**values) if values else settings


def _near(key: str) -> str:
    from difflib import get_close_matches

    found = get_close_matches(key.casefold(), SETTING_RULES, n=1, cutoff=0.5)
    if found:
        return f"; did you mean `{found[0]}`?"
    return f"; there are {', '.join(f'`{name}`' for name in SETTING_RULES)}."


def _no_toml(error: ValueError, path: str) -> Problem:
    said = str(error)
    at = re.search(r"line (\d+)", said)
    reason = re.sub(r" \(at .*\)$", "", said)
    return Problem(path, int(at[1]) if at else 1, f"this is no TOML: {reason}.")


def _line_of(key: str, text: str, *, is_table: bool) -> int:
    """Return the line at which a key stands: the first of that name, in the table where there is one."""
    lines = text.splitlines()
    start = 0
    if is_table:
        heads = (
            number for number, line in enumerate(lines) if re.match(r"\s*\[\s*tool\s*\.\s*proofdeck", line)
        )
        start = next(heads, 0)
    written = re.compile(rf"""(?:.*[\s.{{,\[]|\s*)["']?{re.escape(key)}["']?\s*[\].=]""")
    found = (number for number in range(start, len(lines)) if written.match(lines[number]))
    return next(found, start) + 1
