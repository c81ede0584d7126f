"""Which snippets of a program are not run here, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cards.program.requirement import parse_package_requirement
from cards.program.snippet import KerasFlavour
from cards.program.verdict import Outcome
from cards.prove.decide.classify import Diagnosis
from cards.python.distribution import distribution_of
from cards.python.syntax import tree_of

if TYPE_CHECKING:
    from cards.program.program import Program
    from cards.program.requirement import PackageRequirement
    from cards.program.snippet import Snippet
    from cards.prove.client.run_request import ProverContext


def reasons_not_run(program: Program, context: ProverContext) -> dict[int, Diagnosis]:
    """Return the positions of the snippets that are not run here, each with the reason."""
    return {
        position: reason
        for position, snippet in enumerate(program.snippets)
        if (reason := reason_not_run(snippet, context)) is not None
    }


def reason_not_run(snippet: Snippet, context: ProverContext) -> Diagnosis | None:
    """Return why a snippet is not run here; None for one that is."""
    directives = snippet.directives
    if directives.skip:
        return Diagnosis(Outcome.NOT_RUN, f"Left alone: {directives.skip}")
    if directives.no_run:
        tree = tree_of(snippet.source)
        if tree is None and not directives.syntax_error:
            sentence = f"Not run ({directives.no_run}), and it does not parse either."
            return Diagnosis(Outcome.SYNTAX_ERROR, sentence)
        return Diagnosis(Outcome.NOT_RUN, f"Not run: {directives.no_run}")
    for required in directives.requires:
        if package := parse_package_requirement(required):
            installed = context.packages.get(package.name, "")
            if not package.is_met_by(installed):
                return _missing_package(package, installed)
        if required in {"network", "service", "tpu"} or (required == "gpu" and not context.has_gpu):
            return Diagnosis(Outcome.NEEDS, f"Needs {_REQUIREMENT_WORDS[required]}, so it was not run.")
    if directives.loopback and not context.private_network:
        return Diagnosis(
            Outcome.NEEDS, "Needs a private 127.0.0.1, which this machine does not allow, so it was not run."
        )
    if directives.keras is KerasFlavour.KERAS_2 and not context.keras_2:
        advice = "Install the package tf-keras, then prove again."
        return Diagnosis(Outcome.NEEDS, "Needs Keras 2.", advice)
    return None


def _missing_package(package: PackageRequirement, installed: str) -> Diagnosis:
    name = package.name if "." in package.name else distribution_of(package.name)
    if installed:
        sentence = f"Needs {name}{package.versions}, and {installed} is installed."
        return Diagnosis(
            Outcome.NEEDS, sentence, "Install another version where the code runs, then prove again."
        )
    advice = "Install it where the code runs, then prove again."
    return Diagnosis(Outcome.NEEDS, f"Needs the package {name}{package.versions}.", advice)


_REQUIREMENT_WORDS = {
    "network": "the network, which code has none of here",
    "service": "a service that runs elsewhere",
    "tpu": "a TPU",
    "gpu": "a GPU",
}
