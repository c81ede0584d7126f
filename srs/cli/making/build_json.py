"""The report of a build, as JSON has it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from srs.cli.build.guide_file import display_path
from srs.cli.output.program_name import with_file
from srs.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cards.build.built_card import FailingCard
    from cards.card.card import CardId
    from cards.program.program import Program
    from cards.program.snippet import SnippetName
    from cards.program.verdict import Verdict
    from exporters.anki.anki_export import ExportReport
    from srs.cli.build.guide_file import GuideFile
    from srs.cli.context import CommandContext
    from srs.cli.making.guide_build import GuideBuild
    from srs.store.sync import SyncedDeck


def build_json(
    file: GuideFile,
    guide_build: GuideBuild,
    exported: ExportReport,
    synced: SyncedDeck | None,
    context: CommandContext,
) -> dict[str, Any]:
    """Return the report of a build that is saved, as `--json` has it."""
    from srs.cli.trust.run_memory import RunMemory
    from srs.cli.trust.trusted import trusted

    result, cards = guide_build.result, guide_build.result.deck.cards
    from srs.cli.guard.change_record import changes_record, relink_command, store_record, words_record

    # What another machine retired is retired in this store just now, and what this store never had is not.
    in_store = synced.cards["retired"] if synced else ()
    retired = tuple(dict.fromkeys((*result.changes.retired, *in_store)))
    report = {
        "guide": file.shown,
        "title": result.deck.title,
        "guide_id": result.deck.id,
        "questions": guide_build.questions,
        "cards": len(cards),
        "cards_by_kind": {kind.value: count for kind, count in Counter(card.kind for card in cards).items()},
        "proofs": _proofs_json(guide_build)
        | {"on_trust": trusted(result.findings, RunMemory(context.home)).phrase},
        "failures": [asdict(block) for block in guide_build.failing],
        "held_back": [_held_json(held) for held in result.held],
        "kept_out": [
            {"card": one.draft.key, "at": str(one.draft.span), "sentence": one.sentence}
            for one in result.kept_out
        ],
        "marked": [_held_json(failing) for failing in result.shown_failing],
        "changes": changes_record(result.changes, synced),
        **words_record(result.changes, relink_command(file.shown)),
        "anki_search_for_retired": anki_search(retired),
        "store_changes": store_record(result.changes, synced),
        "deck": {"path": str(exported.path), "name": exported.deck_name, "bytes": exported.size_bytes},
        "store": display_path(context.store_path) if file.piped is None else "",
        "lock": display_path(file.lock_path) if file.piped is None else "",
    }
    if others := result.other_runtimes:
        report["also_proved_on"] = [runtime.words for runtime in others]
    if result.awaited.kinds:
        report["without_gaps"] = len(result.awaited.kinds)
    if guide_build.mendings:
        report["lock_mended"] = list(guide_build.mendings)
    if guide_build.warnings:
        report["warnings"] = [str(warning) for warning in guide_build.warnings]
    if told := [*guide_build.identity, *_moves_in_words(file, guide_build)]:
        report["identity"] = told
    if guide_build.came_from or guide_build.gone_to:
        report["moved"] = {"here": dict(guide_build.came_from), "away": dict(guide_build.gone_to)}
    if guide_build.recovered_lock is not None:
        known = {card.id for card in guide_build.recovered_lock.cards}
        report["known_from_the_store"] = sum(card.id in known for card in cards)
    return report


def _moves_in_words(file: GuideFile, guide_build: GuideBuild) -> Iterator[str]:
    """Yield a sentence for each guide from which cards came, or to which they went."""
    for deck, number in Counter(guide_build.came_from.values()).items():
        yield (
            f"{count(number, 'card')} came from “{deck}” with identity and history, known by their words. "
            f"If one is another card: `proofdeck {with_file('relink --undo CARD --guide', file.shown)}`."
        )
    for deck, number in Counter(guide_build.gone_to.values()).items():
        yield f"{count(number, 'card')} went to “{deck}”, with identity and history."


def _proofs_json(guide_build: GuideBuild) -> dict[str, Any]:
    from cards.check.failing_block import excused_blocks, misread_blocks
    from cards.program.runtime import all_in_words
    from cards.span import place_of
    from srs.cli.report.version_words import version_lines

    known = guide_build.result.verdicts
    names = [snippet.name for program in guide_build.programs for snippet in program.shown]
    verdicts = [known[name] for name in names if name in known]
    outcomes = Counter(verdict.outcome.value for verdict in verdicts)
    ran = sum(len(_ran_names(program, known)) for program in guide_build.ran)
    misread = misread_blocks(guide_build.programs)
    excused = excused_blocks(guide_build.programs, known)
    runtimes = [
        [known[name].runtime for name in _ran_names(program, known)] for program in guide_build.programs
    ]
    return {
        "blocks": len(names),
        "holding": sum(verdict.outcome.holds for verdict in verdicts),
        "not_proved": len(names) - len(verdicts),
        "excused": len(excused),
        "excused_blocks": [
            {"at": place_of(block.path, block.line), "why": block.reason} for block in excused
        ],
        **({"misread": misread} if misread else {}),
        "outcomes": dict(outcomes),
        "ran_now": ran if verdicts else 0,
        "versions": all_in_words(verdict.runtime for verdict in verdicts),
        "version_lines": version_lines(runtimes),
    }


def _ran_names(program: Program, known: Mapping[SnippetName, Verdict]) -> list[SnippetName]:
    """Return the shown blocks of a program that ran, as far as something is known of them."""
    from cards.program.verdict import Outcome

    names = [snippet.name for snippet in program.shown]
    return [name for name in names if name in known and known[name].outcome is not Outcome.NOT_RUN]


def _held_json(held: FailingCard) -> dict[str, Any]:
    return {
        "card": held.key,
        "id": held.id,
        "at": str(held.span),
        "by": held.failing_snippet,
        "outcome": held.verdict.outcome.value if held.verdict else "not proved",
        "sentence": held.verdict.sentence if held.verdict else "",
        "line": held.verdict.line if held.verdict else 0,
        "excused": held.excused,
    }


def anki_search(retired: tuple[CardId, ...]) -> str:
    """Return the search that finds exactly these notes in Anki: the field Key holds a card's identity."""
    return " OR ".join(f'"Key:{identity}"' for identity in retired)
