"""Of every form there is: its marks arrive as gaps, and its summary can be checked against the phone."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from promise_samples import BUILDERS
from safehand.analysis.gap import GapKind
from safehand.analysis.whole import Whole
from safehand.cli.summary import Summary, summaries_of, summary_lines, summary_value
from safehand.cli.whole import whole_lines, whole_value
from safehand.model.conversation import ConversationClosed, Event
from safehand.model.doubt import Doubt
from safehand.model.message import Kind, Message
from safehand.sources.contract import Capture, FileInMemory
from safehand.sources.reading import Reading
from table_made import stated

MESSAGES = 12
FORMS = sorted(name for name in BUILDERS if not name.endswith("ZIP"))
_PLATFORM_SPEAKS = (Kind.SYSTEM, Kind.CALL)


def reading_of(name: str) -> tuple[Reading, Capture]:
    files = BUILDERS[name](MESSAGES).files
    capture = Capture(tuple(stated(FileInMemory(file, file, data)) for file, data in files.items()))
    return Reading(capture), capture


def expected(events: list[Event]) -> Counter[tuple[str | None, GapKind]]:
    """The gaps that the marks of these events mean, found by another way than GapWatch finds them."""
    found: Counter[tuple[str | None, GapKind]] = Counter()
    told: list[Message] = []
    for event in events:
        if isinstance(event, Message):
            told.append(event)
        elif isinstance(event, ConversationClosed):
            ident = event.id
            found[ident, GapKind.DELETED] = sum(one.kind is Kind.DELETED for one in told)
            found[ident, GapKind.EDITED] = sum(
                one.edited_mark or one.edited is not None or bool(one.revisions) for one in told
            )
            said = [one for one in told if one.kind not in _PLATFORM_SPEAKS]
            opens = said[:1] and (said[0].reply is not None or said[0].kind is Kind.REACTION_NOTICE)
            found[ident, GapKind.OPENS_WITH_REPLY] = int(bool(opens))
            found[ident, GapKind.AT_CAP] = int(Doubt.CLIPPED_AT_CAP in dict(event.doubts))
            told = []
    return +found


@pytest.mark.parametrize("name", FORMS)
def test_marks_of_every_form_arrive_as_gaps(name: str) -> None:
    reading, _ = reading_of(name)
    whole = Whole()
    events = list(whole.watched(reading.events()))
    wanted = expected(events)
    kinds = {GapKind.DELETED, GapKind.EDITED, GapKind.OPENS_WITH_REPLY, GapKind.AT_CAP}
    assert {key: count for key, count in whole.gaps.counts.items() if key[1] in kinds} == dict(wanted)


@pytest.mark.parametrize("name", FORMS)
def test_the_summary_of_every_form_says_who_how_many_from_when_to_when_and_where(name: str) -> None:
    reading, capture = reading_of(name)
    whole = Whole()
    summaries = summaries_of(whole.watched(reading.events()))
    lines = list(summary_lines(summaries, reading.accounts(), capture))
    assert next(iter(whole_lines(whole))) == "Is it whole?"
    assert sum(one.closed.messages for one in summaries if one.closed) >= MESSAGES
    for one in summaries:
        text_tells(one, lines)
    told = json.loads(json.dumps({**summary_value(summaries, reading.accounts(), capture), **whole_value(whole)}))
    assert len(told["conversations"]) == len(summaries)
    for one, said in zip(summaries, told["conversations"], strict=True):
        json_tells(one, said)


def text_tells(one: Summary, lines: list[str]) -> None:
    begin = next(n for n, line in enumerate(lines) if line.startswith(f"Conversation {one.opened.id}:"))
    block = lines[begin : lines.index("", begin)]
    labels = {line[2:13].rstrip(): line[14:] for line in reversed(block[1:])}
    assert one.closed is not None
    assert labels["Messages"] == f"{one.closed.messages:,}"
    assert labels["Wrote"]
    if one.closed.messages:
        ends = ("From", "To") if one.earliest else ("First", "Last")
        assert all(", bytes " in labels[label] for label in ends)
        assert labels["Clock"]
    doubts = [line.split()[2] for line in block if line.startswith("  In doubt")]
    assert doubts == [str(doubt) for doubt, _ in one.closed.doubts]


def json_tells(one: Summary, said: dict[str, object]) -> None:
    assert one.closed is not None
    assert said["messages"] == one.closed.messages
    assert isinstance(said["participants"], list)
    assert said["doubts"] == {str(doubt): count for doubt, count in one.closed.doubts}
    if one.closed.messages:
        for end in ("first", "last"):
            place = said[end]
            assert isinstance(place, dict)
            assert place["span"]["end"] > place["span"]["start"] >= 0
        assert said["clocks"]
        assert (said["earliest"] is None) == (one.earliest is None)
