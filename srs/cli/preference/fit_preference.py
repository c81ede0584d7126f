"""Fit FSRS to the log of a store, and keep the parameters where they predict better."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from srs.review.log import LogEntry
    from srs.schedule.fsrs_fit import Evaluation
    from srs.schedule.sm2 import Grade
    from srs.store.store import Store


def fit_fsrs_preference(store: Store, today: date) -> list[str]:
    """Fit FSRS to the store's log, keep the parameters if they are better, and return what to say of it."""
    from srs.cli.preference.set_preference import set_preference
    from srs.review.preferences import SchedulerName, format_preference
    from srs.schedule.fsrs_fit import fit_fsrs

    fit = fit_fsrs([_history(entries) for entries in store.log.by_card().values()])
    said = [
        f"{fit.reviews} reviews of cards that had been learnt; predicted are the latest {fit.evaluated}:",
        f"{'':<22} {'log loss':>9} {'RMSE (bins)':>12}",
        _evaluation_line("published parameters", fit.published),
        _evaluation_line("fitted to those before", fit.fitted),
    ]
    if not fit.is_better:
        return [*said, "The published parameters predict you better, so nothing is changed."]
    *recomputed, _ = set_preference(store, "fsrs", format_preference(fit.parameters), today)
    said.append("fsrs is fitted to your log; `proofdeck settings fsrs default` goes back.")
    if store.preferences.scheduler is SchedulerName.FSRS:
        return [*said, *recomputed]
    return [*said, "The parameters take effect with `proofdeck settings scheduler fsrs`."]


def _evaluation_line(name: str, found: Evaluation) -> str:
    return f"{name:<22} {found.log_loss:>9.4f} {found.rmse_bins:>12.2%}"


def _history(entries: Iterable[LogEntry]) -> list[tuple[date, Grade]]:
    """Return the Days and grades of a card's reviews, as its log is folded: one a Day, nothing undone."""
    from srs.review.log import Act

    history: dict[date, Grade] = {}
    for entry in entries:
        if entry.act is Act.REVIEW and entry.undone_at is None and entry.grade is not None:
            history.setdefault(entry.day, entry.grade)
    return sorted(history.items())
