"""The rows of a picture's table as markup: a time line may have ninety, and a template asks three questions of a cell.

    <tr><th scope="row"><a href="…?message=41#m41">Sunday 4 January 2026</a></th><td class="sh-num">3</td></tr>

Everything passes ``escape``, as a template would have it.
"""

from __future__ import annotations

from html import escape

from safehand.desk.review.pictures.frame import LeadsTo
from safehand.desk.review.presenters.figures import Table, TableRow


def table_rows_markup(table: Table, leads_to: LeadsTo) -> str:
    """The rows of the body."""
    cell = "<td>" if table.is_words else '<td class="sh-num">'
    return "".join(_row(row, leads_to, cell, has_words=table.has_words) for row in table.rows)


def _row(row: TableRow, leads_to: LeadsTo, cell: str, *, has_words: bool) -> str:
    head = escape(row.head)
    if row.number is not None:
        head = f'<a class="govuk-link" href="{escape(leads_to(row.number))}">{head}</a>'
    cells = "".join(f"{cell}{escape(words)}</td>" for words in row.cells)
    last = f"<td>{escape(row.words)}</td>" if has_words else ""
    return f'<tr><th scope="row">{head}</th>{cells}{last}</tr>'
