"""The lists of the reader's filter as markup: sixty options stand on every page of messages.

    <label for="filter-who">Who wrote</label><select …><option value="">Everyone</option><option value="A">A</option> …

Written here and not in a template, as messages are (markup.py). Everything passes ``escape``, as there.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from safehand.desk.review.presenters.filtering import Field, Group, Option


def fields_markup(fields: Iterable[Field]) -> str:
    """Each list with its label, a line each."""
    return "\n".join(map(_field, fields))


def _field(field: Field) -> str:
    name = escape(field.name)
    groups = "".join(map(_group, field.groups))
    return (
        f'<p><label for="filter-{name}">{escape(field.label)}</label>'
        f'<select class="govuk-select" id="filter-{name}" name="{name}">{groups}</select></p>'
    )


def _group(group: Group) -> str:
    options = "".join(map(_option, group.options))
    return f'<optgroup label="{escape(group.title)}">{options}</optgroup>' if group.title else options


def _option(option: Option) -> str:
    chosen = " selected" if option.chosen else ""
    return f'<option value="{escape(option.code)}"{chosen}>{escape(option.words)}</option>'
