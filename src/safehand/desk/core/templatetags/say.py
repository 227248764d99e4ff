"""Filters: safehand.desk.core.say, for templates.

{% load say %}
{{ row.size|size }}  {{ row.received_at|uk_time }}  {{ n|counted:"message" }}  {{ n|counted:"stretch,stretches" }}
"""

from __future__ import annotations

from django import template

from safehand.desk.core import say

register = template.Library()
register.filter("count", say.count)
register.filter("uk_time", say.uk_time)
register.filter("uk_second", say.uk_second)
register.filter("from_to", say.from_to)
register.filter("stretch", say.stretch)
register.filter("waited", say.waited)
register.filter("on_day", say.day)


@register.filter
def size(in_bytes: int) -> str:
    """A size that no line breaks in two."""
    return say.size(in_bytes).replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def counted(number: int, nouns: str) -> str:
    """A number with its noun: one spelling, or two with a comma between."""
    one, _, more = nouns.partition(",")
    return say.counted(number, one, more)
