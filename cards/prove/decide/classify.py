"""Classifies an exception for the person who wrote the code: an outcome, a sentence and advice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cards.program.verdict import Outcome
from cards.prove.decide.error_text import error_sentence, without_op_names
from cards.prove.sandbox.refusal import NETWORK_ERRNO, PROCESS_ERRNO
from cards.python.distribution import distribution_of
from cards.python.foreign.python_2 import old_attribute, old_module, old_name
from cards.regex import regex
from cards.stale.error_search import change_of

if TYPE_CHECKING:
    from cards.prove.client.transcript import ExceptionInfo

_NETWORK_NAMES = frozenset(
    ("URLError", "ConnectionError", "ConnectionRefusedError", "gaierror", "HTTPError", "ConnectTimeout")
)
_NETWORK_TEXT = regex(
    r"URL fetch failure|\[Errno 101\]|Network is unreachable|Temporary failure in name resolution|"
    r"Name or service not known|Failed to connect to|Could(?:n't| not) resolve host|Max retries exceeded"
)
_LOCALHOST = regex(r"\blocalhost\b|\b127\.0\.0\.1\b")
_DISK_ERRNOS = {
    27: "A file grew too large",
    28: "Its disk space is used up",
    122: "Its disk space is used up",
}
_OUT_OF_MEMORY = 12
_NO_SUCH_FILE = 2
_FILE_TEXT = regex(r"No such file or directory|File not found|Unable to .*open file", re.IGNORECASE)
_NOT_INSTALLED = regex(
    r"\b(?:pip3? install ['\"`]?|Please install (?!(?:a|an|it|the|via|with)\b))(?P<package>[\w-]+)"
    r"|^(?P<named>[\w-]+) is not installed\b"
)
_PROCESS_TEXT = regex(rf"\[Errno {PROCESS_ERRNO}\](?! [^\n:]*: ['\"])")
_PRINT_TO_STREAM = 'Did you mean "print(<message>, file=<output_stream>)"'
_REMOVED = regex(
    r"\b(?:was|were|has been|have been|is) (?:removed|expired|dropped)\b"
    r"|\bdeprecated alias\b|\bno longer (?:exists?|available)\b"
)
_LIBRARY_ADVICE = regex(
    r"\b(?P<advice>use (?!of\b)[^\n]+?)(?: instead| by itself)?(?:[.;](?:\s|$)|$)", re.IGNORECASE
)
_ELLIPSIS_OBJECT = regex(r"'ellipsis'|\bEllipsis\b")
_DEVICE_TEXT = regex(r"\b(?P<device>GPU|TPU)\b")
_NO_DEVICE_TEXT = regex(r"unknown device|could not satisfy|not registered|no such device|TPU", re.IGNORECASE)
_PATH = regex(r"[\w~./-]*[\w-]+\.\w{1,8}\b|(?:[\w~.-]*/)+[\w.-]+")
_QUOTED = regex(r"['\"]([^'\"\n]+)['\"]")


class Diagnosis(NamedTuple):
    """What is said of a snippet's end: outcome, sentence, advice and line."""

    outcome: Outcome
    sentence: str = ""
    """What happened, in a sentence."""
    advice: str = ""
    """What to do about it."""
    line: int = 0
    """The guide's line; 0 where none is to blame."""
    cause: str = ""
    """The name of the earlier snippet whose failure makes this one fail; empty where it fails by itself."""
    correction: str = ""
    """What the comment on that line should say; empty where no comment is wrong."""


def classify(error: ExceptionInfo) -> Diagnosis:
    """Return the diagnosis of an uncaught exception, without its line."""
    lineage = {error.type, *error.class_names}
    if "SystemExit" in lineage:
        advice = "Take the exit out, or say `raises=SystemExit`."
        return Diagnosis(Outcome.EARLY_EXIT, _exit_sentence(error), advice)
    outcome, advice = (
        _limit_advice(error, lineage)
        or _old_python_advice(error, lineage)
        or _need_advice(error, lineage)
        or _stale_advice(error, lineage)
        or (Outcome.FAILED, "")
    )
    if outcome is Outcome.FAILED and "PermissionError" in lineage and error.filename:
        advice = "Code may use its own folder only: write relative paths."
    return Diagnosis(outcome, error_sentence(error), advice)


def _limit_advice(error: ExceptionInfo, lineage: set[str]) -> tuple[Outcome, str] | None:
    if lineage & {"MemoryError", "ResourceExhaustedError"} or error.errno == _OUT_OF_MEMORY:
        return Outcome.MEMORY_LIMIT, "It wants more memory than a snippet may have: use smaller shapes."
    if error.errno in _DISK_ERRNOS:
        return Outcome.DISK_LIMIT, f"{_DISK_ERRNOS[error.errno]}: write less."
    return None


def _stale_advice(error: ExceptionInfo, lineage: set[str]) -> tuple[Outcome, str] | None:
    """Return the stale-API outcome and the replacement that the table of changes or the library names."""
    if change := change_of(error.text):
        return Outcome.STALE_API, change.advice
    if lineage & {"AttributeError", "ImportError"} and _REMOVED.search(error.text):
        named = _LIBRARY_ADVICE.search(error.text)
        advice = named["advice"] if named else "its release notes say what replaced it"
        return Outcome.STALE_API, f"{advice[0].upper()}{advice[1:]}."
    return None


def _old_python_advice(error: ExceptionInfo, lineage: set[str]) -> tuple[Outcome, str] | None:
    """Return the stale outcome and what is written today for what an older Python had."""
    today = ""
    if "NameError" in lineage:
        today = old_name(error.name)
    elif "ModuleNotFoundError" in lineage:
        today = old_module(error.name)
    elif _PRINT_TO_STREAM in error.text:
        today = "`print(message, file=stream)`"
    elif lineage & {"AttributeError", "ImportError"} and (old := old_attribute(error.text)):
        today = old.today
    return (Outcome.STALE_API, f"An older Python had it. Today: {today}.") if today else None


def _need_advice(error: ExceptionInfo, lineage: set[str]) -> tuple[Outcome, str] | None:
    advice = (
        _network_advice(error, lineage)
        or _process_advice(error)
        or _package_advice(error, lineage)
        or _name_advice(error, lineage)
        or _file_advice(error, lineage)
        or _input_advice(error, lineage)
        or _device_advice(error, lineage)
        or _cluster_advice(error)
        or _fragment_advice(error, lineage)
    )
    return (Outcome.NEEDS, advice) if advice else None


def _network_advice(error: ExceptionInfo, lineage: set[str]) -> str:
    if error.errno == NETWORK_ERRNO or lineage & _NETWORK_NAMES or _NETWORK_TEXT.search(error.text):
        if _LOCALHOST.search(error.text):
            return "It needs a service that runs beside it: say `requires=service`."
        return "It needs the network, which code has none of here: say `requires=network`."
    return ""


def _process_advice(error: ExceptionInfo) -> str:
    if error.errno == PROCESS_ERRNO and not error.filename:
        return "It wants to start a process: say `requires=processes`."
    if error.errno == PROCESS_ERRNO and error.filename.startswith("/"):
        return "It wants to start a program: say `requires=processes`."
    # A library may pass the refusal on, in a text or as the cause of an exception of its own.
    if error.cause_errno == PROCESS_ERRNO or _PROCESS_TEXT.search(error.text):
        return "It wants to start a process: say `requires=processes`."
    return ""


def _package_advice(error: ExceptionInfo, lineage: set[str]) -> str:
    package = ""
    if "ModuleNotFoundError" in lineage and error.name:
        first, _, rest = error.name.partition(".")
        # A missing part of an installed package has moved; no other package brings it back.
        package = "" if rest and first in {"tensorflow", "keras", "tf_keras"} else error.name
    elif missing := _NOT_INSTALLED.search(error.text):
        package = (missing["package"] or missing["named"]).lower()
    package = distribution_of(package)
    if not package:
        return ""
    return (
        f"Install the package {package} (`requires: [{package}]` in the front matter does), "
        f"or say `requires=package:{package}`."
    )


def _name_advice(error: ExceptionInfo, lineage: set[str]) -> str:
    if "NameError" in lineage and error.name in {"self", "cls"}:
        return f"It is cut out of a class, where `{error.name}` has a value: show the class."
    if "NameError" in lineage and "UnboundLocalError" not in lineage and error.name:
        return f"Define `{error.name}` before it, or in a hidden block asked for with `fixture=`."
    return ""


def _file_advice(error: ExceptionInfo, lineage: set[str]) -> str:
    """Return advice that names the relative path of a missing file; empty where no file is missing."""
    text = without_op_names(error.text)
    path = ""
    if "FileNotFoundError" in lineage or ("OSError" in lineage and error.errno == _NO_SUCH_FILE):
        path = error.filename or _first_path(text)
    elif lineage & {"NotFoundError", "ValueError", "OSError"} and _FILE_TEXT.search(text):
        path = _first_path(text)
    path = path.removeprefix("~/")
    if path.startswith("/"):
        return "Nobody else has that file: use a relative path, and write it first with `file=`."
    return f"Write {path} first, with `file={path}:FIXTURE`." if path else ""


def _input_advice(error: ExceptionInfo, lineage: set[str]) -> str:
    if "EOFError" in lineage and "reading a line" in error.text:
        return "It waits for somebody to type, and nobody is there: give it the value instead."
    return ""


def _device_advice(error: ExceptionInfo, lineage: set[str]) -> str:
    device = _DEVICE_TEXT.search(error.text)
    if (
        device
        and lineage & {"InvalidArgumentError", "NotFoundError", "ValueError"}
        and _NO_DEVICE_TEXT.search(error.text)
    ):
        return f"It needs a {device['device']}: say `requires={device['device'].lower()}`."
    return ""


def _cluster_advice(error: ExceptionInfo) -> str:
    if "Please provide a TPU Name" in error.text:
        return "It needs a TPU: say `requires=tpu`."
    if "Cluster spec must be non-empty" in error.text:
        return "It needs a cluster, named in TF_CONFIG: say `requires=service`."
    return ""


def _fragment_advice(error: ExceptionInfo, lineage: set[str]) -> str:
    if "RuntimeError" in lineage and error.text.startswith("super():"):
        return "It is cut out of a class, in which `super()` works: show the class."
    if _ELLIPSIS_OBJECT.search(error.text):
        return "It leaves something out (`...`): write it, or say `no-run=`."
    return ""


def _exit_sentence(error: ExceptionInfo) -> str:
    if error.code in {None, 0}:
        return "It ends the interpreter itself."
    return f"It ends the interpreter itself, with {error.code!r}."


def _first_path(text: str) -> str:
    for match in _PATH.finditer(text):
        if not match[0].replace(".", "").isdigit():
            return match[0]
    quoted = _QUOTED.search(text)
    return quoted[1] if quoted else ""
