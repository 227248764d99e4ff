"""Doubting an age: it is not believed, or something else is set against it. No rule of its own; others use it.

    doubting_age(line)      of "ur lying u look bare older" the words "ur lying"
    elsewhere(line)         of "your page says you were born in 2011" all of it

The first is asked only where somebody's age was stated not long ago, so that few words say it: "you never are".
"""

from __future__ import annotations

import re
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import open_end

_GROWN: Final = (
    r"(?:1[6-9]|[2-9]\d|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|older|an adult|adults?|grown|at "
    r"(?:uni|college|"
    r"work|university)|uni|university|of age|over 18|over (?:the )?age)"
)
DOUBTS_AGE: Final = open_end(
    r"(?:thought|said|says|assumed|figured|believed|understood|told|reckoned|expected|imagined|supposed|<you> "
    r"down as|took <you> for)"
    r"(?: [^\s.?!]+){0,5}? " + _GROWN + r"(?![^\W_])",
    r"(?:wrote|written|states?|stated|put|claim|claimed|were|was|have)(?: (?:that|<you>|<you're>|<are>|were|was|"
    r"it|like|about|at|least|"
    r"from|in|on|your|profile|the|this|me|i|is|for|an?|page|over|be|only|last|\w+day))* " + _GROWN + r"(?![^\W_])",
    r"<your> (?:profile|bio|account|page|snap|insta|photo|pic|picture|app) (?:says|said|has|had|shows|showed|"
    r"states|stated)"
    r"(?: (?:that|<you>|<you're>|<are>|were|you was|age|an age of|as|like|about|over|under))* (?:1[5-9]|[2-9]\d|"
    r"an? adult|older|different|"
    r"other|otherwise|something else)(?![^\W_])",
    r"(?:<you> )?(?:don'?t|dont|do not|cant|can'?t|doesnt|not|no) (?:even |really )?(?:look|looking|sound|"
    r"sounding|seem|act|write|talk|type|"
    r"speak|speaking|come across)(?: (?:as|like|as if|a|an|<you> <are>|<you're>|so|that))* (?:it|that|your age|"
    r"ur age|young|\d{1,2}|kid|child|"
    r"teenager)(?![^\W_])",
    r"<you> (?:all )?(?:look|sound|seem|act|write|talk|type|speak|come across|text)(?: (?:so|way|much|a lot|at "
    r"least|more|loads|about|like|as|"
    r"very|too|far|an?))* (?:older|old|1[5-9]|[2-9]\d|mature|adult|grown|man|woman|bloke)(?![^\W_])",
    r"<you> (?:must|have <to>|could) be(?: (?:so|way|much|a lot|at least|more|loads|about|like|as|an?))* "
    r"(?:older|1[5-9]|[2-9]\d|mature|adult|"
    r"grown|joking|kidding)(?![^\W_])",
    r"(?:look|type|write|speak|act|talk|sound|seem|looks|text)(?: (?:more|like|way|much|so|a lot|too|far|very|as|"
    r"an?|big|grown|proper|bit))+ "
    r"(?:old|older|adults?|man|men|woman|grown|mature|up)(?![^\W_])",
    r"not look(?=\W*$|[.!?])|(?:speak|write|talk|look|sound) not like(?![^\W_])",
    r"no way(?![^\W_])|as if(?=\W*$|[.,!?])|get away(?=\W*$|[.,!?])|yeah right(?![^\W_])|(?:aye|yes) "
    r"right(?=\W*$|[.,!?])",
    r"<are> <you> sure(?![^\W_])|<you> sure(?=\W*$|\W*\?)",
    r"<are> <you> (?:really|actually|serious|honestly)(?=\W*$|\W*\?|,| (?:that|an? )?(?:\d|young|kid|child))",
    r"<you're> (?:lying|joking|kidding|having me on|winding me up|pulling my leg|taking the mick)(?![^\W_])",
    r"(?:liar|prove it|bullshit|don'?t believe|dont believe|doubt (?:it|that)|i doubt|come off it|pull the other|"
    r"which is it|make <your> "
    r"mind up|not true|surely not|(?:hard|difficult|impossible) <to> believe|(?:dont|don'?t) buy (?:it|"
    r"that))(?![^\W_])",
    r"(?:bs|cap)(?=\W*$|[.,!?])",
    r"not (?:really )?\d\d(?![^\W_])",
    r"(?:<you>|that|it|this) (?:cant|can'?t|couldnt) be (?:right|true|\d\d)(?![^\W_])",
    r"how (?:come|can) (?:<you>|it|that)(?: [^\s.?!]+){0,5}? (?:\d\d|if)(?![^\W_])",
    r"(?:really|for real|srsly|seriously|honestly|is that true|fr)\?",
    r"(?:<you're>|your|<you> <are>) (?:not|no|never|aint|nowhere near) (?:really |even |actually )?(?:\d{1,2}|"
    r"an? (?:kid|child)|that young)"
    r"(?![^\W_])",
    r"(?:says|said|say|written|stated|shows)(?: [^\s.?!]+){0,2}? (?:on|in) <your> (?:page|profile|bio|account|"
    r"insta|snap)(?![^\W_])",
    r"is (?:that|this) (?:really )?<you> in (?:the|<your>|that) (?:pic|photo|picture)(?![^\W_])",
    r"(?:nobody|no ?one|no (?:kid|child))(?: [^\s.?!]+){0,4}? (?:\d\d|<your> age)(?![^\W_])",
    r"no (?:kid|child|\d\d year old) (?:talks|writes|says|types)(?![^\W_])",
    r"(?:app|site|group|server|chat|page|place) is (?:only )?(?:for )?(?:an? )?(?:over )?(?:18s?|adults?)(?![^\W_])",
    r"(?:<you>|<you're>|your|no|never|surely|cant|can'?t) (?:(?:really|even|actually|surely|ever|definitely) "
    r")*(?:never|not|"
    r"no|cant|can'?t|aint|ain'?t|arent|aren'?t|isnt|isn'?t|wasnt)(?![^\W_])(?: (?:be|are|that|so|is|<you>|really|"
    r"ever|even|then|at all|"
    r"only))*(?=\W*$|[.!,;?]| (?:1[0-7]|young|a kid|a child|hen|pal|love|mate|bro|bruv|beta|dear)(?![^\W_]))",
    r"(?:no|nah|nope),? (?:<you>|<you're>) (?:are )?(?:not|aint|ain'?t|isnt|no|never)(?![^\W_])",
    r"<you> never(?![^\W_])(?= (?:are|is|look|looked|said|told|sound|mentioned|wrote|act)\b|\W*$|[.!?])",
    r"(?:lie|lies|lied|lying|joke|joking|liar|fake|false|untrue|nonsense|rubbish|pish|wind ?up|wum|cap|capping|prank|"
    r"fib|"
    r"fibbing|dubious|sceptical|skeptical|suspicious|doubtful|unlikely|impossible|unbelievable|unconvinced|mistaken)"
    r"(?![^\W_])(?=\W*$|[.,!?;]| (?:me|to|about|that|you|u|ur|cos|because|right|again|mate|hen|pal|bro|i|im|age)\b)",
    r"(?:dont|don'?t|do not|didnt|didn'?t|cant|can'?t|cannot|couldnt|wont|not|never|hardly|no|difficult|hard|"
    r"struggle|find it"
    r" \w+|refuse)(?: (?:really|even|quite|for one|for a \w+|i|to|at all|think|going))* (?:believe|believing|buy|"
    r"buying|"
    r"convinced|true|think|credit|accept|trust|swallow|fooled|having it|see it)(?! (?:it was|in|we|they|the|what|how|"
    r"i)\b)"
    r"(?![^\W_])",
    r"(?:doubt|doubts|question|questioning|wonder|not convinced|not sure|unsure|dont know if|don'?t know if|"
    r"not "
    r"certain)(?: [^\s.?!]+){0,5}? (?:age|\d\d|old|years|young|you are|you're|youre|honest|truth|that)(?![^\W_])",
    r"(?:age|old) (?:<you> |that <you> )?(?:claim|say|said|state|pretend|told|give|gave|write|wrote)(?![^\W_])",
    r"(?:look|looks|looking|sound|sounds|seem|seems|appear|appears|write|writes|talk|act|type|speak|speaks|come "
    r"across|pass|"
    r"read|reads)(?: [^\s.?!]+){0,3}? (?:older|old|1[6-9]|[2-9]\d|twenty|thirty|mature|adults?|adulty|grown|grown up|"
    r"woman|"
    r"man|lady|uncle|aunty)(?![^\W_])",
    r"(?:more|much|far|bit|way|lot|years) (?:old|older|mature|grown)(?: (?:up|than))?(?![^\W_])",
    r"(?:photo|photos|pic|pics|picture|pictures|profile|page|bio|account|voice|video|insta|snap|face)(?: (?:of you|"
    r"you|there|"
    r"is|it|it's|its|on|here))* (?:look|looks|looked|say|says|said|seem|seems|show|shows|sound|sounds|not|has|have|"
    r"write|"
    r"wrote|written|different|older|older than|got)(?: [^\s.?!]+){0,4}? (?:1[6-9]|[2-9]\d|old|older|adult|woman|man|"
    r"grown|"
    r"else|different|otherwise|match|same|child|kid|young|that|college|uni|university|work)(?![^\W_])",
    r"(?:<you>|profile|page|bio|app|account|before|first|earlier|yesterday|last \w+|other day|then)(?: (?:had|have|"
    r"did|just|"
    r"only|all|clearly|definitely|distinctly))* (?:told|tell|said|say|says|wrote|write|written|put|claimed|stated|"
    r"mentioned|"
    r"declared|listed)(?: [^\s.?!]+){0,5}? (?:1[6-9]|[2-9]\d|sixteen|seventeen|eighteen|nineteen|twenty|older|adult|"
    r"grown|"
    r"different|another age|other age|otherwise|something else|work|college|uni|university|drive|driving|a job|over)"
    r"(?![^\W_])",
    r"(?:1[0-7]|thirteen|fourteen|fifteen)(?![^\W_])(?=\W*\?)",
    r"(?:since when|more like|not|never) (?:are you |<you're> |<you> )?(?:really |even )?(?:1[0-9]|2\d|3\d|fourteen|"
    r"thirteen|fifteen)(?![^\W_])(?=\W*$|[.,?!]| (?:then|and|im|i'?m|my|at|mate|lol)\b)",
    r"(?:<you>|you|u)(?: (?:drive|have|got|work|said|mentioned|told|go|went|had|smoke|drink|live|were|was|are|vote|"
    r"pay))"
    r"(?: [^\s.?!]+){0,4}? (?:car|job|work|uni|university|college|flat|mortgage|kids|husband|wife|beard|licence|"
    r"degree|own "
    r"place|own house|night shift|pub|rent|office)(?![^\W_])",
    r"(?:show|send|prove|got|have|need|want|see)(?: [^\s.?!]+){0,3}? (?:id|i\.d|passport|proof|birth certificate|"
    r"licence)"
    r"(?![^\W_])",
    r"(?:really|srsly|seriously|for real|straight up)(?=\W*$)"
    r"(?<!sorry\x20really)",
    r"(?:how|who) (?:do|did|can|am|would) i (?:know|be sure|meant|supposed|tell|believe)(?: [^\s.?!]+){0,4}? (?:age|"
    r"\d\d|true|"
    r"that|honest|truth|lying|old|telling)(?![^\W_])",
    r"(?:behave|away ye go|aye so ye are|sure you are|sure <you> <are>|course <you> <are>|pull the other|get away|"
    r"give over|give up|gerraway|nice try|you wish|if you say so|pull my leg)"
    r"(?=\W*$|[.,!?;])",
)
"""Only asked soon after an age was stated: elsewhere many of these say nothing of one."""

ELSEWHERE: Final = open_end(
    r"(?:<your> |the |on |in ){0,2}(?:profile|bio|page|account|insta|snap|facebook|tiktok)(?: (?:and|,|it|also|clearly|"
    r"actually|there|that|where|you|had|has|have|is)){0,3} (?:says?|said|shows?|showed|has|had|states?|stated|put|"
    r"wrote|"
    r"lists?|gives?|gave)(?: [^\s.?!]+){0,4}? (?:born(?: in)? (?:19|20)\d\d|(?:19|20)(?:0|1)\d|1[0-9] (?:years|"
    r"yrs)|age "
    r"\d\d|an adult|year [789]|year 1[01]|over 18|under 1[68]|different age|another age)(?![^\W_])",
    r"(?:not|never|dont|don'?t|cant|can'?t|doubt|question|believe)(?: [^\s.?!]+){0,5}? (?:the age <you>|<your> "
    r"(?:real |"
    r"true |actual )?age|as old as <you>|as young as <you>|how old <you> (?:say|claim|said))(?![^\W_])"
    r"(?! (?:and|is|isnt|matters?|at|when|group|so)\b)",
)
"""What stands elsewhere against an age, whether or not one was stated here."""


def doubting_age(line: Line) -> re.Match[str] | None:
    """The words of a message that doubt an age."""
    return DOUBTS_AGE.first_in(line)


def elsewhere(line: Line) -> re.Match[str] | None:
    """The words of a message that set what a profile says against an age, or doubt it by its name."""
    return ELSEWHERE.first_in(line)
