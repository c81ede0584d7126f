"""Which indentation a person chose for doubtful blocks, stored by a digest of each block's text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from cards.errors import ProofdeckError
from cards.recover.code.code_block import BlockDigest

Decisions: TypeAlias = Mapping[BlockDigest, tuple[int, ...]]
"""Block -> the level of each of its lines."""

NO_DECISIONS: Decisions = MappingProxyType({})
_FORMAT = 1


def parse_decisions(text: str, path: str) -> Decisions:
    """Return the decisions that a sidecar holds; raise ProofdeckError where it is none."""
    try:
        content = json.loads(text)
        if content["format"] != _FORMAT:
            raise ProofdeckError(f"{path}: written by a newer proofdeck; update it.")
        return {
            BlockDigest(str(mark)): tuple(int(level) for level in levels.split())
            for mark, levels in content["levels"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ProofdeckError(f"{path}: no decisions of `proofdeck recover`; move it away.") from None


def render_decisions(decisions: Decisions) -> str:
    """Return the sidecar's text: one line a block, in an order that no edit disturbs."""
    levels = {mark: " ".join(map(str, decisions[mark])) for mark in sorted(decisions)}
    return json.dumps({"format": _FORMAT, "levels": levels}, indent=1) + "\n"
