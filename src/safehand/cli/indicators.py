"""What the rules of analysis point to, in the summary where it is asked for: each rule alone, per 1,000 messages.

Indicators
  Each is a prompt to look, of one rule alone. They are not added up: a long friendly chat sets off
  every rule in time.
  Conversation 1: 1,204 messages were looked at
    Age stated           3 candidates in 1,154 messages, 2.5 per 1,000; 50 are in … not analysed (age_stated)
    no candidate found   Age asked about, School year, …
    not looked for       Words of a sexual topic, Episodes of a sexual topic

Nothing that anybody wrote is in it. That a rule found nothing does not say that there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from safehand.analysis.indicators import lists
from safehand.analysis.indicators.catalogue import NEED_WORDS
from safehand.analysis.indicators.lists import NO_WORDS, WordList, load_words
from safehand.analysis.indicators.tally import Looked, Tally
from safehand.analysis.indicators.times_read import times_read
from safehand.analysis.indicators.watch import IndicatorWatch
from safehand.cli.say import counted
from safehand.errors import WordListMissing
from safehand.model.canonical import Json
from safehand.model.conversation import ConversationClosed, ConversationOpened, Event

_WIDTH: Final = 32
"""Characters of the longest title of a rule, and two more."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What became of every rule in one conversation."""

    conversation: str
    looked: Looked
    tallies: tuple[Tally, ...]


class Pointers:
    """Asks the rules as a reading goes by; what it holds is bounded by one conversation."""

    def __init__(self, words: WordList) -> None:
        self.words: Final = words
        self.found: list[Pointed] = []
        """One of each conversation that has ended."""
        self._watch = IndicatorWatch(words, times_read)

    def watched(self, events: Iterable[Event]) -> Iterator[Event]:
        """The same events, looked at."""
        open_ = ""
        for event in self._watch.watched(events):
            if isinstance(event, ConversationOpened):
                open_ = event.id
            elif isinstance(event, ConversationClosed):
                self.found.append(Pointed(open_, self._watch.looked[open_], self._watch.tallies(open_)))
                self._watch.take()
            yield event

    def lines(self) -> Iterator[str]:
        """For people, line by line."""
        yield "Indicators"
        yield "  Each is a prompt to look, of one rule alone. They are not added up: a long friendly chat sets off"
        yield "  every rule in time."
        if self.words is NO_WORDS:
            yield "  The words of a published list were not looked for: it is not here. Build it with make words."
        for one in self.found:
            looked_at = counted(one.looked.messages, "message was", "messages were")
            yield f"  Conversation {one.conversation}: {looked_at} looked at"
            yield from (f"    {told}" for told in _rules(one))

    def value(self) -> dict[str, Json]:
        """The same for programs."""
        return {
            "word_list": None if self.words is NO_WORDS else self.words.name,
            "indicators": [
                {
                    "conversation": one.conversation,
                    "messages": one.looked.messages,
                    "not_analysed": one.looked.not_analysed,
                    "rules": [_rule_value(tally) for tally in one.tallies],
                }
                for one in self.found
            ],
        }


def words_built() -> WordList:
    """The list of words that was built here, or none."""
    try:
        return load_words(lists.BUILT)
    except WordListMissing:
        return NO_WORDS


def _rules(one: Pointed) -> Iterator[str]:
    if one.looked.not_analysed:
        others = counted(one.looked.not_analysed, "message is", "messages are")
        yield f"{others} in a language that is not analysed: no rule could read them"
    asked = [tally for tally in one.tallies if tally.was_asked]
    for tally in asked:
        if tally.found:
            yield f"{tally.rule.title:<{_WIDTH}}{tally.in_words()} ({tally.rule.id})"
    for label, rules in (
        ("no candidate found", [tally for tally in asked if not tally.found]),
        ("not looked for", [tally for tally in one.tallies if not tally.was_asked]),
    ):
        if rules:
            yield f"{label:<{_WIDTH}}{', '.join(tally.rule.title for tally in rules)}"


def _rule_value(tally: Tally) -> dict[str, Json]:
    rate = tally.per_1000()
    return {
        "rule": tally.rule.id,
        "title": tally.rule.title,
        "version": tally.rule.version,
        "looked_for": tally.was_asked,
        "found": tally.found if tally.was_asked else None,
        "per_1000": None if rate is None or not tally.was_asked else f"{rate:.1f}",
        "needs_word_list": tally.rule.id in NEED_WORDS,
    }
