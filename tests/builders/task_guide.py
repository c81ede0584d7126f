"""A small guide with two tasks, for the command."""

GUIDE = '''\
# Small

## Warm-ups

### Write a function that doubles

<!-- proofdeck: id=double -->

Write `double(x)`, which returns **twice** what it is given. Comments such as --> do not matter.

- `x`: a number or a tensor

```python
LIMIT = 1000
```

<!-- proofdeck: define=numbers
SOME = [1, 2, 3]
-->

```python task timeout=5
import math
from functools import wraps

def _twice(function):
    @wraps(function)
    def doubled(x):
        return 2 * function(x)
    return doubled

@_twice
def double(x):
    """Twice x."""
    return x

HALF = 0.5
```

<!-- proofdeck: check fixture=numbers
# Numbers are doubled.
for number in (*SOME, LIMIT):
    assert double(number) == 2 * number, f"double({number}) is {double(number)}"
-->

<!-- proofdeck: check
# A half is
# a half.
assert float(HALF) == 0.5
-->

Twice is not **half**.

### Write a class that counts

A counter.

```python task
class Counter:
    """Counts."""

    def __init__(self, start=0):
        self.count = start

    def up(self, *, by: int = 1) -> int:
        """Count up, and return the count."""
        self.count += by
        return self.count
```

<!-- proofdeck: check
# It counts up.
counter = Counter()
assert counter.up() == 1 and counter.up(by=2) == 3
-->

### What is a number?

A **number** is what one counts with.
'''
