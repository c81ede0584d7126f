"""Digests of all that an outcome depends on: equal keys need no second run."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NewType

from cards.program.written_fields import written_fields

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.runtime import Runtime


ENGINE_VERSION = 2
"""Counts the ways in which code was ever run; proofs of another count are made again."""


ProofKey = NewType("ProofKey", str)
"""A digest of everything that can change what a snippet does; equal keys need no second run."""

_SNIPPET_FIELDS_WITHOUT_EFFECT = frozenset({"name", "span", "without"})
_PROGRAM_FIELDS_WITHOUT_EFFECT = frozenset({"name", "snippets", "answer", "handed"})
"""The snippets are digested one by one; the others are set for a learner's answer only."""


def proof_key(program: Program, position: int, runtime: Runtime) -> ProofKey:
    """Digest all that the snippet at `position` depends on: code before it, set-up, directives, versions."""
    return KeyMaker(program, position).proof_key(runtime)


class KeyMaker:
    """Makes the keys of one snippet; the program is digested once for any number of runtimes."""

    def __init__(self, program: Program, position: int) -> None:
        # The text to digest up to the versions, which come last.
        self._facts = hashlib.sha256(program_facts(program, position)[:-1].encode())

    def proof_key(self, runtime: Runtime) -> ProofKey:
        """Return the key of the snippet's proof under a runtime."""
        return ProofKey(self.digest(written_fields(runtime), ENGINE_VERSION)[:24])

    def digest(self, *versions: object) -> str:
        """Digest the program with what else its outcome depends on."""
        whole = self._facts.copy()
        whole.update(f", {json.dumps(versions, sort_keys=True)[1:]}".encode())
        return whole.hexdigest()


def program_digest(program: Program, position: int, *versions: object) -> str:
    """Digest the program up to the snippet at `position`, with what else its outcome depends on."""
    return KeyMaker(program, position).digest(*versions)


def program_facts(program: Program, position: int, *versions: object) -> str:
    """Return the text to digest: the program's fields without those at their defaults, as ASCII JSON."""
    snippets = program.snippets[: position + 1]
    facts = [
        [written_fields(snippet, _SNIPPET_FIELDS_WITHOUT_EFFECT) for snippet in snippets],
        written_fields(program, _PROGRAM_FIELDS_WITHOUT_EFFECT),
        *versions,
    ]
    return json.dumps(facts, sort_keys=True)
