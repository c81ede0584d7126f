"""Digests of all that an outcome depends on: equal keys need no second run."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NewType

from cards.program.written_fields import written_fields

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.runtime import Runtime
    from cards.program.snippet import Snippet


ENGINE_VERSION = 2
"""Counts the ways in which code was ever run; proofs of another count are made again."""


ProofKey = NewType("ProofKey", str)
"""A digest of everything that can change what a snippet does; equal keys need no second run."""

_SNIPPET_FIELDS_WITHOUT_EFFECT = frozenset({"name", "span", "without"})
_PROGRAM_FIELDS_WITHOUT_EFFECT = frozenset({"name", "snippets", "answer", "handed", "requires", "python"})
"""The snippets are digested one by one, and what is there when they run is part of the runtime; the others
are set for a learner's answer only."""


@lru_cache(maxsize=8192)
def proof_key(program: Program, position: int, runtime: Runtime) -> ProofKey:
    """Digest all that the snippet at `position` depends on: code before it, set-up, directives, versions."""
    return ProofKey(_digest_with(program, position, _written_runtime(runtime))[:24])


@lru_cache(maxsize=256)
def _written_runtime(runtime: Runtime) -> str:
    return json.dumps((runtime_fields(runtime), ENGINE_VERSION), sort_keys=True)


def program_digest(program: Program, position: int, *versions: object) -> str:
    """Digest the program up to the snippet at `position`, with what else its outcome depends on.

    That is one value or more. The program itself is digested once for any number of runtimes.
    """
    return _digest_with(program, position, json.dumps(versions, sort_keys=True))


def _digest_with(program: Program, position: int, versions: str) -> str:
    whole = _begun_digest(program, position).copy()
    whole.update(f", {versions[1:]}".encode())
    return whole.hexdigest()


@lru_cache(maxsize=8192)
def _begun_digest(program: Program, position: int) -> hashlib._Hash:
    """Return the digest up to the versions, which come last."""
    return hashlib.sha256(program_facts(program, position)[:-1].encode())


@lru_cache(maxsize=256)
def runtime_fields(runtime: Runtime) -> dict[str, Any]:
    """Return what a digest takes of a runtime."""
    return written_fields(runtime)


def program_facts(program: Program, position: int, *versions: object) -> str:
    """Return the text to digest: the program's fields without those at their defaults, as ASCII JSON."""
    snippets = ", ".join(map(_snippet_facts, program.snippets[: position + 1]))
    rest = [written_fields(program, _PROGRAM_FIELDS_WITHOUT_EFFECT), *versions]
    return f"[[{snippets}], {json.dumps(rest, sort_keys=True)[1:]}"


@lru_cache(maxsize=4096)  # it stands in the facts of every snippet behind it
def _snippet_facts(snippet: Snippet) -> str:
    return json.dumps(written_fields(snippet, _SNIPPET_FIELDS_WITHOUT_EFFECT), sort_keys=True)
