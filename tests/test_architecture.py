"""Which module may know which: the map of the house, read from the code.

A package is a room. The table of each room says which other rooms it may import from, and for each of its
modules which neighbours. Imports for type checking count too, as knowing a name is knowing its module.
"""

from __future__ import annotations

import ast
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.builders.place import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("cards", "exporters", "srs")


class Room(NamedTuple):
    """The table of a package."""

    knows: str
    """The packages that its modules may import from."""
    modules: dict[str, str]
    """Each module, with the modules of the same package that it may import."""


# From the ground up: a room knows only rooms that stand above it in this list.
HOUSE: dict[str, Room] = {
    "cards": Room(
        knows="",
        modules={
            "files": "",
            "held_signals": "",
            "regex": "",
            "value": "",
            "span": "value",
            "errors": "span value",
            "hidden_character": "regex",
            "hidden_text": "errors hidden_character regex",
            "part_cache": "span",
            "shared_work": "held_signals",
        },
    ),
    "cards.prove.sandbox": Room(
        knows="",
        modules={
            "account": "",
            "conditions": "",
            "folder": "",
            "kernel": "",
            "limits": "",
            "peer_credentials": "",
            "refusal": "",
            "seatbelt": "",
            "semaphore": "",
            "syscall": "",
            "environment": "account conditions",
            "landlock": "kernel",
            "namespace": "kernel",
            "seccomp": "kernel refusal syscall",
            "confine": "kernel landlock limits namespace refusal seccomp",
            "bubblewrap": "confine",
        },
    ),
    "cards.document": Room(
        knows="cards",
        modules={
            "document_format": "",
            "fence_info": "",
            "format_advice": "document_format",
        },
    ),
    "cards.environment": Room(
        knows="cards",
        modules={
            "needed_packages": "",
            "uv_environment": "needed_packages",
        },
    ),
    "cards.guide.front": Room(
        knows="cards",
        modules={
            "front_matter": "",
        },
    ),
    "cards.language": Room(
        knows="cards",
        modules={
            "direction": "",
            "general_word": "",
            "natural_language": "",
            "weak_cue": "",
            "word_count": "",
            "frame": "natural_language",
            "written_language": "natural_language",
            "grammar": "frame natural_language",
            "plain_claim": "frame",
            "sentence_start": "grammar natural_language",
        },
    ),
    "cards.markup": Room(
        knows="cards",
        modules={
            "editor_rule": "",
            "formula": "",
            "link": "",
            "name_rule": "",
            "raised_text": "",
            "formula_rule": "formula",
            "formula_text": "formula",
            "parser": "editor_rule formula_rule name_rule",
        },
    ),
    "cards.prove.process": Room(
        knows="cards.prove.sandbox",
        modules={
            "bootstrap": "",
            "interpreter_snapshot": "",
            "json_text": "",
            "line_buffer": "",
            "output_stream": "",
            "process_tree": "",
            "protocol": "",
            "shared_record": "",
            "describe": "json_text",
            "exit_handlers": "json_text shared_record",
            "native_print": "protocol",
            "running_child": "process_tree protocol shared_record",
            "child": (
                "describe exit_handlers interpreter_snapshot json_text output_stream protocol shared_record"
            ),
            "fresh_main": "child json_text output_stream protocol shared_record",
            "zygote": "child json_text line_buffer native_print process_tree protocol running_child",
            "zygote_main": "child output_stream protocol zygote",
        },
    ),
    "cards.python": Room(
        knows="cards",
        modules={
            "comments": "",
            "distribution": "",
            "internals": "",
            "language": "",
            "near_name": "",
            "syntax": "",
            "imports": "syntax",
            "spelled": "internals syntax",
            "bindings": "imports syntax",
            "suspicious": "internals spelled syntax",
            "reads": "bindings imports syntax",
            "effects": "bindings imports reads syntax",
            "global_state": "imports reads syntax",
            "undefined": "reads syntax",
            "leaks": "bindings reads syntax undefined",
            "usual_imports": "reads syntax undefined",
        },
    ),
    "cards.recover.code": Room(
        knows="cards",
        modules={
            "statement": "",
            "weights": "",
            "lexer": "statement",
            "nesting": "statement",
            "statement_facts": "statement",
            "misplaced_definition": "lexer",
            "placement": "nesting statement statement_facts",
            "reranking_features": "statement statement_facts",
            "block_features": "placement statement",
            "name_features": "nesting placement",
            "placement_features": "block_features name_features placement statement statement_facts",
            "indent": (
                "lexer nesting placement placement_features reranking_features statement statement_facts "
                "weights"
            ),
            "code_block": "indent misplaced_definition",
        },
    ),
    "cards.program": Room(
        knows="cards cards.python",
        modules={
            "confinement": "",
            "qualifier": "",
            "release": "",
            "snippet": "",
            "written_fields": "",
            "checks": "snippet",
            "program": "snippet",
            "requirement": "release snippet",
            "runtime": "release",
            "tensorflow_use": "snippet",
            "hidden_imports": "program snippet",
            "packages": "requirement snippet",
            "proof_key": "program runtime snippet written_fields",
            "displayed_code": "program proof_key runtime snippet written_fields",
            "verdict": "confinement proof_key qualifier runtime snippet",
            "tried_versions": "release verdict",
        },
    ),
    "cards.python.foreign": Room(
        knows="cards cards.python",
        modules={
            "indented": "",
            "masking": "",
            "newer_syntax": "",
            "session": "",
            "fragment": "masking",
            "notebook": "masking",
            "odd_character": "masking",
            "python_2": "masking",
            "unparsed_names": "masking",
        },
    ),
    "cards.recover.needs": Room(
        knows="cards cards.python",
        modules={
            "usage": "",
            "small_model": "usage",
            "stand_in": "small_model usage",
            "needs": "stand_in usage",
        },
    ),
    "cards.recover.page": Room(
        knows="cards cards.document",
        modules={
            "boilerplate": "",
            "page": "",
            "prose_markdown": "",
            "line_score": "page",
            "repair": "page",
            "structure": "boilerplate page",
            "interpreter_session": "page structure",
            "line_kind": "line_score page",
            "code_lines": "line_kind page",
            "html": "code_lines page prose_markdown",
            "markdown_page": "code_lines page",
            "page_format": "html markdown_page page",
        },
    ),
    "cards.stale": Room(
        knows="cards cards.python",
        modules={
            "api_change": "",
            "keras_names": "",
            "module_alias": "",
            "numpy_names": "",
            "said_gone": "",
            "tensorflow_names": "",
            "version_guard": "",
            "error_messages": "api_change",
            "names": "api_change keras_names numpy_names tensorflow_names",
            "object_calls": "api_change",
            "said_old": "said_gone",
            "code_search": "api_change module_alias names object_calls said_old version_guard",
            "error_search": "api_change error_messages names object_calls",
            "words_search": "api_change names object_calls said_gone",
        },
    ),
    "cards.python.machine": Room(
        knows="cards cards.python cards.stale",
        modules={
            "machine_fact": "",
        },
    ),
    "cards.guide": Room(
        knows="cards cards.guide.front cards.language cards.markup cards.program cards.python",
        modules={
            "decoration": "",
            "importance": "",
            "label_word": "",
            "repeated_work": "",
            "text": "",
            "block": "text",
            "directive": "importance",
            "example": "text",
            "inline": "repeated_work text",
            "page_part": "decoration",
            "question_fact": "decoration",
            "section": "importance",
            "element": "block directive text",
            "guide": "block importance text",
            "programs": "guide",
            "task_blocks": "block guide",
        },
    ),
    "cards.prove.client": Room(
        knows="cards cards.program cards.prove.process cards.prove.sandbox cards.python",
        modules={
            "bytecode": "",
            "library_warning": "",
            "machine_path": "",
            "options": "",
            "package_lookup": "",
            "prover_folder": "",
            "record_check": "",
            "run_client": "",
            "fresh_client": "options",
            "installed_versions": "package_lookup",
            "run_request": "options",
            "zygote_client": "bytecode options",
            "transcript": "library_warning machine_path record_check run_request",
            "warm_client": "installed_versions options prover_folder zygote_client",
        },
    ),
    "cards.atomize.lists": Room(
        knows="cards cards.guide cards.language",
        modules={
            "equation": "",
            "general_point": "",
            "list_kind": "equation",
        },
    ),
    "cards.atomize.tables": Room(
        knows="cards cards.guide",
        modules={
            "column": "",
            "column_heading": "",
            "heading_question": "",
            "row_name": "",
            "way_back": "column_heading",
        },
    ),
    "cards.exercise": Room(
        knows="cards cards.guide cards.program cards.python",
        modules={
            "data_edit": "",
            "everyday": "",
            "gap": "",
            "program_slice": "",
            "siblings": "",
            "candidates": "everyday gap",
            "exercise": "gap",
            "filling": "gap",
            "look_alike": "gap",
            "other_value": "siblings",
            "variant": "data_edit gap",
            "mutants": "filling gap",
            "worth_asking": "candidates gap",
            "measurement": "gap program_slice worth_asking",
            "near_miss": "filling gap look_alike mutants other_value siblings",
            "worked_out": "measurement",
        },
    ),
    "cards.guide.answer": Room(
        knows="cards cards.guide cards.language cards.program",
        modules={
            "code_answer": "",
            "option": "",
            "output_label": "",
            "placeholder": "",
            "told_output": "",
            "stated_answer": "option",
            "quiz": "option stated_answer",
            "option_code": "quiz",
        },
    ),
    "cards.guide.heading": Room(
        knows="cards cards.guide",
        modules={
            "number": "",
            "slug": "",
            "question_answer": "number",
            "features": "number question_answer",
            "role": "features number",
        },
    ),
    "cards.prove.output": Room(
        knows="cards cards.program cards.prove.client cards.python",
        modules={
            "output_comment": "",
            "output_token": "",
            "number_match": "output_token",
            "compare": "number_match output_token",
            "trait_comment": "output_comment",
            "claims": "compare output_comment trait_comment",
        },
    ),
    "cards.stale.named": Room(
        knows="cards cards.guide cards.program cards.python cards.stale",
        modules={
            "named_calls": "",
        },
    ),
    "cards.card": Room(
        knows="cards cards.exercise cards.guide cards.markup cards.program",
        modules={
            "kind": "",
            "proof_stamp": "",
            "sides": "",
            "card": "kind proof_stamp sides",
            "filled_gap": "sides",
            "introduction": "kind",
            "picture": "card sides",
            "same_front": "card sides",
            "deck": "card introduction picture",
        },
    ),
    "cards.guide.form.line": Room(
        knows="cards cards.guide cards.guide.heading",
        modules={
            "question_html": "",
            "admonition": "question_html",
            "answer_key": "question_html",
            "bullet_line": "question_html",
            "card_sides": "question_html",
            "cloze": "question_html",
            "defined_term": "question_html",
            "heading_line": "question_html",
            "html_list": "question_html",
            "note_app": "question_html",
            "table_bar": "question_html",
        },
    ),
    "cards.guide.form": Room(
        knows="cards cards.guide cards.guide.answer cards.guide.form.line cards.guide.heading cards.language",
        modules={
            "entry": "",
            "lettered_lines": "",
            "listed_lines": "",
            "marked": "",
            "navigation": "",
            "question_paragraph": "",
            "question_table": "",
            "unclosed": "",
            "question_list": "entry",
            "recognisers": "entry question_list question_paragraph question_table",
        },
    ),
    "cards.prove.decide": Room(
        knows=(
            "cards cards.program cards.prove.client cards.prove.output cards.prove.process "
            "cards.prove.sandbox cards.python cards.python.foreign cards.stale"
        ),
        modules={
            "error_text": "",
            "expected_exception": "",
            "misspelt": "",
            "taint": "",
            "classify": "error_text",
            "evidence": "classify",
            "not_run": "classify",
            "syntax_failure": "classify error_text",
            "alone": "evidence",
            "chance": "classify error_text evidence",
            "consequence": "evidence",
            "gone": "evidence",
            "second_run": "classify evidence",
            "qualifiers": "alone chance error_text evidence gone taint",
            "verdicts": (
                "chance classify consequence error_text evidence expected_exception gone misspelt qualifiers "
                "syntax_failure taint"
            ),
        },
    ),
    "cards.atomize.whole": Room(
        knows=(
            "cards cards.atomize.lists cards.card cards.guide cards.guide.answer cards.guide.heading "
            "cards.language cards.program cards.python"
        ),
        modules={
            "asked_whole": "",
            "option_order": "",
            "point": "",
            "stated_result": "",
            "code_card": "asked_whole point",
            "code_outline": "point",
            "list_outline": "point",
            "output_card": "asked_whole stated_result",
            "quiz_card": "asked_whole option_order",
            "command_card": "asked_whole code_card",
        },
    ),
    "cards.guide.reading": Room(
        knows=(
            "cards cards.document cards.guide cards.guide.answer cards.guide.form cards.guide.form.line "
            "cards.guide.front cards.guide.heading cards.language cards.markup cards.program cards.python "
            "cards.python.foreign cards.stale"
        ),
        modules={
            "chunk": "",
            "code_references": "",
            "formula_block": "",
            "lazy_lines": "",
            "lost_line": "",
            "paragraph_pictures": "",
            "script": "",
            "segment": "",
            "markdown": "formula_block lazy_lines paragraph_pictures segment",
            "question_builder": "segment",
            "labelled_output": "",
            "assemble": "chunk code_references labelled_output lost_line question_builder script",
            "parse": "assemble chunk markdown segment",
        },
    ),
    "cards.lock": Room(
        knows="cards cards.card cards.exercise cards.program",
        modules={
            "foreign": "",
            "guide_id": "",
            "proofs": "",
            "run_record": "",
            "slot": "",
            "lock": "foreign proofs run_record slot",
            "change_times": "lock",
            "compared_card": "lock",
            "merged_lock": "foreign lock slot",
            "newer_lock": "lock",
            "likely_pairs": "compared_card",
            "likeness": "compared_card",
            "matcher": "compared_card likely_pairs likeness",
            "reconcile": "compared_card lock matcher",
            "arrival": "lock matcher reconcile",
            "rebind": "lock reconcile",
        },
    ),
    "cards.prove": Room(
        knows=(
            "cards cards.program cards.prove.client cards.prove.decide cards.prove.output "
            "cards.prove.process cards.prove.sandbox cards.python"
        ),
        modules={
            "event": "",
            "program_runner": "",
            "prove_program": "",
            "run_displayed": "",
            "prover": "event",
        },
    ),
    "cards.prove.measuring": Room(
        knows=(
            "cards cards.exercise cards.program cards.prove.client cards.prove.decide cards.prove.output "
            "cards.prove.process cards.prove.sandbox"
        ),
        modules={
            "behaviour": "",
            "given": "",
            "observe": "",
            "trial": "",
            "reference": "behaviour observe trial",
            "find_gaps": "reference trial",
            "measure": "find_gaps given observe",
        },
    ),
    "cards.answer": Room(
        knows=(
            "cards cards.environment cards.exercise cards.guide cards.guide.heading cards.program "
            "cards.prove cards.prove.client cards.prove.decide cards.prove.measuring cards.prove.process "
            "cards.python"
        ),
        modules={
            "correctness": "",
            "task": "",
            "task_answer": "",
            "check_dependencies": "task",
            "forbidden": "task",
            "gap_answer": "correctness",
            "starting_file": "task",
            "judge_server": "gap_answer",
        },
    ),
    "cards.atomize.outline": Room(
        knows="cards cards.atomize.lists cards.atomize.whole cards.guide cards.language",
        modules={
            "asked_part": "",
            "clause": "",
            "step_outline": "",
            "choice": "asked_part clause",
            "fit": "asked_part",
            "named_points": "asked_part clause",
            "table_outline": "asked_part",
        },
    ),
    "cards.notebook": Room(
        knows="cards cards.guide cards.guide.reading cards.python cards.python.foreign",
        modules={
            "cell": "",
            "shared_state": "",
            "code_cell": "cell",
            "notebook_text": "cell code_cell shared_state",
        },
    ),
    "cards.prove.cluster": Room(
        knows="cards cards.program cards.prove cards.prove.client cards.prove.process cards.prove.sandbox",
        modules={
            "worker_runtime": "",
            "order": "worker_runtime",
            "worker": "order worker_runtime",
            "worker_pool": "worker worker_runtime",
            "cluster_prover": "order worker worker_pool worker_runtime",
        },
    ),
    "cards.recover.markdown": Room(
        knows=(
            "cards cards.document cards.guide cards.guide.reading cards.program cards.python "
            "cards.recover.needs cards.recover.page"
        ),
        modules={
            "fenced_lines": "",
            "missing_names": "",
            "parsable": "",
            "markdown_evidence": "fenced_lines",
            "touch_up": "fenced_lines missing_names parsable",
        },
    ),
    "cards.atomize.commented": Room(
        knows="cards cards.atomize.outline cards.exercise cards.guide cards.language cards.python",
        modules={
            "asked_code": "",
            "said_piece": "",
            "spoken_of": "",
            "reason": "spoken_of",
            "told": "reason",
            "said_line": "asked_code said_piece spoken_of told",
            "said_command": "said_line",
            "said_section": "asked_code said_line said_piece spoken_of",
        },
    ),
    "cards.recover": Room(
        knows=(
            "cards cards.guide.heading cards.python cards.recover.code cards.recover.markdown "
            "cards.recover.needs cards.recover.page"
        ),
        modules={
            "decision": "",
            "guide_text": "",
            "scrape": "",
            "doubtful": "decision",
            "recovery": "guide_text",
        },
    ),
    "cards.atomize.named": Room(
        knows=(
            "cards.atomize.commented cards.atomize.outline cards.exercise cards.guide cards.language "
            "cards.python"
        ),
        modules={
            "function_name": "",
            "life_cycle": "",
            "overridden": "",
        },
    ),
    "cards.atomize": Room(
        knows=(
            "cards cards.atomize.commented cards.atomize.lists cards.atomize.named cards.atomize.outline "
            "cards.atomize.tables cards.atomize.whole cards.card cards.exercise cards.guide "
            "cards.guide.answer cards.guide.heading cards.language cards.program cards.prove.decide "
            "cards.prove.output cards.python cards.python.machine cards.stale cards.stale.named"
        ),
        modules={
            "wording": "",
            "question_context": "wording",
            "coverage": "question_context",
            "needed_statements": "question_context",
            "sentence": "question_context wording",
            "term": "question_context wording",
            "code": "needed_statements question_context wording",
            "listing": "question_context sentence term wording",
            "prose": "question_context sentence wording",
            "table": "question_context term wording",
            "code_slice": "code needed_statements question_context",
            "measured_code": "code needed_statements question_context wording",
            "whole_question": "prose question_context sentence term wording",
            "rules": (
                "code code_slice listing measured_code prose question_context sentence table term "
                "whole_question"
            ),
            "block_cards": "code listing question_context rules sentence table term wording",
            "atomize": (
                "block_cards code coverage listing measured_code prose question_context rules sentence "
                "whole_question wording"
            ),
        },
    ),
    "cards.build.shares": Room(
        knows="cards cards.atomize cards.guide cards.guide.reading",
        modules={
            "share": "",
            "helper": "share",
        },
    ),
    "cards.check": Room(
        knows=(
            "cards cards.atomize cards.atomize.outline cards.atomize.whole cards.card cards.exercise "
            "cards.guide cards.guide.answer cards.guide.form cards.guide.heading cards.language cards.lock "
            "cards.program cards.prove.decide cards.prove.output cards.python"
        ),
        modules={
            "block_report": "",
            "captured_output": "",
            "enclosure": "",
            "failing_block": "",
            "incomplete_run": "",
            "lint": "",
            "lost_question": "",
            "upgrade": "",
            "lock_difference": "upgrade",
            "matrix": "upgrade",
            "merge_mark": "enclosure",
            "overview_lint": "lint",
            "pair_lint": "lint",
            "swallowed_heading": "enclosure",
            "big_loss": "enclosure swallowed_heading",
            "guide_figures": "lint overview_lint",
        },
    ),
    "cards.build": Room(
        knows=(
            "cards cards.atomize cards.build.shares cards.card cards.exercise cards.guide "
            "cards.guide.heading cards.guide.reading cards.lock cards.program cards.prove cards.prove.client "
            "cards.prove.measuring cards.prove.output cards.python cards.stale.named"
        ),
        modules={
            "cache": "",
            "changes": "",
            "displayed": "",
            "held_card": "",
            "measured_output": "",
            "pictures": "",
            "renamed": "",
            "stamp": "",
            "cached_reading": "cache",
            "gate": "stamp",
            "runs": "measured_output",
            "built_card": "changes gate held_card",
            "deck_fronts": "cache cached_reading",
            "joined_chunks": "built_card cache cached_reading deck_fronts held_card",
            "pipeline": (
                "built_card cache cached_reading changes deck_fronts displayed gate held_card joined_chunks "
                "pictures renamed runs"
            ),
        },
    ),
    "exporters": Room(
        knows="",
        modules={},
    ),
    "exporters.html": Room(
        knows="cards cards.card cards.guide cards.language cards.markup",
        modules={
            "safe_text": "",
            "code_html": "safe_text",
            "formula_html": "safe_text",
            "line_html": "code_html safe_text",
            "phone_fold": "code_html line_html",
            "side_html": "formula_html line_html phone_fold safe_text",
        },
    ),
    "exporters.anki": Room(
        knows="cards cards.card cards.guide cards.guide.heading cards.markup exporters.html",
        modules={
            "collection_file": "",
            "note_type": "",
            "progress": "",
            "subdeck": "",
            "tag": "",
            "collection_rows": "progress",
            "note": "note_type tag",
            "progress_reader": "collection_file progress",
            "apkg": "collection_rows note note_type",
            "audit": "apkg note note_type tag",
            "anki_export": "apkg audit collection_rows note progress subdeck",
        },
    ),
    "exporters.page": Room(
        knows="cards cards.card exporters.anki exporters.html",
        modules={
            "deck_format": "",
            "deck_outline": "",
            "deck_page": "deck_outline",
            "deck_file": "deck_format deck_page",
        },
    ),
    "srs": Room(
        knows="",
        modules={
            "version": "",
            "words": "",
        },
    ),
    "srs.cli.output": Room(
        knows="",
        modules={
            "program_name": "",
            "wrapped_lines": "program_name",
        },
    ),
    "srs.cli.project": Room(
        knows="cards",
        modules={
            "named_interpreter": "",
            "project_settings": "",
            "project_file": "project_settings",
        },
    ),
    "srs.schedule": Room(
        knows="cards",
        modules={
            "day": "",
            "sm2": "day",
            "even_load": "sm2",
            "fsrs_fit": "sm2",
            "fsrs_scheduler": "day sm2",
            "memory_model": "sm2",
            "simulation": "memory_model sm2",
        },
    ),
    "srs.store.place": Room(
        knows="cards",
        modules={
            "file_mark": "",
            "folder_lock": "",
            "leftover_log": "",
            "synced_folder": "",
            "unwritable": "",
        },
    ),
    "srs.plan": Room(
        knows="cards.guide srs srs.schedule",
        modules={
            "answer_time": "",
            "interview_day": "answer_time",
            "deck_plan": "answer_time interview_day",
            "forecast": "answer_time interview_day",
            "position": "deck_plan forecast interview_day",
            "outlook": "deck_plan forecast interview_day position",
        },
    ),
    "srs.cli.trust": Room(
        knows="cards cards.lock cards.program srs",
        modules={
            "run_memory": "",
            "trusted": "run_memory",
        },
    ),
    "srs.review": Room(
        knows="cards cards.answer cards.card cards.guide srs.schedule",
        modules={
            "agenda": "",
            "card_titles": "",
            "code_colours": "",
            "deck_row": "",
            "log": "",
            "preferences": "",
            "typed_answer": "",
            "button": "preferences",
            "card_row": "log",
            "shown_card": "log",
            "sitting_state": "agenda log",
            "sitting_totals": "log sitting_state",
            "option_choice": "shown_card typed_answer",
        },
    ),
    "srs.interview": Room(
        knows="cards cards.card cards.guide srs srs.review srs.schedule",
        modules={
            "draw": "",
            "interview_question": "",
            "key_words": "",
            "recall_today": "",
            "checklist": "interview_question",
            "interview_note": "interview_question",
            "interview_report": "interview_question",
            "report_lines": "interview_question interview_report",
        },
    ),
    "srs.screen.line": Room(
        knows="cards",
        modules={
            "columns": "",
            "look": "",
            "screen_line": "columns",
            "text_screen": "look screen_line",
        },
    ),
    "srs.screen.side": Room(
        knows="cards cards.answer cards.guide srs srs.review srs.screen.line",
        modules={
            "marked_text": "",
            "table_view": "",
            "typed_view": "",
            "code_view": "marked_text",
        },
    ),
    "srs.store": Room(
        knows="cards cards.card cards.exercise cards.guide srs.review srs.schedule srs.store.place",
        modules={
            "connection": "",
            "row": "",
            "migrations": "connection",
            "standings": "row",
            "sync": "connection row",
            "backups": "connection standings",
            "read_only": "connection sync",
            "store_file": "backups connection migrations",
            "attempts": "store_file",
            "card_store": "connection row store_file sync",
            "deck_store": "store_file",
            "health": "connection standings store_file sync",
            "log_store": "connection row standings store_file",
            "review_queue": "connection store_file",
            "store_merge": "connection row standings store_file",
            "store": "attempts card_store deck_store log_store review_queue store_file",
        },
    ),
    "srs.cli.typed": Room(
        knows="cards cards.card srs.review srs.store",
        modules={
            "near_command": "",
            "stored_word": "",
        },
    ),
    "srs.stats": Room(
        knows="cards.card cards.guide srs srs.interview srs.plan srs.review srs.schedule",
        modules={
            "area_chart": "",
            "bar_chart": "",
            "figure": "",
            "plan_drawing": "",
            "stats_style": "",
            "time_words": "",
            "day_chart": "area_chart",
            "figure_table": "figure",
            "figures": "figure",
            "outlook_lines": "area_chart",
            "stats_page": "figure figures plan_drawing stats_style time_words",
            "stats_screen": "day_chart figure_table figures time_words",
        },
    ),
    "srs.store.care": Room(
        knows="cards srs.store",
        modules={
            "backup_list": "",
            "salvage": "",
        },
    ),
    "srs.store.interviews": Room(
        knows="cards cards.card srs.interview srs.review srs.schedule srs.store",
        modules={
            "interview_store": "",
        },
    ),
    "srs.store.plan": Room(
        knows="cards.card srs.plan srs.review srs.schedule srs.store",
        modules={
            "day_load": "",
            "plan_reader": "",
        },
    ),
    "srs.sitting": Room(
        knows=(
            "cards cards.answer cards.card cards.guide srs.interview srs.plan srs.review srs.schedule "
            "srs.store srs.store.interviews srs.store.plan"
        ),
        modules={
            "day_budget": "",
            "even_days": "",
            "interview_draw": "",
            "judge_client": "",
            "mock_interview": "",
            "wanted": "",
            "planned_day": "day_budget wanted",
            "sitting": "day_budget even_days",
            "todays_agenda": "day_budget planned_day wanted",
            "where_one_stands": "planned_day",
        },
    ),
    "srs.cli": Room(
        knows=(
            "cards cards.card exporters.anki srs srs.cli.output srs.cli.typed srs.plan srs.review "
            "srs.schedule srs.sitting srs.stats srs.store srs.store.place srs.store.plan"
        ),
        modules={
            "anki_translation": "",
            "context": "",
            "daily_backup": "",
            "deck_choice": "",
            "ending": "",
            "interview_plan": "",
            "last_resort": "",
            "nothing_due": "",
            "outlook_output": "",
            "shown_output": "",
            "tag_choice": "",
            "volume": "",
            "nothing_asked": "nothing_due",
            "today": "context nothing_asked nothing_due",
            "__init__": "context ending last_resort shown_output today volume",
        },
    ),
    "srs.screen": Room(
        knows=(
            "cards cards.card cards.guide cards.language cards.markup srs srs.interview "
            "srs.review srs.schedule srs.screen.line srs.screen.side srs.sitting"
        ),
        modules={
            "card_json": "",
            "grade_keys": "",
            "keys": "",
            "shown_console": "",
            "sitting_summary": "",
            "terminal_picture": "",
            "word_diff": "",
            "more_new": "keys",
            "full_screen": "keys terminal_picture",
            "side_view": "terminal_picture",
            "card_page": "side_view",
            "drawing": "full_screen grade_keys side_view terminal_picture",
            "interview_drawing": "full_screen side_view",
            "interview_screen": "full_screen interview_drawing keys",
            "prepared_screen": "drawing full_screen",
            "terminal": "drawing full_screen grade_keys keys prepared_screen terminal_picture",
        },
    ),
    "srs.cli.guard": Room(
        knows="cards cards.build cards.check cards.document cards.lock srs srs.screen srs.store",
        modules={
            "change_record": "",
            "agreed": "",
            "kept_file": "",
            "loss_guard": "",
            "mended_lock": "",
            "identity_report": "change_record",
        },
    ),
    "srs.cli.identity": Room(
        knows=(
            "cards cards.build cards.card cards.guide.front cards.guide.heading cards.lock cards.program "
            "srs.cli srs.store"
        ),
        modules={
            "claim": "",
            "deck_name": "",
            "lost_date": "",
            "lost_lock": "",
            "move_question": "",
            "moved_cards": "lost_lock",
            "settle": "claim deck_name lost_lock move_question moved_cards",
        },
    ),
    "srs.cli.listing": Room(
        knows="cards cards.card srs srs.cli srs.review srs.schedule srs.sitting srs.store",
        modules={
            "card_filter": "",
            "card_lines": "",
            "kind_choice": "",
            "pager": "",
            "section_choice": "",
            "card_choice": "card_filter card_lines",
        },
    ),
    "srs.cli.manual": Room(
        knows="cards srs srs.cli srs.cli.typed",
        modules={
            "completion": "",
            "help": "",
            "roff": "",
            "man": "roff",
        },
    ),
    "srs.cli.preference": Room(
        knows="srs srs.cli srs.review srs.schedule srs.store srs.store.plan",
        modules={
            "set_preference": "",
            "unread_setting": "",
            "fit_preference": "set_preference",
            "settings_json": "unread_setting",
        },
    ),
    "srs.cli.recover": Room(
        knows="cards.recover cards.recover.code srs srs.screen",
        modules={
            "block_choice": "",
            "recover_report": "",
        },
    ),
    "srs.cli.report": Room(
        knows="cards cards.answer cards.build cards.check cards.lock cards.program srs srs.cli.output",
        modules={
            "code_row": "",
            "guide_warnings": "",
            "version_words": "",
        },
    ),
    "srs.cli.unchanged": Room(
        knows="cards srs.cli srs.cli.trust",
        modules={
            "fingerprint": "",
            "said_again": "fingerprint",
        },
    ),
    "srs.screen.typing": Room(
        knows="srs.screen srs.screen.line",
        modules={
            "typed_line": "",
            "line_asker": "typed_line",
        },
    ),
    "srs.cli.build": Room(
        knows=(
            "cards cards.build cards.card cards.check cards.document cards.environment cards.exercise "
            "cards.guide cards.guide.front cards.guide.reading cards.lock cards.notebook cards.program "
            "cards.prove cards.prove.client cards.prove.cluster cards.prove.measuring cards.prove.sandbox "
            "cards.recover cards.stale.named srs srs.cli srs.cli.guard srs.cli.identity srs.cli.output "
            "srs.cli.project srs.cli.report srs.cli.trust srs.cli.unchanged srs.review srs.screen srs.store"
        ),
        modules={
            "card_line": "",
            "failure_report": "",
            "guide_file": "",
            "prove_report": "",
            "prover_display": "",
            "build_record": "guide_file",
            "build_report": "failure_report",
            "guide_batch": "guide_file",
            "guide_environment": "guide_file",
            "plan_runs": "guide_file",
            "remembered": "guide_file",
            "save_build": "guide_file",
            "watch": "failure_report guide_file",
            "cache_file": "build_record guide_file",
            "plan_runner": "guide_file plan_runs prover_display",
            "editor": "cache_file card_line guide_file plan_runner save_build",
        },
    ),
    "srs.cli.keeper": Room(
        knows=(
            "cards cards.card exporters.anki srs srs.cli srs.cli.guard srs.cli.output srs.cli.preference "
            "srs.review srs.schedule srs.store srs.store.care"
        ),
        modules={
            "anki": "",
            "backup": "",
            "decks": "",
            "doctor": "",
            "merge": "",
            "restore": "",
        },
    ),
    "srs.cli.making": Room(
        knows=(
            "cards cards.build cards.card cards.check cards.lock cards.program "
            "exporters.anki srs srs.cli srs.cli.build srs.cli.guard srs.cli.identity srs.cli.output "
            "srs.cli.report srs.cli.trust srs.store srs.store.place"
        ),
        modules={
            "build_wishes": "",
            "guide_build": "",
            "new_code": "",
            "begun_build": "guide_build new_code",
            "build_json": "guide_build",
            "build_once": "begun_build build_json build_wishes guide_build",
        },
    ),
    "srs.cli.matrix": Room(
        knows=(
            "cards cards.build cards.check cards.environment cards.guide.front "
            "cards.program srs srs.cli srs.cli.build srs.screen"
        ),
        modules={
            "matrix_report": "",
            "wanted_version": "",
            "matrix_run": "wanted_version",
            "matrix_command": "matrix_report matrix_run wanted_version",
        },
    ),
    "srs.cli.practice": Room(
        knows=(
            "cards cards.answer cards.card cards.guide cards.guide.reading cards.program cards.prove "
            "cards.prove.client cards.prove.sandbox srs srs.cli srs.cli.build srs.interview srs.review "
            "srs.screen srs.sitting srs.store"
        ),
        modules={
            "built_task": "",
            "interview_pipe": "",
            "task_report": "",
            "task_practice": "task_report",
            "running": "task_practice",
            "coding_task": "built_task running task_practice",
        },
    ),
    "srs.cli.rerun": Room(
        knows="cards cards.check srs srs.cli.build",
        modules={
            "lock_check": "",
        },
    ),
    "srs.cli.author": Room(
        knows=(
            "cards cards.build cards.check cards.document cards.guide.reading cards.lock cards.notebook "
            "cards.program cards.recover cards.recover.code cards.stale.named exporters.page srs srs.cli "
            "srs.cli.build srs.cli.guard srs.cli.identity srs.cli.making srs.cli.matrix srs.cli.output "
            "srs.cli.recover srs.cli.report srs.cli.rerun srs.cli.trust srs.cli.unchanged srs.screen "
            "srs.store"
        ),
        modules={
            "build": "",
            "check": "",
            "editor_snippets": "",
            "export": "",
            "prove": "",
            "recover": "",
            "relink": "",
            "new": "editor_snippets",
        },
    ),
    "srs.cli.learner": Room(
        knows=(
            "cards cards.answer srs srs.cli srs.cli.build srs.cli.guard srs.cli.listing srs.cli.output "
            "srs.cli.practice srs.cli.preference srs.interview srs.plan srs.review srs.schedule srs.screen "
            "srs.screen.line srs.screen.side srs.screen.typing srs.sitting srs.stats srs.store "
            "srs.store.interviews srs.store.plan"
        ),
        modules={
            "cards": "",
            "due": "",
            "history": "",
            "interview": "",
            "mark": "",
            "plan": "",
            "practice": "",
            "review": "",
            "settings": "",
            "show": "",
            "simulate": "",
            "stats": "",
            "undo": "",
        },
    ),
}

# What makes a result depend on when, where and by whom it is computed.
IMPURE = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os.environ",
    "os.environb",
    "os.getcwd",
    "os.getenv",
    "pathlib.Path.cwd",
    "pathlib.Path.home",
    "random",
    "secrets",
    "time.localtime",
    "time.monotonic",
    "time.perf_counter",
    "time.time",
    "uuid",
}
EXCEPTIONS = {
    "srs.cli": "the command line reads clock, environment and paths and hands them on",
    "cards.answer": "measures how long a reference runs, to say when an answer takes too long",
    "cards.environment": "tells uv where Pythons are, and how old what was left half-made is",
    "cards.prove": "measures how long code runs, and gives it an environment and a seed of its own",
}


class Import(NamedTuple):
    """One module imports another, or a name of a library."""

    target: str
    name: str
    """The name that the import binds."""
    bound: str
    """What that name stands for: `os` after `import os.path`."""
    for_types: bool


def sources() -> dict[str, str]:
    """Return the text of every module by its name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text(
            encoding="utf-8"
        )
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


SOURCES = sources()
PACKAGE_MODULES = {
    ".".join(path.parent.relative_to(ROOT).parts)
    for package in PACKAGES
    for path in (ROOT / package).rglob("__init__.py")
}


def imports(source: str) -> Iterator[Import]:
    """Yield what a module imports, wherever in it: `from a import b` as `a.b`."""
    tree = ast.parse(source)
    only_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                bound = alias.name if alias.asname else top
                yield Import(alias.name, alias.asname or top, bound, id(node) in only_types)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not read here"
            for alias in node.names:
                target = f"{node.module}.{alias.name}"
                yield Import(target, alias.asname or alias.name, target, id(node) in only_types)


def module_of(target: str) -> str:
    """Return the module that a dotted name lies in; empty if it is none of ours."""
    while target and target not in SOURCES:
        target = target.rpartition(".")[0]
    return target


def room_of(module: str) -> str:
    """Return the package that a module lies in; of a package itself, that package."""
    return module if module in PACKAGE_MODULES else module.rpartition(".")[0]


def known_by(module: str) -> set[str]:
    """Return our modules that a module imports."""
    return {module_of(one.target) for one in imports(SOURCES[module])} - {"", module}


def name_in_room(module: str) -> str:
    """Return a module's name within its package."""
    return "__init__" if module in PACKAGE_MODULES else module.rpartition(".")[2]


def rooms_known_in(room: str) -> set[str]:
    """Return the other packages that a package's modules import from."""
    known = {room_of(target) for module in SOURCES if room_of(module) == room for target in known_by(module)}
    return known - {room}


def neighbours_of(module: str) -> set[str]:
    """Return the modules of its own package that a module imports, by their names there."""
    return {name_in_room(target) for target in known_by(module) if room_of(target) == room_of(module)}


def test_every_package_has_its_table() -> None:
    assert sorted(HOUSE) == sorted(PACKAGE_MODULES)


@pytest.mark.parametrize("room", HOUSE)
def test_a_table_lists_every_module_of_its_package(room: str) -> None:
    there = {name_in_room(module) for module in SOURCES if room_of(module) == room}
    assert there - {"__init__"} == HOUSE[room].modules.keys() - {"__init__"}


@pytest.mark.parametrize("room", HOUSE)
def test_a_package_knows_just_the_packages_of_its_table(room: str) -> None:
    assert sorted(rooms_known_in(room)) == sorted(HOUSE[room].knows.split())


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_knows_just_the_neighbours_of_its_table(module: str) -> None:
    allowed = HOUSE[room_of(module)].modules.get(name_in_room(module), "")
    assert sorted(neighbours_of(module)) == sorted(allowed.split())


def test_a_package_knows_only_packages_that_stand_above_it_in_the_list() -> None:
    order = list(HOUSE)
    wrong = {
        room: [known for known in table.knows.split() if order.index(known) >= order.index(room)]
        for room, table in HOUSE.items()
    }
    assert {room: known for room, known in wrong.items() if known} == {}


@pytest.mark.parametrize("room", HOUSE)
def test_the_modules_of_a_package_import_in_no_circle(room: str) -> None:
    graph = {module: set(known.split()) for module, known in HOUSE[room].modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(reversed(error.args[1]))}")


@pytest.mark.parametrize("room", HOUSE)
def test_a_newcomer_takes_in_a_package_at_a_glance(room: str) -> None:
    assert len(HOUSE[room].modules) <= 16


def test_no_module_name_and_no_public_class_name_stands_for_two_things() -> None:
    names = Counter(name_in_room(module) for module in SOURCES if module not in PACKAGE_MODULES)
    names.update(
        node.name
        for source in SOURCES.values()
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    "module", [module for module in SOURCES if not any(module.startswith(entry) for entry in EXCEPTIONS)]
)
def test_a_module_reads_no_clock_no_environment_and_no_chance(module: str) -> None:
    assert impurities(SOURCES[module]) == []


@pytest.mark.parametrize("entry", EXCEPTIONS)
def test_every_exception_is_still_needed(entry: str) -> None:
    assert [module for module in SOURCES if module.startswith(entry) and impurities(SOURCES[module])]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from datetime import datetime\nx = datetime.now()", ["datetime.datetime.now"]),
        ("import datetime as d\nx = d.date.today()", ["datetime.date.today"]),
        ("from time import monotonic\nx = monotonic()", ["time.monotonic"]),
        ("import os\nx = os.environ['A']", ["os.environ"]),
        ("import random\nx = random.random()", ["random"]),
        ("from random import Random\nx = Random(3)", ["random"]),
        ("def f():\n    from uuid import uuid4\n    return uuid4()", ["uuid"]),
        ("from pathlib import Path\nx = Path.home()", ["pathlib.Path.home"]),
        ("from datetime import date\nx = date(2026, 1, 1)", []),
        ("import os\nx = os.replace", []),
        ("def f(random, now):\n    return random.random(), now()", []),
        ("if TYPE_CHECKING:\n    from random import Random\ndef f(r: 'Random'): ...", []),
    ],
)
def test_what_counts_as_reading_clock_environment_or_chance(source: str, found: list[str]) -> None:
    assert impurities(source) == found


def impurities(source: str) -> list[str]:
    """Return what a module reads of clock, environment and chance."""
    running = [one for one in imports(source) if not one.for_types]
    names = {one.name: one.bound for one in running}
    read = {one.target.split(".")[0] for one in running} & IMPURE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute | ast.Name):
            first, dot, rest = ast.unparse(node).partition(".")
            read.add(names.get(first, "") + dot + rest)
    return sorted(read & IMPURE)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import cards.lock.lock", {"cards.lock.lock"}),
        ("from cards.card import sides", {"cards.card.sides"}),
        ("from cards.lock.lock import Lock, lock_text", {"cards.lock.lock"}),
        ("def f():\n    from exporters.anki.anki_export import export", {"exporters.anki.anki_export"}),
        ("import json", {""}),
    ],
)
def test_imports_are_found_wherever_they_stand(source: str, found: set[str]) -> None:
    assert {module_of(one.target) for one in imports(source)} == found
