"""More acts of drawing back: cutting contact off, sending away, having no part in it, not with somebody so young.

    PHRASES       each of them alone is drawing back (drawing_back.py); of "i dont write with childs" the whole

As there, an act is written as what it is made of: a word that refuses, a word of what is done with others, and whom it
is refused. No sentence is listed. Both sides say these, and both are asked about them.
"""

from __future__ import annotations

from typing import Final

from safehand.analysis.indicators.patterns import whole

_STOPS_HERE: Final = (
    r"(?=\W*$|[.,!?;:]|\W+(?:sorry|please|now|bye|ok|i|im|i'?m|we|its|it'?s|you|u|and|so|because|cos)\b)"
)

_NO: Final = (
    r"(?:not|never|dont|don'?t|do not|cant|can'?t|cannot|wont|won'?t|wouldnt|wouldn'?t|shouldnt|shouldn'?t|mustnt|"
    r"mustn'?t|aint|ain'?t|didnt|didn'?t|refuse|no longer|no more|stop|stopped|done|finished|against|nope|nah|"
    r"wrong|unwise|improper)"
)
_BETWEEN: Final = r"(?: (?!(?:only|just|mind|worry)\b)[^\s.?!,]+){0,4}? "
_WITH_PEOPLE: Final = (
    r"(?:talk|talking|speak|speaking|chat|chatting|meet|meeting|write|writing|message|messaging|text|texting|snap|"
    r"snapping|reply|replying|deal|dealing|mess|messing|mix|mixing|associate|associating|converse|communicate|"
    r"contact|contacting|correspond|corresponding|involved|date|dating|flirt|flirting|see|seeing|link|linking|hang|"
    r"hanging|go near|friends|do this|doing this|do that|doing that|do it|doing it|on that|on this|into|about|about "
    r"that|for|with|to|know|knowing|want|entertain|entertaining|move to|moving to)"
)
_YOUNG_ONES: Final = (
    r"(?:kid|kids|child|childs|children|childrens|minors?|bairns?|teens?|teenagers?|youngsters?|babies|school "
    r"?(?:girls?|boys?|kids?|children)|little (?:girls?|boys?|ones?)|young (?:girls?|boys?|lads?|lass|lasses|people|"
    r"persons?|ones)|under ?age(?:d)?|under ?(?:16|18|sixteen|eighteen)s?|(?:someone|somebody|anyone|anybody|girls?|"
    r"boys?|people|person|lad|lass|one) (?:that|who is|who'?s|whos|so|this|too|as) (?:young|small|little)|(?:someone|"
    r"somebody|anyone|anybody|girls?|boys?|people|person|lad|lass|one) (?:of |at |aged )?(?:<your> age|1[0-5])|<your> "
    r"age)"
)
_A_CHILD: Final = (
    r"(?:kid|child|childs|minor|bairn|teen|teenager|youngster|schoolgirl|schoolboy|underage|too young|so young|wee "
    r"(?:girl|"
    r"boy)|little (?:girl|boy))"
)
_NOT_WITH_YOUNG: Final = whole(
    _NO + _BETWEEN + _WITH_PEOPLE + r"(?: (?:with|to|about|for|of|no|any|a|an|some|you|u|when|like|other))* "
    r"(?!(?:the|my) )" + _YOUNG_ONES + _STOPS_HERE,
    r"(?:<you're>|<you> <are>|<you>|thats|that'?s|that is|its|it'?s|jist|just|only|but|still|sorry) (?:just |only |"
    r"still |like |literally |actually |basically |a |such a |such |an |bare |no more than a ){0,4}"
    + _A_CHILD
    + r"(?![^\W_])(?:[.,!]* (?:and|so|then|but|sorry|nah|no|bro|bruv|man|im|i'?m|i am|am|i|we|this|"
    r"it|pal|hen|love|mate|beta|"
    r"dear)){1,4} (?:not|never|no|cant|can'?t|cannot|wont|won'?t|dont|don'?t|shouldnt|shouldn'?t|must|should|have|"
    r"off|out|done|away|leaving|going|gone|good|stop|block|blocking|ends?|ending)(?![^\W_])"
    r"(?! (?:worry|mind|matter|problem|care|tell|bothered)\b)",
    r"(?:because|cause|cos|cuz|coz|as|since) (?:of <your> age|<you're> (?:just |only |still |such |so |too |much |"
    r"very ){0,3}(?:a |an )?(?:young|kid|child|minor|underage|little (?:girl|boy)|baby|schoolgirl|schoolboy))"
    + _STOPS_HERE,
    r"(?:<you're>|<you> <are>|<you>|its|it'?s|is|<are>|much|thats|that'?s) (?:too|much too|too much|far too|way too|"
    r"over|so so) (?:much |very |bloody |bare |damn )?(?:young|little|small)(?! (?:plot|bed|size|shed|house|print)\b)"
    + _STOPS_HERE,
)
"""Not with children, whatever it is that is not done."""

_TO_ME: Final = (
    r"(?:contact(?:ing)?|messag(?:e|ing)|text(?:ing)?|writ(?:e|ing)|call(?:ing)?|ring(?:ing)?|phon(?:e|ing)|snap"
    r"(?:ping)?|add(?:ing)?|dm(?:ing|ming)?|pm(?:ing)?|reply(?:ing)?|answer(?:ing)?|talk(?:ing)?|speak(?:ing)?|"
    r"chat(?:ting)?|bother(?:ing)?|follow(?:ing)?|find(?:ing)?|look(?:ing)? for|come near|get in touch|be in touch|"
    r"request(?:ing)?|ping(?:ing)?|email(?:ing)?|approach(?:ing)?|send(?:ing)?)"
)
_CUTS: Final = whole(
    r"(?:dont|don'?t|do not|never|stop|quit|avoid|kindly stop|please stop|no need <to>|not) (?:ever |even |try |trying "
    r"|<to> |keep |be |you |again ){0,3}" + _TO_ME + r" (?:<to> |with |back <to> |for )?(?:me|us|this (?:number|"
    r"account|"
    r"profile)|here|back)(?: (?:again|any ?more|ever|please|ever again|any longer|further|no more|from now on))?"
    + _STOPS_HERE,
    r"(?:dont|don'?t|do not|never|not) (?:you )?(?:ever )?" + _TO_ME + r"(?: (?:<to>|with) (?:me|us))? (?:again|any "
    r"?more|ever again|no more|any longer)(?![^\W_])",
    r"(?:wont|won'?t|will not|not going <to>|not gonna|cant|cannot|shall not|shant|shan'?t) (?:be |stay |keep |get |"
    r"remain |carry on |continue ){1,2}(?:in touch|in contact|replying|answering|responding|writing|messaging|"
    r"texting|talking|chatting|around|online|contactable|coming back|available|here|back|on here|on this|your friend)"
    + _STOPS_HERE,
    r"(?:this|that|its|it'?s|that'?s|thats) (?:is |was |will be |has <to> be |must be |wants <to> be )?(?:my|the|our|"
    r"your) (?:very )?(?:last|final) (?:ever )?(?:message|msg|text|chat|time (?:i|we|you)|conversation|reply|contact|"
    r"snap|"
    r"warning)(?! (?:week|night|year|before|for the (?:day|night))\b)(?: (?:from me|<to> <you>|i|we|you)(?: [^\s.?!]+"
    r"){0,3})?",
    r"(?:<you>(?:'?ll)?|you will) (?:wont |will )?(?:not |never )?hear(?:ing)? (?:nothing |no more |nothing more )?"
    r"from me(?: (?:again|any ?more|no more))?",
    r"(?:dont|don'?t|do not|not) (?:expect|wait for|look for|hope for) (?:a reply|an answer|<to> hear from me|me <to> "
    r"(?:reply|answer|write|come)|any more (?:messages|replies)|me|anything (?:from|more))" + _STOPS_HERE,
    r"(?:end|cut|break|sever|cease|drop|lose|no more|no further|stop|end of|close|finish) (?:off )?(?:all |any |this |"
    r"our |the |further |with )*(?:contact|ties|communications?|correspondence|conversation|chat|friendship|"
    r"acquaintance|thread|messages|talking|touch|connection)" + _STOPS_HERE,
    r"(?:better|best|should|must|have <to>|need <to>|ought <to>|going <to>|gonna|i'?ll|ill|i will|we'?ll|time <to>|"
    r"lets|let'?s|want <to>|i'?d rather|prefer <to>|rather) (?:just |both |all |we |i |you |if we |if i )*(?:leave "
    r"(?:it|"
    r"things|this|that|you) (?:there|here|at that|be|alone|now|for good|alone now)|call it (?:a day|quits)|knock (?:it|"
    r"this) on the head|draw a line(?: (?:under|here))?|part ways|go our (?:own|separate) ways|cool it|cool off|"
    r"(?:step|"
    r"back|walk|move|run|stay|keep) (?:back|off|away|well away|clear|out of it|out of this)|keep my distance|distance "
    r"myself|bow out|end (?:it|things|here)|move on|say (?:goodbye|good bye|bye|farewell|no more)|forget (?:it|this|"
    r"all "
    r"this|about (?:it|this|me|you))|go no further|take no (?:further )?part|stop (?:here|there|all this|at once))"
    + _STOPS_HERE,
    r"(?:get|stay|keep|move|go|run|jog|step|back) (?:the hell |right |well |far |tf |yourself )?(?:away|off|on|back|"
    r"out|clear)? ?(?:from|of|off) (?:me|us|my (?:dms?|page|inbox|phone|life|account|messages|case))" + _STOPS_HERE,
    r"(?:\A|(?<=[.,!?;]\x20)|(?<=no\x20)|(?<=nah\x20)|(?<=just\x20)|(?<=please\x20)|(?<=pls\x20))(?:jog on|bore off|"
    r"back off|get lost|go away|clear off|beat it|bugger off|get stuffed|leave off|leave it "
    r"out|give over|pack it in|cut it out|knock it off|give it a rest|leave us alone|leave us be|away ye go|get <to> "
    r"bed)(?=\W*$|[.!?;]|, )",
    r"(?:\A|(?<=[.,!?;]\x20)|(?<=now\x20)|(?<=just\x20))(?:away|off|go|run along|get|get away) (?:<you> )?(?:go "
    r")?home(?: now)?"
    r"(?=\W*$|[.!])",
    r"(?:\A|(?<=[.,!?]\x20))leave (?:me|us|man)(?=\W*$|[.,!?])",
    r"do one(?=\W*$|[.!])",
    r"(?:bro|bruv|pls|please|just|man|blud|no|nah|fam|hey|\d\d) leave (?:me|us|man)(?=\W*$|[.,!?])",
)
"""No more contact; go away."""

_PART: Final = whole(
    r"(?:im|i'?m|i am|were|we'?re|that'?s|thats|its|it'?s|man'?s|mans|this is|not|nah) (?:really |just |def |deffo |"
    r"so )?(?:not |no |never )(?:on|about|into|for|with|doing|having|up for|down for|in) (?:that|this|it|none of (?:it|"
    r"this|that)|any of (?:it|this|that)|all (?:that|this))" + _STOPS_HERE,
    r"(?:nah|no|nope|sorry|bro|bruv|fam|ahm|im|i'?m|i am) (?:im |i'?m |i am |am )?(?:not|no|never) (?:on|about|into|"
    r"having|doing|for) (?:this|that|it)" + _STOPS_HERE,
    r"(?:want|wanting|having|have|will have|do|get|getting|be|got|taking|take|play|playing) (?:nothing|nowt|no part|no "
    r"business|none|no more|no further part)(?: more| further)? (?:<to> do with|in|of|with) (?:this|it|that|you|u)"
    r"(?![^\W_])",
    r"(?:dont|don'?t|wont|won'?t|not|cant|can'?t|wouldnt|refuse <to>|never) (?:want <to> |gonna |going <to> |be "
    r")?(?:get"
    r"|be|getting|become|becoming) (?:any(?:thing)? )?(?:involved|mixed up|caught up|dragged|drawn|part of (?:this|"
    r"that|it))(?: (?:in|with|into) (?:this|that|it|any of (?:this|it)|you))?" + _STOPS_HERE,
    r"(?:dont|don'?t) (?:want|need) (?:any of |none of |no )?(?:this|that|trouble|any trouble|hassle)(?=\W*$|[.!?;])",
    r"(?:count|leave|keep|deal) me out(?: of (?:it|this|that))?" + _STOPS_HERE,
    r"(?:im|i'?m|i am|thats|that'?s|that is) (?:me )?(?:done|finished|through|out|off|away|gone)(?: (?:with|of) "
    r"(?:this|"
    r"it|you|here|all this|talking|chatting))(?![^\W_])",
    r"(?:i am|im|i'?m|i) (?:not|no|never) (?:like that|that (?:kind|sort|type) of|that kind|that type|one of (?:those|"
    r"them)|a (?:weirdo|creep))",
    r"(?:we|i|you and i|you and me) (?:can|could|must|shall|should|ought <to>)? ?(?:cant|can'?t|cannot|couldnt|mustnt|"
    r"mustn'?t|shouldnt|shouldn'?t|shant|oughtnt|not|no longer|never) (?:ever "
    r"|even |really |now |be |keep |go on |carry on |continue |continue <to> |be seen )*(?:talk|talking|speak|"
    r"speaking|chat"
    r"|chatting|meet|meeting|message|messaging|write|writing|text|texting|friends|do this|doing this|like this|this|in "
    r"(?:touch|contact)|together|on|involved|close)(?: (?:any ?more|again|now|any longer|like this|with you|<to> you|"
    r"with each other|<to> each other|<to> one another))?" + _STOPS_HERE,
)
"""No part in it."""

_SAYS_WHY: Final = whole(
    r"(?:this|it|that|what we(?:'?re| are)? (?:doing|did)|talking <to> you|meeting you|us talking|us meeting)(?:'?s| "
    r"is|s| feels| would be| was| seems|'?d be| will be|'?ll be| am| isnt| isn'?t| wouldnt be| aint) (?:not |no |"
    r"just |so "
    r"|all |really |very |a |quite |completely |totally |too |morally |at all ){0,3}(?:wrong of me|wrong for (?:me|us|"
    r"somebody|someone|an? (?:adult|man|woman))|right for (?:me|us|somebody|someone|an? (?:adult|man|woman))|"
    r"against the law|a crime|unlawful|illegal|not legal|inappropriate|improper|"
    r"unacceptable|unsuitable|indecent|immoral|shameful|sinful?|haram|not proper|"
    r"not allowed|dodgy|creepy)(?! (?:parking|park|stream|tackle|tyre|signing|hour|way)\b)",
    r"(?:its|it'?s|it is|this is|that is|thats|that'?s|is) (?:no|not|nae) (?:right|good|ok|okay|proper|correct|"
    r"appropriate|fair)(?: (?:is it|at all|you know|this|that|man|mate|sorry|love|hen|pal|for (?:me|us|you)|<to> "
    r"(?:talk|"
    r"speak|chat|meet|message|do)))+" + _STOPS_HERE,
    r"(?:its|it'?s|it is|this is|that is) (?:not|no|nae) (?:good|right|ok|okay|correct|proper|appropriate)[.,]? "
    r"(?:<you>|"
    r"<you're>|you're|i|we|<you> <are>)(?: (?:are|is|too|much|so|very|still|just|only|a))* (?:young|kid|child|minor|"
    r"underage|small|little|old)(?![^\W_])",
    r"(?:i|we|id|i'?d|could|would|will|can)(?: (?:will|would|could|can|might))? (?:get|go|end up|be|land) (?:in|into|"
    r"<to>) (?:[^\s.?!]+ ){0,2}?(?:trouble|prison|jail)(?: for (?:this|it|that|talking|meeting))?(?=[^?]*(?:stop|bye|"
    r"sorry|"
    r"cant|can'?t|leave|not doing|so no|so i))",
    r"(?:had|got|have) (?:no|not any|not the slightest|never any) idea (?:that )?(?:you were|you are|u were|u are|ur|"
    r"youre|you're|how old|how young|of your age)(?![^\W_])",
    r"i (?:was|wasnt|wasn'?t|werent|were)(?: not)? (?:aware|told|informed|unaware)(?: of (?:that|your age|this)| "
    r"(?:that "
    r")?(?:you|u))" + r"(?![^\W_])",
)
"""The age, the law or what is right as the reason."""

_ADVISES: Final = (
    r"(?<!dont\x20)(?<!don't\x20)(?<!not\x20)(?<!never\x20)(?<!may\x20)(?<!\x20to\x20)(?<!can\x20)(?<!i\x20)(?<!we\x20)"
)

_AWAY_FROM_HERE: Final = whole(
    _ADVISES + r"(?:talk|speak|go|tell|turn|chat|say (?:it|this|that)|reach out|open up) (?:<to> |with |back <to> |"
    r"about (?:it|this|"
    r"that) (?:<to>|with) |all this <to> |this <to> |it <to> )(?:an? |some |<your> |the )?(?:other |real |actual |"
    r"proper |"
    r"trusted |own )?(?:grown ?ups?|adults?(?! (?:education|learning))|guardian|carers?|foster (?:carer|mum|dad|mother|"
    r"father)|social worker|support worker|youth worker|counsellor|school counsellor|school nurse|head teacher|form "
    r"tutor|someone you trust|somebody you trust|someone grown|childline|samaritans|the samaritans|helpline|a helpline|"
    r"ceop)(?! (?:the|it'?s|its|raining|we|i)\b)",
    r"(?:ring|call|phone|contact|try|text|message|speak <to>|talk <to>|look up|google|email|there'?s|theres|there is) "
    r"(?:up )?(?:childline|child line|ceop|samaritans|the samaritans|nspcc|the nspcc|shout|the mix|kooth|a helpline|"
    r"the "
    r"helpline|a charity|0800 ?1111)(?! (?:at|the dog|when)\b)",
    _ADVISES + r"(?:talk|speak|go|turn|write|say (?:it|this|that)) (?:<to> )?<your> (?:own )?(?:<parents>|mam|maa|"
    r"teacher|"
    r"teachers|mates|friends|school|gran|granny|nan|aunt|aunty|uncle)(?: (?:and <parents>|or <your> \w+|or \w+))?"
    r"(?: (?:about (?:it|this|that|me)|instead|not me|first|please|now|ok))*(?=\W*$|[.!])(?<!ask)",
    r"(?:boys|girls|friends|people|kids|lads|lasses|mates|pals|someone|somebody|others|anyone|one|those|ones|children|"
    r"company|partner|person|folk)(?: (?:that|who|which))?(?:'?s| is| are)? (?:of |at |near |nearer |closer <to> |"
    r"around |"
    r"in |more )*(?:(?:<your>|the) (?:own )?(?:same )?(?:age|age group|year|year group|own years|class)|same age(?: "
    r"(?:as|"
    r"like) you)?|as old as you|like you)(?=\W*$|[.,!?;]|\W+(?:not|please|ok|and|instead|love|pal|hen|mate|dear|beta|"
    r"kid|"
    r"sorry|bye|rather|who|<to>)\b)(?<!people\x20like\x20you)",
    r"(?:stick|stay|play|keep|be|hang|hang out|mix|go|chat|talk) (?:<to> |with |out with |about with )+(?:<your> "
    r"(?:own "
    r")?(?:friends|mates|pals|age|kind|school ?friends|class ?mates)|own age)" + _STOPS_HERE,
)
"""To whom to go instead."""

_THING: Final = (
    r"(?:you|u|ya|this|it|that|everything|all (?:of )?(?:this|it|that|these)|<your> (?:number|account|snap|profile|"
    r"messages|contact|chat|chats|details|insta)|our (?:chats?|messages?|conversation|convo)|(?:my|the|this) "
    r"(?:account|"
    r"profile|snap|insta|app|chat|conversation|group|number|site|server)|myself|here|now)"
)
_GOES: Final = whole(
    r"(?:(?:im|i'?m|i am|gonna|going <to>|i'?ll|ill|i will|i have|i'?ve|ive|i|i must|about <to>|just|now|me|i would|i "
    r"wanna|better|should|need <to>|have <to>|must|am|and|then|will|shall|bye) ){1,3}(?:block|blocking|blocked|unadd|"
    r"unadding|unadded|unfriend|unfriending|unfollow|unfollowing|unmatch|unmatching|report|reporting|reported|mute|"
    r"muting|ignore|ignoring|remove|removing|removed) " + _THING + r"(?! (?:photo|pic|one|post|file|again tomorrow)\b)",
    r"(?:(?:im|i'?m|i am|gonna|going <to>|i'?ll|ill|i will|i|i must|about <to>|now|should|need <to>|have <to>|must|"
    r"am) )"
    r"{1,3}(?:delet(?:e|ing)|clos(?:e|ing)|leav(?:e|ing)|deactivat(?:e|ing)|com(?:e|ing) off|get(?:ting)? off|"
    r"log(?:ging)? "
    r"off|log(?:ging)? out of|sign(?:ing)? off|sign(?:ing)? out|quit(?:ting)?) (?:you|u|<your> (?:number|contact|snap|"
    r"account)|our (?:chats?|messages?|conversation|convo)|(?:my|the|this) (?:account|profile|snap|insta|app|chat|"
    r"conversation|site|server)|this (?:thing|place))(?= (?:now|and|sorry|bye|because|cos|so|for good|forever|"
    r"before)\b|"
    r"\W*$|[.,!?;])",
    r"(?:\A|(?<=[.,!?;]\x20)|(?<=now\x20)|(?<=bye\x20)|(?<=i\x20))block(?:ed|ing)?(?: (?:now|you|u|bye|sorry|ok|and "
    r"report(?:ed|ing)?))*"
    r"(?=\W*$|[.!])",
    r"(?:<you>|<you're>|<you>'?ll|<you> will|you will|<you> <are>|this account|your account|getting|is|be) (?:be |"
    r"being |"
    r"getting |get |gonna get |gonna be |going <to> be |now |just )+(?:block|blocked|reported|report|removed|deleted|"
    r"muted|unadded)(?![^\W_])",
    r"(?:your|ur|you|u) (?:blocked|reported)(?![^\W_])|(?:reported|blocked) <you>(?![^\W_])",
)
"""Blocks, deletes, reports."""

_ASKS_TO_STOP: Final = whole(
    r"(?:can|could|will|would|may) (?:<you>|we|i) (?:please |pls |plz |just |maybe |kindly )*(?:stop|end (?:this|it)|"
    r"not "
    r"(?:do|talk about|say|ask|go there|message|text|write)|leave (?:it|this|me)|change (?:the )?(?:subject|topic)|"
    r"drop "
    r"(?:it|this|the subject)|talk (?:about|bout) (?:something|anything|sumthing|smth|sth|other things?)(?: else| "
    r"different| normal)?|speak (?:about|of) something else|leave me)(?! (?:at|by|off|outside|the (?:car|bus))\b)"
    + _STOPS_HERE,
    r"(?:lets|let'?s|let us|rather|prefer <to>|id like <to>|i would like <to>|i'?d like <to>|want <to>|just|please|pls|"
    r"shall we|we should|better) (?:just |only |we |please )?(?:talk|chat|speak) (?:about|bout|of) (?:something|"
    r"anything|"
    r"other|sth|smth|sumthing|normal|safe)(?: (?:else|different|normal|nice|things?|stuff|safe|other))*" + _STOPS_HERE,
    r"(?:lets|let'?s|please|pls|can we|rather|prefer <to>|id like <to>|i would like <to>|want <to>|just|shall we|"
    r"better) "
    r"(?:just |only |we )?change (?:the |this |of )?(?:subject|topic|conversation)",
    r"(?:anyway|anyways|different|new|next|change of|another) (?:topic|subject)" + _STOPS_HERE,
    r"(?:dont|don'?t|do not|not|stop|never|please dont) (?:say|saying|talk|talking|ask|asking|send|sending|speak|"
    r"speaking|write|writing|be saying|be asking|be sending) (?:<to> |me |about |for |with )*(?:that|this|those|these|"
    r"such|things|stuff|like that|like this|that sort|that kind|that stuff|such things|this stuff)(?: (?:things?|stuff|"
    r"questions|words|<to> me|me|again|like that|please|any ?more|of things?|of stuff|of thing|here))*" + _STOPS_HERE,
    r"(?:please|pls|plz|now|just|you|u|ok|no|said|bro|bruv|pal|man|and|so|\d\d[.,]|\d\d) stop(?=\W*$|[.!?;])"
    r"|(?:\A|(?<=[.,!?;]\x20))(?:stop|enough)(?: (?:now|it|this|that|please|ok|pls|talking|asking|messaging|texting))*"
    r"(?=\W*$|[.!;])",
    r"(?:thats|that'?s|that is|its|it'?s|had|have had|ive had|i'?ve had) (?:quite |more than |about )?enough(?: "
    r"(?:of (?:"
    r"this|that|it|you)|now))?(?=\W*$|[.!;])(?<!enough\x20money)",
    r"(?:makes?|making|made|feel|feels|feeling|im|i'?m|i am|its|it'?s) (?:me )?(?:feel )?(?:really |so |very |a bit |"
    r"kinda "
    r"|quite |too |well |pure )?(?:uncomfortable|uneasy|weirded out|creeped out|awkward|unsafe|scared of (?:you|this)|"
    r"freaked out)(?: (?:with|about|by|now|talking|doing)(?: [^\s.?!]+){0,2}?)?",
)
"""Asks to stop, or to speak of something else."""

_IS_SORRY: Final = whole(
    r"(?:i |we )?(?:have |'?ve |ve )?(?:made|make|was|it was|this was|that was|all) (?:a |an |my |one |such a "
    r")*(?:big |"
    r"terrible |bad |huge |honest )?mistake(?: (?:writing|messaging|texting|talking|adding|contacting|coming|meeting|"
    r"<to>"
    r" (?:talk|write|message|add|contact|come|text|meet)))(?![^\W_])",
    r"(?:i|we) (?:should|ought|would|could)(?:nt|n'?t| not| never| no| have never| have not| of never| not <to>)+ "
    r"(?:have |ever |be |of |even )*"
    r"(?:talk(?:ed|ing)|spoke|spoken|speaking|chatt(?:ed|ing)|messag(?:ed|ing)|text(?:ed|ing)|writ(?:ten|ing)|wrote|"
    r"add(?:ed"
    r"|ing)|repl(?:ied|ying)|contact(?:ed|ing)|start(?:ed|ing)|ask(?:ed|ing)|said|sent|be here|be on here|come on here|"
    r"agreed|gone along|doing this|on here|encouraged)(?![^\W_])",
    r"(?:sorry|apologi[sz]e|apologies|forgive me|my apologies|regret|ashamed|feel (?:bad|awful|sick|terrible|guilty|"
    r"ashamed))(?:[.,]? (?!(?:the|u cant|you cant)\b)[^\s.?!]+){0,6}?[.,!]* (?:bye|good ?bye|farewell|cheerio|ta ra|"
    r"(?:i'?ll|ill|i will|i must|i should|i better|i have <to>|im gonna) (?:go|leave|stop|end|delete|block|not)|"
    r"leave you "
    r"(?:alone|in peace|be)|take care|wont (?:happen|bother|message|write)|never (?:happen|bother|message|write))"
    r"(?=\W*$|[.,!;]|\W+(?:again|now|it|here|this|you|and|any ?more)\b)",
    r"(?:i )?(?:wont|won'?t|will not|will never|shall not) (?:bother|trouble|disturb|contact|message|text|write <to>|"
    r"write|hassle|pester|annoy|email|call) <you>(?: (?:again|any ?more|any longer|ever|further|now))?" + _STOPS_HERE,
    r"(?:i'?ll|ill|i will|i shall|im gonna|let me) leave (?:<you>|it|this)(?: (?:alone|be|in peace|there|here|at "
    r"that|<to> "
    r"it))*(?=\W*$|[.,!;])(?<!leave\x20you)",
)
"""Is sorry, and goes."""

PHRASES: Final = (_NOT_WITH_YOUNG, _CUTS, _PART, _SAYS_WHY, _AWAY_FROM_HERE, _GOES, _ASKS_TO_STOP, _IS_SORRY)
