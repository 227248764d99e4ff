"""The prosecutor's checklist of a case: an officer answers each item in words, beside what the package says.

    shown = view_checklist(officer, case)
    answer_item(officer, case, 5, Answered.PACKAGE, "Told at the start", rests=on_message(1, 41))

No item is answered by the desk. The entry of an answer holds the item, how it was answered, what it rests on, and the
SHA-256 of the sealed words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.http import Http404

from safehand.casefile.read import CaseFile
from safehand.casefile.whole import gap_counts
from safehand.desk.cases.declarations import declared_of
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.cases.sealed_words import open_words, seal_words
from safehand.desk.conduct.asking import check_may_write, checked_words, may_write
from safehand.desk.conduct.checklist_table import Item, checklist
from safehand.desk.conduct.models import Answered, ChecklistAnswer
from safehand.desk.conduct.rests import Rests, found, is_still_there, kind_of
from safehand.desk.conduct.shown import AnswerSeen, ChecklistShown, ItemSeen
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter
from safehand.errors import UsageError
from safehand.model.digest import sha256_of


def view_checklist(officer: Officer, case: Case, *, clock: Clock = system_clock) -> ChecklistShown:
    """Every item, with what the holder declared, the answer that stands, and where the record may not be whole."""
    check_on_it(officer, case)
    table = checklist()
    with open_case_file(case) as casefile, recorded():
        chains: defaultdict[int, list[AnswerSeen]] = defaultdict(list)
        for one in ChecklistAnswer.objects.filter(case=case).select_related("by").order_by("-pk"):
            chains[one.item].append(_answer(casefile, case, one))
        items = tuple(_seen(case, item, chains[item.number]) for item in table.items)
        answered = sum(one.answer is not None for one in items)
        enter(Verb.CHECKLIST_SHOWN, officer, case, "case", {"answered": answered}, clock)
        return ChecklistShown(case, table, items, gap_counts(casefile), may_write(officer, case))


def item_to_answer(officer: Officer, case: Case, number: int) -> Item:
    """The item, for the form: what was answered before is not shown. Http404 where there is none of that number."""
    check_may_write(officer, case)
    item = checklist().item(number)
    if item is None:
        raise Http404
    return item


def answer_item(
    officer: Officer,
    case: Case,
    number: int,
    answered: Answered,
    words: str,
    *,
    rests: Rests | None = None,
    clock: Clock = system_clock,
) -> ChecklistAnswer:
    """Keep an answer, in place of the one that stood. UsageError for no words, for what it rests on where that is not
    there, and for nothing to rest on where it is answered from the package: such an answer is to be found again.
    """
    item = item_to_answer(officer, case, number)
    said = checked_words(words)
    if answered is Answered.PACKAGE and rests is None:
        raise UsageError("Name what it rests on.", todo="Or choose another answer.")
    with open_case_file(case) as casefile, recorded():
        in_turn()
        on = found(case, casefile, rests)
        before = ChecklistAnswer.objects.standing().filter(case=case, item=number).first()
        sealed = seal_words(case, said)
        made = ChecklistAnswer(
            case=case,
            item=item.number,
            table=checklist().version,
            answered=answered,
            sealed_words=sealed,
            follows=before,
            at=moment(clock()),
            by=officer,
            **on.fields,
        )
        made.save()
        details: Details = {
            "item": number,
            "answered": answered.value,
            "words": sha256_of(sealed),
            "row": row_digest(made),
            **on.details,
        }
        if before is not None:
            details["follows"] = before.pk
        enter(Verb.CHECKLIST_ANSWERED, officer, case, on.record, details, clock)
    return made


def _seen(case: Case, item: Item, answers: Sequence[AnswerSeen]) -> ItemSeen:
    declared = declared_of(case.package, item.declared, periods=False)
    return ItemSeen(item, declared, answers[0] if answers else None, tuple(answers[1:]))


def _answer(casefile: CaseFile, case: Case, one: ChecklistAnswer) -> AnswerSeen:
    return AnswerSeen(
        answered=Answered(one.answered),
        words=open_words(case, bytes(one.sealed_words)),
        by=one.by.reference,
        at=one.at,
        on=kind_of(one),
        message=(one.conversation, one.number) if one.conversation is not None and one.number is not None else None,
        named=open_words(case, bytes(one.sealed_exhibit)) if one.sealed_exhibit else one.file,
        still_there=is_still_there(casefile, case, one),
    )
