"""Tells what the code of a guide prints from what a library logs, by who writes to Python's streams.

Output is what the guide's own code writes, what the standard library writes for it (`pprint`, `help`), and
what a library writes in a function that is there to print (`summary`, `fit`). What a library writes on its
own goes where its logs go. The other way round, a line that the guide's code logs is output.
"""

from __future__ import annotations

import builtins
import io
import logging
import os
import re
import sys
from typing import TYPE_CHECKING

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

if TYPE_CHECKING:
    from types import FrameType
    from typing import BinaryIO

_current_frame = sys._getframe  # noqa: SLF001 - who calls cannot be asked otherwise
_LIBRARY_FOLDERS = re.compile(r"[/\\](?:site|dist)-packages[/\\]")
_GENERATED = "__autograph_generated_file"
"""In the name of the file into which AutoGraph rewrites a function of the guide."""
_PRINTING_NAME = re.compile(
    r"_*(?:p?print|show|display|visuali[sz]e|describe)(?:_(?!msg).*)?|\w*summary|help|info|echo"
    # These show how far they are, unless told not to.
    r"|fit|evaluate|predict|search|analy[sz]e|on_(?:epoch|train|test|predict|batch)_?\w*"
)
_PROGRESS_BAR = "Progbar."
_LOGGING_FOLDERS = (os.path.dirname(logging.__file__), os.path.join("absl", "logging"))  # noqa: PTH118, PTH120


class OutputStream(io.TextIOWrapper):
    """Standard output without what libraries log there; before a program is named, all of it."""

    program = ""
    """The file of the program whose output it is."""

    def write(self, text: str) -> int:
        """Write a text as output, or to standard error where a library writes it on its own."""
        if self.program and _is_log_of_library(_current_frame(1), self.program):
            return _original_write(_streams["log"], text)
        return _original_write(self, text)


class LogStream(io.TextIOWrapper):
    """Standard error without what the program itself logs, which is output."""

    program = ""

    def write(self, text: str) -> int:
        """Write a text to standard error, or as output where the program's own code logs it."""
        if self.program and _is_logged_by(_current_frame(1), self.program):
            return _original_write(_streams["output"], text)
        return _original_write(self, text)


_original_write = io.TextIOWrapper.write
_streams: dict[str, io.TextIOWrapper] = {}


def install_streams(log: BinaryIO) -> None:
    """Put both streams in place of Python's; standard error goes to a file of its own."""
    # The stream before would close the file with itself.
    _streams["before"] = sys.stdout  # type: ignore[assignment]
    output = OutputStream(sys.stdout.buffer, sys.stdout.encoding, sys.stdout.errors, line_buffering=True)
    sys.stdout = sys.__stdout__ = output  # type: ignore[misc]
    sys.stderr = LogStream(log, "utf-8", "backslashreplace", line_buffering=True)
    _streams.update(output=output, log=sys.stderr)


def begin_program(path: str) -> None:
    """Tell the streams that from now on a program runs, and which file it is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, (OutputStream, LogStream)):
            stream.program = path


def _is_log_of_library(frame: FrameType | None, program: str) -> bool:
    """Tell whether a library writes on its own: no function below the program's code is there to print."""
    is_library = False
    while frame is not None and not _is_of_program(frame, program):
        if _LIBRARY_FOLDERS.search(frame.f_code.co_filename):
            name = frame.f_code.co_name
            if _PRINTING_NAME.fullmatch(name) or getattr(frame.f_code, "co_qualname", "").startswith(
                _PROGRESS_BAR
            ):
                return False
            is_library = True
        frame = frame.f_back
    return is_library


def _is_logged_by(frame: FrameType | None, program: str) -> bool:
    """Tell whether the program's own code calls the logging that writes."""
    is_logging = False
    while frame is not None and any(folder in frame.f_code.co_filename for folder in _LOGGING_FOLDERS):
        is_logging = True
        frame = frame.f_back
    return is_logging and frame is not None and _is_of_program(frame, program)


def _is_of_program(frame: FrameType, program: str) -> bool:
    return frame.f_code.co_filename == program or _GENERATED in frame.f_code.co_filename
