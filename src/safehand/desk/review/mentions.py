"""First mentions: who raised what first, both ways, from the tags that people set (domain.md F2.1, F2.2).

    shown = list_mentions(officer, case, 1)       the entry is on the disk before the page exists; no message in it
    first_mentions(casefile, case, 1)             for the menu that F opens in the reader

"First" is by place in the conversation. Candidates of the rules stand beside, offered: no cell is filled by one.
"""

from __future__ import annotations

from collections import defaultdict

from django.http import Http404

from safehand.casefile.candidates import firsts, has_word_list, looked_at_of, nearest
from safehand.casefile.read import CaseFile
from safehand.casefile.views import Line
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.core.kept import RevocableRows
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.citing import is_still_there, standing
from safehand.desk.review.models import Citation
from safehand.desk.review.shown import FirstMention, Mention, Mentions, TagSeen
from safehand.desk.review.tags import TAGS, Tag


def list_mentions(
    officer: Officer, case: Case, conversation: int | None = None, *, clock: Clock = system_clock
) -> Mentions:
    """Every tag of the list, in one conversation: what people tagged, and what rules offer. The first where none is
    named.
    """
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        conversations = casefile.conversations()
        about = next((one for one in conversations if conversation in (None, one.number)), None)
        if about is None:
            raise Http404
        looked = looked_at_of(casefile, about.number)
        here = Citation.objects.filter(case=case, conversation=about.number)
        cited = mentions_of(casefile, here).get(about.number, ())
        rows = tuple(
            TagSeen(
                tag,
                tuple(one for one in cited if one.tag == tag.code),
                firsts(casefile, about.number, tag.kinds) if looked is not None else {},
            )
            for tag in TAGS
        )
        letters = tuple(dict.fromkeys(one.letter for one in casefile.participants(about.number)))
        shown = Mentions(
            case, about, tuple(one.number for one in conversations), letters, looked, rows, has_word_list(casefile)
        )
        counts = {"citations": len(cited)}
        enter(Verb.MENTIONS_LISTED, officer, case, f"conversation:{about.number}", {**counts}, clock)
    return shown


def first_mentions(casefile: CaseFile, case: Case, conversation: int) -> tuple[FirstMention, ...]:
    """Of each tag the first message that somebody tagged; where nobody did, the first that a rule offers."""
    tagged: dict[str, int] = {}
    for tag, number in (
        Citation.objects.standing()
        .filter(case=case, conversation=conversation)
        .order_by("number")
        .values_list("tag", "number")
    ):
        tagged.setdefault(tag, number)
    found = (_first(casefile, conversation, tag, tagged.get(tag.code)) for tag in TAGS)
    return tuple(one for one in found if one is not None)


def _first(casefile: CaseFile, conversation: int, tag: Tag, tagged: int | None) -> FirstMention | None:
    if tagged is not None:
        return FirstMention(tag, tagged, tagged=True)
    offered = nearest(casefile, conversation, 0, tag.kinds, later=True)
    return FirstMention(tag, offered, tagged=False) if offered is not None else None


def mentions_of(casefile: CaseFile, found: RevocableRows[Citation]) -> dict[int, tuple[Mention, ...]]:
    """Citations that stand, with their messages, by conversation and in the order of their messages there."""
    mentions: defaultdict[int, list[Mention]] = defaultdict(list)
    lines: dict[tuple[int, int], Line | None] = {}
    for one in standing(found):
        where = one.conversation, one.number
        if where not in lines:
            lines[where] = casefile.message(*where)
        line, by = lines[where], one.cited_by.reference
        mentions[one.conversation].append(
            Mention(one.tag, one.points, one.number, one.letter, line, is_still_there(one, line), by)
        )
    return {conversation: tuple(here) for conversation, here in sorted(mentions.items())}
