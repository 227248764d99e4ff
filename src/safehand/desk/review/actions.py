"""Showing evidence: each verb checks who asks, writes the custody entry, and only then gives what is shown.

    case = open_case(officer, "SH-7K3M9QXAR")        404 when the officer is not on it
    page = read_page(officer, case, conversation=1)  the entry is on the disk before the page exists

Entries hold references, numbers, counts and hashes. What was searched for stands there as a keyed digest: whoever
holds the desk's key can confirm that an officer searched for a given word, and nobody can read the words from the log.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from typing import Final

import msgspec
from django.conf import settings
from django.http import Http404

from safehand.casefile.activity import activity, pointed_at
from safehand.casefile.candidates import has_word_list
from safehand.casefile.read import CaseFile
from safehand.casefile.search import search as find
from safehand.casefile.views import DayPage
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Purpose, Verb
from safehand.desk.custody.entry import Details
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.asking import check_on_it, enter
from safehand.desk.review.citing import citations_on, cited_days
from safehand.desk.review.covering import cover, hard_among
from safehand.desk.review.every_entry import page_of
from safehand.desk.review.filter import ALL, Ask
from safehand.desk.review.mentions import first_mentions
from safehand.desk.review.pointing import candidates_about
from safehand.desk.review.shown import ConversationList, Evidence, ListedFiles, Original, Page, Searched, Seen
from safehand.desk.review.sieving import read_filtered, shown_of
from safehand.desk.review.sorts import USUAL, kinds_of

AROUND: Final = 2048
"""Bytes shown before and after the cited ones: some thirty messages of a text export."""

LONGEST_CITED: Final = 64 * 1024
"""Bytes of the cited ones that are shown: longer than any message typed by hand."""

BESIDE: Final = 3
"""Messages before and after the one that stands beside its bytes."""

LISTED: Final = 500
"""Listed files on a page: an export of one chat rarely has more, and an archive may name a hundred thousand."""


def open_case(officer: Officer, reference: str) -> Case:
    """The case, when this officer may read it. Otherwise 404: whether there is such a case is not said."""
    case = Case.objects.readable_by(officer).filter(reference=reference).select_related("package").first()
    if case is None:
        raise Http404
    return case


def list_conversations(officer: Officer, case: Case, *, clock: Clock = system_clock) -> ConversationList:
    """The conversations of a case, with who takes part, by letter."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        conversations = casefile.conversations()
        listed = ConversationList(
            case, conversations, casefile.participants(), casefile.files(), has_word_list(casefile)
        )
        enter(Verb.CONVERSATIONS_LISTED, officer, case, "case", {"conversations": len(conversations)}, clock)
    return listed


def read_page(
    officer: Officer,
    case: Case,
    conversation: int,
    number: int | None = None,
    sort: str = USUAL,
    ask: Ask = ALL,
    *,
    clock: Clock = system_clock,
) -> Page:
    """The page of whole days that message ``number`` stands on; the first page when no number is given.

    ``sort`` says which candidates are marked (sorts.CHOICES). With a filter ``ask``, those messages alone that fit it,
    from ``number`` on or up to it.
    """
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        about = casefile.conversation(conversation)
        if about is None:
            raise Http404
        filtered = sought = None
        if ask.filter:
            days, filtered, sought = read_filtered(casefile, case, conversation, ask, number or 0)
        else:
            days = _day_page(casefile, conversation, number)
        days_of_all = activity(casefile, conversation)
        lines = _line_numbers(casefile, days if filtered is None else _first_alone(days, number))
        candidates = candidates_about(casefile, conversation, days, sort, sought)
        page = Page(
            case,
            about,
            days,
            days_of_all,
            casefile.participants(conversation),
            lines,
            candidates,
            citations_on(case, days),
            first_mentions(casefile, case, conversation),
            cover(officer, candidates.hard, clock),
            others=casefile.conversation(2 if conversation == 1 else 1) is not None,
            cited_days=cited_days(casefile, case, conversation),
            pointed_bars=pointed_at(casefile, conversation, days_of_all, kinds_of(sort)) if days_of_all else (),
            filtered=filtered,
        )
        shown: Details = {"first": days.first, "last": days.last} if days is not None else {"first": 0, "last": 0}
        if filtered is not None:
            shown = shown_of(conversation, days, filtered.asked)
        enter(Verb.MESSAGES_SHOWN, officer, case, f"conversation:{conversation}", shown, clock)
    return page


def search(
    officer: Officer,
    case: Case,
    words: str,
    conversation: int | None = None,
    after: int = 0,
    *,
    clock: Clock = system_clock,
) -> Searched:
    """Messages that hold these words. UsageError when there is nothing in them to search for."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        if conversation is not None and casefile.conversation(conversation) is None:
            raise Http404
        hits = find(casefile, words, conversation, after)
        place = f"conversation:{conversation}" if conversation is not None else "case"
        said: Details = {
            "words": words_digest(case, words),
            "total": hits.total,
            "messages": [[hit.conversation, hit.line.number] for hit in hits.hits],
        }
        enter(Verb.MESSAGES_SEARCHED, officer, case, place, said, clock)
        hard = hard_among(casefile, [(hit.conversation, hit.line.number) for hit in hits.hits])
        covered = cover(officer, hard, clock)
    return Searched(hits, covered)


def view_original(
    officer: Officer, case: Case, conversation: int, number: int, *, clock: Clock = system_clock
) -> Original:
    """A message beside the bytes it was read from, with some of what stands before and after them."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        about = casefile.conversation(conversation)
        line = casefile.message(conversation, number)
        if about is None or line is None:
            raise Http404
        span = line.message.span
        file = next((file for file in casefile.files() if file.id == span.file), None)
        if file is None:
            raise Http404
        earlier, later = casefile.neighbours(conversation, number)
        original = Original(
            case=case,
            conversation=about,
            line=line,
            file=file,
            start=span.start,
            end=span.end,
            before=_bytes(casefile, span.file, max(0, span.start - AROUND), span.start),
            cited=_bytes(casefile, span.file, span.start, min(span.end, span.start + LONGEST_CITED)),
            after=_bytes(casefile, span.file, span.end, span.end + AROUND),
            head=_bytes(casefile, span.file, 0, 4),
            line_number=casefile.line_numbers(span.file, [span.start]).get(span.start),
            about=casefile.page(conversation, max(1, number - BESIDE), 2 * BESIDE + 1),
            earlier=earlier,
            later=later,
        )
        place = f"conversation:{conversation}/message:{number}"
        shown: Details = {"first_byte": span.start - len(original.before), "last_byte": span.end + len(original.after)}
        enter(Verb.ORIGINAL_SHOWN, officer, case, place, shown, clock)
        cover(officer, hard_among(casefile, [(conversation, line.number) for line in original.about]), clock)
    return original


def list_files(officer: Officer, case: Case, after: int = 0, *, clock: Clock = system_clock) -> ListedFiles:
    """Files that were listed and never opened, by name: some of those after the first ``after``."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        register = casefile.register()
        if after and after >= len(register):
            raise Http404
        listed = ListedFiles(register[after : after + LISTED], after, len(register), LISTED)
        shown: Details = {"files": len(listed.files), "after": after}
        enter(Verb.FILES_LISTED, officer, case, f"package:{case.package.sha256}", shown, clock)
    return listed


def view_evidence(officer: Officer, case: Case, *, clock: Clock = system_clock) -> Evidence:
    """What was verified, step by step, and the account of bytes. No message."""
    check_on_it(officer, case)
    with open_case_file(case) as casefile, recorded():
        package = case.package
        register, notes, as_now = casefile.register(), casefile.notes(), casefile.is_read_as_now()
        enter(Verb.EVIDENCE_SHOWN, officer, case, f"package:{package.sha256}", {}, clock)
    return Evidence.of(case, package, register, notes, read_as_now=as_now)


def who_saw_what(
    officer: Officer, case: Case, purpose: Purpose, before: int | None = None, *, clock: Clock = system_clock
) -> Seen:
    """The custody entries of a case, newest first. Looking at the log is itself an entry, with its purpose."""
    check_on_it(officer, case, Ability.SEE_LOG)
    with recorded():
        rows, more = page_of(CustodyEntry.objects.filter(case=case.reference), before)
        enter(Verb.LOG_SHOWN, officer, case, "log", {"entries": len(rows)}, clock, purpose)
    return Seen(purpose, rows, more)


def words_digest(case: Case, words: str) -> str:
    """What the log holds instead of the words: HMAC-SHA256 with a key of this desk and case."""
    key = hashlib.sha256(f"safehand search v1 {settings.SECRET_KEY} {case.reference}".encode()).digest()
    return hmac.new(key, words.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def _day_page(casefile: CaseFile, conversation: int, number: int | None) -> DayPage | None:
    first = casefile.page(conversation, 1, 1)
    if number is None and not first:
        return None
    days = casefile.day_page(conversation, number if number is not None else first[0].number)
    if days is None:
        raise Http404
    return days


def _bytes(casefile: CaseFile, file: str, start: int, end: int) -> bytes:
    found = casefile.source_bytes(file, start, end)
    if found is None:
        raise Http404
    return found


def _first_alone(days: DayPage | None, number: int | None) -> DayPage | None:
    """The message that will be selected. Those of a filter may lie in two hundred pieces of a source file, and to count
    lines each of them had to be read.
    """
    if days is None:
        return None
    for section in days.sections:
        for line in section.lines:
            if line.number >= (number or 0):
                return msgspec.structs.replace(days, sections=(msgspec.structs.replace(section, lines=(line,)),))
    return None


def _line_numbers(casefile: CaseFile, days: DayPage | None) -> dict[int, int]:
    starts: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for section in days.sections if days is not None else ():
        for line in section.lines:
            starts[line.message.span.file][line.number] = line.message.span.start
    found: dict[int, int] = {}
    for file, places in starts.items():
        numbers = casefile.line_numbers(file, list(places.values()))
        found |= {number: numbers[at] for number, at in places.items() if at in numbers}
    return found
