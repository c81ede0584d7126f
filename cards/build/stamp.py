"""What a card says of the proofs of its code: the versions that it holds on, or since when it fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cards.card.proof_stamp import Stamp
from cards.program.release import minor, release
from cards.program.runtime import package_words
from cards.program.tried_versions import TriedVersions
from cards.program.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cards.program.verdict import Verdict


def proof_stamp(counting: Verdict, proofs: Sequence[Sequence[Verdict]]) -> Stamp:
    """Return the stamp of a card whose code holds, given the proofs of each snippet, its own last.

    It is taken from the newest TensorFlow that it holds on, so that it is the same for everybody who has
    these proofs, whatever runs here; the first date of several counts. `counting` is the proof that let the
    card out.
    """
    if not counting.runtime.tensorflow:
        return _plain_stamp(counting, proofs[-1])
    tried = TriedVersions.of(proofs)
    newest = tried.newest_holding
    own = [one for one in proofs[-1] if one.outcome.holds and one.runtime.tensorflow == newest] or [counting]
    runtime = max((one.runtime for one in own), key=lambda each: release(each.keras))
    proved_on = min(one.proved_on for one in own if one.runtime.keras == runtime.keras)
    since = tried.same_since(newest)
    return Stamp(
        runtime.tensorflow,
        runtime.keras,
        proved_on,
        since if minor(since) != minor(runtime.tensorflow) else "",
    )


def _plain_stamp(counting: Verdict, own: Sequence[Verdict]) -> Stamp:
    """Return the stamp of code without TensorFlow: that of the newest packages that it holds on.

    It names no version of Python: the same card comes of proofs under several.
    """
    holding = [one for one in own if one.outcome.holds] or [counting]
    newest = max(holding, key=lambda one: replace(one.runtime, python="").order).runtime.packages
    proved_on = min(one.proved_on for one in holding if one.runtime.packages == newest)
    return Stamp("", "", proved_on, ran_with=" · ".join(("Python", *package_words(newest))))


_FAILURE_WORDS = {Outcome.OUTPUT_MISMATCH: "does not hold", Outcome.STALE_API: "no longer runs"}


def failure_note(verdict: Verdict, proofs: Sequence[Verdict] = ()) -> str:
    """Return the failure that a card states whose code does not hold; empty for code that was never run.

    Where the snippet's proofs tell that an older TensorFlow ran it, it says since when.
    """
    if verdict.outcome is Outcome.NOT_RUN:
        return ""
    what = _FAILURE_WORDS.get(verdict.outcome, "did not run")
    version, tried = verdict.runtime.tensorflow, TriedVersions.of([proofs])
    when = f"on TensorFlow {version}" if version else f"on {verdict.runtime.words}"
    if tried.held_before(version):
        when = f"since TensorFlow {minor(tried.same_since(version))}"
    return f"{what} {when}: {verdict.error}" if verdict.error else f"{what} {when}"
