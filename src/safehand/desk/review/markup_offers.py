"""What rules offer in a whole case as markup: ten conversations have as many lists in each row of a table.

    Conversation 2: C first at message 41, D first at message 44

Written here and not in a template, as messages are (markup.py). Letters and numbers are all that stands in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from safehand.desk.core import say
from safehand.desk.review.presenters.case_mentions import CaseOffers
from safehand.desk.review.presenters.mentions import Offer


def offers_markup(offers: Iterable[CaseOffers], base: str, *, folded: bool) -> str:
    """The candidates of each conversation, behind a press where they are ``folded``. ``base``: of the conversations."""
    where = escape(base)
    lines = [f"Conversation {one.conversation}: {_of(one, where)}" for one in offers]
    listed = "<br>".join(lines)
    if not folded:
        return listed
    summary = f"In {say.counted(len(lines), 'conversation')}"
    return f'<details class="sh-more"><summary>{summary}</summary>{listed}</details>'


def _of(one: CaseOffers, where: str) -> str:
    return ", ".join(_offer(offer, one.conversation, where) for offer in one.offers)


def _offer(offer: Offer, conversation: int, where: str) -> str:
    who = (
        f'<span class="sh-chip sh-chip--{offer.chip.side}">{escape(offer.chip.letter)}</span>'
        if offer.chip is not None
        else "the platform"
    )
    address = f"{where}{conversation}/?message={offer.number}&amp;sort=everything#m{offer.number}"
    of = f'<span class="govuk-visually-hidden"> of conversation {conversation}</span>'
    return f'{who} first at <a class="govuk-link" href="{address}">message {offer.shown}{of}</a>'
