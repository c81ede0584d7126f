"""Runs one program in the process that was forked or started for it, statement by statement.

By the time this ends guide code may have replaced modules, builtins and streams. So what is needed after it
is bound to names here beforehand, and the functions below keep builtins of their own.
"""

# ruff: noqa: BLE001, S110, S307, SIM105, SLF001 - running code that may raise anything is its purpose

from __future__ import annotations

import ast
import builtins
import os
import random
import sys
import threading
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter
from types import ModuleType
from typing import TYPE_CHECKING

from cards.prove.process.describe import bound_names, value_record
from cards.prove.process.exit_handlers import ExitHandlers
from cards.prove.process.interpreter_snapshot import InterpreterSnapshot
from cards.prove.process.json_text import error_record, json_bytes
from cards.prove.process.output_stream import begin_program
from cards.prove.process.protocol import RunMode
from cards.prove.sandbox.conditions import apply_conditions

# Functions defined below see these builtins, whatever guide code does to the real ones.
globals()["__builtins__"] = dict(vars(builtins))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import CodeType
    from typing import Any

    from cards.prove.process.json_text import JsonValue
    from cards.prove.process.protocol import CodeUnit, Job
    from cards.prove.process.shared_record import SharedRecord

_fstat = os.fstat
_module_type = ModuleType
_join_threads: Callable[[], None] = threading._shutdown  # type: ignore[attr-defined]
_living_threads = threading.enumerate
_update_environment = os.environ.update
_tracer, _set_tracer = sys.gettrace, sys.settrace
_recursion_limit, _set_recursion_limit = sys.getrecursionlimit, sys.setrecursionlimit
_seed_random = random.seed
_STOP_AT_ERROR: str = RunMode.STOP_AT_ERROR.value
_FUTURE_FLAGS = 0x1FF0000
"""The compiler flags that `from __future__` sets."""
_OWN_RECURSION_LIMIT = 2000
"""What the work between two statements needs at most."""


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """One top-level statement, ready to be run."""

    first: int
    last: int
    """Its lines in the file of the whole program."""
    code: CodeType
    is_expression: bool
    """Its value is looked at."""
    bound: tuple[str, ...]
    """The names that it may bind."""


@dataclass(frozen=True, slots=True)
class CompiledUnit:
    """One code unit, ready to be run, or the record of why it does not parse."""

    statements: tuple[CompiledStatement, ...] = ()
    syntax: dict[str, JsonValue] | None = None


class ProgramRun:
    """One run of a program, from its first statement to its exit handlers."""

    def __init__(self, job: Job, shared_record: SharedRecord, path: str) -> None:
        self.job = job
        self.shared_record = shared_record
        self.path = path
        self.namespace: dict[str, Any] = {}
        self.threads: list[tuple[int, object]] = []
        self.known_threads = {id(thread) for thread in _living_threads()}
        self.output = _file_identity(1)
        self.errors = _descriptor_of(sys.stderr)
        self.streams = (sys.stdout, sys.stderr)
        self.flags = 0
        self.tracer: Any = None
        self.recursion_limit = _recursion_limit()
        self.exit_handlers = ExitHandlers(shared_record, self._flushed_offset)

    def execute(self, secret: bytes) -> None:
        """Run every code unit, record each statement, and write the secret at the end."""
        # All is compiled before any of it runs: the classes of a syntax tree can be changed by code.
        compiled = [self._compile_unit(unit) if unit["runs"] else None for unit in self.job["pieces"]]
        self._create_main_module()
        answer, snapshot = self.job["answer"], None
        answer_namespace = self.namespace
        for number, unit in enumerate(self.job["pieces"]):
            if number == answer:
                snapshot = InterpreterSnapshot(answer_namespace)
            elif snapshot is not None:
                self.namespace = snapshot.namespace(answer_namespace, self.job["handed"])
            if (ready := compiled[number]) is not None:
                self._run_code_unit(number, unit, ready)
                self._note_threads(number)
                self.exit_handlers.note_unit(number)
            if snapshot is not None and (changed := snapshot.changed()):
                self.shared_record.add_record(json_bytes({"piece": number, "changed": changed}))
        self._wait_for_threads()
        last = len(self.job["pieces"]) - 1
        finalized = [number for number, unit in enumerate(self.job["pieces"]) if "__del__" in unit["source"]]
        self.exit_handlers.run(last)
        if finalized:
            self.exit_handlers.drop_names(answer_namespace, finalized[-1])
        self._flush()
        self.shared_record.write_secret(secret)

    def _create_main_module(self) -> None:
        module = ModuleType("__main__")
        self.namespace = module.__dict__
        self.namespace["__file__"] = self.path
        # As in plain Python: what code changes in the module, it sees; what is kept here, it does not.
        self.namespace["__builtins__"] = builtins
        _forget_own_modules()
        sys.modules["__main__"] = module
        sys.argv = [self.path]
        apply_conditions(self.job["conditions"])
        _set_seeds(self.job["seed"])
        begin_program(self.path)

    def _compile_unit(self, unit: CodeUnit) -> CompiledUnit:
        try:
            # Blank lines give every statement its place in the file of the whole program.
            source = "\n" * (unit["first_line"] - 1) + unit["source"]
            tree: ast.Module = compile(  # type: ignore[assignment]
                source, self.path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True
            )
            compile(tree, self.path, "exec", self.flags, dont_inherit=True)
            return CompiledUnit(tuple([self._compile_statement(each, unit) for each in tree.body]))
        except BaseException as error:
            record = error_record(error, self.path)
            record["line"] = getattr(error, "lineno", None) or 0
            return CompiledUnit(syntax=record)

    def _compile_statement(self, statement: ast.stmt, unit: CodeUnit) -> CompiledStatement:
        is_expression = unit["captures"] and isinstance(statement, ast.Expr)
        tree: ast.Module | ast.Expression = ast.Module(body=[statement], type_ignores=[])
        if unit["captures"] and isinstance(statement, ast.Expr):
            tree = ast.Expression(statement.value)
        mode = "eval" if is_expression else "exec"
        code: CodeType = compile(tree, self.path, mode, self.flags, dont_inherit=True)
        self.flags |= code.co_flags & _FUTURE_FLAGS
        return CompiledStatement(
            first=statement.lineno,
            last=statement.end_lineno or statement.lineno,
            code=code,
            is_expression=is_expression,
            bound=bound_names(statement) if unit["captures"] else (),
        )

    def _run_code_unit(self, number: int, unit: CodeUnit, compiled: CompiledUnit) -> None:
        self.shared_record.set_position(number, 0)
        if unit["environment"]:
            _update_environment(dict(unit["environment"]))
        if unit["seed"] is not None:
            _set_seeds(unit["seed"])
        if compiled.syntax is not None:
            self.shared_record.add_record(json_bytes({"piece": number, "syntax": compiled.syntax}))
            return
        self.shared_record.add_record(json_bytes({"piece": number, "count": len(compiled.statements)}))
        for position, statement in enumerate(compiled.statements):
            is_passed = self._run_statement(number, position, statement, captures=unit["captures"])
            if not is_passed and self.job["mode"] == _STOP_AT_ERROR:
                return
        left = self._values_left() if unit["captures"] else {}
        end: dict[str, JsonValue] = {"piece": number, "done": 1, "left": left}
        self._flush()
        end["described"] = self._offset()
        self.shared_record.add_record(json_bytes(end))

    def _run_statement(
        self, number: int, position: int, statement: CompiledStatement, *, captures: bool
    ) -> bool:
        """Run one statement and record it; return False when it raised."""
        self.shared_record.set_position(number, position)
        record: dict[str, JsonValue] = {
            "piece": number,
            "statement": position,
            "line": statement.first,
            "last": statement.last,
        }
        failed = False
        values: dict[str, object] = {}
        started = perf_counter()
        try:
            value = self._perform(statement)
            record["seconds"] = perf_counter() - started
            if statement.is_expression:
                values = {"": value}
            elif captures:
                values = {name: self.namespace[name] for name in statement.bound if name in self.namespace}
        except BaseException as error:
            failed = True
            record.setdefault("seconds", perf_counter() - started)
            record["error"] = error_record(error, self.path)
        self._flush()
        record["offset"] = self._offset()
        record["logged"] = self._logged()
        if values:
            self._add_values(record, values, is_expression=statement.is_expression)
        self.shared_record.add_record(json_bytes(record))
        return not failed

    def _add_values(
        self, record: dict[str, JsonValue], values: dict[str, object], *, is_expression: bool
    ) -> None:
        """Add the values of a statement to its record; what describing them prints is nobody's output."""
        described: dict[str, JsonValue] = {name: value_record(value) for name, value in values.items()}
        if is_expression:
            record["value"] = described[""]
        else:
            record["bound"] = described
        self._flush()
        record["described"] = self._offset()

    def _perform(self, statement: CompiledStatement) -> object:
        """Run one statement; a tracer and a recursion limit that code sets hold for its statements alone.

        Set while this class works, the one would report on it, and either could break it.
        """
        _set_recursion_limit(self.recursion_limit)
        if self.tracer is not None:
            _set_tracer(self.tracer)
        try:
            return eval(statement.code, self.namespace)
        finally:
            self.tracer = _tracer()
            _set_tracer(None)
            self.recursion_limit = _recursion_limit()
            _set_recursion_limit(_OWN_RECURSION_LIMIT)

    def _values_left(self) -> dict[str, JsonValue]:
        """Describe the values of all names that the unit leaves."""
        return {
            name: value_record(value)
            for name, value in list(self.namespace.items())
            if name[:2] != "__" and not _is_module(value)
        }

    def _flush(self) -> None:
        for stream in self.streams:
            try:
                stream.flush()
            except BaseException:
                pass
        for name in ("stdout", "stderr"):
            try:
                getattr(sys, name).flush()
            except BaseException:
                # Deleted, set to None, closed, or an object that cannot be flushed.
                pass

    def _offset(self) -> int | None:
        """Return how many bytes were printed; None once the code closed or replaced standard output."""
        try:
            found = _fstat(1)
        except OSError:
            return None
        return found.st_size if (found.st_dev, found.st_ino) == self.output else None

    def _flushed_offset(self) -> int | None:
        self._flush()
        return self._offset()

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
        """Wait for threads as Python does at its end."""
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


def _forget_own_modules() -> None:
    """Take the package's modules out of reach of `import`; what is bound here keeps working."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "cards"]:
        del sys.modules[name]


def _descriptor_of(stream: object) -> int:
    """Return the descriptor that a stream writes to; -1 for none."""
    try:
        return int(stream.fileno())  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return -1


def preload(packages: Iterable[str]) -> None:
    """Import the packages that can be imported; what is wrong with another is told when code imports it."""
    for name in packages:
        try:
            import_module(name)
        except Exception:
            pass


def _set_seeds(seed: int) -> None:
    """Set the seeds of random, NumPy and TensorFlow, where code has left them what seeds them."""
    try:
        _seed_random(seed)
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            numpy.random.seed(seed % 2**32)
        tensorflow = sys.modules.get("tensorflow")
        if tensorflow is not None:
            tensorflow.random.set_seed(seed)
    except BaseException:
        pass
