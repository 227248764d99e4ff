"""The activity strip and the list of days as markup: up to four hundred bars, and as many links beside them.

Written here and not in a template, as messages are (markup.py). The drawing is for the eye alone; the list of days says
the same in words and links.
"""

from __future__ import annotations

from html import escape

from safehand.desk.review.presenters.strip import Bar, CitedMark, Label, Month, Strip


def strip_markup(strip: Strip, keep: str) -> str:
    """The drawing. ``keep`` is what an address of the conversation keeps: ``&sort=meeting``."""
    kept = escape(keep)
    bars = "".join(_bar(bar, kept) for bar in strip.bars)
    cited = "".join(_cited(mark, kept) for mark in strip.cited)
    frame = f'<rect class="sh-strip__frame" x="{strip.frame_x}" y="1" width="{strip.frame_width}" height="38" rx="2"/>'
    return (
        '<div class="sh-strip">\n<svg class="sh-strip__svg" width="100%" height="56" aria-hidden="true"'
        f' focusable="false">{bars}<line class="sh-strip__base" x1="0" y1="38.5" x2="100%" y2="38.5"/>'
        f"{frame}{''.join(map(_label, strip.labels))}{cited}</svg>\n"
        f'<p class="govuk-visually-hidden">{escape(strip.words)}</p>\n</div>'
    )


def days_markup(strip: Strip, keep: str) -> str:
    """Every day, or every month of a long conversation, in a menu."""
    kept = escape(keep)
    months = "".join(_month(month, kept) for month in strip.months)
    return (
        '<details class="sh-menu"><summary class="sh-btn">Go to a day</summary>\n'
        f'<div class="sh-menu__list">{months}</div>\n</details>'
    )


def _bar(bar: Bar, kept: str) -> str:
    return (
        f'<a class="sh-strip__day" tabindex="-1" href="?message={bar.message}{kept}#m{bar.message}">'
        f"<title>{escape(bar.words)}</title>"
        f'<rect class="sh-strip__reach" x="{bar.reach_x}" y="0" width="{bar.reach_width}" height="40"/>'
        f'<rect class="sh-strip__bar" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}"/></a>'
    )


def _cited(mark: CitedMark, kept: str) -> str:
    # An SVG of its own takes a place in percent, which a path does not; the ring about it parts it from any bar.
    return (
        f'<a tabindex="-1" href="?message={mark.message}{kept}#m{mark.message}"><title>{escape(mark.words)}</title>'
        f'<svg x="{mark.x}" y="0" width="1" height="1" overflow="visible">'
        '<path class="sh-strip__cited" d="M0 -6 5 0 0 6 -5 0z"/></svg></a>'
    )


def _label(label: Label) -> str:
    minor = " sh-strip__label--minor" if label.minor else ""
    return f'<text class="sh-strip__label{minor}" x="{label.x}" y="53">{escape(label.words)}</text>'


def _month(month: Month, kept: str) -> str:
    links = "".join(
        f'<li><a class="govuk-link" href="?message={day.message}{kept}#m{day.message}">{escape(day.words)}</a></li>'
        for day in month.links
    )
    return f"<h3>{escape(month.title)}</h3><ul>{links}</ul>"
