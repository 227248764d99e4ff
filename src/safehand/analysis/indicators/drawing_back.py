"""Drawing back, as acts: ending contact, leaving, naming the reason, pointing elsewhere, reporting. Of both sides.

    withdrawing(line)       of "nah ur a kid, im out" the words "im out"

There are more ways of saying each than anybody can list, so each act is written as what it is made of: a word that ends
and a word of talk; a word that leaves and, in the same message, why. What points away is looked for as hard as what
points towards (docs/evaluation.md holds the figures beside each other). Calling off a meeting is acts.py.
"""

from __future__ import annotations

import re
from typing import Final

from safehand.analysis.indicators import cutting_off
from safehand.analysis.indicators.doubting import doubting_age
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import whole

_NOT: Final = (
    r"(?:can'?t|cant|cannot|shouldn'?t|shouldnt|should not|mustn'?t|mustnt|don'?t want <to>|dont want <to>|"
    r"won'?t|wont|"
    r"will not|wouldn'?t|wouldnt|refuse <to>|not (?:going <to>|gonna|keen on|happy|prepared <to>|willing <to>))"
)
_TALK: Final = (
    r"(?:talk|talking|chat|chatting|speak|speaking|message|messaging|text|texting|dm|dming|snap|snapping|write|"
    r"writing|"
    r"reply|replying|respond|responding|answer|answering|contact|contacting|correspond|communicate)"
)
_ALL: Final = r"(?:" + _TALK[3:-1] + r"|do|doing|see|seeing|meet|meeting|carry on|continue|continuing|keep|go on)"
_ANY_MORE: Final = r"(?:any ?more|again|any longer|ever(?: again)?|further|from now on)"
_AFTER_IT: Final = (
    r"(?=\W*$|[.,!?;]|\W+(?:with|sorry|im|i'?m|its|it'?s|"
    r"because|cos|cuz|and|but|ur|you|u|no|now|please|any ?more)\b)"
)
_THE_TALK: Final = (
    r"(?:this|it|that|things|(?:the|this|our|all|any) (?:conversation|chat|contact|correspondence|talk|messages))"
)

_ENDS: Final = whole(
    # not … you
    r"(?:(?:i|we) (?:really |just )?)?" + _NOT + r" (?:be )?" + _ALL + r"(?: (?:this|with|to|on|doing|talking|like|"
    r"about|back|be|being|a part|part|of|in)){0,3}"
    r"(?: (?:<you>|this|that|it|each other|anymore|any more|like this|conversation|chat|further|again|any "
    r"longer)){1,2}" + _AFTER_IT,
    r"(?:i'?m |im |i am |am )?(?:not|never|no longer|done|finished|stopped) " + _TALK + r" (?:to |with |back <to> )?"
    r"<you>(?: " + _ANY_MORE + r")?" + _AFTER_IT,
    r"(?:i'?ll|ill|i will) (?:stop|not|never) "
    + _TALK
    + r"(?: (?:to|with))?(?: (?:<you>|now|here|again|any ?more))?"
    + _AFTER_IT,
    r"(?:never|don'?t|dont|do not|not to|stop|quit|no) (?:ever |even |try |try <to> |trying <to> |keep )?(?:message|"
    r"messaging|text|texting|contact|contacting|talk <to>|talking <to>|speak <to>|speaking <to>|call|calling|snap|"
    r"snapping|dm|reply <to>|write|write <to>|writing|writing <to>|bother|bothering|ask|asking|add|adding) me"
    r"(?: (?:again|anymore|any more|ever|please|now|like this))?",
    # this is over
    r"(?:this|it|that|we|the (?:chat|conversation)|this (?:chat|conversation)|contact) (?:ends?|is over|stops|"
    r"has <to> "
    r"(?:stop|end)|must (?:stop|end)|needs <to> (?:stop|end)|is (?:finished|ended|closed)|should (?:stop|end)|"
    r"cant (?:go "
    r"on|carry on|continue))(?: (?:now|here|right now|today|at once))?(?=\W*$|[.,!?;])",
    r"(?:i'?m|im|we'?re|i am|we are) (?:ending|stopping|cutting|closing|leaving) " + _THE_TALK,
    r"(?:end|cut|finish|close) " + _THE_TALK + r"(?: (?:here|now|off|there|today))?(?=\W*$|[.,!?;])",
    r"no more (?:messages?|texts?|talk|talking|chat|chatting|contact|of this|pics?|photos?|meeting|snaps?)"
    r"(?=\W*$|[.,!?;]| (?:please|ok|now|from|between)\b)",
    r"(?:that'?s|thats|this is) (?:it|the end|enough|all)(?: (?:of (?:it|this)|now|then|from me))(?=\W*$|[.,!?;])",
    r"stop (?:talking|messaging|texting|chatting|writing|speaking|contacting|this|that|it)(?: (?:now|please|pls|"
    r"right "
    r"now|at once|ok|here|sorry))*(?=\W*$|[.,!?;])",
    r"stop (?:asking|begging|pushing|nagging)(?=\W*$|[.,!?;]| me\b)|(?:i said |please |pls |just )stop(?=\W*$|"
    r"[.,!?;])",
    r"(?:let'?s|lets) (?:not (?:do|meet|talk|chat|carry on|continue|go there)|stop|just stop|end|leave it|leave this|"
    r"leave things|call it|forget)(?: [^\s]+){0,2}?",
    r"(?:we|i|you) (?:should|have <to>|need <to>|better|must|gotta|ought <to>|ought|had better) (?:just |really |"
    r"all )?"
    r"(?:stop (?:this|talking|it|now|messaging|texting|chatting|writing|contact)|stop(?=\W*$|[.,!?])|end (?:this|it)|"
    r"leave it|not (?:talk|meet|do|speak|chat|be|message|text|write|continue))(?: [^\s]+){0,3}?",
    r"leave me (?:alone|be|in peace|out of (?:this|it))(?=\W*$|[.,!?;]| (?:now|please|pls|ok|or|and|u|you)\b)",
    r"(?:lose|forget|delete|remove) my (?:number|snap|contact|insta|details)",
    r"(?:let'?s|lets|just|please|better|can you|you can|u can|to) (?:just )?forget (?:me|(?:we|i|that we|this|it|"
    r"you) ever)",
    r"i (?:don'?t|dont|do not) (?:think|feel|want) (?:we|i|you|u|it|that|this)(?:'?s| should| can| is| are)? "
    r"(?:be |a |ok |right|"
    r"good idea|talk|meet|do|carry|keep|speak|chat|continue|go on|message|text)(?: [^\s]+){0,3}?",
)
_LEAVES: Final = whole(
    r"(?:i'?m|im|i am|i'?ll be|ill be) (?:out|off|gone|leaving|going|logging off|off here|out of here|done)(?= "
    r"here| now|"
    r"\W*$|[.,!?;]| (?:sorry|bye|goodbye|with|then|and|before)\b)",
    r"(?:good ?bye|bye|cya|farewell|take care|good luck|all the best|(?:stay|keep|be) safe|look after <your>self|"
    r"have a "
    r"(?:nice|good|great) (?:life|day|evening|night|one))(?=\W*$|[.,!?;]| (?:now|then|and|sorry|x+|for|with)\b)",
    r"(?:i'?ll|ill|i will|i should|i have <to>|i better|i'?d better|im gonna|i need <to>|i must) (?:just "
    r")?(?:leave|go|log "
    r"off|stop|say goodbye)(?: (?:now|it|you|this|then|here|there))*(?=\W*$|[.,!?;])",
    r"(?:away|go|off) (?:and |an |<you> go and |n )?play(?: with <your> (?:friends|mates|pals|toys))?",
)
"""Alone it is how people part; it draws back where the message also says why, or where an age was just stated."""

_REASON: Final = whole(
    r"too young|(?:just |only |still |literally |such )?an? (?:kid|child|minor|little (?:girl|boy)|bairn|baby|"
    r"schoolgirl|"
    r"schoolboy|teenager)|under ?age|under (?:16|18|sixteen|eighteen)|way younger|so young|(?:still )?at school",
    r"(?:not|isnt|isn'?t) (?:right|appropriate|ok|legal|proper|acceptable|allowed|for (?:kids|children))|"
    r"inappropriate|"
    r"illegal|against the law|wrong (?:person|age|number)|(?:this|its|it'?s|thats|that is|that'?s) wrong",
    r"(?:thought|assumed|believed|figured|understood|reckoned|expected)(?: [^\s.?!]+){0,6}? (?:adults?|older|"
    r"over|18|grown|"
    r"\d\d)",
)
_ELSEWHERE: Final = whole(
    r"(?:talk|talking|speak|speaking|go|turn|say (?:this|that|it)|write|talk about (?:this|that|it)) (?:<to>|with) "
    r"(?:a |an |<your> |somebody |someone |some ?one )?(?:own )?(?:<parents>|mam|teacher|adult|grown ?up|carer|"
    r"gran|granny|"
    r"tutor|school|counsellor|social worker|doctor|nurse|coach|you trust)",
    r"(?:confide in|away home <to>|go (?:back |home )?<to>|back <to>|tell) (?:a |an |<your> |some )?(?:somebody|"
    r"someone|"
    r"grown ?up|adult|parent|mum|dad|mam|teacher) (?:you (?:can )?trust|instead|not me|first|now)(?=\W*$|[.,!?;])",
    r"(?:confide in|away home <to>|log off and (?:tell|talk <to>)) (?:a |an |<your> )?(?:<parents>|somebody|"
    r"someone|adult|"
    r"teacher)",
    r"<you> (?:should|need <to>|must|ought <to>|have <to>|better|want <to>) (?:be )?(?:tell|telling|ask|asking|ring|"
    r"phone|call|show|showing) (?:this <to> |this |it <to> )?(?:a |an |<your> )(?:<parents>|mam|teacher|adult|carer)",
    r"(?:talk|talking|speak|chat|chatting|hang ?out|hang about|hang|be|play|find|go|message|meet|stick|mates|"
    r"friends|with|"
    r"<to>|make) (?:<to> |with |out with |about with |a |some )?(?:people|someone|some ?one|somebody|one|kids|"
    r"boys|girls|"
    r"friends?|lads|lasses|pals?|mates?|children|person|folk)(?: (?:of|at|in|around|near|closer <to>|who (?:is|"
    r"are)))? "
    r"(?:<your> |the |ur )?(?:own |same )?(?:age|year)",
    r"(?:call|ring|phone|contact|text|try|message|talk <to>|speak <to>) (?:childline|ceop|samaritans|the "
    r"samaritans|a "
    r"helpline|the nspcc|nspcc)",
)
_TOO_YOUNG: Final = whole(
    r"(?:<you're>|thats|that'?s|its|it'?s|<you> <are>|\d\d is|is|<are>|no|far|way|much|sorry|god) (?:way |far |"
    r"much |a bit "
    r"|just |still |so )?too young(?: for (?:me|this|that|us))?",
    r"too young(?: for (?:me|this|that|us|anything))?(?=\W*$|[.,!])",
    r"(?:i'?m|im|i am|am) (?:way |far |much |a bit |just )?too old for (?:you|u|this)",
    r"i (?:didn'?t|didnt|did not|never|had no idea|dont|wasnt told)(?: (?:know|realise|realize|think))? (?:that "
    r")?(?:you|u|"
    r"ur|you'?re|youre|your)(?: (?:were|was|are|r|wre))? (?:that|so|only|just|under|this|still|a|an|\d\d)(?: "
    r"(?:young|kid|"
    r"child|minor|underage|age|16|18|at))?",
    r"(?:this|it|that)(?:'?s| is|s| feels| isn'?t| isnt| aint| ain'?t| was) (?:so |just |really |not |such |all |"
    r"very )*"
    r"(?:wrong(?! (?:bus|way|one|room|plot|size|bed|day|time|end|house|shed|side))|right(?= (?:to|for (?:me|us|"
    r"you|a)|is|"
    r"we|i|you|u|and|so)\b|\W*$)|"
    r"not right|a mistake|a bad idea|not ok|ok(?= \W*$)|inappropriate|illegal|not appropriate|appropriate(?=\W*$|"
    r"[.,!]))",
    r"(?:not|im not|i'?m not|not really|don'?t feel|dont feel) comfortable(?: (?:with|doing|talking|about)(?: "
    r"[^\s]+){0,3}?)?",
)
_REPORTS: Final = whole(
    r"(?:i'?m|im|i am|gonna|going <to>|i'?ll|ill|i will|i have|i'?ve|ive) (?:just |have <to> |now |going <to> "
    r")?(?:block(?:ing|ed)?|report(?:ing|ed)?|delet(?:e|ing|ed)|remov(?:e|ing|ed)|unadd(?:ing|ed)?|"
    r"unfriend(?:ing|ed)?|"
    r"unfollow(?:ing|ed)?) (?:you|u|this|ya|<your> (?:number|account|snap|profile)|my (?:account|profile|snap|"
    r"insta)|the "
    r"(?:app|chat|account)|all (?:of )?this|everything)(?! (?:photo|pic|one|post|file))",
    r"(?:i'?m|im|i am|gonna|going <to>|i'?ll|ill|i will|i have|i'?ve|ive) (?:just |have <to> |now |going <to> "
    r")?(?:tell|telling|told|ring|ringing|rang|call|calling|called|phone|phoning|contact|contacting|report(?:ing|"
    r"ed)?|"
    r"inform|informing|message|messaging)(?: (?:you|this|it|u|all this))?(?: <to>)? (?:the )?(?:site |page |app |"
    r"group )?(?:police|admins?|administrators?|mods?|"
    r"moderators?|site|childline|ceop|999|101|platform)",
    r"(?:i'?m|im|i am) (?:telling|gonna tell|going <to> tell) my (?:<parents>|mam|teacher) (?:about (?:you|u|"
    r"this)|on "
    r"(?:you|u)|what (?:you|u))",
    r"<you're> (?:blocked|reported)|blocked and reported",
)
_OTHERS: Final = whole(
    r"(?:i'?m|im|i am) (?:not interested(?! in)|done with (?:this|you)|finished with (?:this|you)|not (?:doing|"
    r"into|up "
    r"for|having|part of) this|off(?= bye)|done(?=[.,!]+ )|not "
    r"(?:coming|meeting|going <to> meet)(?! (?:to|in|on|till|until|from|with|home)\b))",
    r"(?:goodbye forever|have a nice life|take care of yourself|i wish you (?:well|all the best|luck)|please "
    r"(?:do not|"
    r"dont) (?:write|reply|respond|answer)(?: back| again)?)",
    r"(?:oh|right|ok) sorry(?:\W+(?:bye|good ?bye|then|i didnt|i didn'?t))|(?:sorry|ok|oh)\W+(?:im gonna go|"
    r"i'?ll leave (?:it|you)|ill leave (?:it|you))|sorry\W+(?:bye|good ?bye)",
    r"(?:had i|if i had|if i'?d|if id) (?:known|realised)|i (?:would|should) (?:not|never)(?: have)? (?:written|"
    r"messaged|talked|"
    r"spoken|started|replied)|i wouldnt have (?:written|messaged|talked|spoken|started|replied)",
    r"(?:take|remove) me off (?:<your>|this)|(?:thats|that'?s) me (?:done|off|out|away)|(?:i'?m|im|i am|gonna) "
    r"(?:cut(?:ting)?|"
    r"ghost(?:ing)?|drop(?:ping)?) (?:you|u)(?: off)?(?=\W*$|[.,!?;]| (?:bye|now|here)\b)|(?:dont|don'?t|never) "
    r"hit me up",
    r"i (?:will )?(?:finish|stop|end|leave|quit) (?:here|now|this|it|with (?:this|you))(?=\W*$|[.,!?;])|i "
    r"(?:will )?(?:block|"
    r"delete|report|remove) (?:you|u)(?: now)?(?=\W*$|[.,!?;])",
    r"(?:gonna|going <to>|i'?ll|ill|i will|must|have <to>|best <to>|better <to>|better if (?:i|we)|best if (?:i|"
    r"we)|i) stop " + _TALK + r"(?: (?:<to>|with))?(?: (?:<you>|now|here|again))?(?=\W*$|[.,!?;])",
    r"(?:its|it'?s|it is|be|probably|i think its) (?:best|better|for the best|wise|wiser)(?: (?:if|that|when))? "
    r"(?:i|we|you) "
    r"(?:not|dont|don'?t|stop|leave|end|stopped|left|ended|didnt|no longer)",
    r"(?:wont|won'?t|not gonna|not going <to>|dont want <to>|will not|refuse <to>) be (?:a )?part of (?:this|it)|"
    r"(?:wont|"
    r"won'?t) be (?:on )?here (?:again|anymore|any more)|not ok with (?:this|it)",
    r"(?:dont|don'?t|do not|no longer) (?:want|wish)(?: <to>)? hear(?:ing)? from <you>",
    r"i (?:take|took) (?:it|that|all of it|all that) back|i (?:shouldnt|shouldn'?t|should not|should never) have "
    r"(?:messaged|talked|spoken|texted|asked|said|written|added|sent|contacted|started)",
    r"i(?:'?m| am|m)? (?:really |so |very )?sorry (?:for|about|i) (?:all (?:this|that|of (?:this|it))|messag\w+|"
    r"asking|"
    r"bothering|what i (?:said|wrote|sent)|ever)",
)
_STOPS: Final = re.compile(r"\W*(?:please |pls |plz |just |ok |no )*stop(?: (?:it|now|please|pls|plz))*\W*")

_FINISH: Final = re.compile(
    r"\W*(?:ok |right |so |now |we |i )*(?:finish(?:ed)?|stop|the end|over|no more|done|"
    r"enough)(?=\W*$|[.!,])"
)

DRAWS_BACK: Final = (_ENDS, _ELSEWHERE, _TOO_YOUNG, _REPORTS, _OTHERS, *cutting_off.PHRASES)
"""Each alone is drawing back."""

_LESS: Final = (
    r"(?:not|no|dont|don'?t|cant|can'?t|cannot|wont|won'?t|shouldnt|should not|mustnt|wouldnt|never|no longer|no "
    r"more|stop|"
    r"stopping|stopped|finish|finished|end|ending|done|quit|leave|improper|wrong|unwise|bad idea) (?!(?:worry|"
    r"problem|mind|"
    r"matter|worries|stop|go|leave|rush|tell|be (?:shy|scared|silly|like|worried|afraid))\b)"
)
_AFTER_AN_AGE: Final = whole(
    _LESS
    + r"(?:[^\s.?!,]+ ){0,4}?(?:talk|talking|chat|chatting|speak|speaking|message|messaging|text|texting|write|writing|"
    r"contact|contacting|reply|replying|conversation|continue|continuing|carry on|correspondence|hear from|doing "
    r"this|do this|"
    r"involved|on here|this app|this site|meet|meeting|this)(?! (?:rn|now|right now|atm|til|till|until|later|at "
    r"work|in (?:class|"
    r"lessons|school)|long|much|loud|about your)\b)",
    r"too old (?:for|<to>)|old enough <to> be (?:<your>|ur)",
    r"(?:<you>|<you're>|<you> <are>|still|just|only|a|bed|sorry|no) (?:too |so |very |just |only |still |a |such "
    r"a |not )*"
    r"(?:child|minor|underage|baby)",
    r"(?:wrong|illegal|inappropriate|improper|against the law|jail ?bait|not (?:good|right|ok|correct|proper|"
    r"appropriate))"
    r"(?! (?:bus|way|one|room|plot|answer|with|at|time)\b)",
    r"(?:oh |so |im |i'm |i am |very |really |ok |no )*sorry(?: (?:then|mate|hun|hen|love|kid|pal|about that|but "
    r"no|no))?"
    r"(?=\W*$|[.,!;]|\W+(?:i (?:thought|didnt|cant|did|had|must|have|dont)|bye|good|no|not|wrong|but i)\b)",
    r"(?:tell|ask|talk <to>|speak <to>|go <to>|show|get|home <to>|with|in) (?:this <to> )?(?:a |an |<your> "
    r")(?:<parents>|mam|"
    r"teacher|adult)|(?:tell|speak <to>|talk <to>) (?:somebody|someone|an adult)",
    r"(?:delete|remove|block|unfriend|unadd|get off|come off|leave|log off|report)(?: (?:me|you|u|my number|this|"
    r"here|the app|"
    r"now|this app|this site|<your> account|that app|it))?(?=\W*$|[.,!]| (?:and|now|bye)\b)",
    r"(?:cheerio|ta ?ra|tara|peace|laters|farewell|cheers bye|so long)(?=\W*$|[.,!])|(?:go|off) (?:and |<to> "
    r")?(?:study|bed|play|"
    r"<your> (?:bed|room|homework))(?=\W*$|[.,!]| (?:kid|now)\b)",
    r"(?:i|we|ill|i'?ll|im|i'?m) (?:better |must |will |should |have <to> )?(?:go|going|leave|leaving|finish|"
    r"stop|quit|out|off|"
    r"away)(?: (?:now|then|here))?(?=\W*$|[.,!])|(?<![a-z]\x20)finish(?=\W*$|[.!])",
    r"(?:i )?(?:apologi[sz]e|regret|feel (?:bad|sick|awful|terrible|ashamed))",
)
"""Words that draw back where they answer an age, and say little elsewhere."""

_BALKS: Final = whole(
    r"(?:(?:oh|woah|whoa|wow|god|christ|omg|jesus|hell|what|wait|sorry) )*(?:no|nope|nah|forget it|never mind|nvm|woah|"
    r"whoa|hell no|oh no)(?: (?:no|sorry|chance|thanks|never|then|thank you|nope|christ|man|bruv|love|pal|mate))*"
    r"(?=\W*$|[.,!;])",
)
"""Weaker still: it answers an age so where nothing else in the message does, and where the age is not doubted."""

PHRASES: Final = (*DRAWS_BACK, _REASON)
"""What is looked for in any message. The rest is looked for in few: after an age, or beside a reason."""


_EVERY: Final = frozenset(PHRASES)


def withdrawing(line: Line) -> re.Match[str] | None:
    """The words of a message with which somebody draws back."""
    if not _EVERY.isdisjoint(line.may):
        for phrases in DRAWS_BACK:
            found = phrases.first_in(line)
            if found is not None:
                return found
        if _REASON.first_in(line) is not None and (found := _LEAVES.alone_in(line)) is not None:
            return found
    return _STOPS.fullmatch(line.text)


def drawing_back_from_age(line: Line) -> re.Match[str] | None:
    """The same of a message that answers an age: taking leave, or naming a reason, is enough there."""
    if line.drawn_back is None:  # two rules ask
        line.drawn_back = (_from_age(line),)
    return line.drawn_back[0]


def _from_age(line: Line) -> re.Match[str] | None:
    found = withdrawing(line)
    # Whoever asks for something in the same breath takes no leave.
    if found is not None or "?" in line.text.rstrip("?!. ")[3:] or line.asks_for_something():
        return found
    left = _LEAVES.alone_in(line) or _AFTER_AN_AGE.alone_in(line)
    return left if left is not None or doubting_age(line) is not None else _BALKS.alone_in(line)


def taking_leave(line: Line) -> re.Match[str] | None:
    """The words with which somebody goes who has just drawn back, doubted an age or remarked on it: "finish. bye"."""
    if "?" in line.text or line.asks_for_something():
        return None
    return _LEAVES.alone_in(line) or _FINISH.match(line.text)
