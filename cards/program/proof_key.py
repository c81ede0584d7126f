"""Digests of all that an outcome depends on: equal keys need no second run."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.runtime import Runtime


ENGINE_VERSION = 1
"""Counts the ways in which code was ever run; proofs of another count are made again."""


ProofKey = NewType("ProofKey", str)
"""A digest of everything that can change what a snippet does; equal keys need no second run."""


def proof_key(program: Program, position: int, runtime: Runtime) -> ProofKey:
    """Digest all that the snippet at `position` depends on: code before it, set-up, directives, versions."""
    return ProofKey(program_digest(program, position, asdict(runtime), ENGINE_VERSION)[:24])


def program_digest(program: Program, position: int, *versions: object) -> str:
    """Digest the program up to the snippet at `position`, with what else its outcome depends on."""
    facts = [
        [[s.source, s.role, asdict(s.directives), s.stated] for s in program.snippets[: position + 1]],
        program.files,
        *versions,
    ]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
