"""Messages of a list as markup, written here and not in a template: a page has up to four hundred of them.

    <li class="sh-m sh-m--even sh-m--first" id="m41" …>
      who (once a run) · what is said · when · number, a link · marks in the gutter

A template asks some forty questions of every message, and asking was four fifths of what a page cost. Whatever comes
from a source passes ``escape``, as a template would have it; a test puts markup into every field there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from safehand.desk.core import say
from safehand.desk.review.presenters.marks import Piece
from safehand.desk.review.presenters.reader import Day
from safehand.desk.review.presenters.rows import Row
from safehand.desk.review.presenters.said import FileWords, PollWords, ReactionWords, ReplyWords, Said, ShareWords


def row_markup(row: Row, keep: str) -> str:
    """One message as an item of the list. ``keep`` is what its address keeps: ``&sort=meeting``."""
    number, kept = row.number, escape(keep)
    current = ' aria-current="true"' if row.selected else ""
    return (
        f'<li class="{_classes(row)}" id="m{number}" value="{number}" data-number="{number}"'
        f' data-shown="{row.shown}"{current}>{_above(row)}{_who(row)}'
        f'<div class="sh-said">{_aside(row)}{said_markup(row.said)}{_under(row, kept)}</div>'
        f'<div class="sh-at">{_at(row)}</div>'
        f'<div class="sh-no"><a href="?message={number}{kept}#m{number}">'
        f'<span class="govuk-visually-hidden">Message </span>{row.shown}</a></div>{_gutter(row)}</li>'
    )


def day_markup(day: Day, keep: str) -> str:
    """The messages of one day under its heading: those of a filter may stand under a hundred days."""
    above = "".join(f'<p class="sh-gap"><span>{escape(words)}</span></p>' for words in day.above)
    count = f'<span class="sh-day__count">{escape(day.count)}</span>'
    head = f'<h3 class="sh-day__head" id="{escape(day.id)}">{escape(day.heading)} {count}</h3>'
    rows = "\n".join(row_markup(row, keep) for row in day.rows)
    return f'{above}<section class="sh-day">{head}\n<ol class="sh-list">\n{rows}\n</ol></section>'


def said_markup(said: Said) -> str:
    """What a message says, in its row and wherever it is repeated."""
    words = f'<p class="sh-text">{"".join(map(_piece, said.pieces))}</p>' if said.pieces else ""
    all_of_it = words if said.plain else f"{_before_words(said)}{words}{_after_words(said)}"
    return covered_markup(said.cover, all_of_it) if said.cover else all_of_it


def covered_markup(cover: str, markup: str) -> str:
    """``markup`` behind a bar that says why, until somebody opens it: by a click, a key, or without any script."""
    until = '<span class="sh-cover__until">: covered until you ask</span>'
    bar = f'<summary class="sh-cover__bar"><span>{escape(cover)}{until}</span></summary>'
    return f'<details class="sh-cover">{bar}{markup}</details>'


def under_markup(doubts: Iterable[str], *, edited: bool) -> str:
    """What stands under the words of a message: that it was edited, and what is not sure about it."""
    marks = '<span class="sh-mark">edited</span> ' if edited else ""
    marks += "".join(f'<span class="sh-mark sh-doubt">{escape(words)}</span> ' for words in doubts)
    return f'<p class="sh-under">{marks}</p>' if marks else ""


def marks_markup(marks: Iterable[str], *, cited: bool, blind: bool = False) -> str:
    """What stands beside a message: that it is cited, the sorts of its candidates, that it was not analysed."""
    items = '<li class="sh-gutter__cited">Cited</li>' if cited else ""
    items += "".join(f'<li class="sh-gutter__mark">{escape(words)}</li>' for words in marks)
    items += '<li class="sh-gutter__blind">Not analysed</li>' if blind else ""
    return f'<ul class="sh-gutter" aria-label="Marks">{items}</ul>' if items else ""


def _classes(row: Row) -> str:
    first = " sh-m--first" if row.first else ""
    note = " sh-m--note" if row.note else ""
    gone = " sh-m--gone" if row.gone else ""
    return f"sh-m sh-m--{row.side}{first}{note}{gone}"


def _above(row: Row) -> str:
    if row.skipped is None:
        return "".join(f'<p class="sh-gap"><span>{escape(words)}</span></p>' for words in row.above)
    # To all messages, without the filter: what stands between two of them is one press away.
    words, number = row.skipped
    link = f'<a class="govuk-link" href="?message={number}#m{number}">{escape(words)}</a>'
    return f'<p class="sh-gap"><span>{". ".join((link, *map(escape, row.above)))}</span></p>'


def _who(row: Row) -> str:
    if not row.first:
        return ""
    chip = f'<span class="sh-chip sh-chip--{row.side}">{row.letter}</span>'
    return f'<p class="sh-who">{chip}<bdi>{escape(row.name)}</bdi></p>'


def _aside(row: Row) -> str:
    # The name stands once a run for the eye; for the ear it stands with every message.
    if row.first:
        return ""
    who = "The platform" if row.note else f"{row.letter}, <bdi>{escape(row.name)}</bdi>"
    return f'<span class="govuk-visually-hidden">{who}: </span>'


def _under(row: Row, kept: str) -> str:
    said, under = row.said, ""
    if said.cut_from:
        address = f"?message={row.number}{kept}&amp;whole=1#m{row.number}"
        words = f"Show all {say.count(said.cut_from)} characters"
        under = f'<p class="sh-under"><a class="govuk-link" href="{address}">{words}</a></p>'
    return under + under_markup(row.doubts, edited=said.edited)


def _at(row: Row) -> str:
    return f'<time datetime="{row.machine_time}">{row.time}</time>' if row.machine_time else row.time


def _gutter(row: Row) -> str:
    return marks_markup(row.marks, cited=bool(row.about.citations), blind=row.not_analysed)


def _piece(piece: Piece) -> str:
    words = escape(piece.text)
    if piece.found:
        words = f'<mark class="sh-found">{words}</mark>'
    return f'<span class="sh-words">{words}</span>' if piece.cue else words


def _before_words(said: Said) -> str:
    forwarded = f'<p class="sh-under"><bdi>{escape(said.forwarded)}</bdi></p>' if said.forwarded else ""
    reply = _reply(said.reply) if said.reply is not None else ""
    note = f'<p class="sh-note-line">{escape(said.note)}</p>' if said.note else ""
    poll = _poll(said.poll) if said.poll is not None else ""
    return f"{forwarded}{reply}{note}{''.join(map(_file, said.files))}{poll}"


def _after_words(said: Said) -> str:
    share = _share(said.share) if said.share is not None else ""
    links = "".join(f'<p class="sh-under">A link in it leads to <bdi>{escape(link)}</bdi></p>' for link in said.links)
    reactions = "".join(map(_reaction, said.reactions))
    listed = f'<ul class="sh-reactions" aria-label="Reactions">{reactions}</ul>' if reactions else ""
    return f"{share}{links}{listed}"


def _reply(reply: ReplyWords) -> str:
    quoted = f": <bdi>{escape(reply.quoted)}</bdi>" if reply.quoted else ""
    return f'<div class="sh-reply"><p class="sh-reply__words">{escape(reply.title)}{quoted}</p></div>'


def _file(file: FileWords) -> str:
    more = "".join(
        f'<br><span class="sh-file__name">{words}</span>'
        for words in (f"<bdi>{escape(file.name)}</bdi>" if file.name else "", escape(file.state))
        if words
    )
    hatch = '<span class="sh-file__hatch" aria-hidden="true"></span>'
    return f'<p class="sh-file">{hatch}<span><strong>{escape(file.title)}</strong>{more}</span></p>'


def _poll(poll: PollWords) -> str:
    options = "".join(f"<li><bdi>{escape(option)}</bdi></li>" for option in poll.options)
    return f'<p class="sh-text">Poll: <bdi>{escape(poll.question)}</bdi></p><ul class="sh-poll">{options}</ul>'


def _share(share: ShareWords) -> str:
    owner = f" from <bdi>{escape(share.owner)}</bdi>" if share.owner else ""
    words = f": <bdi>{escape(share.text)}</bdi>" if share.text else ""
    link = f'<p class="sh-reply__words"><bdi>{escape(share.link)}</bdi></p>' if share.link else ""
    return f'<div class="sh-reply"><p class="sh-reply__words">Passes on{owner}{words}</p>{link}</div>'


def _reaction(reaction: ReactionWords) -> str:
    by = f" <bdi>{escape(reaction.by)}</bdi>" if reaction.by else ""
    return f"<li>{escape(reaction.value)}{by}</li>"
