"""The lines of a lock that say what was seen when code ran: proofs, measurements, displayed code."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, NewType, TypeAlias

from cards.exercise.gap import Gap, GapKind
from cards.exercise.measurement import Aspect, MeasureKey, PrintedStatement, SnippetMeasurement, Trait
from cards.exercise.worth_asking import GapWords
from cards.program.confinement import Confinement
from cards.program.displayed_code import DisplayedVerdict, DisplayKey
from cards.program.proof_key import ProofKey
from cards.program.qualifier import parse_qualifier
from cards.program.runtime import Runtime
from cards.program.snippet import SnippetName
from cards.program.verdict import LineOrigin, Outcome, Verdict

Finding: TypeAlias = Verdict | SnippetMeasurement | DisplayedVerdict
"""What was seen when code ran, as a lock remembers it."""

FindingDigest = NewType("FindingDigest", str)
"""A digest of what a finding says, whoever made it and when."""

_COUNTED_WITHIN = "within the snippet"
"""Says that a proof's lines are counted so; those of old locks are lines of the guide as it was."""

_OF_THE_RUN = frozenset({"proof", "displayed", "measured", "line in", "on", "seconds", "confinement"})
"""What two runs of the same code may differ in, and names that only say where the code stands."""


def finding_digest(finding: Finding) -> FindingDigest:
    """Return a digest of what a finding says; two runs of the same code that end alike have the same."""
    match finding:
        case Verdict():
            record = proof_record(finding)
        case SnippetMeasurement():
            record = measured_record(finding)
        case DisplayedVerdict():
            # Its key knows the code and the versions.
            record = {"display key": finding.key, "fault": finding.fault}
    said = {name: value for name, value in record.items() if name not in _OF_THE_RUN}
    return FindingDigest(sha256(json.dumps(said).encode()).hexdigest()[:16])


def proof_record(verdict: Verdict) -> dict[str, Any]:
    """Return the fields of a proof's line; its lines are counted within the snippet, which may move."""
    verdict = verdict.from_snippet
    line = {
        "proof": verdict.snippet,
        "key": verdict.key,
        "outcome": verdict.outcome.value,
        **_runtime_record(verdict.runtime),
        "on": verdict.proved_on,
        "seconds": round(float(verdict.seconds), 2),
        "confinement": verdict.confinement.value,
    }
    said = {
        "sentence": verdict.sentence,
        "advice": verdict.advice,
        "line": verdict.line,
        "output": verdict.output,
        "correction": verdict.correction,
        "notes": [str(each) for each in verdict.qualifiers],
        "counted": _COUNTED_WITHIN if verdict.origin and verdict.names_a_line else "",
        "line in": _other_snippet_of_line(verdict),
    }
    return line | _packages_record(verdict.runtime) | {name: value for name, value in said.items() if value}


def _other_snippet_of_line(verdict: Verdict) -> str:
    """Return the snippet that the failed line stands in; empty where it is the own, or unknown."""
    there = verdict.origin.failed_in if verdict.origin and verdict.line else verdict.snippet
    return "" if there == verdict.snippet else there


def _parse_origin(value: dict[str, Any]) -> LineOrigin | None:
    """Return where a proof's lines are counted from; None for a line of an old lock."""
    if value.get("counted") != _COUNTED_WITHIN:
        return None
    return LineOrigin(1, 1, SnippetName(str(value.get("line in", value["proof"]))))


def measured_record(measured: SnippetMeasurement) -> dict[str, Any]:
    """Return the fields of a measurement's line."""
    said = {
        "printed": measured.printed,
        "gaps": [[gap.sort.value, gap.line, gap.start, gap.text] for gap in measured.gaps],
        "traits": [[trait.name, trait.aspect.value, trait.line, trait.text] for trait in measured.traits],
        "prints": [[each.line, each.text] for each in measured.prints],
        "given": dict(measured.given),
        "lacks gaps": measured.lacks_gaps,
    }
    line: dict[str, Any] = {"measured": measured.snippet, "key": measured.key}
    if measured.words is not None:
        line["words"] = _words_record(measured.words)
    return line | {name: value for name, value in said.items() if value}


def _words_record(words: GapWords) -> dict[str, Any]:
    said = {
        "named": list(words.named),
        "asked": list(words.asked),
        "predicted": words.is_predicted,
        "unasked": words.is_unasked,
    }
    return {name: value for name, value in said.items() if value}


def parse_measured(value: dict[str, Any]) -> SnippetMeasurement:
    """Return the measurement of a line."""
    return SnippetMeasurement(
        SnippetName(str(value["measured"])),
        MeasureKey(str(value["key"])),
        str(value.get("printed", "")),
        tuple(
            Gap(GapKind(sort), int(line), int(start), int(start) + len(text), str(text))
            for sort, line, start, text in value.get("gaps", ())
        ),
        tuple(
            Trait(str(name), Aspect(aspect), int(line), str(text))
            for name, aspect, line, text in value.get("traits", ())
        ),
        tuple(PrintedStatement(int(line), str(text)) for line, text in value.get("prints", ())),
        tuple((str(name), str(words)) for name, words in value.get("given", {}).items()),
        words=_parse_words(value["words"]) if "words" in value else None,
        lacks_gaps=bool(value.get("lacks gaps")),
    )


def _parse_words(value: dict[str, Any]) -> GapWords:
    named, asked = (tuple(map(str, value.get(name, ()))) for name in ("named", "asked"))
    return GapWords(named, asked, bool(value.get("predicted")), bool(value.get("unasked")))


def displayed_record(verdict: DisplayedVerdict) -> dict[str, Any]:
    """Return the fields of the line of a card's displayed code under a runtime."""
    line = {"displayed": verdict.card, "key": verdict.key}
    if verdict.runtime is not None:
        line |= _runtime_record(verdict.runtime) | _packages_record(verdict.runtime)
    return line | ({"fault": verdict.fault} if verdict.fault else {})


def parse_displayed(value: dict[str, Any]) -> DisplayedVerdict:
    """Return what a line says of displayed code; of a lock of format 1, without the runtime."""
    return DisplayedVerdict(
        str(value["displayed"]),
        DisplayKey(str(value["key"])),
        str(value.get("fault", "")),
        runtime=_parse_runtime(value) if "python" in value else None,
    )


def _runtime_record(runtime: Runtime) -> dict[str, Any]:
    return {"python": runtime.python, "tensorflow": runtime.tensorflow, "keras": runtime.keras}


def _packages_record(runtime: Runtime) -> dict[str, Any]:
    return {"packages": dict(runtime.packages)} if runtime.packages else {}


def _parse_runtime(value: dict[str, Any]) -> Runtime:
    return Runtime(
        str(value["python"]),
        str(value["tensorflow"]),
        str(value["keras"]),
        tuple((str(name), str(version)) for name, version in value.get("packages", {}).items()),
    )


def parse_proof(value: dict[str, Any]) -> Verdict:
    """Return the proof of a line."""
    return Verdict(
        snippet=SnippetName(str(value["proof"])),
        key=ProofKey(str(value["key"])),
        outcome=Outcome(value["outcome"]),
        runtime=_parse_runtime(value),
        sentence=str(value.get("sentence", "")),
        advice=str(value.get("advice", "")),
        line=int(value.get("line", 0)),
        output=str(value.get("output", "")),
        correction=str(value.get("correction", "")),
        seconds=float(value["seconds"]),
        proved_on=str(value["on"]),
        confinement=Confinement(value["confinement"]),
        qualifiers=tuple(parse_qualifier(str(each)) for each in value.get("notes", ())),
        origin=_parse_origin(value),
    )
