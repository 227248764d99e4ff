"""Whose message a rule points at: the case file looks for candidates of an account by who an indicator names."""

from __future__ import annotations

from conversations import read_conversations
from indicator_lines import TOKENS
from judging import looked_at
from measured import CORPUS
from safehand.analysis.indicators.catalogue import CATALOGUE
from safehand.casefile.candidates import ANSWERED


def test_every_rule_but_one_names_whoever_wrote_the_message_at_which_it_points() -> None:
    conversations = {one.id: one for one in read_conversations(CORPUS / "planted")}
    pointed, of_another = set(), set()
    for id_, found in looked_at(conversations.values(), TOKENS).items():
        for one in found:
            pointed.add(one.rule)
            if one.by is not None and one.by != conversations[id_].lines[one.numbers[-1] - 1].by:
                of_another.add(one.rule)
    assert of_another == {ANSWERED}
    assert len(pointed) > len(CATALOGUE) * 3 / 4, "nearly every rule was asked"
