"""What the panel says beside a message as markup: its candidates with what their rules look for, and its citations.

    Candidates: a prompt to look   Age  This message states an age of 13 to 15. Words: “im 13”   [what the rule is for]
    Cited                          Age stated. Towards. "Told for the first time"  A-1234, 4 January 2026, 10:00

Written here and not in a template, as messages are (markup.py): a page of a filter by rule says it of a hundred
messages, and asking a template of each was a third of what the page cost. Everything passes ``escape``, as there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from safehand.desk.core import say
from safehand.desk.review.presenters.citations import CitedWords
from safehand.desk.review.presenters.pointers import Pointer, RuleWords
from safehand.desk.review.presenters.rows import Row

_NOT_ANALYSED = (
    '<div class="sh-section"><h3 class="sh-h3">Not analysed</h3><p>This message belongs to a passage that does not '
    "look like English. The rules could not look at it, and no mark here means nothing.</p></div>"
)
_OTHER_BYTES = " <strong>The message at this place is not read from the bytes that were cited.</strong>"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the panel leads to. ``base`` is the address of the conversation, ``keep`` what one there keeps.

    ``may_cite``: whether the reader of the page may, and so is offered it.
    """

    base: str
    keep: str
    may_cite: bool

    def of(self, number: int, page: str) -> str:
        """A page about one message, as it stands in markup: ``…/conversations/1/messages/41/cite/``."""
        return f"{escape(self.base)}messages/{number}/{page}/"


def beside_markup(row: Row, addresses: Addresses, *, whole: bool) -> str:
    """All that is said beside a message. Without ``whole`` what a rule looks for is left for the script to fill in."""
    pointers = "".join(_pointer(one, row.number, addresses, whole=whole) for one in row.about.pointers)
    cited = "".join(_cited(one, row.number, addresses) for one in row.about.citations)
    return (
        (_section("Candidates: a prompt to look", f"\n{pointers}") if pointers else "")
        + (_NOT_ANALYSED if row.not_analysed else "")
        + (_section("Cited", cited) if cited else "")
    )


def templates_markup(rows: Iterable[Row], addresses: Addresses) -> str:
    """The same of several messages, for the script to show as each is selected."""
    return "\n".join(
        f'<template data-marks-of="{row.number}">{beside_markup(row, addresses, whole=False)}</template>'
        for row in rows
    )


def rule_markup(rule: RuleWords) -> str:
    """What a rule looks for, both ways, and what is known to set it off wrongly."""
    wrong = "".join(f"<li>{escape(words)}</li>" for words in rule.wrong)
    version = f'<span class="sh-quiet">({escape(rule.id)}, version {rule.version})</span>'
    said = (
        ("What it may mean", escape(rule.towards)),
        ("What else it may mean", escape(rule.away)),
        ("Why it may matter", escape(rule.why)),
        ("Known to be wrong about", f"<ul>{wrong}</ul>"),
        ("Rule", f"{escape(rule.title)} {version}"),
    )
    return f'<dl class="sh-rule">{"".join(f"<div><dt>{what}</dt><dd>{words}</dd></div>" for what, words in said)}</dl>'


def _section(title: str, markup: str) -> str:
    return f'<div class="sh-section"><h3 class="sh-h3">{title}</h3>{markup}</div>'


def _pointer(one: Pointer, number: int, addresses: Addresses, *, whole: bool) -> str:
    sort = f'<strong class="sh-pointer__sort">{escape(one.sort)}</strong> ' if one.sort else ""
    quoted = ", ".join(f"<q>{escape(words)}</q>" for words in one.words)
    words = f' <span class="sh-quiet">Words:</span> {quoted}' if quoted else ""
    read_as = f' <span class="sh-quiet">Earliest it may mean: {escape(one.read_as)}.</span>' if one.read_as else ""
    says = f"{sort}This message {escape(one.says)}.{words}{read_as}{_earlier(one.earlier, addresses)}"
    rule = _rule_of(one, one.rule, whole=whole) if one.rule is not None else ""
    meeting = _meeting(number, addresses) if one.names_time and addresses.may_cite else ""
    return f'<div class="sh-pointer">\n<p class="sh-pointer__says">{says}</p>\n{meeting}{rule}\n</div>'


def _earlier(numbers: Iterable[int], addresses: Addresses) -> str:
    kept = escape(addresses.keep)
    links = ", ".join(
        f'<a class="govuk-link" href="?message={number}{kept}#m{number}">{say.count(number)}</a>' for number in numbers
    )
    return f' <span class="sh-quiet">It follows from message {links}.</span>' if links else ""


def _meeting(number: int, addresses: Addresses) -> str:
    return f'<p><a class="govuk-link" href="{addresses.of(number, "meeting")}">Is a meeting planned here?</a></p>\n'


def _rule_of(one: Pointer, rule: RuleWords, *, whole: bool) -> str:
    title = f'<span class="govuk-visually-hidden">: {escape(rule.title)}</span>'
    words = rule_markup(rule) if whole else ""
    other = f"<p>It was found by version {one.version} of the rule; these are the words of version {rule.version}.</p>"
    return (
        f'<details class="sh-more"><summary>What the rule looks for, both ways{title}</summary>'
        f'<div data-rule="{escape(rule.id)}">{words}</div>{other if one.version != rule.version else ""}</details>'
    )


def _cited(one: CitedWords, number: int, addresses: Addresses) -> str:
    other = "" if one.still_there else _OTHER_BYTES
    note = f'<p class="sh-cited__note">{escape(one.note)}</p>' if one.note else ""
    return (
        f'<div class="sh-cited"><p><strong>{escape(one.title)}</strong>. {escape(one.points)}.{other}</p>{note}'
        f'<p class="sh-quiet">{escape(one.by)}, {say.uk_time(one.at)}. {_anew(one, number, addresses)}</p></div>'
    )


def _anew(one: CitedWords, number: int, addresses: Addresses) -> str:
    if not addresses.may_cite:
        return ""
    address = f"{addresses.of(number, 'cite')}?follows={one.id}"
    title = f'<span class="govuk-visually-hidden">: {escape(one.title)}</span>'
    return f'<a class="govuk-link" href="{address}">Cite anew or take back{title}</a>'
