"""Runs one program in the process that was forked or started for it, statement by statement.

By the time this ends guide code may have replaced modules, builtins and streams. So what is needed after it
is bound to names here beforehand, and the functions below keep builtins of their own.
"""

# ruff: noqa: BLE001, S102, S110, S307, SIM105, SLF001 - running code that may raise anything is its purpose

from __future__ import annotations

import ast
import builtins
import os
import random
import sys
import threading
from time import perf_counter
from types import ModuleType
from typing import TYPE_CHECKING

from cards.prove.process.describe import bound_names, value_record
from cards.prove.process.interpreter_snapshot import InterpreterSnapshot
from cards.prove.process.json_text import error_record, json_bytes
from cards.prove.process.protocol import RunMode

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

    from cards.prove.process.json_text import JsonValue
    from cards.prove.process.protocol import CodeUnit, Job
    from cards.prove.process.shared_record import SharedRecord

_fstat = os.fstat
_module_node = ast.Module
_expression_node = ast.Expression
_expr_type = ast.Expr
_module_type = ModuleType
_join_threads: Callable[[], None] = threading._shutdown  # type: ignore[attr-defined]
_living_threads = threading.enumerate
_environment = os.environ
_update_environment = os.environ.update
_STOP_AT_ERROR: str = RunMode.STOP_AT_ERROR.value
_FUTURE_FLAGS = 0x1FF0000
"""The compiler flags that `from __future__` sets."""


class ProgramRun:
    """One run of a program, from its first statement to the end of its threads."""

    def __init__(self, job: Job, shared_record: SharedRecord, path: str) -> None:
        self.job = job
        self.shared_record = shared_record
        self.path = path
        self.captures = False
        self.namespace: dict[str, Any] = {}
        self.threads: list[tuple[int, object]] = []
        self.known_threads = {id(thread) for thread in _living_threads()}
        self.output = _file_identity(1)
        self.errors = _descriptor_of(sys.stderr)
        self.streams = (sys.stdout, sys.stderr)
        self.flags = 0

    def execute(self, secret: bytes) -> None:
        """Run every code unit, record each statement, and write the secret at the end."""
        self._create_main_module()
        answer, snapshot = self.job["answer"], None
        answer_namespace = self.namespace
        for number, unit in enumerate(self.job["pieces"]):
            if number == answer:
                snapshot = InterpreterSnapshot(answer_namespace)
            elif snapshot is not None:
                self.namespace = snapshot.namespace(answer_namespace, self.job["handed"])
            if unit["runs"]:
                self._run_code_unit(number, unit)
                self._note_threads(number)
            if snapshot is not None and (changed := snapshot.changed()):
                self.shared_record.add_record(json_bytes({"piece": number, "changed": changed}))
        self._wait_for_threads()
        self.shared_record.write_secret(secret)

    def _create_main_module(self) -> None:
        module = ModuleType("__main__")
        self.namespace = module.__dict__
        self.namespace["__file__"] = self.path
        sys.modules["__main__"] = module
        sys.argv = [self.path]
        _set_seeds(self.job["seed"])

    def _run_code_unit(self, number: int, unit: CodeUnit) -> None:
        self.shared_record.set_position(number, 0)
        self.captures = unit["captures"]
        if unit["environment"]:
            _update_environment(dict(unit["environment"]))
        if unit["seed"] is not None:
            _set_seeds(unit["seed"])
        try:
            # Blank lines give every statement its place in the file of the whole program.
            source = "\n" * (unit["first_line"] - 1) + unit["source"]
            tree: ast.Module = compile(  # type: ignore[assignment]
                source, self.path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True
            )
            compile(tree, self.path, "exec", self.flags, dont_inherit=True)
        except BaseException as error:
            record = error_record(error, self.path)
            record["line"] = getattr(error, "lineno", None) or 0
            self.shared_record.add_record(json_bytes({"piece": number, "syntax": record}))
            return
        self.shared_record.add_record(json_bytes({"piece": number, "count": len(tree.body)}))
        for position, statement in enumerate(tree.body):
            if not self._run_statement(number, position, statement) and self.job["mode"] == _STOP_AT_ERROR:
                return
        self.shared_record.add_record(json_bytes({"piece": number, "done": 1, "left": self._values_left()}))

    def _run_statement(self, number: int, position: int, statement: ast.stmt) -> bool:
        """Run one statement and record it; return False when it raised."""
        self.shared_record.set_position(number, position)
        record: dict[str, JsonValue] = {
            "piece": number,
            "statement": position,
            "line": statement.lineno,
            "last": statement.end_lineno or statement.lineno,
        }
        started = perf_counter()
        failed = False
        try:
            if self.captures and isinstance(statement, _expr_type):
                value = eval(self._compile(_expression_node(statement.value), "eval"), self.namespace)
                record["seconds"] = perf_counter() - started
                record["value"] = value_record(value)
            else:
                code = self._compile(_module_node(body=[statement], type_ignores=[]), "exec")
                exec(code, self.namespace)
                record["seconds"] = perf_counter() - started
                if self.captures:
                    record["bound"] = {
                        name: value_record(self.namespace[name])
                        for name in bound_names(statement)
                        if name in self.namespace
                    }
        except BaseException as error:
            failed = True
            record["seconds"] = perf_counter() - started
            record["error"] = error_record(error, self.path)
        self._flush()
        record["offset"] = self._offset()
        record["logged"] = self._logged()
        self.shared_record.add_record(json_bytes(record))
        return not failed

    def _values_left(self) -> dict[str, JsonValue]:
        """Describe the values of all names that the unit leaves, if its values are observed."""
        named = self.namespace.items() if self.captures else ()
        return {
            name: value_record(value)
            for name, value in list(named)
            if name[:2] != "__" and not _is_module(value)
        }

    def _compile(self, tree: ast.Module | ast.Expression, mode: str) -> CodeType:
        code: CodeType = compile(tree, self.path, mode, self.flags, dont_inherit=True)
        self.flags |= code.co_flags & _FUTURE_FLAGS
        return code

    def _flush(self) -> None:
        for stream in (*self.streams, sys.stdout, sys.stderr):
            try:
                stream.flush()
            except BaseException:
                pass

    def _offset(self) -> int | None:
        """Return how many bytes were printed; None once the code closed or replaced standard output."""
        try:
            found = _fstat(1)
        except OSError:
            return None
        return found.st_size if (found.st_dev, found.st_ino) == self.output else None

    def _logged(self) -> int | None:
        """Return how many bytes of warnings and logs were written; None where that cannot be known."""
        try:
            return _fstat(self.errors).st_size
        except OSError:
            return None

    def _note_threads(self, number: int) -> None:
        try:
            for thread in _living_threads():
                if id(thread) not in self.known_threads:
                    self.known_threads.add(id(thread))
                    self.threads.append((number, thread))
        except BaseException:
            pass

    def _wait_for_threads(self) -> None:
        """Wait for threads as Python does at its end; exit handlers and finalizers do not run."""
        waiting = -1
        try:
            for number, thread in self.threads:
                if thread.is_alive() and not thread.daemon:  # type: ignore[attr-defined]
                    waiting = number
                    break
        except BaseException:
            pass
        self.shared_record.set_waiting(waiting if waiting >= 0 else len(self.job["pieces"]) - 1)
        try:
            _join_threads()
        except BaseException:
            pass
        self._flush()


def _is_module(value: object) -> bool:
    return issubclass(type(value), _module_type)


def _file_identity(descriptor: int) -> tuple[int, int]:
    found = _fstat(descriptor)
    return found.st_dev, found.st_ino


def _descriptor_of(stream: object) -> int:
    """Return the descriptor that a stream writes to; -1 for none."""
    try:
        return int(stream.fileno())  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return -1


def _set_seeds(seed: int) -> None:
    """Set the seeds of random, NumPy and TensorFlow."""
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(seed % 2**32)
    tensorflow = sys.modules.get("tensorflow")
    if tensorflow is not None:
        tensorflow.random.set_seed(seed)
