"""Threats, and words of harm to oneself. Rule 24. Here a false alarm costs a look and a miss may cost a life.

"ill send it to ur mum"     threat  publish
"do it or else"             threat  or_else
"i want to die"             threat  self_harm
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.lists import WordClass, WordList, finder
from safehand.analysis.indicators.patterns import before, follows, open_end, whole
from safehand.analysis.indicators.rule import Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule, hits

THREAT: Final = Rule(
    "threat",
    title="Threats and words of self-harm",
    number=24,
    version=4,
    towards="Somebody was put under pressure by what would happen to them.",
    away="Banter, games and quarrels sound alike; the threat may come from either side, or from whoever holds the "
    "account.",
    why="Extortion and self-harm are about safety now, on whichever side, before they are about evidence.",
    false_alarms=("banter and games", "being killed by the heat", "telling a teacher, as a child should"),
    kinds=(
        Kind("publish", Points.WELFARE, "threatens to show or tell something to others"),
        Kind("harm", Points.WELFARE, "threatens to hurt somebody, or to come for them"),
        Kind("or_else", Points.WELFARE, "says what will happen if something is not done"),
        Kind("self_harm", Points.WELFARE, "speaks of harming or killing oneself"),
    ),
)

_WILL: Final = (
    r"(?:<i'll>|i'?ll|ill|il|im going <to>|i'm gonna|ima|or "
    r"i(?:'?ll)?|i might|i could easily|i swear i(?:'?ll)?|"
    r"then i(?:'?ll)?)"
)
_OTHERS: Final = (
    r"(?:<anyone>|every ?one|every ?body|all|all <your> \w+|the whole (?:school|year|world)|<your> (?:<parents>|"
    r"mates?|friends?|school|teachers?|boss|family|wife|husband|work)|"
    r"online|on(?:to)? (?:insta|instagram|facebook|fb|snap|tiktok|the internet|twitter)|the (?:school|internet|group "
    r"?chat|group))"
)
_PUBLISH: Final = whole(
    _WILL + r" (?:just |have <to> |literally |be )?(?:post|share|send|sending|leak|show|tell|upload|expose|forward|"
    r"put|spread|screenshot)(?: [^\s.?!]+){0,6}? " + _OTHERS,
    _WILL + r" (?:just |literally |be )?(?:leak|expose|post|share|spread|send) (?:them|it|this|everything|all "
    r"of it|<your> (?:pics?|photos?|messages?|chats?|secrets?)|those|these)(?: (?:everywhere|out|"
    r"online))?",
    _WILL + r" (?:just )?expose <you>",
    r"(?:everyone|every ?body|<your> (?:<parents>|mates?|friends?|school)|the whole (?:school|year)) (?:will|is "
    r"gonna|gonna|is going <to>) (?:see|"
    r"get|know about|read|have) <your> (?:pics?|photos?|messages?|chats?|secrets?|videos?)",
    r"(?:i'?ve |i have |i |i'?ve still )(?:got |have |saved |kept |screenshotted |screen ?recorded )(?:all "
    r")?(?:<your> |the |those |our )?(?:pics?|photos?|messages?|screenshots?|chats?)"
    r"(?: [^\s.?!]+){0,3}? (?:and|so|remember|saved)(?: [^\s.?!]+){0,4}? (?:everyone|send|show|tell|post|share|"
    r"<your> <parents>)",
)
_TRIP: Final = open_end(
    r"(?:my|our) (?!(?:pics?|photos?|secret)\b)[^\s.?!]+(?=\W*$)|(?:the|from the|our|my|his|her) (?:[^\s]+ "
    r"){0,2}(?:trip|match|game|holiday|wedding|allotment|plot|"
    r"garden|party|recipe|score)"
)
_HARM: Final = whole(
    r"(?:<i'll>|i'?ll|ill|im gonna|i'm going <to>|gonna|we'?ll|imma) (?:come )?(?:and )?(?:find|hurt|kill|get|batter|"
    r"bang|smash|stab|beat|shank|punch|do) <you>(?: (?:in|up|over))?",
    r"i know where <you> (?:live|go to school|go school|work)(?!,? (?:so |and )?(?:i'?ll|ill|i will|i can) "
    r"(?:post|drop|send|bring|pick|"
    r"collect|deliver|leave|come (?:get|round for)))",
    r"(?:<i'm>|im|i am) coming (?:round |over |<to> <your> (?:house|home|school|work) |for <you>|<to> )(?:<to> |"
    r"and )?(?:get|find|hurt|do|"
    r"batter|kill|sort|for) ?<you>(?! (?:from|at|after|later|up|a|some)\b)",
    r"(?:<i'll>|i'?ll|ill|gonna|will) (?:break|smash|snap|cut|burn|slash|cave in|kick) <your> (?:legs?|arms?|"
    r"face|head|neck|fingers|teeth|"
    r"jaw|windows?|house|door)(?: in| down)?",
    r"(?:i'?ll|ill|i will|gonna|i'm going <to>) (?:come|turn up|show up|be) (?:to|round|at|outside) <your> (?:house|"
    r"school|home|work)(?: (?:and|if|then))",
    r"<you're> (?:dead|a dead man|gonna get (?:hurt|battered|stabbed))",
    r"watch <your> back",
)
_GAME: Final = open_end(
    r"<a few>(?:at|in|on|with) (?:fifa|fortnite|cod|mario|minecraft|warzone|roblox|fc ?\d*|rocket|uno|monopoly|chess|"
    r"tennis|bowling|the game|game|quiz|footy|laughter|kindness)",
    r"(?:a|an|some|the|one|something|back|later|tomorrow|there|from|at|in a|when|after|on|for)\b",
)
_OR_ELSE: Final = whole(
    r"or else",
    r"(?:<you> have|<you> got|<you>'?ve got) (?:\w+|half an|an) (?:hours?|mins?|minutes?|days?|seconds?) (?:or|"
    r"before|until|till|then)(?! so\b)",
    r"(?:everyone|every ?body|<your> (?:<parents>|mates?|friends?|school)|the whole (?:school|year)) (?:will|is "
    r"gonna|gonna|is going <to>|gets?|"
    r"sees?|knows?)(?: [^\s.?!]+){0,5}? (?:unless <you>|if <you>|when <you> dont)",
    r"(?:unless|until|till) <you> (?:pay|send|do (?:it|what|as)|meet|give|show|come|say yes)",
    r"<you>(?:'?ll| will) (?:so )?(?:regret|be sorry|pay for)(?: (?:it|this|that))?",
    r"(?:or|otherwise) (?:<i'll>|i'?ll|ill) (?:tell|send|post|share|show|block|leave|hurt|report|leak)",
    r"if <you> (?:don'?t|dont|do not|ever|block|tell|leave|stop|ignore|report)(?: [^\s.?!]+){0,8}? (?:<i'll>|i'?ll|"
    r"ill|im gonna|i'm going <to>) (?:tell|send|post|share|show|leak|hurt|kill|find|come|expose|report|ruin)",
    r"(?:do it|send it|answer me|reply|pay) (?:now )?or (?:i|everyone|<your> <parents>|it)",
    r"don'?t (?:make me|forget i (?:have|know|still))(?: (?:tell|send|post|share|show|do))?",
)
_SELF_HARM: Final = whole(
    r"(?:kill|killing|killed|hurt|hurting|cut|cutting|harm|harming|hang|hanging|top|topping|off|starve|starving|"
    r"burn) (?:myself|my self|ma self|mysen)(?! (?:an?|some|another|one more)\b)",
    r"(?:<want to>|wish i|wanted <to>|gonna|going <to>|i just wanna) (?:just )?(?:die|be dead|was dead|were dead|not "
    r"be here|disappear forever|not wake up|never wake up|end it(?: all)?|od|overdose)",
    r"(?:don'?t|dont|do not) (?:<want to>|wanna) (?:be alive|be here(?: any ?more)?(?=\W*$)|be here any ?more|"
    r"live|live any ?more|exist|wake up)",
    r"(?:end|ending) (?:it all|my life|my own life)",
    r"(?:suicid(?:e|al)|self[ -]?harm(?:ing|ed|s)?|kms|took (?:an )?overdose|take an overdose|slit my wrists?)",
    r"(?:everyone|they|you|u)(?:'?d| would) be better off without me",
    r"(?:no ?one|nobody) (?:would|will|d|'d) (?:even )?(?:miss|notice|care)(?: me)? if i(?:'?m|m| was| were| "
    r"wasnt| died| wasn'?t)(?: [^\s.?!]+)?",
    r"no (?:point|reason) (?:in )?(?:living|being alive|being here|going on)",
)
_NOT_ONESELF: Final = before("almost|nearly|laughing|laughed|practically|not going to|wouldnt|wouldn't")


def word_rules(words: WordList) -> tuple[WordRule, ...]:
    """Rule 24. Threats and words of self-harm of the list count too."""
    threats, self_harm = finder(words, WordClass.THREAT), finder(words, WordClass.SELF_HARM)

    def _found(line: Line) -> Iterator[Hit]:
        text = line.text
        for found in _PUBLISH.all_in(line):
            if not _TRIP.pattern.search(text, found.start()):
                yield Hit("publish", found.start(), found.end())
        for found in _HARM.all_in(line):
            if not (found[0].endswith(_YOU) and _GAME.pattern.match(text, found.end() + 1)):
                yield Hit("harm", found.start(), found.end())
        yield from hits(line, ("or_else", _OR_ELSE), ("harm", threats), ("self_harm", self_harm))
        for found in _SELF_HARM.all_in(line):
            if not follows(_NOT_ONESELF, text, found.start()):
                yield Hit("self_harm", found.start(), found.end())

    return (WordRule(THREAT, (_PUBLISH, _HARM, _OR_ELSE, _SELF_HARM, threats, self_harm), _found),)


_YOU: Final = ("you", "u", "ya", "yous")
