"""Snippets for VS Code and its kin: what may be written in a guide, offered while it is typed."""

from __future__ import annotations

import json
from typing import NamedTuple

SNIPPETS_NAME = "proofdeck.code-snippets"


class Offer(NamedTuple):
    """What an editor offers for a directive."""

    body: str
    """With places to fill in: `${1:60}`."""
    words: str
    """What it means."""


# `${1|a,b|}` is a choice, `${1:60}` a place with a value to begin with, `$1` an empty one.
DIRECTIVE_OFFERS = {
    "fixture": Offer("fixture=${1:name}", "Run the named hidden blocks first."),
    "file": Offer(
        "file=${1:data/x.txt}:${2:name}", "Write the named hidden block's text to that file first."
    ),
    "raises": Offer("raises=${1:ValueError}", "The block must end in an exception of just this class."),
    "syntax-error": Offer("syntax-error", "The block must not parse."),
    "no-output": Offer("no-output", "What it prints is neither compared nor shown."),
    "tolerance": Offer("tolerance=${1:0.01}", "The numbers of its output may differ by so much."),
    "timeout": Offer("timeout=${1:60}", "Seconds it may take."),
    "shrink": Offer("shrink=${1:epochs}:${2:2}", "Run with another value for a keyword, and say so."),
    "keras": Offer("keras=${1|2,3|}", "Run under this flavour of Keras."),
    "env": Offer("env=${1:NAME}:${2:value}", "Set an environment variable."),
    "seed": Offer("seed=${1:7}", "The seed of the random generators."),
    "requires": Offer(
        "requires=${1|package:,network,service,tpu,gpu,processes|}", "What must be there, else it is not run."
    ),
    "loopback": Offer("loopback", "It may open connections to 127.0.0.1."),
    "continues": Offer("continues", "Runs after the code of the question before it, with its names."),
    "no-run": Offer('no-run="${1:why}"', "Not run; still parsed, and its names checked."),
    "skip": Offer('skip="${1:why}"', "Left alone entirely."),
    "check": Offer("check", "A hidden block: code that must hold, which no card shows."),
    "define": Offer("define=${1:name}", "A hidden block: a fixture of this name."),
    "stand-in": Offer("stand-in=${1:name}", "A hidden block: code in place of something the guide lacks."),
    "id": Offer("id=${1:name}", "Pins the identity of the question above, whatever its words become."),
    "without": Offer("without=${1|predict,why,trait,complete|}", "Kinds of cards that are not made from it."),
    "context": Offer("context", "A block that stands on the cards of its question and is not asked."),
    "outline": Offer("outline", "The list below is the outline of its question's answer."),
    "task": Offer("task", "The reference answer of a coding task."),
    "core": Offer("core", "What it says matters more than the rest."),
    "extra": Offer("extra", "What it says matters less than the rest."),
    "no-reverse": Offer("no-reverse", "A table or list of terms is not asked back."),
}

_FRONT_MATTER = """\
---
title: ${1:My guide}
lang: ${2:en}
deck: ${3:My guide}
tags: [${4:tag}]
requires: [${5:numpy>=2}]
python: "${6:3.12}"
---

$0"""

_QUESTION = "### ${1:What is it?}\n\n${2:A **thing** is what it is named.}\n$0"
_PROVED = "```python\n${1:print(1 + 1)}\n```\n\n```output\n${2:2}\n```\n$0"
_HIDDEN = "<!-- proofdeck: ${1|check,define=name,stand-in=name|}\n${2:assert True}\n-->\n$0"


def editor_snippets() -> str:
    """Return the file of snippets: whole pieces of a guide, and every directive in a comment of its own."""
    pieces = {
        "front matter": ("proofdeck-front-matter", _FRONT_MATTER, "What holds for the whole guide."),
        "question": ("proofdeck-question", _QUESTION, "A question with its answer."),
        "proved code": ("proofdeck-code", _PROVED, "Code that is run, and what it prints."),
        "hidden block": ("proofdeck-hidden", _HIDDEN, "Code that is run and that readers do not see."),
    }
    for name, offer in DIRECTIVE_OFFERS.items():
        pieces[name] = (f"proofdeck-{name}", f"<!-- proofdeck: {offer.body} -->", offer.words)
    content = {
        f"proofdeck: {name}": {
            "scope": "markdown",
            "prefix": prefix,
            "body": body.split("\n"),
            "description": words,
        }
        for name, (prefix, body, words) in pieces.items()
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
