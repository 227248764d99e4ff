"""From an unsealed package to a case file, and the counts that the desk's pages show.

    found = read_into_case_file(case, report, work, tell)
    found.summary      {"conversations": 2, "messages": 812, "doubts": {"zone_unknown": 812}, …}

What the holder states of zone is handed to the readers as the holder's word, and only where it names one IANA zone;
anything else stays a text in the statement.
"""

from __future__ import annotations

import re
import zoneinfo
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from safehand.analysis.of_statement import gaps_of_statement
from safehand.analysis.traces import Trace, Traces
from safehand.casefile.build import build
from safehand.desk.cases.declarations import declarations_value, periods_value, said_no_value
from safehand.desk.cases.models import Case
from safehand.desk.cases.not_read import not_read_value
from safehand.desk.cases.opening import case_file_path, case_key
from safehand.desk.intake.tracing import trace_key
from safehand.desk.intake.word_list import word_list
from safehand.errors import CheckFailed
from safehand.model.conversation import ConversationClosed, Event
from safehand.seal.answers import Answers, State
from safehand.seal.contents import capture_of_bag
from safehand.seal.picked import Picked
from safehand.seal.report import Report
from safehand.seal.tables import tables_of
from safehand.sources.accounting import FileAccount
from safehand.sources.contract import ReadOptions
from safehand.sources.reading import Reading

_ZONE_LIKE: Final = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+|\bUTC\b|\bGMT\b")


@dataclass(frozen=True, slots=True)
class Found:
    """What was read. ``summary`` is what the desk keeps: counts and plain answers, nothing a holder wrote."""

    conversations: int
    messages: int
    summary: dict[str, Any]
    accounts: tuple[FileAccount, ...]
    traces: frozenset[Trace]


def read_into_case_file(case: Case, report: Report, work: Path, tell: Callable[[int], None]) -> Found:
    """Read everything in the package and build the case file. ``tell`` is called with the messages so far."""
    if report.statement is None:
        raise CheckFailed("A package without a statement is not read.")
    answers = report.statement.answers
    capture = capture_of_bag(work / "package", report.statement)
    zone = stated_zone(answers)
    reading = Reading(
        capture,
        ReadOptions(
            zone=zone,
            zone_by="holder" if zone is not None else None,
            tables=tables_of(report.statement.tables),
        ),
    )
    doubts: Counter[str] = Counter()
    traces = Traces(trace_key())
    built = build(
        case_file_path(case),
        case_key(case),
        traces.of(_counting(reading.events(), doubts)),
        capture.files,
        reading.accounts,
        register=capture.register,
        notes=capture.notes,
        progress=tell,
        stated=lambda platforms: gaps_of_statement(report.statement, platforms),
        words=word_list(),
    )
    accounts = reading.accounts()
    summary = {
        "conversations": built.conversations,
        "messages": built.messages,
        "accounts": built.accounts,
        "files": built.files,
        "bytes": sum(account.bytes for account in accounts),
        "unparsed_bytes": sum(stretch.end - stretch.start for a in accounts for stretch in a.unparsed),
        "listed_not_opened": len(capture.register),
        "not_read": not_read_value(reading.recognised),
        "doubts": dict(sorted(doubts.items())),
        "sealed": report.statement.sealed.utc,
        "exclusions": len(report.statement.exclusions),
        **picked_value(report.statement.picked),
        "tables": len(report.statement.tables),
        "answers": declarations_value(answers),
        "said_no": said_no_value(answers),
        "zone": zone,
        "periods": periods_value(answers),
        **urgent(answers),
    }
    return Found(built.conversations, built.messages, summary, accounts, traces.found())


def picked_value(picked: Picked | None) -> dict[str, Any]:
    """What the desk's pages say of a pick: counts and moments, nothing a holder wrote."""
    if picked is None:
        return {}
    moments = [moment for one in picked.left_out for moment in (one.earliest, one.latest) if moment is not None]
    return {
        "picked": {
            "conversations": picked.conversations,
            "left_out": len(picked.left_out),
            "messages": sum(one.messages for one in picked.left_out),
            "files": picked.files,
            "earliest": min(moments, default=None),
            "latest": max(moments, default=None),
        }
    }


def stated_zone(answers: Answers) -> str | None:
    """The one IANA zone that the holder's answer names, or None."""
    answer = answers.given.get("capture.zone")
    if answer is None or answer.state is not State.GIVEN or answer.value is None:
        return None
    named = {word for word in _ZONE_LIKE.findall(answer.value) if word in zoneinfo.available_timezones()}
    return named.pop() if len(named) == 1 else None


def urgent(answers: Answers) -> dict[str, Any]:
    """The answers that order the inbox: yes or no, and a date. What a holder wrote in words stays in the package."""
    said = {key: answers.given.get(f"urgent.{key}") for key in ("child_in_danger", "meeting_planned", "meeting_when")}
    when = said["meeting_when"]
    return {
        "danger": said["child_in_danger"] is not None and said["child_in_danger"].state is State.YES,
        "meeting": said["meeting_planned"] is not None and said["meeting_planned"].state is State.YES,
        "meeting_on": when.value[:16] if when is not None and when.state is State.GIVEN and when.value else None,
    }


def _counting(events: Iterator[Event], doubts: Counter[str]) -> Iterator[Event]:
    for event in events:
        if isinstance(event, ConversationClosed):
            doubts.update({str(doubt): count for doubt, count in event.doubts})
        yield event
