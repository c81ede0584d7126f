"""Verdicts on snippets, and the runtimes that they are of."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from cards.program.confinement import Confinement
from cards.program.proof_key import ProofKey, proof_key
from cards.program.qualifier import parse_qualifier
from cards.program.runtime import Runtime
from cards.program.snippet import SnippetName
from cards.program.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy

    from cards.program.program import Program

HERE = Runtime("3.11", "2.21.0", "3.15.0")
ELSEWHERE = Runtime("3.12", "2.22.0", "3.16.0")


def verdict(name: str, outcome: Outcome = Outcome.PASSED, **fields: Any) -> Verdict:  # noqa: ANN401 - any field
    """Return a verdict on a snippet that counts for nothing but itself."""
    values: dict[str, Any] = {"key": ProofKey("k"), "runtime": HERE, "proved_on": "2026-01-02"}
    return Verdict(snippet=SnippetName(name), outcome=outcome, **(values | fields))


def verdicts_of(
    programs: tuple[Program, ...],
    runtime: Runtime = HERE,
    on: str = "2026-01-02",
    outcomes: Mapping[str, Outcome] = MappingProxyType({}),
    outputs: Mapping[str, str] = MappingProxyType({}),
) -> list[Verdict]:
    """Return what a run of the programs ends in: all pass but those in `outcomes`, and print `outputs`."""
    return [
        Verdict(
            snippet=snippet.name,
            key=proof_key(program, position, runtime),
            outcome=outcomes.get(snippet.name, Outcome.PASSED),
            runtime=runtime,
            output=outputs.get(snippet.name, ""),
            proved_on=on,
        )
        for program in programs
        for position, snippet in enumerate(program.snippets)
    ]


def verdicts(texts: SearchStrategy[str]) -> SearchStrategy[Verdict]:
    """Draw verdicts as a lock can hold them."""
    packages = st.dictionaries(texts, texts, max_size=2).map(lambda versions: tuple(versions.items()))
    return st.builds(
        Verdict,
        snippet=texts.map(SnippetName),
        key=texts.map(ProofKey),
        outcome=st.sampled_from(Outcome),
        runtime=st.builds(Runtime, texts, texts, texts, packages),
        sentence=texts,
        line=st.integers(0, 9999),
        output=texts,
        correction=texts,
        seconds=st.integers(0, 10**6).map(lambda hundredths: hundredths / 100),
        proved_on=texts,
        confinement=st.sampled_from(Confinement),
        qualifiers=st.lists(texts.map(parse_qualifier), max_size=3).map(tuple),
    )
