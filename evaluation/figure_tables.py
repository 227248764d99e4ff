"""The tables of docs/evaluation.md. Each is Markdown without a line break at its end."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median_low
from typing import Final

from conversations import GROUPS
from counted import Counted
from judging import STRUCTURE, Judged
from measured import LENGTHS, Measured
from safehand.analysis.indicators.catalogue import CATALOGUE
from safehand.analysis.indicators.rule import Points
from shares import Share

RATIO: Final = 1.25
"""A group's rate above so many times that of all is named (release gate of the notes: or explained)."""

WAYS: Final = (Points.TOWARDS, Points.AWAY, Points.BOTH, Points.WELFARE)
"""The ways an indicator can point, but for context, in the order in which the page tells them."""

_FEWEST: Final = 5
"""Candidates of a group below which no ratio of one rule is told: chance alone makes such."""

NAMES: Final = {
    "plain": "chat English",
    "mle": "Multicultural London English",
    "scots": "Scots",
    "northern": "Northern English",
    "indian": "Indian English",
    "learner": "learners of English",
    "formal": "autistic or formal",
    "deaf": "Deaf writers",
    "older": "older adults",
    "terse": "a word or two",
}
"""How the page names who writes."""


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A table of Markdown."""
    lines = (head, ("---",) * len(head), *rows)
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def by_rule(measured: Measured) -> str:
    """Recall and precision on pairs and planted conversations; false alarms in innocent ones."""
    head = ("rule", "recall", "precision", "innocent: candidates", "per 1,000 messages", "conversations touched")
    innocent = measured.innocent
    return table(
        head,
        (
            (
                f"{rule.number:02d} {rule.id}",
                measured.judged.recall(rule.id).in_words(),
                measured.judged.precision(rule.id).in_words(),
                innocent.candidates[rule.id],
                f"{innocent.per_1000(innocent.candidates[rule.id]):.1f}",
                innocent.share(innocent.touched[rule.id]).in_words(),
            )
            for rule in CATALOGUE
        ),
    )


def by_points(measured: Measured, order: tuple[Points, ...]) -> str:
    """Recall of the labels, by the way they point."""
    return table(
        ("an indicator that points", "recall"),
        ((points.value, measured.judged.pointing(points).in_words()) for points in order),
    )


def the_band(measured: Measured) -> str:
    """Who reaches it: planted urgent ones should, nobody else."""
    innocent = measured.innocent
    return table(
        ("conversations", "reach the top band"),
        (
            ("planted, urgent by their words", measured.planted_top.in_words()),
            ("planted, the others", measured.planted_other.in_words()),
            ("innocent", innocent.share(len(innocent.top)).in_words()),
            ("innocent, the wide band", innocent.share(innocent.wide).in_words()),
        ),
    )


def _ratio(part: Counted, whole: Counted, candidates: int, all_candidates: int) -> float:
    of_all = whole.per_1000(all_candidates)
    return part.per_1000(candidates) / of_all if of_all else 0.0


def _counted_rows(parts: Iterable[tuple[str, Counted]], whole: Counted) -> Iterable[tuple[object, ...]]:
    for name, part in parts:
        yield (
            name,
            part.conversations,
            part.messages,
            part.pointed_messages,
            f"{part.per_1000(part.pointed_messages):.0f}",
            f"{_ratio(part, whole, part.pointed_messages, whole.pointed_messages):.2f}",
            part.share(part.towards).in_words(),
            len(part.top),
        )


_HEAD: Final = (
    "conversations",
    "messages",
    "pointed to",
    "per 1,000",
    "ratio to all",
    "conversations with anything that points towards",
    "top band",
)


def by_group(measured: Measured) -> str:
    """Innocent conversations by how they are written, with the rate of each group over that of all."""
    parts = [(NAMES[group], measured.groups[group]) for group in GROUPS]
    return table(("written in", *_HEAD), _counted_rows([*parts, ("all", measured.innocent)], measured.innocent))


def by_length(measured: Measured) -> str:
    """Innocent conversations by length: a long one sets off more rules in time, which is why no rule counts others."""
    rows = []
    for name in reversed(LENGTHS):
        part = measured.lengths[name]
        rate = f"{part.per_1000(part.pointed_messages):.0f}"
        rules = (median_low(part.rules), max(part.rules))
        rows.append((name, part.conversations, part.messages, rate, *rules, len(part.top)))
    head = (
        "messages",
        "conversations",
        "messages in all",
        "pointed to, per 1,000",
        "rules: median",
        "most",
        "top band",
    )
    return table(head, rows)


def recall_by_group(measured: Measured) -> str:
    """How much of what stands in planted conversations is found, by how they are written, in either set."""
    rows = [
        (NAMES[group], measured.judged.written_in(group).in_words(), measured.unseen.written_in(group).in_words())
        for group in GROUPS
    ]
    return table(("written in", "recall", "recall, once unseen"), rows)


def the_unseen(measured: Measured) -> str:
    """Totals of the set that was unseen until the rules had been mended for the others."""
    innocent = measured.unseen_innocent
    rows = (
        ("labels found, all", measured.unseen.all_found().in_words()),
        *((f"labels found that point {way.value}", measured.unseen.pointing(way).in_words()) for way in WAYS),
        ("indicators that a label asks for", rightly(measured.unseen)),
        ("innocent: messages pointed to, per 1,000", f"{innocent.per_1000(innocent.pointed_messages):.0f}"),
        ("innocent: conversations with anything that points towards", innocent.share(innocent.towards).in_words()),
        ("innocent: conversations in the top band", innocent.share(len(innocent.top)).in_words()),
    )
    return table(("of the set once unseen", "counts"), rows)


def by_variant(measured: Measured) -> str:
    """The minimal pairs written otherwise: how many must-labels are still found, how many may-nots are broken."""
    rows = [("as they stand", measured.pairs), *measured.variants.items()]
    return table(
        ("the pairs", "recall", "wrongly pointed to"),
        ((name, judged.all_found().in_words(), judged.wrong.total()) for name, judged in rows),
    )


def rightly(judged: Judged) -> str:
    """Of the indicators that stand in labelled conversations, those that a label asks for."""
    found, wrong = judged.found.total(), judged.wrong.total()
    return Share(found, found + wrong).in_words()


def by_family(measured: Measured) -> str:
    """Innocent conversations by family."""
    parts = sorted(measured.families.items())
    return table(("family", *_HEAD), _counted_rows([*parts, ("all", measured.innocent)], measured.innocent))


def by_rule_and_group(measured: Measured) -> str:
    """Rules that point to one group's innocent messages more often than to those of all, beyond RATIO."""
    rows = []
    for rule in CATALOGUE:
        for group in GROUPS:
            part, whole = measured.groups[group], measured.innocent
            ratio = _ratio(part, whole, part.candidates[rule.id], whole.candidates[rule.id])
            if rule.id not in STRUCTURE and part.candidates[rule.id] >= _FEWEST and ratio > RATIO:
                told = f"{part.candidates[rule.id]} of {whole.candidates[rule.id]}"
                rows.append(
                    (rule.id, NAMES[group], told, Share(part.messages, whole.messages).in_words(), f"{ratio:.2f}")
                )
    if not rows:
        return "No rule has a ratio above 1.25 in any group of five candidates or more."
    head = ("rule", "written in", "candidates", "the group's share of messages", "ratio to all")
    return table(head, rows)
