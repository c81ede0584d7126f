"""Find statements that are there for what no name shows: settings of libraries, seeds, files they write."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cards.python.imports import import_origins
from cards.python.reads import names_read
from cards.python.syntax import DEFINITIONS, called_name, nodes_in, root_name
from cards.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cards.python.syntax import Definition

_SETTING = regex(
    r"set_|enable_|disable_|experimental_(?:set|enable|disable|run)_|register|use$|disable$|update$|putenv$"
    r"|(?:manual_)?seed(?:_all)?$|run_functions_eagerly$|clear_session$|seterr|setlocale$|setcontext$"
    r"|setrecursionlimit$|setLevel$|addHandler$|basicConfig$|captureWarnings$|filterwarnings$|simplefilter$"
    r"|resetwarnings$|setdefault$|chdir$|umask$|insert$|append$|set_start_method$|setswitchinterval$"
)
"""The beginnings of the names of functions that set something for all code after them."""
_CONVENTIONAL_MODULES = {"tf": "tensorflow", "np": "numpy", "keras": "keras", "layers": "keras.layers"}
_ONE_LIBRARY = {"keras": "tensorflow", "tf_keras": "tensorflow"}
"""What is set in one of these holds in the other."""
_EVERYWHERE = frozenset({"os", "sys", "warnings", "locale", "gc"})
"""What is set in these holds for code that never names them."""
_DEFAULTS = {
    "set_global_policy": "float32",
    "set_dtype_policy": "float32",
    "set_floatx": "float32",
    "set_image_data_format": "channels_last",
    "run_functions_eagerly": False,
    "set_jit": False,
    "set_soft_device_placement": True,
}
"""The value that a setting has before anybody sets it."""
_WRITERS = frozenset(
    {"save", "save_weights", "save_model", "export", "write", "write_text", "write_bytes", "writelines"}
    | {"write_file", "writerow", "writerows", "dump", "to_csv", "to_json", "to_parquet", "to_pickle"}
    | {"savez", "savez_compressed", "savetxt", "tofile", "save_img", "to_file", "plot_model", "savefig"}
    | {"makedirs", "mkdir", "mkdtemp", "touch", "copy", "copyfile", "copytree", "move", "rename", "replace"}
    | {"TFRecordWriter", "create_file_writer", "remove", "unlink", "rmtree", "rmdir"}
)
"""Functions and methods that write, make or remove files."""
_PATH_LENGTH = 80
"""A longer text is no path."""


@dataclass(frozen=True, slots=True)
class LibraryNames:
    """The modules that a program's names come from, and the functions that it defines."""

    modules: Mapping[str, str]
    """The module of each imported or conventional name: `os` for `from os import environ`."""
    definitions: Mapping[str, Definition]

    @classmethod
    def of(cls, statements: Sequence[ast.stmt], definitions: Mapping[str, Definition]) -> LibraryNames:
        """Return the modules of the names that statements import, anywhere in them."""
        modules = dict(_CONVENTIONAL_MODULES)
        for statement in statements:
            for node in nodes_in(statement):
                modules |= import_origins(node)
        return cls(modules, definitions)

    def libraries_of(self, names: frozenset[str]) -> frozenset[str]:
        """Return the libraries that names come from; TensorFlow and Keras are one."""
        return frozenset(_library(self.modules[name]) for name in names if name in self.modules)


def settings_of(node: ast.stmt, names: LibraryNames) -> frozenset[str]:
    """Return the libraries in which a statement sets something for all code after it."""
    return frozenset() if isinstance(node, DEFINITIONS) else frozenset(_settings(node, names, frozenset()))


def is_setting_relevant(libraries: frozenset[str], read: frozenset[str], names: LibraryNames) -> bool:
    """Tell whether what is set in the libraries matters to code that reads the names."""
    return bool(libraries & (_EVERYWHERE | names.libraries_of(read)))


def setter_of(node: ast.stmt) -> str:
    """Return the function of a statement that only calls one with constants; empty for any other.

    Such a statement makes another of the same function before it vain, if nothing is between them.
    """
    match node:
        case ast.Expr(value=ast.Call(func=function, args=args, keywords=[])) if all(
            isinstance(argument, ast.Constant) for argument in args
        ):
            return ast.unparse(function)
        case _:
            return ""


def setting_function_of(node: ast.stmt) -> str:
    """Return the function `set_...` that a statement calls, with whatever arguments; empty for any other."""
    match node:
        case ast.Expr(value=ast.Call(func=function)) if called_name(function).startswith("set_"):
            return ast.unparse(function)
        case _:
            return ""


def sets_default(node: ast.stmt) -> bool:
    """Tell whether a statement sets what holds anyway where nobody has set anything."""
    match node:
        case ast.Expr(value=ast.Call(func=function, args=[ast.Constant(value=value)], keywords=[])):
            name = called_name(function)
            return name in _DEFAULTS and _DEFAULTS[name] == value
        case _:
            return False


def writes_file_of(node: ast.stmt, paths: frozenset[str], path_names: frozenset[str]) -> bool:
    """Tell whether a statement writes a file that one of the paths, or of the names of paths, stands for."""
    if isinstance(node, DEFINITIONS) or not writes_files(node):
        return False
    written = paths_in(node)
    return bool(names_read(node) & path_names) or any(
        _is_inside(one, other) or _is_inside(other, one) for one in written for other in paths
    )


def writes_files(node: ast.AST) -> bool:
    """Tell whether code may write, make or remove files, any of them."""
    return any(_is_writer(inner) for inner in nodes_in(node))


def paths_in(node: ast.AST) -> frozenset[str]:
    """Return the texts in code that may be paths of files."""
    return frozenset(
        inner.value.strip("/")
        for inner in nodes_in(node)
        if isinstance(inner, ast.Constant)
        and isinstance(inner.value, str)
        and inner.value.strip("/.")
        and len(inner.value) <= _PATH_LENGTH
        and not re.search(r"[\s{}<>%]", inner.value)
    )


def path_names_in(statements: Sequence[ast.stmt]) -> frozenset[str]:
    """Return the names that statements bind to what may be a path of a file."""
    return frozenset(
        target.id
        for node in statements
        if isinstance(node, ast.Assign) and _makes_path(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    )


def _makes_path(value: ast.expr) -> bool:
    match value:
        case ast.Constant(value=str()):
            return True
        case ast.Call(func=function):
            return called_name(function) in {"Path", "join", "mkdtemp", "mkstemp", "NamedTemporaryFile"}
        case ast.BinOp(op=ast.Div(), left=left):
            return bool(paths_in(value)) and isinstance(left, ast.Name | ast.Call | ast.BinOp)
        case _:
            return False


def _settings(node: ast.AST, names: LibraryNames, visiting: frozenset[str]) -> Iterator[str]:
    """Yield the libraries that a node sets something in; functions of the program are entered once."""
    for inner in nodes_in(node):
        match inner:
            case ast.Attribute(ctx=ast.Store() | ast.Del()) | ast.Subscript(ctx=ast.Store() | ast.Del()):
                if module := names.modules.get(root_name(inner)):
                    yield _library(module)
            case ast.Call(func=ast.Name(id=name)) if name in names.definitions and name not in visiting:
                for part in names.definitions[name].body:  # Its decorators ran when it was defined.
                    yield from _settings(part, names, visiting | {name})
            case ast.Call(func=function) if _SETTING.match(called_name(function)):
                if module := names.modules.get(root_name(function)):
                    yield from _set_libraries(_library(module), called_name(function))
            case _:
                pass


def _set_libraries(library: str, function: str) -> tuple[str, ...]:
    """Return the libraries that a call sets something in; Keras seeds NumPy and Python too."""
    return (library, "numpy", "random") if function == "set_random_seed" else (library,)


def _library(module: str) -> str:
    package = module.partition(".")[0]
    return _ONE_LIBRARY.get(package, package)


def _is_writer(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="open"), args=[_, ast.Constant(value=str(mode)), *_]):
            return bool(set(mode) & set("wax+"))
        case ast.Call(func=ast.Attribute(attr="open"), args=args):
            modes = [each.value for each in args if isinstance(each, ast.Constant)]
            return any(isinstance(mode, str) and bool(set(mode) & set("wax+")) for mode in modes[-1:])
        case ast.Call(func=function):
            return called_name(function) in _WRITERS
        case _:
            return False


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")
