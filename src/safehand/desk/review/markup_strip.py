"""The activity strip and the list of days as markup: up to 240 bars, and up to 400 links beside them.

Written here and not in a template, as messages are (markup.py). The drawing is for the eye alone; the list of days says
the same in words and links.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TypeAlias

from safehand.casefile.clock import date_of
from safehand.desk.review.presenters.strip import Bar, CitedMark, Label, Month, PointedMark, Strip

_LeadsTo: TypeAlias = Callable[[int], str]
"""The address, as it stands in markup, of a message in the reader or of a day on the time line."""


def strip_markup(strip: Strip, keep: str) -> str:
    """The drawing. ``keep`` is what an address of the conversation keeps: ``&sort=meeting``."""
    return _drawing(strip, _in_reader(keep))


def line_strip_markup(strip: Strip, code: str) -> str:
    """The same above the time line ``code``: its bars lead to days."""
    return _drawing(strip, _on_line(code))


def _in_reader(keep: str) -> _LeadsTo:
    kept = escape(keep)
    return lambda message: f"?message={message}{kept}#m{message}"


def _on_line(code: str) -> _LeadsTo:
    kept = escape(code)
    return lambda day: f"?clock={kept}&amp;day={date_of(day).isoformat()}"


def _drawing(strip: Strip, leads_to: _LeadsTo) -> str:
    bars = "".join(_bar(bar, leads_to) for bar in strip.bars)
    cited = "".join(_cited(mark, leads_to) for mark in strip.cited)
    pointed = "".join(_pointed(mark, leads_to) for mark in strip.pointed)
    frame = f'<rect class="sh-strip__frame" x="{strip.frame_x}" y="1" width="{strip.frame_width}" height="38" rx="2"/>'
    return (
        '<div class="sh-strip">\n<svg class="sh-strip__svg" width="100%" height="56" aria-hidden="true"'
        f' focusable="false">{bars}<line class="sh-strip__base" x1="0" y1="38.5" x2="100%" y2="38.5"/>'
        f"{frame}{pointed}{''.join(map(_label, strip.labels))}{cited}</svg>\n"
        f'<p class="govuk-visually-hidden">{escape(strip.words)}</p>\n</div>'
    )


def days_markup(strip: Strip, keep: str) -> str:
    """Every day, or every month of a long conversation, in a menu."""
    return _menu(strip, _in_reader(keep))


def line_days_markup(strip: Strip, code: str) -> str:
    """The same of the time line ``code``."""
    return _menu(strip, _on_line(code))


def _menu(strip: Strip, leads_to: _LeadsTo) -> str:
    months = "".join(_month(month, leads_to) for month in strip.months)
    return (
        '<details class="sh-menu"><summary class="sh-btn">Go to a day</summary>\n'
        f'<div class="sh-menu__list">{months}</div>\n</details>'
    )


def _bar(bar: Bar, leads_to: _LeadsTo) -> str:
    return (
        f'<a class="sh-strip__day" tabindex="-1" href="{leads_to(bar.message)}">'
        f"<title>{escape(bar.words)}</title>"
        f'<rect class="sh-strip__reach" x="{bar.reach_x}" y="0" width="{bar.reach_width}" height="40"/>'
        f'<rect class="sh-strip__bar" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}"/></a>'
    )


def _cited(mark: CitedMark, leads_to: _LeadsTo) -> str:
    # An SVG of its own takes a place in percent, which a path does not; the ring about it parts it from any bar.
    return (
        f'<a tabindex="-1" href="{leads_to(mark.message)}"><title>{escape(mark.words)}</title>'
        f'<svg x="{mark.x}" y="0" width="1" height="1" overflow="visible">'
        '<path class="sh-strip__cited" d="M0 -6 5 0 0 6 -5 0z"/></svg></a>'
    )


def _pointed(mark: PointedMark, leads_to: _LeadsTo) -> str:
    return (
        f'<a tabindex="-1" href="{leads_to(mark.message)}"><title>{escape(mark.words)}</title>'
        f'<rect class="sh-strip__pointed" x="{mark.x}" y="40" width="{mark.width}" height="4"/></a>'
    )


def _label(label: Label) -> str:
    minor = " sh-strip__label--minor" if label.minor else ""
    return f'<text class="sh-strip__label{minor}" x="{label.x}" y="53">{escape(label.words)}</text>'


def _month(month: Month, leads_to: _LeadsTo) -> str:
    links = "".join(
        f'<li><a class="govuk-link" href="{leads_to(day.message)}">{escape(day.words)}</a></li>' for day in month.links
    )
    return f"<h3>{escape(month.title)}</h3><ul>{links}</ul>"
