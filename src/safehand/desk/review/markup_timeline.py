"""Messages of the time line as markup: those of a list (markup.py), each with the conversation it stands in.

who, and "conversation 2" (where either is another than before) · what is said · when · a link into the reader
"""

from __future__ import annotations

from html import escape

from safehand.desk.review.markup import marks_markup, said_markup, under_markup
from safehand.desk.review.presenters.timeline import TimedRow


def timed_markup(row: TimedRow, base: str) -> str:
    """One message. ``base`` is the address of the conversations of the case."""
    current = ' aria-current="true"' if row.selected else ""
    place = f"{row.conversation}-{row.number}"
    address = f"{escape(base)}{row.conversation}/?message={row.number}#m{row.number}"
    when = f'<time datetime="{row.machine_time}">{row.time}</time>' if row.machine_time else row.time
    return (
        f'<li class="{_classes(row)}" id="m{place}"{current}>{_who(row)}'
        f'<div class="sh-said">{_aside(row)}{said_markup(row.said)}'
        f"{under_markup(row.doubts, edited=row.said.edited)}</div>"
        f'<div class="sh-at">{when}</div><div class="sh-no"><a href="{address}">'
        f'<span class="govuk-visually-hidden">Conversation {row.conversation}, message </span>'
        f'<span aria-hidden="true">{row.conversation} · </span>{row.shown}</a></div>'
        f"{marks_markup(row.marks, cited=row.cited)}</li>"
    )


def _classes(row: TimedRow) -> str:
    first = " sh-m--first" if row.first and not row.note else ""
    note = " sh-m--note" if row.note else ""
    gone = " sh-m--gone" if row.gone else ""
    return f"sh-m sh-m--{row.side}{first}{note}{gone}"


def _who(row: TimedRow) -> str:
    if not row.first or row.note:
        return ""
    chip = f'<span class="sh-chip sh-chip--{row.side}">{row.letter}</span>'
    return f'<p class="sh-who">{chip}<bdi>{escape(row.name)}</bdi></p>'


def _aside(row: TimedRow) -> str:
    if row.first and not row.note:
        return ""
    who = "The platform" if row.note else f"{row.letter}, <bdi>{escape(row.name)}</bdi>"
    return f'<span class="govuk-visually-hidden">{who}: </span>'
