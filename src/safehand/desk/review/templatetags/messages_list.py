"""Messages in a template, and the strip above them: safehand.desk.review.markup, whose words are escaped there.

{% load messages_list %}
{% table_rows figure.table page.address %}  {% case_table_rows figure.table page.address %}
{% day_sections page.days keep %}  {% rows page.rows %}  {% said row.said %}
{% strip page.strip keep %}  {% days page.strip keep %}
{% offers row address %}
{% beside row address keep may_cite %}  {% beside_each rows address keep may_cite %}  {% rule_words rule %}
{% filter_fields page.filter.fields %}
{% timed day.rows address %}  {% line_strip page.strip page.code %}  {% line_days page.strip page.code %}
"""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from safehand.desk.review.markup import day_markup, row_markup, said_markup
from safehand.desk.review.markup_filter import fields_markup
from safehand.desk.review.markup_offers import offers_markup
from safehand.desk.review.markup_panel import Addresses, beside_markup, rule_markup, templates_markup
from safehand.desk.review.markup_strip import days_markup, line_days_markup, line_strip_markup, strip_markup
from safehand.desk.review.markup_table import table_rows_markup
from safehand.desk.review.markup_timeline import timed_markup
from safehand.desk.review.pictures.frame import in_reader, on_time_line
from safehand.desk.review.presenters.case_mentions import CaseMentionRow
from safehand.desk.review.presenters.figures import Table
from safehand.desk.review.presenters.filtering import Field
from safehand.desk.review.presenters.pointers import RuleWords
from safehand.desk.review.presenters.reader import Day
from safehand.desk.review.presenters.rows import Row
from safehand.desk.review.presenters.said import Said
from safehand.desk.review.presenters.strip import Strip
from safehand.desk.review.presenters.timeline import TimedRow

register = template.Library()


@register.simple_tag
def table_rows(table: Table, address: str) -> SafeString:
    """The rows of a picture's table of one conversation. ``address`` is of the reader's page."""
    return SafeString(table_rows_markup(table, in_reader(address)))


@register.simple_tag
def case_table_rows(table: Table, address: str) -> SafeString:
    """The rows of a picture's table of a case. ``address`` is of the time line."""
    return SafeString(table_rows_markup(table, on_time_line(address)))


@register.simple_tag
def rows(rows: Iterable[Row], keep: str = "") -> SafeString:
    """The items of a list of messages, one a line."""
    return SafeString("\n".join(row_markup(row, keep) for row in rows))


@register.simple_tag
def day_sections(days: Iterable[Day], keep: str) -> SafeString:
    """The messages of a page, day by day."""
    return SafeString("".join(day_markup(day, keep) for day in days))


@register.simple_tag
def offers(row: CaseMentionRow, base: str) -> SafeString:
    """What rules offer for a tag in a case. ``base`` is the address of the conversations of the case."""
    return SafeString(offers_markup(row.offers, base, folded=row.folded))


@register.simple_tag
def timed(rows: Iterable[TimedRow], base: str) -> SafeString:
    """Messages of the time line. ``base`` is the address of the conversations of the case."""
    return SafeString("\n".join(timed_markup(row, base) for row in rows))


@register.simple_tag
def said(said: Said) -> SafeString:
    """What one message says."""
    return SafeString(said_markup(said))


@register.simple_tag
def beside(row: Row, base: str, keep: str, may_cite: object) -> SafeString:
    """What the panel says beside the selected message. ``base``: of the conversation; ``may_cite``: a form, or None."""
    return SafeString(beside_markup(row, Addresses(base, keep, may_cite=bool(may_cite)), whole=True))


@register.simple_tag
def beside_each(rows: Iterable[Row], base: str, keep: str, may_cite: object) -> SafeString:
    """The same of every message of which it says any, for the script."""
    return SafeString(templates_markup(rows, Addresses(base, keep, may_cite=bool(may_cite))))


@register.simple_tag
def rule_words(rule: RuleWords) -> SafeString:
    """What a rule looks for."""
    return SafeString(rule_markup(rule))


@register.simple_tag
def filter_fields(fields: Iterable[Field]) -> SafeString:
    """The lists of the filter."""
    return SafeString(fields_markup(fields))


@register.simple_tag
def strip(strip: Strip, keep: str) -> SafeString:
    """The activity strip."""
    return SafeString(strip_markup(strip, keep))


@register.simple_tag
def days(strip: Strip, keep: str) -> SafeString:
    """The same as a list of links."""
    return SafeString(days_markup(strip, keep))


@register.simple_tag
def line_strip(strip: Strip, code: str) -> SafeString:
    """The activity strip of the time line ``code``."""
    return SafeString(line_strip_markup(strip, code))


@register.simple_tag
def line_days(strip: Strip, code: str) -> SafeString:
    """The same as a list of links."""
    return SafeString(line_days_markup(strip, code))
