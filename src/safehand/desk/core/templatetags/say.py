"""Filters: safehand.desk.core.say, for templates.

{% load say %} {{ inbox.size|size }} {{ row.received_at|uk_time }}
"""

from __future__ import annotations

from django import template

from safehand.desk.core import say

register = template.Library()
register.filter("count", say.count)
register.filter("counted", say.counted)
register.filter("size", say.size)
register.filter("uk_time", say.uk_time)
register.filter("uk_second", say.uk_second)
register.filter("uk_clock", say.uk_clock)
register.filter("waited", say.waited)
