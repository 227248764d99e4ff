"""First mentions of a whole case: the table of mentions.py over all its conversations.

    shown = list_case_mentions(officer, case)       the entry is on the disk before the page exists; no message in it

Which conversation has the first is said by time and only where time can say it (may_be_first.py). Rules only offer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from safehand.casefile.candidates import FirstFound, firsts_of_case, has_word_list
from safehand.casefile.conduct import letters_of
from safehand.casefile.indicators import looked_at
from safehand.casefile.timeline import clock_counts
from safehand.casefile.whole import overlaps
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.mentions import mentions_of
from safehand.desk.review.models import Citation
from safehand.desk.review.shown import Mention
from safehand.desk.review.shown_case import CaseMentions, CaseTagSeen
from safehand.desk.review.tags import TAGS, Tag


def list_case_mentions(officer: Officer, case: Case, *, clock: Clock = system_clock) -> CaseMentions:
    """Every tag of the list in all conversations: what people tagged, and what rules offer."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        # Of all citations: one whose conversation is not read by this version is shown, and said not to be there.
        cited = mentions_of(casefile, Citation.objects.filter(case=case))
        found = firsts_of_case(casefile)
        shown = CaseMentions(
            case=case,
            conversations=tuple(one.number for one in casefile.conversations()),
            letters=letters_of(casefile),
            looked=looked_at(casefile),
            clocks=clock_counts(casefile),
            overlaps=overlaps(casefile),
            rows=tuple(CaseTagSeen(tag, _of(tag, cited), _offered(tag, found)) for tag in TAGS),
            has_words=has_word_list(casefile),
        )
        count = sum(len(mentions) for mentions in cited.values())
        enter(Verb.MENTIONS_LISTED, officer, case, "case", {"citations": count}, clock)
    return shown


def _of(tag: Tag, cited: Mapping[int, tuple[Mention, ...]]) -> dict[int, tuple[Mention, ...]]:
    found = {
        conversation: tuple(one for one in mentions if one.tag == tag.code) for conversation, mentions in cited.items()
    }
    return {conversation: mentions for conversation, mentions in found.items() if mentions}


def _offered(tag: Tag, found: Iterable[FirstFound]) -> dict[int, dict[str | None, int]]:
    offered: defaultdict[int, dict[str | None, int]] = defaultdict(dict)
    for one in found:
        if one.kind in tag.kinds.get(one.rule, ()):
            here = offered[one.conversation]
            here[one.letter] = min(one.number, here.get(one.letter, one.number))
    return dict(offered)
