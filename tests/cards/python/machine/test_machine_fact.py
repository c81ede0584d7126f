from __future__ import annotations

import pytest

from cards.python.machine.machine_fact import prints_machine_fact

FACTS = """\
import os
print(os.getcwd())
---
from os import getcwd
here = getcwd()
print('in', here)
---
import os
print(sorted(os.environ)[:3])
---
import os.path
print(os.path.expanduser('~/data'))
---
from pathlib import Path
print(Path.home() / 'data')
---
import sys
print(sys.version_info[:2])
---
import platform as p
print(f'{p.machine()} here')
---
import tensorflow as tf
print(tf.__version__)
---
import tensorflow as tf
gpus = tf.config.list_physical_devices('GPU')
print(len(gpus))
---
print(__file__)
---
import time
start = time.time()
run = 3
print(round(time.time() - start, 3))
---
from time import perf_counter
start = perf_counter()
print(perf_counter() - start < 0.5)
---
import timeit
one = timeit.timeit('1', number=3)
print(one > 0)
---
import time
def took(f):
    start = time.time()
    f()
    return time.time() - start
print(took(len) < 9)
---
import time
class Timer:
    def __enter__(self):
        self.start = time.time()
        return self
    def __exit__(self, *_):
        self.took = time.time() - self.start
with Timer() as timer:
    pass
print(timer.took < 1)
---
import time
times = []
for _ in range(2):
    times.append(time.time())
print(times[0] <= times[1])
---
from datetime import datetime
if True:
    print(datetime.now().year > 2000)
"""
NONE = """\
import os
print(os.path.join('a', 'b'))
---
import os
os.environ['MODE'] = 'fast'
print(os.environ['MODE'], os.environ.get('OTHER', 'slow'))
---
import time
start = time.time()
total = sum(range(4))
took = time.time() - start
print(total)
---
import time
def timed(f):
    def inner(*args):
        start = time.time()
        found = f(*args)
        spent = time.time() - start
        return found
    return inner
@timed
def add(a, b):
    return a + b
print(add(1, 2))
---
import time
print(type(time.time()))
---
import time
now = time.time()
now = 5
print(now)
---
import tensorflow as tf
cpu = tf.config.list_physical_devices('CPU')[0]
tf.config.set_logical_device_configuration(cpu, [])
print(tf.ones(2).shape)
---
from datetime import datetime
print(datetime(2024, 1, 2).year)
---
platform = 'web'
print(platform)
---
print(1 +
"""


@pytest.mark.parametrize("source", FACTS.split("---\n"))
def test_what_a_machine_decides_is_told(source: str) -> None:
    assert prints_machine_fact(source)


@pytest.mark.parametrize("source", NONE.split("---\n"))
def test_what_every_machine_prints_is_no_fact_of_one(source: str) -> None:
    assert not prints_machine_fact(source)
