"""The note type is frozen: these values are in people's collections."""

from __future__ import annotations

from exporters import note_type


def test_style_and_templates_change_together_with_their_time() -> None:
    # If this fails, set THEME_DIGEST to the new digest and CHANGED_AT to today; else nobody gets the change.
    assert note_type.theme().digest == note_type.THEME_DIGEST


def test_fields_and_ids_are_those_of_the_first_release() -> None:
    assert (note_type.ID, note_type.NAME, note_type.TEMPLATE_ID) == (
        1_594_833_077,
        "Proofdeck",
        5_301_774_301,
    )
    assert [(field.name, field.id) for field in note_type.FIELDS] == [
        ("Key", 5_301_774_201),
        ("Front", 5_301_774_202),
        ("Back", 5_301_774_203),
        ("Context", 5_301_774_204),
        ("Breadcrumb", 5_301_774_205),
        ("Proof", 5_301_774_206),
        ("Spare 1", 5_301_774_207),
        ("Spare 2", 5_301_774_208),
        ("Spare 3", 5_301_774_209),
        ("Spare 4", 5_301_774_210),
    ]
