"""Which words would have a holder do something with the other person: for the closed messages, and as a lint.

    tasking_in("Ask him where he lives")                  ["ask"]
    tasking_in("Do not warn them and keep talking.")      ["keep talking"]
    tasking_in("Do not reply, confront or warn them.")    []

A police desk must never task a holder (domain.md 2.4, F2.5): whoever keeps a talk going because police asked may become
a source under the law, and the evidence may be lost. It is a list of verbs and no understanding, and it is strict on
purpose: words that only look like a task are to be written otherwise.
"""

from __future__ import annotations

import re
from typing import Final

_THEM: Final = (
    r"(?:them|him|her|the other (?:person|side|one)|(?:the|that|this) (?:man|woman|adult|account|user|person|stranger))"
)
_TO_THEM: Final = (
    r"(?:accept|add|befriend|bring|call|chat|contact|dm|e-?mail|follow|friend|get|give|help|join|keep|lead|lend|let"
    r"|lie to|like|make|meet|message|phone|ping|press|promise|push|report|ring|see|sell|send|show|snap|string|tell|test"
    r"|text|thank|trick|trust|visit|watch|wait for|write)(?:s|es|ing|ed)?"
)
"""What is a task when it is done to the other person."""

_CHAT: Final = r"(?:the|your|this) (?:chat|conversation|contact)"
_GOING_ON: Final = (
    r"carry(?:ing)? on|continu(?:e|es|ing)|go(?:ing)? on (?:with|talking|writing|chatting)|go(?:ing)? along"
    rf"|keep(?:s|ing)? (?:on |up )?(?:\w+ing|in touch|going|up)|keep(?:ing)? {_CHAT} (?:going|open|up|alive)"
    r"|stay(?:s|ing)? (?:in (?:touch|contact)|online|on the line|friendly|close)|(?:play|string)(?:ing)? along"
)
_TALKING: Final = (
    r"ask(?:s|ed|ing)?|repl(?:y|ies|ied|ying)|answer(?:s|ed|ing)?|respond(?:s|ed|ing)?|react(?:s|ed|ing)?"
    r"|talk(?:s|ed|ing)?|speak(?:s|ing)? (?:to|with)|chat(?:s|ted|ting)? (?:to|with)|engag(?:e|es|ed|ing)"
    r"|writ(?:e|es|ing) (?:to|back)|(?:text(?:s|ing)?|message|call|ring) back|get back to"
    r"|say (?:yes|no|that|you|hello|sorry)|let on|hint|flirt(?:s|ing)?|compliment|flatter"
    r"|persuad(?:e|ing)|convinc(?:e|ing)|encourag(?:e|es|ing)|bait|lure|entice|tempt|stall|delay"
    r"|pretend(?:s|ing)?|pose|act as|pass as|impersonat(?:e|ing)|block|warn|confront|expose|publish"
)
_MEETING: Final = (
    r"arrang(?:e|es|ed|ing)|set up|meet(?:s|ing)? up|agree(?:s|d)? to|invit(?:e|es|ing)|suggest(?:s|ed|ing)?"
    r"|offer(?:s|ed|ing)?|go (?:there|to (?:the )?(?:meeting|place))|turn up|show up|wait (?:there|at)|attend(?:s|ing)?"
)
_FINDING_OUT: Final = (
    r"find out|try to get|get (?:his|her|their|more)|more (?:proof|evidence)|gather(?:s|ing)?|collect(?:s|ing)?|obtain"
    r"|investigat(?:e|es|ing)|identify|trace|track|monitor(?:s|ing)?|observe|spy|trap|catch"
    r"|film|record|screenshots?|photograph|look (?:for|up)|search for|check (?:if|whether|when|where|who|his|her|their)"
    r"|note (?:what|when|who|where|down)|see (?:if|what|where|who)"
    r"|open an? (?:new )?account|log ?in|sign in as|use (?:the child[’']s|his|her|their) (?:account|phone|profile)"
)
_TASKS: Final = re.compile(
    rf"\b(?:{_TO_THEM} {_THEM}|{_GOING_ON}|{_TALKING}|{_MEETING}|{_FINDING_OUT})\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?:;])\s+|\n+")
_JOINED: Final = re.compile(r"\s*(,|;|–|—|\band\b|\bor\b)\s*", re.IGNORECASE)
_FORBIDS: Final = re.compile(r"(?:please )?do not\b", re.IGNORECASE)
_AFTER_ALL: Final = re.compile(
    r"\b(?:but|instead|unless|until|except|then|only|if|when|before|after|while|without|too|yet|(?:other|more) than)\b",
    re.IGNORECASE,
)
"""Words with which what was forbidden is asked for after all."""

_NOT_STOP: Final = re.compile(
    r"do not (?:stop|end|quit|cease|break (?:off|contact)|lose|give up|let go|hesitate|forget|be afraid|fail|refuse"
    r"|leave (?:the (?:chat|conversation|group)|them|him|her))\b",
    re.IGNORECASE,
)
_SHORT: Final = 2
"""Words of one item of a list: "Do not reply, confront or warn them" forbids all three."""


def tasking_in(words: str) -> list[str]:
    """The verbs in ``words`` that would have a holder do something with the other person, in lower case.

    What is forbidden ("Do not write to them") tasks nobody, unless the sentence goes on: with a but, or an and.
    """
    found: list[str] = []
    for sentence in _SENTENCE.split(words):
        found += _of_sentence(sentence.strip())
    return found


def _of_sentence(sentence: str) -> list[str]:
    not_stop = _NOT_STOP.search(sentence)
    found = [not_stop[0].lower()] if not_stop is not None else []
    conditional = not_stop is not None or _AFTER_ALL.search(sentence) is not None
    forbids, parts = False, _JOINED.split(sentence)
    for place in range(0, len(parts), 2):
        clause, joined = parts[place], parts[place - 1].lower() if place else ""
        forbids = _FORBIDS.match(clause) is not None or (forbids and _goes_on(joined, clause, parts[place:]))
        if not forbids or conditional:
            found += [verb[0].lower() for verb in _TASKS.finditer(clause)]
    return found


def _goes_on(joined: str, clause: str, rest: list[str]) -> bool:
    """Is a clause forbidden by the "do not" before it? After an or; and in a list that ends with one."""
    if joined == "or":
        return True
    return joined == "," and len(clause.split()) <= _SHORT and "or" in (word.lower() for word in rest[1::2])
