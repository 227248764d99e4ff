"""The release gates, told: what each asks, whether it holds, and by what counts."""

from __future__ import annotations

from judging import Judged
from measured import Measured
from safehand.analysis.indicators.rule import Points
from shares import Share


def gates_told(measured: Measured) -> str:
    """One line a gate; a broken one names the conversations that broke it."""
    ids = measured.on_top()
    innocent = (measured.innocent, measured.unseen_innocent, measured.blind.innocent)
    top = Share(len(ids), sum(one.conversations for one in innocent))
    named = f" Each is a defect: {', '.join(ids)}." if ids else ""
    on_top = (
        f"- {_says(holds=measured.no_innocent_on_top())}: no innocent conversation reaches the top band. "
        f"{top.right} of {top.all} do; the interval at 95 % ends at {100 * top.interval()[1]:.1f} %.{named}"
    )
    both_ways = (
        f"- {_says(holds=measured.away_as_well_as_towards())}: what points away is found at least as often as what "
        f"points towards, in each set. {_both_ways(measured.judged)}. "
        f"Of the set once unseen: {_both_ways(measured.unseen).lower()}. "
        f"Of the blind set: {_both_ways(measured.blind.judged).lower()}."
    )
    return f"{on_top}\n{both_ways}"


def _both_ways(judged: Judged) -> str:
    away, towards = judged.pointing(Points.AWAY), judged.pointing(Points.TOWARDS)
    return f"Away {away.in_words()}, towards {towards.in_words()}"


def _says(*, holds: bool) -> str:
    return "**holds**" if holds else "**broken**"
