"""The tables of docs/evaluation.md about the blind set: totals alone, no conversation is named."""

from __future__ import annotations

from blind import BLIND_LENGTHS, Blind
from conversations import WRITERS
from counted import Counted
from figure_tables import NAMES, WAYS, rightly, table
from safehand.analysis.indicators.rule import Points


def the_blind(blind: Blind) -> str:
    """Labels by the way they point, what points there rightly, and the top band."""
    innocent = blind.innocent
    rows = (
        ("planted conversations", blind.planted),
        ("labels found, all", blind.judged.all_found().in_words()),
        *((f"labels found that point {way.value}", blind.judged.pointing(way).in_words()) for way in WAYS),
        ("indicators that a label asks for", rightly(blind.judged)),
        ("planted, urgent by their words, in the top band", blind.top.in_words()),
        ("planted, the others, in the top band", blind.other.in_words()),
        ("innocent conversations", innocent.conversations),
        ("innocent: messages", innocent.messages),
        ("innocent: messages pointed to, per 1,000", f"{innocent.per_1000(innocent.pointed_messages):.0f}"),
        ("innocent: conversations with anything that points towards", innocent.share(innocent.towards).in_words()),
        ("innocent: conversations in the top band", innocent.share(len(innocent.top)).in_words()),
    )
    return table(("of the blind set", "counts"), rows)


def blind_by_length(blind: Blind) -> str:
    """Recall and false alarms by how many messages a conversation has."""
    head = ("messages", "labels found", "that point towards", "that point away", *_INNOCENT)
    rows = []
    for name in BLIND_LENGTHS:
        judged = blind.lengths[name]
        both = (judged.pointing(way).in_words() for way in (Points.TOWARDS, Points.AWAY))
        innocent = _innocent(blind.innocent_lengths.get(name, Counted()), blind.innocent)
        rows.append((name, judged.all_found().in_words(), *both, *innocent))
    return table(head, rows)


def blind_by_writers(blind: Blind) -> str:
    """Recall and false alarms by how a conversation is written."""
    rows = (
        (
            NAMES[group],
            blind.judged.written_in(group).in_words(),
            *_innocent(blind.innocent_writers.get(group, Counted()), blind.innocent),
        )
        for group in WRITERS
    )
    return table(("written in", "labels found", *_INNOCENT), rows)


_INNOCENT = ("innocent: conversations", "messages", "pointed to, per 1,000", "ratio to all", "with anything towards")


def _innocent(part: Counted, whole: Counted) -> tuple[object, ...]:
    rate, of_all = part.per_1000(part.pointed_messages), whole.per_1000(whole.pointed_messages)
    ratio = f"{rate / of_all:.2f}" if of_all else "–"
    return part.conversations, part.messages, f"{rate:.0f}", ratio, part.share(part.towards).in_words()
