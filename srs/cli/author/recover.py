"""`proofdeck recover`: a page that was copied becomes a guide."""

from __future__ import annotations

import json
import sys
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cards.errors import FormatError, ProofdeckError
from cards.files import read_file
from cards.guide.reading.parse import decode_guide
from srs.cli.volume import only_reports

if TYPE_CHECKING:
    from cards.recover.decision import Decisions
    from cards.recover.recovery import Recovery


@only_reports(lambda given: given["output"] is not None)
@click.command
@click.argument("file", required=False, metavar="[FILE|-]", type=click.Path(allow_dash=True))
@click.option(
    "-o", "--output", metavar="GUIDE", type=click.Path(dir_okay=False), help="Where the guide goes."
)
@click.option("--force", is_flag=True, help="Overwrite the guide that is there.")
@click.option("--report", is_flag=True, help="List all that was dropped, mended and stood in for.")
@click.option("--ask", is_flag=True, help="Show each doubtful block and let a key decide.")
@click.option(
    "--review", is_flag=True, help="Show the doubtful blocks of FILE, a guide that was recovered before."
)
@click.option(
    "--as-page", is_flag=True, help="Take FILE for a page that was copied, even if it is Markdown already."
)
@click.option("--snippets", is_flag=True, help="Read a JSON list of flat snippets, write them indented.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    file: str | None,
    output: str | None,
    *,
    force: bool,
    report: bool,
    ask: bool,
    review: bool,
    as_page: bool,
    snippets: bool,
    as_json: bool,
) -> None:
    """Turn a page that was copied into a guide: pasted text, a saved HTML page, or a notebook.

    Of a page it finds questions, tables, lists and code, gives flattened Python its indentation again, puts
    stand-ins where code uses names that nobody defines, and leaves out what belongs to the site. No word is
    changed; what is left out is listed. Without -o the guide goes to standard output.

    What is Markdown already stays as it is, byte for byte, but for what is certain: a blank that a heading
    lacks, the end of a fence, and stand-ins for names without which code cannot run.
    """
    from cards.recover.recovery import recover_guide
    from srs.cli.recover.recover_report import print_recovery, recovery_json

    if snippets:
        _restore_snippets(file)
        return
    if file is None:
        raise click.UsageError("Name a file, or - for standard input.", ctx)
    if (ask or review) and file == "-":
        raise click.UsageError("--ask and --review read keys: name a file instead of -.", ctx)
    if review:
        _review(Path(file))
        return
    target = Path(output) if output else None
    if target is not None and target.exists() and not force:
        raise ProofdeckError(f"{output}: exists already; name another file with -o, or add --force.")
    raw = _read_bytes(file)
    text = _text_of(raw, file)
    sidecar = _decisions_path(target or Path(file)) if target or file != "-" else None
    decisions = _read_decisions(sidecar)
    result = recover_guide(text, "pasted.md" if file == "-" else file, decisions, as_page=as_page)
    if ask and sidecar is not None:
        result = _ask_and_recover(result, text, file, decisions, sidecar)
    # What is Markdown already keeps every byte.
    mark = "\ufeff" if result.because and raw.startswith(BOM_UTF8) else ""
    if target is None:
        click.echo(mark + result.text, nl=False)
    else:
        _write(target, mark + result.text)
    if as_json:
        click.echo(
            json.dumps(recovery_json(result, shown=output), indent=2, ensure_ascii=False), err=target is None
        )
    else:
        print_recovery(result, file, output, everything=report, to_stderr=target is None)


def _read_page(file: str) -> str:
    return _text_of(_read_bytes(file), file)


def _text_of(raw: bytes, file: str) -> str:
    """Return the text of a page; raise FormatError where it is of a format that no page has."""
    from cards.document.document_format import DocumentFormat, format_of
    from cards.document.format_advice import refusal_as_page
    from cards.notebook.notebook_text import notebook_text

    form = format_of(raw, "" if file == "-" else file)
    if (sentence := refusal_as_page(form, "stdin" if file == "-" else file)) is not None:
        raise FormatError(sentence)
    try:
        text = decode_guide(raw, file)
    except ProofdeckError:
        if b"\0" in raw:
            raise
        return raw.decode("cp1252", "replace")  # what old pages are saved in
    return notebook_text(text, file).text if form is DocumentFormat.NOTEBOOK else text


def _read_bytes(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else read_file(Path(file))
    except FileNotFoundError:
        raise ProofdeckError(f"{file}: no such file; name the page that you saved or copied.") from None
    except OSError as error:
        raise ProofdeckError(f"{file}: cannot be read ({error.strerror}).") from None


def _write(path: Path, text: str) -> None:
    from cards.files import write_atomically

    try:
        write_atomically(path, text.encode("utf-8", "replace"))
    except OSError as error:
        raise ProofdeckError(f"{path}: cannot be written ({error.strerror}).") from None


def _decisions_path(guide: Path) -> Path:
    return guide.with_suffix(".decisions")


def _read_decisions(sidecar: Path | None) -> Decisions:
    from cards.recover.decision import NO_DECISIONS, parse_decisions

    if sidecar is None or not sidecar.exists():
        return NO_DECISIONS
    return parse_decisions(sidecar.read_text("utf-8", "replace"), str(sidecar))


def _ask_and_recover(result: Recovery, text: str, file: str, decisions: Decisions, sidecar: Path) -> Recovery:
    """Ask a person to decide doubtful blocks, save the decisions, and recover the guide with them."""
    from cards.recover.code.code_block import IndentationDoubt
    from cards.recover.decision import render_decisions
    from cards.recover.recovery import recover_guide
    from srs.cli.recover.block_choice import ask_choices

    doubtful = [block for block in result.blocks if block.doubt is IndentationDoubt.REVIEW]
    chosen = ask_choices(doubtful, file)
    if not chosen:
        return result
    decisions = {**decisions, **{block.mark: block.levels[choice] for block, choice in chosen}}
    _write(sidecar, render_decisions(decisions))
    return recover_guide(text, file, decisions)


def _review(guide: Path) -> None:
    from cards.recover.decision import render_decisions
    from cards.recover.doubtful import doubtful_blocks, replace_doubtful
    from srs.cli.recover.block_choice import ask_choices

    text = _read_page(str(guide))
    doubtful = doubtful_blocks(text)
    if not doubtful:
        click.echo(f"{guide}: no block is marked as doubtful.")
        return
    chosen = ask_choices([one.block for one in doubtful], str(guide))
    if not chosen:
        return
    sidecar = _decisions_path(guide)
    decisions = {**_read_decisions(sidecar), **{block.mark: block.levels[choice] for block, choice in chosen}}
    _write(sidecar, render_decisions(decisions))
    starts = {one.block.number: one.start for one in doubtful}
    _write(
        guide,
        replace_doubtful(text, {starts[block.number]: block.choices[choice] for block, choice in chosen}),
    )
    left = len(doubtful) - len(chosen)
    click.echo(f"{guide}: {len(chosen)} settled, {left} left. Decisions: {sidecar}")


def _restore_snippets(file: str | None) -> None:
    from cards.recover.code.indent import restore

    text = _read_page(file or "-")
    try:
        given = json.loads(text)
    except ValueError:
        raise ProofdeckError("the input is not JSON; give a JSON list of snippets.") from None
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise ProofdeckError("the input must be a JSON list of snippets, each a string.")
    found = []
    for snippet in given:
        restored = restore(snippet)
        found.append(
            {
                "text": restored.best.text,
                "alternatives": [other.text for other in restored.others],
                "confidence": round(restored.confidence, 4),
                "review": restored.review,
            }
        )
    click.echo(json.dumps(found, ensure_ascii=False))
