"""What an exception means for the person who wrote the code: an outcome and a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cards.snippet import Outcome

if TYPE_CHECKING:
    from cards.prove.transcript import Flaw

NETWORK_ERRNO = 101
"""What the sandbox answers where code asks for a socket: network is unreachable."""
PROCESS_ERRNO = 95
"""What the sandbox answers where code wants another process: not supported."""
_NETWORK_NAMES = {
    "URLError",
    "ConnectionError",
    "ConnectionRefusedError",
    "gaierror",
    "HTTPError",
    "ConnectTimeout",
}
_NETWORK_TEXT = re.compile(
    r"URL fetch failure|\[Errno 101\]|Network is unreachable|Temporary failure in name resolution|"
    r"Name or service not known|Failed to connect to|Could(?:n't| not) resolve host|Max retries exceeded"
)
_DISK_ERRNOS = {
    27: "one file grew too large",
    28: "its disk space is used up",
    122: "its disk space is used up",
}
_FILE_TEXT = re.compile(
    r"(?:No such file or directory|File not found|NOT_FOUND|not found.*path|Unable to .*open file)",
    re.IGNORECASE,
)
_DEVICE_TEXT = re.compile(r"(?:/device:|\b)(?P<device>GPU|TPU)(?::\d+)?\b")
_QUOTED = re.compile(r"['\"]([^'\"\n]+)['\"]")


def classify(flaw: Flaw) -> tuple[Outcome, str]:
    """Return what an uncaught exception makes of its snippet, and the sentence for it without its line."""
    words = in_words(flaw)
    lineage = set(flaw.lineage) | {flaw.type}
    if "SystemExit" in lineage:
        return Outcome.EARLY_EXIT, f"{_exit_words(flaw)} Take the exit out, or say `raises=SystemExit`."
    if lineage & {"MemoryError", "ResourceExhaustedError"} or flaw.errno == 12:
        return (
            Outcome.MEMORY_LIMIT,
            f"{words} It asks for more memory than a snippet may have; use smaller shapes.",
        )
    if flaw.errno in _DISK_ERRNOS:
        return Outcome.DISK_LIMIT, f"{words} That is, {_DISK_ERRNOS[flaw.errno]}; write less."
    if _is_network(flaw, lineage):
        return (
            Outcome.NEEDS,
            f"{words} It needs the network, which code has none of here; say `requires=network`.",
        )
    if flaw.errno == PROCESS_ERRNO and not flaw.filename:
        return Outcome.NEEDS, f"{words} It wants to start a process; say `requires=processes`."
    if "ModuleNotFoundError" in lineage and flaw.name:
        package = flaw.name.split(".")[0]
        if "." not in flaw.name or package not in {"tensorflow", "keras", "tf_keras"}:
            return Outcome.NEEDS, (
                f"{words} Install the package {package}, or say `requires=package:{package}`."
            )
    if "NameError" in lineage and "UnboundLocalError" not in lineage and flaw.name:
        return (
            Outcome.NEEDS,
            f"{words} Define `{flaw.name}` before it, or in a hidden block asked for with `fixture=`.",
        )
    if file := _missing_file(flaw, lineage):
        return Outcome.NEEDS, f"{words} Write {file} first, with `file={file}:FIXTURE`."
    if "EOFError" in lineage and "reading a line" in flaw.text:
        return (
            Outcome.NEEDS,
            f"{words} It waits for somebody to type; nobody is there. Give it the value instead.",
        )
    if (device := _DEVICE_TEXT.search(flaw.text)) and lineage & {"InvalidArgumentError", "NotFoundError"}:
        name = device["device"].lower()
        if re.search(r"(?i)unknown device|could not satisfy|not registered|no such device|TPU", flaw.text):
            return Outcome.NEEDS, f"{words} It needs a {name.upper()}; say `requires={name}`."
    if "PermissionError" in lineage and flaw.filename:
        return Outcome.FAILED, f"{words} Code may use its own folder only: write relative paths."
    return Outcome.FAILED, words


def in_words(flaw: Flaw) -> str:
    """Return an exception's type and the line of its message that says most, as a sentence."""
    text = told(flaw.text)
    words = f"{flaw.type}: {text}" if text else f"{flaw.type}, without a message"
    return words if words.endswith((".", "!", "?", ")")) else f"{words}."


def told(text: str, longest: int = 200) -> str:
    """Return the one line of an error's text that says what went wrong."""
    text = re.sub(r"\{\{.*?\}\}\s*", "", text)
    text = re.sub(r"\s*\[Op:\w+\](?:\s*name:\s*\S*)?", "", text)
    text = re.split(r"\n\s*Arguments received by|\nOriginal stack trace|\n\nDetected at node", text)[0]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    if text.lstrip().startswith("in user code:"):
        chosen = lines[-1]
    elif (
        lines[0].startswith(("Exception encountered when calling", "Graph execution error"))
        and len(lines) > 1
    ):
        chosen = lines[1]
    elif len(lines[0]) < 30 and len(lines) > 1:
        chosen = " ".join(lines[:2])
    else:
        chosen = lines[0]
    return chosen if len(chosen) <= longest else chosen[: longest - 1].rstrip() + "…"


def _exit_words(flaw: Flaw) -> str:
    if flaw.code in {None, 0}:
        return "It ends the interpreter itself."
    return f"It ends the interpreter itself, with {flaw.code!r}."


def _is_network(flaw: Flaw, lineage: set[str]) -> bool:
    if flaw.errno == NETWORK_ERRNO or lineage & _NETWORK_NAMES:
        return True
    return bool(_NETWORK_TEXT.search(flaw.text))


def _missing_file(flaw: Flaw, lineage: set[str]) -> str:
    """Return the relative path of a file that was not there; empty for none."""
    path = ""
    if "FileNotFoundError" in lineage or ("OSError" in lineage and flaw.errno == 2):
        path = flaw.filename or _first_path(flaw.text)
    elif ("NotFoundError" in lineage and "OpError" in lineage) or (
        lineage & {"ValueError", "OSError"} and _FILE_TEXT.search(flaw.text)
    ):
        path = _first_path(flaw.text) if _FILE_TEXT.search(flaw.text) else ""
    return path.removeprefix("~/")


def _first_path(text: str) -> str:
    for match in re.finditer(r"[\w~./-]*[\w-]+\.\w{1,8}\b|(?:[\w~.-]*/)+[\w.-]+", text):
        if not match[0].replace(".", "").isdigit():
            return match[0]
    quoted = _QUOTED.search(text)
    return quoted[1] if quoted else ""
