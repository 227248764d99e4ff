"""Messages in a template: safehand.desk.review.markup, whose words are escaped there.

{% load messages_list %}
{% rows day.rows keep %}  {% said row.said %}
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from safehand.desk.review.markup import row_markup, said_markup
from safehand.desk.review.presenters.rows import Row
from safehand.desk.review.presenters.said import Said

register = template.Library()


@register.simple_tag
def rows(rows: Iterable[Row], keep: str = "") -> SafeString:
    """The items of a list of messages, one a line."""
    return SafeString("\n".join(row_markup(row, keep) for row in rows))


@register.simple_tag
def said(said: Said) -> SafeString:
    """What one message says."""
    return SafeString(said_markup(said))
