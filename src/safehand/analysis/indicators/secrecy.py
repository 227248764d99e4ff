"""Secrecy, who is near, and who might be watching. Rules 18, 20 and 25.

"dont tell ur mum"          secrecy            dont_tell
"delete these messages"     secrecy            delete
"are ur parents home"       supervision_check  asks
"my mums at work til 6"     supervision_check  says
"is this a set up"          detection_risk     set_up
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import before, follows, open_end, whole
from safehand.analysis.indicators.rule import Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule, hits

SECRECY: Final = Rule(
    "secrecy",
    title="Secrecy",
    number=18,
    version=3,
    towards="Whoever wrote it wanted nobody else to know, or nothing to be left to see.",
    away="Presents, surprises, gossip and plain shyness are kept quiet too; a child may ask for it as well.",
    why="It may show that the writer knew it was wrong, and it may mean that messages are missing.",
    false_alarms=("birthday surprises", "gossip among friends", "matters of work"),
    kinds=(
        Kind("dont_tell", Points.BOTH, "asks that somebody is not told"),
        Kind("secret", Points.BOTH, "speaks of a secret, or of something between the two"),
        Kind("delete", Points.BOTH, "speaks of deleting messages"),
    ),
)

SUPERVISION_CHECK: Final = Rule(
    "supervision_check",
    title="Who is near",
    number=20,
    version=3,
    towards="Whoever asks wants to know whether an adult is near, or reads along.",
    away="Friends ask before they call or come round. Where the other side says it unasked, that is told apart.",
    why="It bears on purpose, and on danger where a meeting is spoken of; said unasked, on how the talk was led.",
    false_alarms=(
        "asking whether a parcel can be taken in",
        "friends before a visit",
        "parents about their own children",
    ),
    kinds=(
        Kind("asks", Points.TOWARDS, "asks who is near the other, or who can read along"),
        Kind("says", Points.BOTH, "says that the writer is alone or that nobody watches"),
    ),
)

DETECTION_RISK: Final = Rule(
    "detection_risk",
    title="Police, traps, and who is real",
    number=25,
    version=3,
    towards="Whoever wrote it thought of police, of prison or of being led on, and may have known why.",
    away="Whoever asks whether somebody is real may doubt the age, or take all of it for play.",
    why="It bears on knowledge and on belief, and it may mean that police or others had spoken to them before.",
    false_alarms=("news and series", "a police car in the street", "gamers who accuse each other"),
    kinds=(
        Kind("set_up", Points.BOTH, "asks whether this is a trap, or whether the other is police"),
        Kind("real", Points.BOTH, "asks whether the other is real or who they say they are"),
        Kind("police", Points.BOTH, "speaks of police, arrest or prison as something that could come of it"),
        Kind("told_police", Points.CONTEXT, "speaks of having told the police, or of telling them"),
    ),
)

_DONT_TELL: Final = whole(
    r"<don't> (?:ever |even |u |you |go |dare )?(?:tell|show|say (?:anything|nothing|a word|owt|nowt)|mention)"
    r" (?:this |it |that |about this |about us |this to |it to |anything to |to )?(?:<anyone>|<your> (?:<parents>|"
    r"mates?|friends?|teachers?))",
    r"<don't> (?:ever |even )?say (?:anything|nothing|a word|owt|nowt)",
    r"(?:promise|swear) (?:me )?(?:<you> |<you>'?ll |that |not )?(?:won'?t|wont|will not|not to|never|to not)? "
    r"?(?:tell|say|show)",
    r"(?:won'?t|wouldn'?t|will not) (?:ever )?(?:tell|show) <anyone>",
    r"<anyone> (?:can|must|should|has to|have to|needs? to) (?:ever )?(?:know|find out|see)(?: (?:about )?(?:this|us|"
    r"it|that))?",
    r"if <anyone> (?:found|finds) out",
    r"(?:can'?t|cant|cannot|mustn'?t|not) (?:ever )?(?:tell|show) (?:<anyone>|<your> (?:<parents>|mates?|friends?))",
    r"<anyone> (?:can|must|should|will|to) (?:ever )?(?:find out|know)",
    r"(?:if|when) (?:<anyone>|<your> (?:<parents>|mates?|friends?)) (?:asks?|finds? (?:this|it)|sees? (?:this|"
    r"it))(?: [^\s.?!]+){0,4}? (?:dont|"
    r"don'?t|never|say|tell|im|i'?m|youre|its)",
    r"(?:no|not|never) telling (?:<anyone>|<your> (?:<parents>|mates?|friends?))",
    r"(?:don'?t|dont|never) (?:tell|show) my (?:<parents>|mam)",
    r"(?:don'?t|dont) (?:let|leave it where) (?:<anyone>|<your> (?:<parents>|mates?|friends?)) (?:see|know|"
    r"find|read|hear|get)",
)
_NOT_TOLD_AT_ALL: Final = before("can", "could", "did", "does", "do", "if", "so")
_SECRET: Final = whole(
    r"(?:our|a|<your> and my|little|my) (?:little |own |big )?secret",
    r"keep (?:it |this |that |us |all this )?(?:a |as a |our |the |my |this )?secret",
    r"(?:keep|stay|stays|is|its|just|this is|kept) (?:it |this |that |all )?(?:just )?between (?:us|me and <you>|"
    r"<you> and me|ourselves|the two of us)",
    r"just between (?:us|me and <you>|<you> and me)",
    r"keep (?:it|this|that|us) (?:quiet|private|to (?:<your>self|ourselves)|on the (?:dl|down low|low))",
    r"keep (?:quiet|schtum|shtum) about",
    r"on the (?:dl|down low)",
    r"(?:<what> we (?:have|do|talk about|say)|this|our (?:chats?|talks?|thing)|it) (?:is|stays|has <to> stay|"
    r"must stay|should stay) (?:private|secret|"
    r"between|ours|hidden)(?! (?:property|land|plot|road|school|hire|parking)\b)",
    r"(?:in|behind) <your> <parents>'?s? backs?",
)
_SECRET_THINGS: Final = open_end(r"secret (?:santa|garden|recipe|ingredient|agent|weapon|sauce)\b")
_DELETE: Final = whole(
    r"(?:delete|clear|wipe|erase|get rid of|unsend|unsave) (?:all |everything|<your> |the |this |these |those |our |"
    r"my |ur )?"
    r"(?:of )?(?:<your> |the |this |these |those |our |my )?(?:chats?|messages?|msgs?|convos?|conversations?|texts?|"
    r"history|pics?|photos?|pictures?|everything|dms?)",
    r"(?:make sure|remember <to>|and|please|pls|just|always) (?:<you> )?(?:delete|erase|wipe) (?:it|this|that|"
    r"them|these|all)",
    r"(?:delete|clear|wipe|erase) (?:it all|all of it|this chat|this after|everything|that after)",
    r"(?:have|did|do) <you> (?:delete|clear|deleted|cleared) (?:it|them|this|everything|the chat|<your> (?:chat|"
    r"messages|history))",
    r"turn (?:on )?disappearing messages(?: on)?",
)


def _secret(line: Line) -> Iterator[Hit]:
    text = line.text
    for found in _DONT_TELL.all_in(line):
        # "can u not tell anyone" is caught; "dont tell me" has nobody else in it and never matches.
        yield Hit("dont_tell", found.start(), found.end())
    for found in _SECRET.all_in(line):
        if not _SECRET_THINGS.pattern.search(text, max(found.end() - 6, 0)):
            yield Hit("secret", found.start(), found.end())
    yield from hits(line, ("delete", _DELETE))


_AT_HOME: Final = (
    r"(?:home|in|out|there|around|asleep|awake|up|at work|away|back|with <you>|near <you>|next to <you>|in bed)"
)
_ASKS_ALONE: Final = whole(
    r"<are> <you> (?:home |at home |all |still |in |there |in <your> room )?(?:alone|by <your>self|on <your> "
    r"own(?! (?:account|phone|profile|bike|"
    r"laptop|team|side|two feet|plot)))",
    r"<you> (?:still |all )?on <your> own(?= (?:yeah|yh|then|now|tonight|or)\b|\W*$|\W*\?)",
    r"<are> ?<you> (?:at |still |in )*home(?= (?:alone|rn|now|tonight|yet)\b|\W*$|\W*\?)|<you> (?:at |still "
    r")?home(?=\W*\?)|<you> at home(?=\W*$)",
    r"(?:do|does|can|could|will) (?:<anyone>|anybody else|anyone else|someone|he|she|they) (?:ever |always "
    r")?(?:check|look at|see|read|go "
    r"through|look through|use|have) <your> (?:phone|messages?|texts?|chats?|snap|insta|account|screen|dms?)",
    r"is <your> (?:bedroom |room )?door (?:shut|closed|locked|open)|<your> door (?:shut|closed|locked)",
    r"whens? (?:is |are |will )?<your> <parents> (?:be |coming |getting |get |come )?(?:back|home|in|out|asleep|"
    r"finish)(?! on\b)",
    r"(?:is|<are>) <your> (?:<parents>|mam) there|(?:when|<what> time) (?:does|do|will|is) (?:he|she|they) (?:go|"
    r"going|get|getting|come|coming) "
    r"(?:<to> (?:bed|sleep|work)|home|back|out|in)",
    r"<you> (?:home |all )?alone(?=\W*\?)",
    r"(?:home )?alone(?=\s*\?)",
    r"<are> <your> (?:<parents> and )?<parents> (?:still |gonna be |going to be |all )?" + _AT_HOME,
    r"is <your> <parents> (?:still |gonna be |going to be )?" + _AT_HOME + r"(?! (?:to|for) )",
    r"(?:is|<are>) (?:<anyone>|any1|anyone else|somebody|someone|any adults?) (?:else )?(?:there|home|in|with <you>|"
    r"around|near <you>|watching|listening)",
    r"where <are> <your> <parents>",
    r"who else(?:'?s| is) (?:there|home|in|with <you>)(?! (?:the (?:band|team|play|group|class|choir|game|squad|"
    r"race)|it|on)\b)",
    r"who(?:'?s| is| else is)(?: else)? (?:home|there with <you>|with <you>|in the house|at home)",
    r"(?:do|does|can|could|will|would) <your> <parents> (?:ever |always )?(?:check|checks|look at|looks at|see|sees|"
    r"read|reads|go through|goes through|look through|hear|know about)"
    r" (?:<your> |the |through |us|me|this|<you>)?(?:phone|messages|texts|chat|insta|snap)?",
    r"(?:when|<what> time) (?:do|does|will|<are>|is) <your> <parents> (?:get |come |go |be |gonna be |coming |going "
    r")?(?:home|back|<to> bed|<to> sleep|out|asleep|<to> work|in)",
    r"can <anyone> (?:see|hear|read) (?:<you>|us|this|<your> (?:phone|screen))",
    r"door (?:shut|closed|locked)(?=\W*\?)",
)
_SAYS_ALONE: Final = whole(
    r"<i'm> (?:home |at home |all |here |on my own )?(?:alone|by myself|on my own)(?: (?:at home|in the house|til|"
    r"until|till|tonight|all \w+))?",
    r"(?:home alone)(?: (?:til|until|till|tonight|all \w+))",
    r"(?:my )?<parents>(?:'?s| is| are| r)? (?:out|away|not (?:home|in|here|back)|asleep|at work|at the pub|in bed|"
    r"gone out)"
    r"(?: (?:til|till|until|tonight|all|for|this|so)(?: \w+)?)?",
    r"(?:my )?<parents> (?:don'?t|dont|doesn'?t|doesnt|never) (?:check|look at|see|read|go through|know) (?:my |"
    r"about )?(?:phone|messages|texts|this|chat|us)?",
    r"<anyone>(?:'?s| is) (?:home|in|here)(?: (?:til|until|till|tonight)|(?! (?:and|or|yet)\b))",
)
_NOT_SAID_OF_SELF: Final = before("his|her|their|your|ur|if|when|leave me|the|are|r|is")


def _near(line: Line) -> Iterator[Hit]:
    text = line.text
    asked = [(found.start(), found.end()) for found in _ASKS_ALONE.all_in(line)]
    for start, end in asked:
        yield Hit("asks", start, end)
    for found in _SAYS_ALONE.all_in(line):
        overlaps = any(start < found.end() and found.start() < end for start, end in asked)
        anybody = found[0].startswith(("anyone", "any", "people", "them", "a soul"))
        if not overlaps and not anybody and not follows(_NOT_SAID_OF_SELF, text, found.start()):
            yield Hit("says", found.start(), found.end())


_SET_UP: Final = whole(
    r"<are> <you> (?:not |even |actually |like |really |with |from )?(?:an? |the )?(?:undercover|cops?|police(?:man|"
    r"woman)?|feds?|copper|decoy|law enforcement)(?! (?:car|station))",
    r"<you> (?:a |an |the |with the |from the |not a |not the )(?:undercover|cop|police|fed|copper|decoy)(?! (?:car|"
    r"station|dog))",
    r"(?:is this|this is|is it|this|its|it's|its not|this isnt|this isn'?t|hope this isnt|sure this isnt) (?:not |"
    r"some |like |all |even |just )?(?:an? )?(?:set ?up|trap|stings?|wind ?up|police thing|prank)",
    r"(?:feels|looks|sounds|seems|smells) like (?:an? )?(?:set ?up|trap|sting|wind ?up)|one of (?:those|them|"
    r"these) (?:stings?|set ?ups?|traps?|"
    r"decoys?)",
    r"(?:set|setting) me up",
    r"(?:<you're>|<you>|<you> better) (?:better )?(?:not|not be|aint|ain'?t|arent|aren'?t) (?:be )?(?:an? |"
    r"the |with the )?(?:undercover|cop|cops|police|feds?|decoy)(?: <are> <you>)?",
    r"(?:you'?re|ur|u r|<are> <you>) (?:trying <to> |just )?(?:catch|catching|trap|trapping|report|reporting) me",
    r"<are> <you> (?:gonna|going <to>) (?:report|screenshot|expose) (?:me|this)",
)
_REAL: Final = whole(
    r"<are> <you> (?:even |actually |really |like )?(?:real|a bot|a catfish|catfish|fake|legit|who <you> say <you> "
    r"<are>|really an? (?:girl|boy|lad|kid|man|bloke|adult|old man))",
    r"<are> <you> (?:really|actually) (?:\d{1,2}|an? \d{1,2} ?(?:yr|year|yo))",
    r"(?:prove|proof) (?:that )?(?:<you're>|<you> <are>|ur|you|its|it'?s|<you>) (?:real|not fake|really \w+|you|"
    r"<you>)",
    r"is (?:that|this) (?:even |really |actually )?(?:really |actually )?(?:<you>|<your> real name|<your> real "
    r"(?:pic|age|photo))(?= in|\W*$)",
    r"how do i know (?:<you're>|ur|its|it'?s|<you>) (?:not )?(?:<are> )?(?:really|real|a|who|fake|you)",
    r"(?:catfish(?:ing)?|fake (?:account|profile|acc))",
)
_POLICE: Final = whole(
    r"(?:get|got|getting|be|being|been|gets|gonna be) (?:me |us |you |u )?(?:arrested|nicked|locked up|banged up|"
    r"sent down|done for it)",
    r"(?:go|going|goes|sent|put|end up|ended up|get|land me|be|thrown) (?:me |us |<you> )?(?:in|to|into|in to) "
    r"(?:jail|prison|nick)",
    r"(?:police|cops|feds|old bill) (?:will|would|could|might|come|coming|came|involved|at my|round|knocking|find|"
    r"found|after me|look)",
    r"before the (?:police|cops|feds)",
)
_TOLD_POLICE: Final = whole(
    r"(?:i'?ve |i |we |we'?ve |have |already |she |he |they |mum |dad |<i'll> |going to |should i |shall i |will )?"
    r"(?:told|tell|telling|called|call|calling|rang|ring|ringing|contacted|contact|reported (?:it|this|you|u|him|"
    r"her) to|report (?:it|this|you|u|him|her) to|spoke to|speak to|speaking to|gone to|going to|go to) "
    r"the (?:police|cops|feds)(?! (?:station|car|museum))"
)


def _watched(line: Line) -> Iterator[Hit]:
    yield from hits(line, ("set_up", _SET_UP), ("real", _REAL), ("police", _POLICE), ("told_police", _TOLD_POLICE))


WORD_RULES: Final = (
    WordRule(SECRECY, (_DONT_TELL, _SECRET, _DELETE), _secret),
    WordRule(SUPERVISION_CHECK, (_ASKS_ALONE, _SAYS_ALONE), _near),
    WordRule(DETECTION_RISK, (_SET_UP, _REAL, _POLICE, _TOLD_POLICE), _watched),
)
