"""Days of the calendar, counted on: where a month has no such day, its last one is meant.

years_after(date(2024, 2, 29), 1)      2025-02-28
months_after(date(2026, 8, 31), 6)     2027-02-28
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """So many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_after(day: date, years: int) -> date:
    """So many years later."""
    return months_after(day, 12 * years)
