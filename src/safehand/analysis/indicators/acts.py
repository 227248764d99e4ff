"""What a message does in answer to another: refuses, agrees, calls off, doubts. No rules of their own; others use them.

    is_refusal(line)        "nah stop" is one, "no worries" is none
    cancelling(line)        of "sorry i cant make it" the last words

They are asked only about the few messages after one in which a rule found something.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import open_end, whole

_REFUSES: Final = whole(
    r"i (?:really |just )?(?:don'?t|dont|do not) (?:<want to>|wanna|want|like|feel|think (?:i|we|so))(?: [^\s]+){0,4}?",
    r"(?:no )?(?:not|im not|i'm not) (?:doing|sending|going|gonna|going <to>|showing|coming|meeting|telling|allowed|"
    r"comfortable|sure (?:about|i)|today|tonight|happy)(?: [^\s]+){0,3}?",
    r"(?:leave me alone|leave it|i said (?:no|stop)|stop (?:it|asking|that|messaging|now|please|texting)|please stop|"
    r"drop it|fuck off|go away|piss off|don'?t ask|dont ask)",
    r"(?:i )?(?:can'?t|cant|cannot|won'?t|wont|shouldn'?t|shouldnt|couldn'?t) (?:do|send|go|come|meet|show|make|tell|"
    r"talk|say)(?: [^\s]+){0,3}?",
    r"(?:that'?s|thats|its|it'?s|this is|ur being|you'?re being) (?:weird|gross|creepy|wrong|disgusting|not ok|too "
    r"much|rude|bad)",
    r"(?:no|nah|nope) (?:way|chance|thanks|thank you|ta|sorry|im|i'm|i am|not|dont|don'?t|stop|never|i)",
)
_NO: Final = re.compile(
    r"\W*(?:no+|nah+|nope|na|naw|never|stop|no thanks|no way|ew+|pass|hell no)\b(?!\s+(?:worries|problem|"
    r"probs|prob|idea|one|wonder|doubt|need|bother|rush|stress|biggie|matter|more|longer|school|homework|mind|"
    r"offence|shit|i mean|i know|its ok|it'?s ok|it'?s fine|yeah|yes|joke|cap|word))"
)
_AGREES: Final = re.compile(
    r"\W*(?:yes|yeah|yea|ye|yh|yep|yup|ya|ok|okay|oki|okey|k|kk|sure|deal|fine|alright|aight|safe|bet|cool|sounds "
    r"good|sound|perfect|great|good|course|of course|definitely|defo|deffo|"
    r"cant wait|can'?t wait|see (?:you|u|ya) (?:then|there)|lets do it|let'?s do it|i'?ll be there|ill be there|love "
    r"to|go on then|works for me|that works|i'?m in|im in|i'?d like that|id like that|👍)(?![^\W_])"
)
_NOT_AGREED: Final = whole(
    r"but (?:i )?(?:can'?t|cant|not|dont|don'?t)",
    r"(?:can'?t|cant|cannot) (?:make|come|go|meet|do)",
    "not sure",
    "maybe not",
)
CANCELS: Final = whole(
    r"(?:can'?t|cant|cannot|wont be able <to>|won'?t be able <to>|not gonna|not going <to>|unable <to>) (?:be able "
    r"<to> )?(?:make (?:it|today|tonight|tomorrow|tomo|\w+day)|come|meet|get there|get out|do (?:today|tonight|"
    r"tomorrow|tomo|\w+day|it))(?: [^\s]+){0,2}?",
    r"(?:i'?m|im|i am|we'?re) not (?:coming|going|meeting|gonna come|gonna meet|gonna make it|turning up)(?: "
    r"[^\s]+){0,3}?",
    r"(?:cancel|cancelled|cancelling|call it off|called off|calling it off|postpone|rain ?check|reschedule|change of "
    r"plans?|forget (?:about )?(?:it|meeting|tomorrow|saturday|the whole thing)|another (?:time|day)|some other time)",
    r"(?:something|summat)(?:'?s| has)? come up",
    r"(?:changed|change) my mind",
    r"don'?t (?:come|bother coming|wait for me|turn up)",
)
DOUBTS_AGE: Final = open_end(
    r"(?:<you> )?(?:don'?t|dont) (?:look|sound|seem|act) (?:like )?(?:it|that|your age|ur age|so young|that "
    r"young|<an>? ?\d{1,2}|\d{1,2})".replace("<an>?", "an?"),
    r"<you> (?:look|sound|seem|act|must be) (?:so |way |much |a lot |at least |more like |loads |about |like "
    r")?(?:like )?(?:older|1[5-9]|2\d|mature|an adult|grown)",
    r"(?:no way|are <you> sure|<are> <you> (?:really|actually|serious)|<you're> (?:lying|joking|kidding)|liar|yeah "
    r"right|prove it|bs|bullshit|cap|don'?t believe)(?![^\W_])",
    r"(?:really|for real|srsly|seriously)\?",
    r"<you're> not \d{1,2}",
    r"(?:thought|said|says|assumed|figured) (?:that )?<you> (?:were|was|are|r|is) (?:like |about |at least "
    r")?(?:older|1[5-9]|2\d|over)",
    r"<your> (?:profile|bio|account|page|snap|insta) (?:says|said|has|had|shows)",
    r"is (?:that|this) (?:really )?<you> in (?:the|<your>) (?:pic|photo|picture)",
)
_ACKNOWLEDGES: Final = open_end(
    r"(?:1[0-7]|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)(?![^\W_])(?! ?(?::|[ap]m|quid|mins?|miles))",
    r"(?:that'?s|thats|its|it'?s|ur age is|<your> age is) (?:ok|fine|cool|alright|no problem|not a problem|a nice "
    r"age|young|a good age|old enough)",
    r"(?:young|younger|youngest|underage|only a|just a)(?![^\W_])",
    r"(?:don'?t|dont|doesn'?t|doesnt) (?:mind|care|matter|bother)",
    r"(?:same age|same as me|me too|so am i|i'?m \d\d|im \d\d|year (?:above|below))",
)
_NOT: Final = (
    r"(?:can'?t|cant|cannot|shouldn'?t|shouldnt|should not|"
    r"don'?t want <to>|dont want <to>|won'?t|wont|will not)"
)
_AFTER_IT: Final = (
    r"(?=\W*$|[.,!?;]|\W+(?:with|sorry|im|i'?m|its|it'?s|"
    r"because|cos|cuz|and|but|ur|you|u|no|any ?more)\b)"
)
WITHDRAWS: Final = whole(
    r"(?:(?:i|we) (?:really )?)?" + _NOT + r" (?:be )?(?:do|doing|talk|talking|chat|chatting|speak|message|messaging|"
    r"text|texting|see|seeing|meet|meeting|carry on|continue|keep)(?: (?:this|with|to|on|doing|talking|like|"
    r"about)){0,3}"
    r"(?: (?:<you>|this|that|it|each other|anymore|any more|like this)){1,2}" + _AFTER_IT,
    r"i (?:don'?t|dont|do not) (?:think|feel|want) (?:we|i|you|u|it|that|this)(?:'?s| should| can| is| are)? "
    r"(?:be |a |ok |right|"
    r"good idea|talk|meet|do|carry|keep|speak|chat|continue)(?: [^\s]+){0,3}?",
    r"(?:let'?s|lets) (?:not (?:do|meet|talk)|stop|just stop|leave it|call it)(?: [^\s]+){0,2}?",
    r"(?:you'?re|<you're>|thats|that'?s|its|it'?s|<you> <are>) (?:way |far |much |a bit |just )?too young(?: "
    r"for (?:me|this))?",
    r"i (?:didn'?t|didnt|did not|never) (?:know|realise|realize|think) (?:you|u|ur|you'?re|youre)(?: (?:were|"
    r"was|are|r))? "
    r"(?:that|so|only|under|this|a|\d\d)(?: (?:young|kid|child|minor|underage|age|16|18))?",
    r"(?:talk|talking|speak|chat|hang out|be with|find) (?:to |with )?(?:people|someone|somebody|kids|boys|"
    r"girls|friends) (?:of )?<your> (?:own )?age",
    r"(?:this|it|that)(?:'?s| is|s| feels| isn'?t| isnt| aint| ain'?t) (?:so |just |really |not |such "
    r")?(?:wrong|right(?= (?:to|for|is|we|i|you|u|and|so)\b|\W*$)|"
    r"not right|a mistake|a bad idea|not ok|ok(?= \W*$)|inappropriate|illegal)",
    r"(?:not|im not|i'?m not|not really|don'?t feel|dont feel) comfortable(?: (?:with|doing|talking|about)(?: "
    r"[^\s]+){0,3}?)?",
    r"(?:we|i) (?:should|have <to>|need <to>|better|must|gotta|ought <to>) (?:just |really )?(?:stop (?:this|"
    r"talking|it|now|messaging|texting|chatting)|"
    r"stop(?=\W*$|[.,!?])|end this|leave it|not (?:talk|meet|do|speak|chat))(?: [^\s]+){0,3}?",
    r"(?:stop|quit) (?:messaging|texting|talking to|contacting|calling|snapping|asking|bothering) me",
    r"(?:leave me alone|don'?t (?:message|text|contact|talk to|call|snap) me(?: (?:again|anymore|any more|ever))?)",
    r"(?:i'?m|im|i am|gonna|going <to>|i'?ll|ill) (?:just )?(?:block(?:ing)?|report(?:ing)?|delet(?:e|ing)|"
    r"unadd(?:ing)?) (?:you|u|this|ya)",
    r"(?:i'?m|im|i am) (?:not interested(?! in)|done with this|not (?:doing|into|up for) this|off(?= bye)|not "
    r"(?:coming|meeting|going <to> meet)(?! (?:to|in|on|till|until|from|with|home)\b))",
    r"(?:goodbye forever|have a nice life|take care of yourself|i wish you well)",
    r"(?:oh|right|ok) sorry(?:\W+(?:bye|goodbye|then|i didnt|i didn'?t))|(?:sorry|ok|oh)\W+(?:im gonna go|"
    r"i'?ll leave (?:it|you)|ill leave (?:it|you))|sorry\W+bye",
    r"talk to (?:a|your|ur) (?:parent|mum|dad|teacher|parents|adult)",
)
_STOPS: Final = re.compile(r"\W*(?:please |pls |plz |just |ok |no )*stop(?: (?:it|now|please|pls|plz))*\W*")


def is_refusal(line: Line) -> bool:
    """Whether a message refuses something."""
    return _NO.match(line.text) is not None or _REFUSES.first_in(line) is not None


def is_agreement(line: Line) -> bool:
    """Whether a message agrees to something."""
    return _AGREES.match(line.text) is not None and _NOT_AGREED.first_in(line) is None


def cancelling(line: Line) -> re.Match[str] | None:
    """The words of a message that call a meeting off."""
    return CANCELS.first_in(line)


def doubting_age(line: Line) -> re.Match[str] | None:
    """The words of a message that doubt an age."""
    return DOUBTS_AGE.first_in(line)


def acknowledging_age(line: Line) -> re.Match[str] | None:
    """The words of a message that take note of an age."""
    return _ACKNOWLEDGES.first_in(line)


def withdrawing(line: Line) -> re.Match[str] | None:
    """The words of a message with which somebody draws back."""
    return WITHDRAWS.first_in(line) or _STOPS.fullmatch(line.text)


PHRASES: Final = (_REFUSES, _NOT_AGREED, CANCELS, DOUBTS_AGE, _ACKNOWLEDGES, WITHDRAWS)
"""All that is looked for here."""
