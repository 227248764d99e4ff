"""What a message does in answer to another: refuses, agrees, calls off, doubts. No rules of their own; others use them.

Drawing back is drawing_back.py.

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
    r"i (?:really |just )?(?:don'?t|dont|do not) (?:<want to>|wanna|want|like|feel|think (?:i|we|so|that|it))(?: "
    r"[^\s]+){0,4}?",
    r"(?:no )?(?:not|im not|i'm not) (?:doing|sending|going|gonna|going <to>|showing|coming|meeting|telling|allowed|"
    r"comfortable|sure (?:about|i)|today|tonight|happy|happening|interested|keen|ready|a chance|for me|giving)(?: "
    r"[^\s]+){0,3}?",
    r"(?:leave me alone|leave it|i said (?:no|stop)|stop (?:it|asking|that|messaging|now|please|texting)|please stop|"
    r"drop it|fuck off|go away|piss off|get lost|don'?t ask|dont ask|not happening|give over)",
    r"(?:i )?(?:can'?t|cant|cannot|won'?t|wont|shouldn'?t|shouldnt|couldn'?t|couldnt|wouldn'?t|wouldnt|would "
    r"never|will "
    r"never|could never|never) (?:do|send|go|come|meet|show|make|tell|talk|say|be|want|agree|give|let)(?: "
    r"[^\s]+){0,3}?",
    r"(?:that'?s|thats|its|it'?s|this is|ur being|you'?re being|that is) (?:a bit |so |just |really |not |too "
    r")?(?:weird|"
    r"gross|creepy|wrong|disgusting|ok|right|much|rude|bad|far|inappropriate|appropriate|dodgy|dangerous|allowed)",
    r"(?:no|nah|nope|naw) (?:way|chance|thanks|thank you|ta|sorry|im|i'm|i am|not|dont|don'?t|stop|never|i|we|"
    r"you|please|"
    r"not|cant|thats|thank|can do)",
    r"not (?:possible|really|for me|likely|now|yet|this time|allowed)(?=\W*$|[.,!]| (?:for|na|at|i|im)\b)|"
    r"(?:i'?ll|ill|i will|"
    r"think i'?ll) (?:pass|leave it|give it a miss)|maybe (?:when im|when i'?m|another|some other|one day|later|"
    r"next)|why would i",
    r"i(?:'?d|d| would) rather (?:stay|not|do|go|be|play|sleep|watch)|(?:<parents>|mam|they) (?:say|says|said) no",
    r"i (?:dont|don'?t|never) (?:meet|go out with|know you|meet up)",
    r"(?:absolutely|definitely|certainly|of course|obviously|hell|defo|def|probably|best|better) not",
    r"(?:have|need) <to> (?:say no|decline|refuse)|i (?:must )?(?:decline|refuse)|i would not|count me out|hard pass",
    r"(?:my )?<parents> (?:would|will|wouldnt|wouldn'?t|wont|won'?t|would never|will never|doesnt|dont|said) "
    r"(?:never |"
    r"not |kill |no)(?:let|allow|me|like|<to>)?",
    r"(?:would|will) never let me|(?:wouldnt|wouldn'?t|wont|won'?t|doesnt|isnt|isn'?t) (?:let|allow|allowing|"
    r"letting) me",
)
_INSISTS: Final = whole(
    r"(?:please|pls|plz|pleas|go on|gwan|come on|cmon|c'mon|oh come|aw|awh|why not|how come|i beg|begging|im begging)",
    r"(?:just|only|jus|go|going|at least|even) (?:just |only )?(?:one|1|once|a (?:quick|little|small|minute|bit|second|"
    r"couple|few|look|chat|pic)|for (?:a|an|one|half|five|ten|\d+)|this (?:once|one|time)|half an|\d+ min\w*|a|an|come|"
    r"say|do it|you and me|us)",
    r"(?:i (?:must |do |really |would )?(?:insist|beg|ask again|urge)|(?:dont|don'?t) be (?:shy|boring|like that|"
    r"scared|silly|"
    r"mean|daft|afraid|so|a|difficult|stingy|tight|wet|soft)|(?:no ?one|nobody|nobody'?ll) (?:will|would|has <to>|"
    r"needs <to>"
    r"|know|see|find)|i (?:wont|won'?t|will not|would not) (?:tell|say|show|bite|hurt|do anything)|trust me|<you> (?:"
    r"promised|said|owe|know <you> want)|prove|stop (?:moving|being|acting)|(?:allow|leave) it|whats the (?:problem|"
    r"harm|"
    r"big deal)|what (?:is|are) you (?:scared|afraid))",
    r"(?:would|will|what about|how about|maybe) (?:you (?:not |reconsider|rather|prefer)|[^\s.?!]+day|another|next|"
    r"then|"
    r"[^\s.?!]+ (?:suit|be better|work))|reconsider|change <your> mind|think again|if not|another (?:time|day)|last "
    r"chance",
)
"""Asks for it again without naming it. Only asked soon after a refusal, of whoever had asked."""

_NO: Final = re.compile(
    r"\W*(?:(?:what|um|umm|er|erm|oh|ew|lol|omg|wait|sorry|hmm|god|wtf|haha|well|pls|please|i said|thanks but|"
    r"thank you but)"
    r"\W+)*(?:no+|nah+|nope|na|naw|never|stop|no thanks|no way|ew+|pass|hell no|absolutely not|(?:i )?(?:cant|"
    r"can'?t|wont|"
    r"won'?t)(?=\W*$|\W+(?:sorry|im|i|my|its|not)\b|[.,!]))\b(?!\s+(?:worries|problem|"
    r"probs|prob|idea|one|wonder|doubt|need|bother|rush|stress|biggie|matter|more|longer|school|homework|mind|"
    r"offence|shit|i mean|i know|its ok|it'?s ok|it'?s fine|yeah|yes|joke|cap|word))"
)
_AGREES: Final = re.compile(
    r"\W*(?:(?:oh|haha|lol|um|erm|hmm|well|aw|ooh|i guess|guess|i suppose)\W+)*(?:yes|yeah|yea|ye|yh|yep|yup|ya|"
    r"ok|okay|"
    r"oki|okey|k|kk|sure|deal|fine|alright|aight|safe|bet|cool|calm|sounds good|sound|perfect|great|good|course|"
    r"of course|"
    r"definitely|defo|deffo|certainly|agreed|absolutely|gladly|say less|will do|why not|it is good|thats good|"
    r"cant wait|can'?t wait|see (?:you|u|ya) (?:then|there)|lets do it|let'?s do it|lets go|i'?ll be there|ill "
    r"be there|"
    r"(?:i'?d |id |i would |would )?love (?:to|that)|go on then|works for me|that works|i'?m in|im in|im up for it|"
    r"i'?d like (?:that|to)|id like (?:that|to)|i would like (?:that|to)|that would be (?:lovely|nice|great|good|"
    r"fine)|"
    r"count me in|no problem|no probs|👍)(?![^\W_])"
)
_NOT_AGREED: Final = whole(
    r"but (?:i )?(?:can'?t|cant|not|dont|don'?t|wont|shouldnt)",
    r"(?:can'?t|cant|cannot|wont|won'?t|shouldnt|not) (?:make|come|go|meet|do|coming|going|meeting|today|tonight)",
    "not sure",
    "maybe not",
)
_THE_DAY: Final = (
    r"(?:it|about it|meeting|the meeting|tomorrow|tonight|today|mon|tues?|wed|thurs?|fri|sat|sun|\w+day|the "
    r"weekend|the "
    r"whole thing|the (?:park|cinema|pub|cafe|film|date|plan)|that|the \d+(?:st|nd|rd|th))"
)
CANCELS: Final = whole(
    r"(?:can'?t|cant|cannot|wont be able <to>|won'?t be able <to>|wont|won'?t|not gonna|not going <to>|unable "
    r"<to>) (?:be "
    r"able <to> |be |gonna )?(?:make (?:it|today|tonight|tomorrow|tomo|\w+day)|come|coming|meet|meeting|get "
    r"there|get out|"
    r"do (?:today|tonight|tomorrow|tomo|\w+day|it)|there|turning up|turn up|go through with (?:it|this))(?: "
    r"[^\s]+){0,2}?",
    r"(?:i'?m|im|i am|we'?re|am|were|we are) not (?:coming|going|meeting|gonna come|gonna meet|gonna make it|"
    r"turning up|"
    r"doing (?:it|this|that))(?: [^\s]+){0,3}?",
    r"(?:cancel|cancelled|cancelling|call it off|called off|calling it off|call (?:\w+ ){1,2}off|postpone|rain "
    r"?check|"
    r"reschedule|change of plans?|another (?:time|day)|some other time|leave it (?:for|till|until) (?:now|"
    r"another)|give it a "
    r"miss|scrap (?:it|that|the plan))",
    r"(?:forget|scrap|bin|leave|cancel|skip) (?:about )?"
    + _THE_DAY
    + r"(?=\W*$|[.,!?;]| (?:then|ok|now|i|im|lets|its|sorry|"
    r"please|actually)\b)",
    r"(?:it|that|meeting|the meeting|tomorrow|tonight|today|\w+day|plan|the plan)(?:'?s| is|s) (?:off|cancelled|not "
    r"happening|not on|not going <to> happen)",
    r"(?:something|summat|things)(?:'?s|s| has| have)? (?:come|came|cropped) up",
    r"(?:changed|change|changing) (?:my|our) mind",
    r"don'?t (?:come|bother coming|bother|wait for me|turn up|wait)(?=\W*$|[.,!?;]| (?:to|here|tomorrow|today|"
    r"tonight|now|"
    r"over|round|for me|please)\b)",
    r"(?:not|no longer) (?:coming|come|meeting|attending|be attending|turning up|go|going)(?=\W*$|[.,!?;]| "
    r"(?:tomorrow|today|"
    r"tonight|sat|sun|sorry|now|after all|any ?more|\w+day)\b)",
    r"(?:bail|bailing|back(?:ing|ed)? out|pull(?:ing|ed)? out|chicken(?:ing|ed)? out|withdraw from|going through "
    r"with)",
    r"lets not(?=\W*$|[.,!?;])|(?:i'?ll|ill|i will) leave it|(?:meet|meet ?up|link|link ?up|meeting) (?:is "
    r")?(?:off|cancel|cancelled)",
    r"(?:second thoughts|not ready|cold feet|no need <to> come|lets not (?:meet|do (?:it|this|that)))",
)
_ACKNOWLEDGES: Final = open_end(
    r"(?:1[0-7]|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)(?![^\W_])(?! ?(?::|[ap]m|quid|mins?|"
    r"miles))",
    r"(?:that'?s|thats|its|it'?s|ur age is|<your> age is) (?:ok|fine|cool|alright|no problem|not a problem|a nice "
    r"age|young|a good age|old enough)",
    r"(?:young|younger|youngest|underage|only a|just a)(?![^\W_])",
    r"(?:it|that|age) (?:is|does|makes?) (?:no|not|nothing|never mind|just a number)|no (?:problem|worries) for me",
    r"(?:get|go|be|end up|land) (?:in|to|into|arrested) ?(?:so much |big |trouble|prison|jail)",
    r"(?:don'?t|dont|doesn'?t|doesnt) (?:mind|care|matter|bother)",
    r"(?:same age|same as me|me too|so am i|i'?m \d\d|im \d\d|year (?:above|below))",
)


def is_refusal(line: Line) -> bool:
    """Whether a message refuses something."""
    return _NO.match(line.text) is not None or _REFUSES.alone_in(line) is not None


def insisting(line: Line) -> re.Match[str] | None:
    """The words of a message that ask again for what was just refused."""
    return _INSISTS.alone_in(line)


def is_agreement(line: Line) -> bool:
    """Whether a message agrees to something."""
    return _AGREES.match(line.text) is not None and _NOT_AGREED.alone_in(line) is None


def cancelling(line: Line) -> re.Match[str] | None:
    """The words of a message that call a meeting off."""
    return CANCELS.first_in(line)


def acknowledging_age(line: Line) -> re.Match[str] | None:
    """The words of a message that take note of an age."""
    return _ACKNOWLEDGES.alone_in(line)
