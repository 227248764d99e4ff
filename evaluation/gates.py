"""The release gates, told: what each asks, whether it holds, and by what counts."""

from __future__ import annotations

from measured import Measured
from safehand.analysis.indicators.rule import Points


def gates_told(measured: Measured) -> str:
    """One line a gate; a broken one names the conversations that broke it."""
    top = measured.innocent.share(len(measured.innocent.top))
    named = f" Each is a defect: {', '.join(measured.innocent.top)}." if measured.innocent.top else ""
    away, towards = measured.judged.pointing(Points.AWAY), measured.judged.pointing(Points.TOWARDS)
    on_top = (
        f"- {_says(holds=measured.no_innocent_on_top())}: no innocent conversation reaches the top band. "
        f"{top.right} of {top.all} do; the interval at 95 % ends at {100 * top.interval()[1]:.1f} %.{named}"
    )
    both_ways = (
        f"- {_says(holds=measured.away_as_well_as_towards())}: what points away is found at least as often as what "
        f"points towards. Away {away.in_words()}, towards {towards.in_words()}."
    )
    return f"{on_top}\n{both_ways}"


def _says(*, holds: bool) -> str:
    return "**holds**" if holds else "**broken**"
