"""Citing messages: an officer's own act, with its custody entry in the same transaction.

    cite(officer, case, 1, 41, "age", "towards", "Told for the first time")
    cite(officer, case, 1, 41, "age", "both", "A joke, see 45", follows=7)     7 stands no more, and stays readable
    take_back(officer, case, 1, 41, 7, "The wrong message")
    citations_on(case, days)                                                   for the page that shows these messages

Nothing is cited by a rule. The entry holds the tag and the SHA-256 of the sealed note: whoever changes a note in the
database is seen, and nobody reads one from the log.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.http import Http404

from safehand.casefile.activity import days_of
from safehand.casefile.read import CaseFile
from safehand.casefile.views import DayPage, Line
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.cases.sealed_words import open_each, seal_words
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import RevocableRows, row_digest
from safehand.desk.custody.actions import in_turn, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.holding import check_may
from safehand.desk.officers.models import Officer
from safehand.desk.officers.roles import Ability
from safehand.desk.review.asking import enter
from safehand.desk.review.models import Citation, Points
from safehand.desk.review.shown import Cited
from safehand.desk.review.tags import tag_of
from safehand.errors import NotAllowed, UsageError
from safehand.model.digest import sha256_of

LONGEST: Final = 2_000
"""Characters of a note: a paragraph. More is a statement, which is written elsewhere."""


def cite(  # noqa: PLR0913  who, what, and what is said of it
    officer: Officer,
    case: Case,
    conversation: int,
    number: int,
    tag: str,
    points: str,
    note: str = "",
    *,
    follows: int | None = None,
    clock: Clock = system_clock,
) -> Citation:
    """Cite a message. With ``follows``, in place of a citation of it that stands; its note then says why.

    Http404 where there is no such message or no such citation that stands; UsageError for a tag or a way to read it
    that is none, a note that is too long, or none where one is needed.
    """
    _check(tag, points, note, needs_note=follows is not None)
    return _add(officer, case, (conversation, number), (tag, points, note), follows, clock)


def take_back(
    officer: Officer,
    case: Case,
    conversation: int,
    number: int,
    citation: int,
    note: str,
    *,
    clock: Clock = system_clock,
) -> Citation:
    """Say that a citation no longer stands, and why. It stays where it is, and readable."""
    followed = _standing(case, conversation, number, citation)
    _check(followed.tag, followed.points, note, needs_note=True)
    said = (followed.tag, followed.points, note)
    return _add(officer, case, (conversation, number), said, citation, clock, taken_back=True)


def citable(officer: Officer, case: Case, conversation: int, number: int) -> None:
    """Http404 unless there is such a message for this officer. Nothing is shown of it."""
    check_may_cite(officer, case)
    with open_case_file(case) as casefile:
        _line(casefile, conversation, number)


def citation_that_stands(officer: Officer, case: Case, conversation: int, number: int, citation: int) -> Citation:
    """The citation of this message that is to be followed; Http404 where it stands no more."""
    check_may_cite(officer, case)
    return _standing(case, conversation, number, citation)


def citations_on(case: Case, days: DayPage | None) -> tuple[Cited, ...]:
    """Citations that stand, of the messages of a page, with their notes."""
    if days is None:
        return ()
    here = {line.number: line for section in days.sections for line in section.lines}
    found = Citation.objects.filter(case=case, conversation=days.conversation, number__range=(days.first, days.last))
    # With a filter others stand between the messages of a page, whose notes are nobody's business here.
    shown = [one for one in standing(found) if one.number in here]
    notes = open_each(case, [bytes(one.sealed_note) for one in shown])
    return tuple(_cited(one, note, here[one.number]) for one, note in zip(shown, notes, strict=True))


def cited_days(casefile: CaseFile, case: Case, conversation: int) -> tuple[tuple[int, date], ...]:
    """Every message of a conversation that somebody cited, with its day, for the strip."""
    found = Citation.objects.standing().filter(case=case, conversation=conversation)
    numbers = found.order_by("number").values_list("number", flat=True).distinct()
    return days_of(casefile, conversation, numbers)


def standing(found: RevocableRows[Citation]) -> Iterable[Citation]:
    """Those that stand, with who made them."""
    return found.standing().select_related("cited_by").order_by("number", "pk")


def is_still_there(one: Citation, line: Line | None) -> bool:
    """Whether the message at its place is read from the bytes that were cited."""
    if line is None:
        return False
    span = line.message.span
    return (span.file, span.start, span.end) == (one.file, one.start, one.end)


def may_cite(officer: Officer, case: Case) -> bool:
    """Whether a role lets this officer cite, and they are on the case: who broke glass reads and does nothing else."""
    try:
        check_may_cite(officer, case)
    except (NotAllowed, Http404):
        return False
    return True


def check_may_cite(officer: Officer, case: Case) -> None:
    """NotAllowed for whom no role lets cite; Http404 for one who is not on the case, by broken glass too."""
    check_may(officer, Ability.CITE_MESSAGES)
    if not Case.objects.for_officer(officer).filter(pk=case.pk).exists():
        raise Http404


def _cited(one: Citation, note: str, line: Line) -> Cited:
    return Cited(
        id=one.pk,
        number=one.number,
        tag=one.tag,
        points=one.points,
        note=note,
        by=one.cited_by.reference,
        at=one.cited_at,
        still_there=is_still_there(one, line),
    )


def _check(tag: str, points: str, note: str, *, needs_note: bool) -> None:
    try:
        tag_of(tag)
    except KeyError as err:
        raise UsageError("That is no tag.") from err
    if points not in Points.values:
        raise UsageError("That is no way to read a message.")
    if len(note) > LONGEST:
        raise UsageError(f"A note has at most {LONGEST:,} characters.")
    if needs_note and not note.strip():
        raise UsageError("Say why.", todo="A citation is only followed or taken back with a reason.")


def _add(
    officer: Officer,
    case: Case,
    where: tuple[int, int],
    said: tuple[str, str, str],
    follows: int | None,
    clock: Clock,
    *,
    taken_back: bool = False,
) -> Citation:
    check_may_cite(officer, case)
    tag, points, note = said
    with open_case_file(case) as casefile, recorded():
        in_turn()
        line = _line(casefile, *where)
        span = line.message.span
        sealed = seal_words(case, note.strip())
        citation = Citation(
            case=case,
            conversation=where[0],
            number=where[1],
            letter=line.letter or "",
            file=span.file,
            sha256=next((one.sha256 for one in casefile.accounts() if one.file == span.file), ""),
            start=span.start,
            end=span.end,
            tag=tag,
            points=points,
            sealed_note=sealed,
            taken_back=taken_back,
            follows=_standing(case, *where, follows) if follows is not None else None,
            cited_at=moment(clock()),
            cited_by=officer,
        )
        citation.save()
        details: Details = {
            "citation": citation.pk,
            "tag": tag,
            "points": points,
            "note": sha256_of(sealed) if sealed else None,
            "row": row_digest(citation),
        }
        if follows is not None:
            details["follows"] = follows
        enter(_verb(follows, taken_back=taken_back), officer, case, _place(*where), details, clock)
    return citation


def _verb(follows: int | None, *, taken_back: bool) -> Verb:
    if taken_back:
        return Verb.CITATION_TAKEN_BACK
    return Verb.MESSAGE_CITED if follows is None else Verb.CITATION_FOLLOWED


def _place(conversation: int, number: int) -> str:
    return f"conversation:{conversation}/message:{number}"


def _line(casefile: CaseFile, conversation: int, number: int) -> Line:
    line = casefile.message(conversation, number)
    if line is None:
        raise Http404
    return line


def _standing(case: Case, conversation: int, number: int, citation: int) -> Citation:
    found = Citation.objects.standing().filter(case=case, conversation=conversation, number=number, pk=citation)
    one = found.first()
    if one is None:
        raise Http404
    return one
