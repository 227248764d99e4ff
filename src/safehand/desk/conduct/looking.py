"""Showing the conduct review of a case, one conversation at a time. The entry is on the disk before the page exists.

    shown = view_conduct(officer, case, 1)

The figures are shown where an account of the conversation is recorded as a decoy. A real child's conduct is never laid
out: its account has no column, and where the two are a real child and the other there is no panel (domain.md 2.8).
The same holds where a child typed at first: which messages those are is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.http import Http404

from safehand.casefile.conduct import conduct_of, letters_of
from safehand.casefile.read import CaseFile
from safehand.casefile.views import CaseConversation
from safehand.desk.cases.declarations import declared_of
from safehand.desk.cases.models import Case
from safehand.desk.cases.opening import open_case_file
from safehand.desk.cases.sealed_words import open_words
from safehand.desk.conduct.asking import may_write, supervises
from safehand.desk.conduct.concluding import steps_of, written
from safehand.desk.conduct.figures import UNSEEN, panel_of
from safehand.desk.conduct.models import AccountRecord, RecordedAs, ReviewStep, Stage
from safehand.desk.conduct.order import may_follow, where_it_stands
from safehand.desk.conduct.periods import AlongSeen, Means, declared_accounts, laid_along
from safehand.desk.conduct.recording import anchor_of, is_still_it
from safehand.desk.conduct.shown import AccountSeen, ConductShown, Panel, RecordSeen, StepSeen
from safehand.desk.conduct.tables import Ran
from safehand.desk.core.clock import Clock, system_clock
from safehand.desk.custody.actions import recorded
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Details
from safehand.desk.officers.models import Officer
from safehand.desk.review.asking import check_on_it, enter

DECLARED: Final = (
    *("holder.role", "urgent.child", "declarations.typed_by", "declarations.police_asked", "declarations.told_police"),
    *("declarations.told_police_details", "promptness.told_police", "declarations.published"),
    *("declarations.published_where", "undertaking.keep_private", "urgent.confronted", "urgent.group_attending"),
    *("declarations.first_message", "declarations.all_platforms", "declarations.deleted", "declarations.deleted_by"),
    *("declarations.edited", "declarations.edited_by", "declarations.other_material"),
)
"""The holder's declarations that bear on conduct, by the ids of the questions, in the order they are shown."""

RAN: Final = {
    RecordedAs.STATE: Ran.STATE,
    RecordedAs.CITIZEN: Ran.CITIZEN,
    RecordedAs.CHILD_THEN_CITIZEN: Ran.CITIZEN,
}
"""Who ran an account, of those that are recorded as a decoy."""


def view_conduct(
    officer: Officer, case: Case, conversation: int | None = None, *, clock: Clock = system_clock
) -> ConductShown:
    """The review of one conversation; of the first where none is named. Http404 where there is none such."""
    check_on_it(officer, case)
    steps = steps_of(case)
    order = written(steps)
    with open_case_file(case) as casefile, recorded():
        every = casefile.conversations()
        about = next((one for one in every if conversation in (None, one.number)), None)
        if about is None:
            raise Http404
        accounts = _accounts(casefile, case, about)
        enter(Verb.CONDUCT_SHOWN, officer, case, f"conversation:{about.number}", _entered(accounts, steps), clock)
        return ConductShown(
            case=case,
            conversation=about,
            conversations=tuple(one.number for one in every),
            accounts=accounts,
            ran=frozenset(RAN[kind] for one in accounts if (kind := _stands_as(one)) in RAN),
            panel=_panel(casefile, case, about, accounts),
            child_here=any(one.here and _stands_as(one) is RecordedAs.CHILD for one in accounts),
            child_then_citizen=any(one.here and _stands_as(one) is RecordedAs.CHILD_THEN_CITIZEN for one in accounts),
            declared=declared_of(case.package, DECLARED),
            declared_accounts=declared_accounts(case.package),
            along=tuple(_along(casefile, case, about, accounts)),
            steps=tuple(_step(case, one) for one in steps),
            recorded_since=_recorded_since(case, steps),
            stands=where_it_stands(order),
            may=may_follow(order, officer.reference, supervises=supervises(officer))
            if may_write(officer, case)
            else (),
            may_record=may_write(officer, case),
        )


def _entered(accounts: Sequence[AccountSeen], steps: Sequence[ReviewStep]) -> Details:
    return {"accounts": sum(one.record is not None for one in accounts), "steps": len(steps)}


def _accounts(casefile: CaseFile, case: Case, about: CaseConversation) -> tuple[AccountSeen, ...]:
    """Accounts of this conversation first, then those of others that somebody recorded."""
    here = dict.fromkeys(
        [*(one.letter for one in conduct_of(casefile, about.number))]
        + [one.letter for one in casefile.participants(about.number)]
    )
    chains: dict[str, list[AccountRecord]] = {}
    for one in AccountRecord.objects.filter(case=case).select_related("by").order_by("-pk"):
        chains.setdefault(one.letter, []).append(one)
    order = {letter: place for place, letter in enumerate(letters_of(casefile))}
    letters = sorted({*here, *chains}, key=lambda letter: (letter not in here, order.get(letter, len(order)), letter))
    return tuple(_account(casefile, case, letter, chains.get(letter, []), here=letter in here) for letter in letters)


def _account(casefile: CaseFile, case: Case, letter: str, chain: Sequence[AccountRecord], *, here: bool) -> AccountSeen:
    seen = [_record(case, one) for one in chain]
    still_it = not chain or is_still_it(chain[0], anchor_of(casefile, letter))
    return AccountSeen(letter, seen[0] if seen else None, tuple(seen[1:]), still_it, here)


def _record(case: Case, one: AccountRecord) -> RecordSeen:
    reason = open_words(case, bytes(one.sealed_reason))
    return RecordSeen(RecordedAs(one.recorded_as), reason, one.by.reference, one.at, one.declared)


def _stands_as(account: AccountSeen) -> RecordedAs | None:
    return account.record.recorded_as if account.record is not None and account.still_it else None


def _along(
    casefile: CaseFile, case: Case, about: CaseConversation, accounts: Iterable[AccountSeen]
) -> Iterator[AlongSeen]:
    """Who is declared to have typed when, of each account here that an officer tied to the statement; of no child's."""
    for one in accounts:
        kind = _stands_as(one)
        account = one.record.declared if one.record is not None else None
        if not one.here or account is None or kind in (None, RecordedAs.CHILD):
            continue
        means = Means(about.number, one.letter, account, child_typed=kind in UNSEEN)
        along = laid_along(casefile, case.package, means)
        if along is not None:
            yield along


def _panel(casefile: CaseFile, case: Case, about: CaseConversation, accounts: Iterable[AccountSeen]) -> Panel | None:
    recorded_as: Mapping[str, RecordedAs | None] = {one.letter: _stands_as(one) for one in accounts if one.here}
    laid_out = {kind for kind in recorded_as.values() if kind in RAN and kind not in UNSEEN}
    ran = frozenset(RAN[kind] for kind in recorded_as.values() if kind in RAN)
    return panel_of(casefile, case, about.number, recorded_as, ran) if laid_out else None


def _step(case: Case, one: ReviewStep) -> StepSeen:
    return StepSeen(one.pk, Stage(one.stage), open_words(case, bytes(one.sealed_words)), one.by.reference, one.at)


def _recorded_since(case: Case, steps: Sequence[ReviewStep]) -> bool:
    return bool(steps) and AccountRecord.objects.filter(case=case, at__gt=steps[-1].at).exists()
