from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.python.suspicious import suspicious_names

FRAMES = "walks the interpreter's frames"
COMPUTED = "getattr(sys, ...) computes a name of the interpreter"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import sys\nsys._getframe(1).f_back", (f"f_back {FRAMES}", f"_getframe {FRAMES}")),
        ("from sys import _getframe as look\nlook()", (f"_getframe {FRAMES}",)),
        ("import inspect\ninspect.currentframe()", (f"currentframe {FRAMES}",)),
        ("import inspect as i\ni.stack()[1]", (f"stack {FRAMES}",)),
        ("from inspect import stack\nstack()", (f"stack {FRAMES}",)),
        ("try:\n    f()\nexcept E as e:\n    e.__traceback__.tb_frame", (f"tb_frame {FRAMES}",)),
        ("g = (x for x in y)\ng.gi_frame", (f"gi_frame {FRAMES}",)),
        ("match e:\n    case E(tb_frame=f):\n        pass", (f"tb_frame {FRAMES}",)),
        ("import sys\ngetattr(sys, '_getframe')()", (f"_getframe {FRAMES}",)),
        ("import sys\ngetattr(sys, '_get' + 'frame')()", (f"_getframe {FRAMES}",)),
        ("import sys\ngetattr(sys, ''.join(['_get', 'frame']))()", (f"_getframe {FRAMES}",)),
        ("import sys\nn = 'emarfteg_'[::-1]\ngetattr(sys, n)()", (f"_getframe {FRAMES}",)),
        ("import sys\nfor n in ('_getframe',):\n    getattr(sys, n)()", (f"_getframe {FRAMES}",)),
        ("import sys\ngetattr(sys, name)()", (COMPUTED,)),
        ("import sys as s\nt = s\ngetattr(t, f(1))", (COMPUTED,)),
        ("import os\ngetattr(os.sys, f(1))", (COMPUTED,)),
        ("k = {'a': 'f_back'}\ngetattr(frame, k['a'])", (f"f_back {FRAMES}",)),
        ("attrgetter('tb_frame.f_back')(t)", (f"tb_frame {FRAMES}", f"f_back {FRAMES}")),
        ("import sys\nvars(sys)['x']", ("vars(sys) reads names of the interpreter by text",)),
        ("import sys\nsys.__dict__[n]", ("sys.__dict__ reads names of the interpreter by text",)),
        ("d = vars(m)\nd['_getframe']()", (f"_getframe {FRAMES}",)),
        ("__builtins__['print'] = f", ("__builtins__ reaches the builtins",)),
        ("json.dumps.__globals__", ("__globals__ reads another module's names",)),
        ("().__class__.__base__.__subclasses__()", ("__subclasses__ searches the interpreter's classes",)),
        ("object.__subclasses__()", ("__subclasses__ searches the interpreter's classes",)),
        ("import gc\ngc.get_objects()", ("get_objects searches the interpreter's objects",)),
        ("from gc import get_referrers", ("get_referrers searches the interpreter's objects",)),
        ("import ctypes.util", ("ctypes calls C directly",)),
        ("from ctypes import CDLL", ("ctypes calls C directly",)),
        ("c = __import__('ctypes')", ("ctypes calls C directly",)),
        ("import importlib\nimportlib.import_module('ctypes')", ("ctypes calls C directly",)),
        ("import os\nos._exit(0)", ("_exit ends the process behind Python's back",)),
        ("from os import _exit as leave\nleave(0)", ("_exit ends the process behind Python's back",)),
        ("import sys\nsys.settrace(f)", ("settrace traces the interpreter",)),
        ("import sys\nsys.monitoring.use_tool_id(1, 'x')", ("monitoring traces the interpreter",)),
        ("open('/proc/self/mem', 'r+b')", ("/proc/self/mem reads the interpreter's memory",)),
        ("open(f'/proc/{pid}/mem')", ("/proc/self/mem reads the interpreter's memory",)),
        ("import mmap", ("mmap maps memory",)),
        ("import cards.prove.process.child", ("cards.prove imports what proves it",)),
        ("exec('import sys; sys._getframe()')", (f"_getframe {FRAMES}",)),
        ("code = 'import os; os._exit(0)'\nexec(code)", ("_exit ends the process behind Python's back",)),
        (
            "getattr(e, ''.join(map(chr, codes)))",
            ("getattr takes a name that cannot be read beforehand",),
        ),
        (
            "name = ''.join(chr(c) for c in codes)\ngetattr(e, name)",
            ("getattr takes a name that cannot be read beforehand",),
        ),
        (
            "code = b64decode('aW1wb3J0')\nexec(code)",
            ("exec runs code that cannot be read beforehand",),
        ),
        ("exec(b64decode('aW1wb3J0'))", ("exec runs code that cannot be read beforehand",)),
    ],
)  # fmt: skip
def test_what_reaches_the_inside_of_python_is_flagged(source: str, expected: tuple[str, ...]) -> None:
    assert suspicious_names(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "# gc, ctypes and _getframe\ngc = 1\nctypes = gc",
        '"""Never call sys._getframe or os._exit."""\nprint("f_back")',
        "import gc\ndel model\ngc.collect()",
        "import inspect\nprint(inspect.signature(f), inspect.getsource(f), inspect.getmembers(f))",
        "print(vars(model), vars(), locals(), model.__dict__)",
        "x = 1\nprint(globals()['x'])\nglobals()['y'] = 2",
        "for name in names:\n    print(getattr(model, name))",
        "getattr(tf.nn, activation)(x)",
        "import os\nfor n in ('getcwd', 'cpu_count'):\n    print(getattr(os, n)())",
        "setattr(self, key, value)",
        "for i in range(3):\n    getattr(self, 'layer_' + str(i))(getattr(self, f'norm_{i}'))",
        "getattr(module, '_'.join(parts))",
        "class Base:\n    pass\nprint(Base.__subclasses__(), Base.__mro__)",
        "def f():\n    return x\nprint(f.__globals__['x'], f.__closure__, f.__code__.co_varnames)",
        "import tensorflow as tf\ntf.stack([a, b])\nimport numpy as np\nnp.trace(m)",
        "import traceback\ntry:\n    f()\nexcept ValueError as e:\n    traceback.print_tb(e.__traceback__)",
        "raise RuntimeError('x').with_traceback(e.__traceback__)",
        "eval('1 + 2')\nexec('x = 1')\nexec(f'y = {x}')\ncompile(source, 'f', 'exec')",
        "open('/proc/meminfo').read()",
        "np.memmap('x.bin', dtype='float32')",
        "import importlib\nfor name in ['numpy', 'keras']:\n    importlib.import_module(name)",
        "import builtins\nbuiltins.input = lambda prompt: '5'",
        "import sys\nprint(sys.modules['__main__'], sys.version_info)",
        "import atexit\natexit.register(print, 'bye')",
        "model.compile(optimizer='adam', loss='mse')",
        "import re\nre.compile('|'.join(map(re.escape, words)))",
        "import threading\nprint(threading.enumerate(), threading.current_thread().name)",
    ],
)
def test_ordinary_code_is_not_suspicious(source: str) -> None:
    assert suspicious_names(source) == ()


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(suspicious_names(text), tuple)
