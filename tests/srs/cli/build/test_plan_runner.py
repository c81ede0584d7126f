from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cards.build.pipeline import plan_build
from cards.prove.prove_program import Proof, ProofRequest
from srs.cli.build.guide_file import GuideFile
from srs.cli.build.plan_runner import PlanRunner
from srs.cli.context import CommandContext
from tests.builders.verdict import HERE, verdicts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pytest

TEXT = """# Sums

### Q1. What is one and one?

```python
print(1 + 1)
```

```output
2
```

### Q2. What is a long sum?

```python
print(sum(range(10**9)))
```

```output
499999999500000000
```
"""


@dataclass
class ProverOfLongSums:
    """Proves programs without running them; what sums up takes long."""

    ran: list[list[str]] = field(default_factory=list)
    """The names of what was to run, one list a phase."""

    def start(self, *_: object) -> None:
        """Import nothing."""

    def run(self, work: Sequence[Any], _: object) -> Iterator[tuple[Any, Proof]]:
        """Yield the proofs that are asked for, of measurements and displays nothing."""
        self.ran.append([each.name for each in work])
        for each in work:
            if isinstance(each, ProofRequest):
                seconds = 5.0 if "range" in each.snippets[0].source else 0.1
                (verdict,) = verdicts_of((each.program,))
                yield each, Proof((replace(verdict, seconds=seconds),))

    def close(self) -> None:
        """Nothing was started."""


def test_what_took_longest_when_it_was_proved_is_displayed_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prover = ProverOfLongSums()
    monkeypatch.setattr(PlanRunner, "_started", lambda _: prover)
    file = GuideFile(tmp_path / "sums.md", "sums.md", tmp_path / "sums.lock")
    plan = plan_build(TEXT, "sums.md", None, frozenset({HERE}))
    with PlanRunner(CommandContext(home=str(tmp_path), environment={}), quiet=True) as runner:
        runner.run_without_gaps([(file, plan)])
    proved, displayed = prover.ran[0], prover.ran[-1]
    assert proved == ["what-is-one-and-one", "what-is-a-long-sum"]
    assert displayed == ["what-is-a-long-sum", "what-is-one-and-one"]
