"""Recording what an account is: an officer's own act, with a reason, followed and never changed.

    record_account(officer, case, "B", RecordedAs.CITIZEN, "The holder’s statement says so")
    standing_records(case)          {"B": AccountRecord, …}

The entry holds the account by its number (A is 1), what it is recorded as, which account of the statement it is said
to be, and the SHA-256 of the sealed reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from safehand.casefile.conduct import first_act_of, letters_of
from safehand.casefile.read import CaseFile
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.cases.sealed_words import seal_words
from safehand.desk.conduct.asking import check_may_write, checked_words
from safehand.desk.conduct.models import AccountRecord, RecordedAs
from safehand.desk.conduct.periods import declared_accounts, declared_periods
from safehand.desk.core.clock import Clock, moment, system_clock
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.actions import in_turn, recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import enter
from safehand.errors import UsageError
from safehand.model.digest import sha256_of
from safehand.model.span import Span


def record_account(
    officer: Officer,
    case: Case,
    letter: str,
    recorded_as: RecordedAs,
    reason: str,
    *,
    declared: int | None = None,
    clock: Clock = system_clock,
) -> AccountRecord:
    """Record it, in place of what it was recorded as before. ``declared``: which account of the statement it is.

    Http404 for no such account; UsageError for no reason, or an account of which the statement has no period.
    """
    check_may_write(officer, case)
    said = checked_words(reason)
    if declared is not None and declared not in declared_accounts(case.package):
        raise UsageError("The statement has no periods of such an account.", todo="Choose one that it has, or none.")
    with open_case_file(case) as casefile, recorded():
        in_turn()
        letters = letters_of(casefile)
        if letter not in letters:
            raise Http404
        anchor = anchor_of(casefile, letter)
        before = standing_records(case).get(letter)
        sealed = seal_words(case, said)
        made = AccountRecord(
            case=case,
            letter=letter,
            file=anchor.file if anchor is not None else "",
            sha256=_sha256(casefile, anchor),
            start=anchor.start if anchor is not None else 0,
            end=anchor.end if anchor is not None else 0,
            recorded_as=recorded_as,
            declared=declared,
            sealed_reason=sealed,
            follows=before,
            at=moment(clock()),
            by=officer,
        )
        made.save()
        details: Details = {
            "account": letters.index(letter) + 1,
            "recorded_as": recorded_as.value,
            "reason": sha256_of(sealed),
            "row": row_digest(made),
        }
        if declared is not None:
            details["declared"] = declared
        if before is not None:
            details["follows"] = before.pk
        enter(Verb.ACCOUNT_RECORDED, officer, case, "case", details, clock)
    return made


@dataclass(frozen=True, slots=True)
class ToRecord:
    """What the form offers: the letters of the case's accounts, and the accounts of the statement by who typed."""

    letters: tuple[str, ...]
    declared: Mapping[int, tuple[str, ...]]


def accounts_to_record(officer: Officer, case: Case, *, clock: Clock = system_clock) -> ToRecord:
    """The accounts, for the form. Of them is shown who is declared to have typed: an entry."""
    check_may_write(officer, case)
    typed: dict[int, dict[str, None]] = {}
    for one in declared_periods(case.package):
        typed.setdefault(one.account, {})[one.who] = None
    with open_case_file(case) as casefile, recorded():
        letters = letters_of(casefile)
        enter(Verb.CONDUCT_SHOWN, officer, case, "case", {"offered": len(letters)}, clock)
    return ToRecord(letters, {account: tuple(who) for account, who in sorted(typed.items())})


def standing_records(case: Case) -> dict[str, AccountRecord]:
    """What each account is recorded as now, by letter. An account that nobody recorded is not there."""
    found = AccountRecord.objects.standing().filter(case=case).select_related("by")
    return {one.letter: one for one in found}


def anchor_of(casefile: CaseFile, letter: str) -> Span | None:
    """The bytes of the first act of an account, or None where it has none."""
    first = first_act_of(casefile, letter)
    line = casefile.message(*first) if first is not None else None
    return line.message.span if line is not None else None


def is_still_it(record: AccountRecord, anchor: Span | None) -> bool:
    """Whether the letter is still that of the account that was recorded."""
    here = (anchor.file, anchor.start, anchor.end) if anchor is not None else ("", 0, 0)
    return here == (record.file, record.start, record.end)


def _sha256(casefile: CaseFile, anchor: Span | None) -> str:
    if anchor is None:
        return ""
    return next((one.sha256 for one in casefile.accounts() if one.file == anchor.file), "")
