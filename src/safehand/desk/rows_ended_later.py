"""Whether who is on a case, who holds a role and who broke glass still is what the custody log says.

    problems_of_standing()     a sentence for each entry whose row was changed or is gone, one for each kind of row that
                               no entry made

These rows are ended later, so an entry does not speak of its row for good. The log is gone through in its order: what
begins one stands until an entry ends it, and what stands then must be there, and nothing else. An entry of before rows
had digests says which officer, and of which case or role: one such row may stand there, whatever else it says. Words
that were erased with their case change a row of broken glass, by an entry that has both digests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from safehand.desk.cases.models import CaseOfficer, GlassBroken
from safehand.desk.core import say
from safehand.desk.core.kept import row_digest
from safehand.desk.custody.acts import Verb
from safehand.desk.custody.entry import Entry, parse_entry
from safehand.desk.custody.models import CustodyEntry
from safehand.desk.officers.models import RoleHeld
from safehand.errors import CannotRead

ENDED_LATER: Final = frozenset(
    {
        *(Verb.CASE_OPENED, Verb.CASE_TAKEN, Verb.OFFICER_ADDED),
        *(Verb.ROLE_GIVEN, Verb.ROLE_ENDED, Verb.GLASS_BROKEN, Verb.GLASS_KNOWN),
    }
)
"""Verbs whose row is no kept one."""

CHANGED: Final = "What it speaks of was changed in the database since, or is gone."
OTHER_KEY: Final = "No row matches its entry in the custody log: the desk has another secret key, or all were changed."

ON_CASE: Final = "Who is on a case"
ROLE: Final = "Who holds a role"
GLASS: Final = "Who broke glass"

GLASS_ROW: Final = "glassbroken"
"""How an entry calls a row of broken glass whose words were erased."""

_Key = tuple[str, str, str]
"""Which kind, which case or role, which officer as the log calls them."""


@dataclass(frozen=True, slots=True)
class _State:
    """What an entry says of a row: its digest, or None in one of before."""

    sequence: int
    digest: str | None


@dataclass(slots=True)
class _Told:
    """What stands at the end of the log: ``open`` may still be ended, ``ended`` is for good."""

    open: dict[_Key, list[_State]] = field(default_factory=lambda: defaultdict(list))
    ended: dict[_Key, list[_State]] = field(default_factory=lambda: defaultdict(list))

    def take(self, entry: Entry) -> None:
        """One entry further."""
        digest = entry.details.get("row")
        state = _State(entry.sequence, digest if isinstance(digest, str) else None)
        case, record = entry.case or "", entry.record or ""
        match entry.verb:
            case Verb.CASE_OPENED if entry.actor.startswith("officer:"):
                self.open[ON_CASE, case, entry.actor].append(state)
            case Verb.CASE_TAKEN | Verb.OFFICER_ADDED:
                self.open[ON_CASE, case, record].append(state)
            case Verb.OFFICER_ENDED:
                self._end((ON_CASE, case, record))  # what it left is a kept row (rows_of_log.py)
            case Verb.ROLE_GIVEN:
                self.open[ROLE, str(entry.details["role"]), record].append(state)
            case Verb.ROLE_ENDED:
                key = (ROLE, str(entry.details["role"]), record)
                self._end(key)
                self.ended[key].append(state)
            case Verb.GLASS_BROKEN:
                self.open[GLASS, case, entry.actor].append(state)
            case Verb.GLASS_KNOWN if state.digest is not None:
                self.ended[GLASS, case, ""].append(state)
            case Verb.WORDS_ERASED if entry.details.get("of") == GLASS_ROW:
                self._replace(entry.details["was"], state)
            case _:
                pass

    def _end(self, key: _Key) -> None:
        if self.open[key]:
            self.open[key].pop()  # an officer is on a case, or holds a role, once at a time

    def _replace(self, was: object, state: _State) -> None:
        for states in (*self.open.values(), *self.ended.values()):
            states[:] = [state if each.digest == was else each for each in states]

    def states(self) -> Iterator[tuple[_Key, _State]]:
        """All that stand."""
        for standing in (self.open, self.ended):
            for key, states in standing.items():
                yield from ((key, state) for state in states)


def problems_of_standing() -> Iterator[str]:
    """A sentence each. Nothing is changed, and no officer and no case is named but by the number of an entry."""
    told = _told()
    said = {state.digest: state.sequence for _, state in told.states() if state.digest is not None}
    of_before = Counter(key for key, state in told.states() if state.digest is None)
    rows = list(_rows())
    there = {digest for _, digests in rows for digest in digests}
    if said and not there & set(said):
        yield OTHER_KEY
        return
    for digest, sequence in sorted(said.items(), key=lambda each: each[1]):
        if digest not in there:
            yield f"custody log, entry {sequence}: {CHANGED}"
    unknown = Counter(key for key, digests in rows if not said.keys() >= set(digests))
    for kind in (ON_CASE, ROLE, GLASS):
        more, fewer = _of(kind, unknown - of_before), _of(kind, of_before - unknown)
        if more:
            yield f"{kind}: {say.counted(more, 'row')} of which the custody log says nothing."
        if fewer:
            yield f"{kind}: {say.counted(fewer, 'row')} gone of which the custody log tells."


def _of(kind: str, counted: Counter[_Key]) -> int:
    return sum(many for key, many in counted.items() if key[0] == kind)


def _told() -> _Told:
    told = _Told()
    verbs = [verb.value for verb in (*ENDED_LATER, Verb.OFFICER_ENDED, Verb.WORDS_ERASED)]
    for row in CustodyEntry.objects.filter(verb__in=verbs).order_by("sequence").iterator():
        try:
            told.take(parse_entry(bytes(row.canonical)))
        except CannotRead:
            continue  # which the log's own check says, and a verb beside it that is another (custody/chain.py)
    return told


def _rows() -> Iterator[tuple[_Key, tuple[str, ...]]]:
    """What is there, each with its digest; broken glass with that of its state before a supervisor knew, too."""
    for on_it in CaseOfficer.objects.select_related("case", "officer").iterator():
        yield (ON_CASE, on_it.case.reference, on_it.officer.actor), (row_digest(on_it),)
    for held in RoleHeld.objects.select_related("officer").iterator():
        yield (ROLE, held.role, held.officer.actor), (row_digest(held),)
    for glass in GlassBroken.objects.select_related("case", "officer").iterator():
        key = (GLASS, glass.case.reference, glass.officer.actor)
        now = row_digest(glass)
        glass.known_at = glass.known_by = None  # of this copy alone
        yield key, (now, row_digest(glass))
