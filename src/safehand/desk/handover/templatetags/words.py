"""A line of data/holder-words.json as HTML.

{% load words %}
{{ line|marked:unit }}      **bold** and [links](page:help) become HTML; all else is escaped
"""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from safehand.desk.core import say
from safehand.seal.holder_words import (
    WORDS,
    Bold,
    HolderPage,
    HolderWords,
    Link,
    Route,
    Support,
    checked_on,
    is_stale,
    pieces,
)

register = template.Library()


@register.simple_tag
def holder_words() -> HolderWords:
    """All of them, for a page that no view gave them to: pages of error."""
    return WORDS


@register.simple_tag
def holder_page(name: str) -> HolderPage:
    """One page of words."""
    return WORDS.pages[name]


@register.filter
def marked(words: str, unit: str = "") -> SafeString:
    """One line. ``unit`` is what stands for {unit} in it."""
    return format_html_join("", "{}", ((_html(piece, unit),) for piece in pieces(words)))


@register.simple_tag
def checked(line: str, dated: Sequence[Route | Support]) -> SafeString:
    """When a list was looked up, in one line, and that it may have changed since where that is long ago."""
    day = checked_on(dated)
    told = line.replace("{day}", say.day(day))
    if not is_stale(day, localdate()):
        return format_html("{}", told)
    return format_html("{} <strong>{}</strong>", told, WORDS.checked.stale)


@register.filter
def address(to: str) -> str:
    """Where a link of the words leads: ``page:help#phone`` is one of our own pages."""
    kind, _, name = to.partition(":")
    if kind != "page":
        return to
    name, hash_, place = name.partition("#")
    return f"{reverse(f'handover:{name}')}{hash_}{place}"


def _html(piece: str | Bold | Link, unit: str) -> SafeString:
    match piece:
        case Bold():
            return format_html("<strong>{}</strong>", piece.words.replace("{unit}", unit))
        case Link():
            outside = ' rel="noreferrer noopener external"' if piece.to.startswith("https:") else ""
            return format_html(
                '<a class="govuk-link" href="{}"{}>{}</a>', address(piece.to), SafeString(outside), piece.words
            )
        case _:
            return format_html("{}", piece.replace("{unit}", unit))
