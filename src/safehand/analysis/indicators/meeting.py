"""A meeting, as it stands in one message: proposed, where, how to get there, under way. Rules 11, 13, 14 and 15.

    "wanna meet up sat?"            meeting_proposal  with_time
    "the one by the station"        meeting_place     venue        only near a proposal
    "ill get the train"             travel_logistics  travel       only near a proposal
    "omw"                           en_route          on_the_way   or ``alone`` where no proposal is near

Cues of meeting stand in one message in twenty of any chat (analysis.md 0.7): a proposal is told where it names both
sides or has a day or a place beside it, and everything after it is told only near it. Times are meeting_times.py; what
became of a proposal is meeting_thread.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.analysis.indicators.contact import POSTCODE
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.meeting_rules import EN_ROUTE, MEETING_PLACE, MEETING_PROPOSAL, TRAVEL_LOGISTICS
from safehand.analysis.indicators.patterns import before, follows, open_end, whole
from safehand.analysis.indicators.rule import Hit
from safehand.analysis.indicators.sorts import WordRule, hits

_DAY: Final = r"(?:mon|tues?|weds?|thurs?|fri|sat|sun|monday|tuesday|wednesday|wensday|thursday|friday|saturday|sunday)"
TIME_WORDS: Final = whole(
    r"(?:today|tonight|tonite|2nite|2night|tomorrow|tomorow|tommorow|tomoz|tomo|2moro|2morrow|tmrw|tmr|tmw|morro|"
    r"morrow)",
    _DAY,
    r"(?:this|next|at the|over the) (?:weekend|week|month|half term)|weekend|half ?term|(?:the |summer |easter |"
    r"christmas |xmas )holidays|inset day",
    r"after (?:school|work|college|training|football|practice|lunch|tea|dinner|class|lessons?)|before school|lunch "
    r"?time|(?:at )?lunch|home ?time",
    r"at (?:about |around |like )?(?:half |quarter (?:past|to) )?(?:\d{1,2}(?:[:.]\d\d)?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|noon|midday|midnight)(?: ?ish)?(?! (?:of|the|my|your|percent|%))",
    r"\d{1,2}(?:[:.]\d\d)? ?(?:am|pm|ish|o'?clock)|half \d{1,2}|[012]?\d[:.][0-5]\d",
    r"(?:in|half) (?:an|a|\d+|half an?) (?:mins?|minutes?|hours?|hrs?|hour|bit|sec)|this (?:morning|afternoon|"
    r"evening|aft)|midday|noon",
    r"(?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)",
)
_VENUE: Final = (
    r"(?:(?:train |bus |tube |metro |railway |coach )?station|bus stop|car ?park|park|playground|skate ?park|rec|"
    r"maccies|maccys|mcdonald'?s|mcd'?s|kfc|greggs|nando'?s|costa|starbucks|nero|subway|"
    r"tescos?|asda|sainsbury'?s|aldi|lidl|morrisons|spar|co-?op|cinema|odeon|vue|cineworld|shopping centre|bullring|"
    r"arndale|trafford centre|westfield|high street|town hall|town|city centre|fountain|"
    r"library|bridge|school gates?|gates|beach|hotel|travelodge|premier inn|airbnb|b&b|pub|spoons|arcades?|bowling|"
    r"pier|cafe|garden centre|chicken shop|corner shop|shops?|lock|swimming pool|baths|leisure centre|gym|church|"
    r"graveyard|cemetery|bench|"
    r"field|fields|woods|forest|canal|river|lake|underpass|alley|corner|roundabout|services|petrol station|garage|"
    r"clock tower|statue|bandstand|museum|market|ice rink|laser ?tag|trampoline park|chippy|"
    r"my (?:house|place|flat|car|van|room|gaff|yard)|<your> (?:house|place|flat|road|street|school|room|bedroom|"
    r"garden)|mine|yours|urs)"
)
_PLACED: Final = whole(
    r"(?:at|by|outside|near|in|from|to|round|behind|opposite|past|the|down|inside|into|under|come|back) (?:the |that "
    r"|a |<your> |my |our |old )*(?:[^\s.?!]+ ){0,2}?" + _VENUE
)

_MEETS: Final = r"(?:meet(?: up)?|link(?: up)?|hang ?out|hang|chill|see each other|get together|hook up|catch up)"
_PROPOSES: Final = whole(
    r"(?:<want to>|wanna|would <you> (?:like <to>|<want to>)|do <you> fancy|up <for>|down <to>|keen <to>|love <to>|"
    r"like <to>|dying <to>|can'?t wait <to>|hope <to>|need <to>|we should|we could|we can|we will|we'?ll|we need "
    r"<to>|we have <to>|we gotta|gonna|"
    r"should we|shall we|can we|could we|will we|when (?:can|do|will|shall|should) we|let'?s|lets|u free <to>|free "
    r"<to>|able <to>|come and|come|allowed <to>|if we)"
    r" (?:actually |really |just |maybe |both |ever |all |finally |<to> )?(?:"
    + _MEETS
    + r"|meet (?:<you>|me)|see <you>|see me|come (?:over|round|mine|to mine|to my \w+)|visit me|visit <you>)(?: "
    r"(?:properly|irl|in person|in real life|face <to> face))?",
    r"meet (?:up )?(?:with )?(?:me|<you>)(?: (?:there|irl|in person|properly|at|by|outside|after|on|in))?",
    r"meet(?:ing)?(?: up)? (?:irl|in person|in real life|face <to> face|properly)",
    r"(?:can|could|should|shall|may|when can|let me) i (?:please )?(?:meet|see|visit|come (?:and )?(?:see|meet|get|"
    r"pick)|come (?:over|round|down|up|<to>)|pick) (?:<you>)?(?: up)?",
    r"(?:<i'll>|i'?ll|ill|i will|let me|i can|i could|want me <to>|shall i) (?:(?:come|drive|travel)(?: all the "
    r"way)?(?: (?:over|round|down|up|<to> (?:<your> \w+|<you>|see <you>|meet <you>|get <you>)|and (?:see|get|pick|"
    r"meet|collect) <you>|(?:see|get|meet|pick) <you>))|pick <you> up|meet <you>|collect <you>)(?: up)?",
    r"(?:come|cum) (?:<to> (?:mine|my (?:house|place|flat|room|car|gaff))|(?:over|round)(?: <to> mine| mine)?|mine|"
    r"meet me|see me|find me|stay (?:at mine|with me|over))",
    r"(?:sleep ?over|stay over|stay the night) (?:at (?:mine|<your>s?|yours|my)|with me)",
    r"<are> <you> (?:free|busy) (?:on |this |at |after |<to> )?(?:"
    + _DAY
    + r"|today|tonight|tomorrow|tomo|tomoz|2moro|later|weekend|school|meet)",
    r"(?:when|where|<what> time|are|r) (?:<are> |shall |should |do |will )?(?:we|u and me) (?:still "
    r")?(?:meeting|meet|on for|hanging)(?: up)?",
    r"(?:<what> time|when|where) (?:shall|should|do|can|will) i (?:come|meet <you>|get you|pick you up|be there)",
    r"(?:can|could|may|will|would|shall) <you> (?:please |like <to> |care <to> |want <to> )?(?:come|meet|join|"
    r"visit|see|go) (?:me|over|"
    r"round|out|outside|down|here|<to> (?:my|me|mine|the|see|meet|town|yours|<your>)|with me|and (?:see|meet|"
    r"visit|sit)|<for> an?)",
    r"(?:come|go|out|walk|drive|sit|stay|travel|hang|cinema|town|shopping) (?:<for> an? \w+ |<to> the \w+ |out |"
    r"along |<to> town |in my "
    r"\w+ |for coffee |for food )?(?:with me|together|just us|<you> and me|just the two of us)",
    r"(?:<want to>|wanna|let'?s|lets|shall we|can we|should we|could we|we (?:could|can|should|will)|fancy|do "
    r"<you> fancy|up for|how "
    r"about|do <you> <want to>|would <you> like(?: <to>)?)(?: (?:go|going|get|getting|grab|grabbing|do|have|"
    r"having|come|take))?"
    r"(?: (?:for|out|to|the|a|an|some|round|over))* (?:drive|walk|coffee|drink|drinks|cinema|pictures|film|bite|"
    r"food|meal|"
    r"lunch|dinner|pizza|burger|ice cream|milkshake|maccies|mcdonalds|kfc|nandos|shopping|swimming|bowling|town|"
    r"beach|park|sleepover|"
    r"hotel|date|spin|ride|mine|yours)(?! (?:next door|is|was|for (?:mum|dad|tea)|with (?:mum|dad|the|my|nan))\b)",
    r"(?:<you>|<are> <you>|<you're>) (?:still |all |not )?(?:coming|comin|come|cming|going) (?:out|over|round|"
    r"thru|through|down|up|mine|"
    r"<to> (?:mine|my|me|the|see)|my (?:house|place|flat|yard|room)|here|with me|tonight|tomorrow|later|sat|"
    r"saturday|sun|sunday)(?! "
    r"(?:of|with|from|for (?:tea|dinner))\b)",
    r"(?:pull up|slide|pass|come|roll|get <your>self|get yourself|get|drop) (?:thru|through|<to> mine|<to> my|"
    r"<to> me|by mine|by my|over "
    r"here|down here|round here|outside|out <to> me|down <to> (?:the|mine|me))(?! (?:with|of|from)\b)",
    r"(?:i|me|i'?ll|ill|i will|shall i|can i|let me|i could) (?:come|call|pop|drive|travel|pick|wait|be there|"
    r"take|drop|call upon) "
    r"(?:for |over |round |in |up |down |out |<to> |at |by |and get |and see )*(?:<you>|<your> (?:house|place|"
    r"home|school|street|town|end)|"
    r"yours|mine)(?! (?:up on|the|a|later|back)\b)",
    r"(?:when|<what> (?:day|time)) (?:<are> )?<you> (?:next |around |about )?(?:free|about|around|off|available)|"
    r"<you> free\?|<you> "
    r"(?:free|about|around) (?:on |this )?(?:tomorrow|tonight|later|today|" + _DAY + r"|weekend)",
    r"(?:meet|meeting|see each other|see <you>) (?:in )?(?:person|real|real life|irl|face <to> face|secretly|"
    r"properly|one day|some ?time|"
    r"alone)",
    r"(?:fancy|up for|down for|about|thought of|talked about) (?:meeting|meeting up|hanging out|coming (?:over|"
    r"round))",
    r"(?:i'?ll|ill|i can|i could|i will) (?:drive|get the \w+|come) (?:over |down |up )?<to> (?:yours|you|<your> "
    r"\w+)",
    r"(?:let me|<i'll>|i'?ll|ill|i want <to>|i wanna) take <you> (?:out|for a (?:drive|drink|meal|walk)|"
    r"shopping|<to> (?:the )?\w+)",
    r"(?:i'?ll|ill|i can|i will) (?:get|grab|fetch) <you> from (?:school|home|<your> \w+|the \w+)",
    r"(?:<you> and me|me and <you>|just us)(?=,? (?:on |this |at |after )?(?:"
    + _DAY
    + r"|tomorrow|tonight|today|later))",
    r"our (?:first )?(?:meet ?up|meeting|date)(?= (?:on|at|tomorrow|sat|sun|fri|this|next))",
)
_WEAK: Final = whole(
    r"(?:see|c|seeing) (?:you|u|ya)",
    r"meet(?:ing)?(?: up)?",
    r"come (?:over|round|down|up|out)",
    r"hang ?out|hanging out",
    r"pick (?:you|u) up",
    r"i'?ll be (?:at|outside|in|by|waiting)",
    r"be (?:outside|waiting)",
)
_THIRD: Final = open_end(
    r" ?(?:him|her|them|my|the (?:new|other|rest|team|head|girls|boys|lads|kids)|his|their|mum|dad|mums|nan|grandad|"
    r"mr|mrs|miss|sir|your (?:mum|dad|teacher|new|sister|brother|nan|mother|father|family|parents|mates?|"
    r"friends?)|ur (?:mum|dad|sister|brother|nan|mother|father|family|parents|mates?|friends?|teacher)|someone|"
    r"people|everyone|a (?:friend|mate))\b"
)
_WE_ARE_NOT_IN_IT: Final = before(
    "he'?s|she'?s|they'?re|he'?ll|she'?ll|they'?ll|hes gonna|i dont|didn'?t|didnt|dont|never|"
    "he|she|they|mum|dad|nan|who|nice <to>|good <to>|great <to>|pleased <to>|lovely <to>|glad <to>|did|his|"
    "her|when he|when she|the|parents|staff|team|board|zoom|committee"
)
_A_MEETING: Final = before(
    "an?|got|have|has|had|this|that|which|whole|long|parents|staff|zoom|teams|work|my|next|last|in"
)
_PARTING: Final = open_end(
    r"(?:see|c|seeing) (?:you|u|ya)(?: (?:all|guys|there|then))? (?:on )?(?:later|soon|around|tomorrow|tomo|"
    r"tomoz|2moro|tmrw|" + _DAY + r"|next \w+|in (?:school|class|lesson|maths|form|a bit|work))"
)


def _proposed(line: Line) -> Iterator[Hit]:
    text = line.text
    strong = [found for found in _PROPOSES.all_in(line) if _is_between_two(text, found.start(), found.end())]
    if strong:
        beside = _beside(line) or "proposes"
        yield from (Hit(beside, found.start(), found.end()) for found in strong)
    else:
        yield from _weakly_proposed(line)


def _weakly_proposed(line: Line) -> Iterator[Hit]:
    text = line.text
    parting = _PARTING.first_in(line)
    for found in _WEAK.all_in(line):
        if parting and parting.start() <= found.start() < parting.end() and not _PLACED.first_in(line):
            yield Hit("parting", parting.start(), parting.end())
            return
        beside = _beside(line)
        is_a_thing = follows(_A_MEETING, text, found.start())
        if beside and not is_a_thing and _is_between_two(text, found.start(), found.end()):
            yield Hit(beside, found.start(), found.end())
            return


def _beside(line: Line) -> str | None:
    """Which kind of proposal a message with a cue of meeting is, by what stands beside the cue."""
    if TIME_WORDS.first_in(line):
        return "with_time"
    return "with_place" if _PLACED.first_in(line) or POSTCODE.first_in(line) else None


def _is_between_two(text: str, start: int, end: int) -> bool:
    return (
        not _THIRD.pattern.match(text, end)
        and not _THIRD.pattern.match(text, end + 1)
        and not follows(_WE_ARE_NOT_IN_IT, text, start)
    )


def _placed(line: Line) -> Iterator[Hit]:
    yield from hits(line, ("venue", _PLACED), ("postcode", POSTCODE))


_TRAVEL: Final = whole(
    r"(?:train|bus|coach|taxi|uber|cab|tram|tube|metro|flight|ferry)(?:es|s)?(?: (?:ticket|tickets|fare|times?|"
    r"station))?",
    r"(?:ticket|tickets|railcard|sat ?nav|petrol|travelodge|premier inn|hotel|airbnb|hotel room|platform \d+)",
    r"(?:drive|driving|drove) (?:down|up|over|there|<to>|past|all the way|\d)(?: [^\s.?!]+){0,3}?",
    r"(?:pick|picking|collect|drop|dropping) <you> (?:up|off)|collect <you>",
    r"(?:\d+|an?|two|three|couple of|few) (?:hours?|hrs?|miles?|mins?) (?:drive|away|from <you>|on the train|by "
    r"train)",
    r"(?:how far|how long) (?:is it|does it take|will it take|<are> <you>)(?: [^\s.?!]+){0,3}?",
    r"(?:walk|cycle|bike|get) (?:there|home|back|<to> (?:the|mine|yours))",
    r"(?:lift|ride) (?:home|there|back|from|<to>)",
)


def _travels(line: Line) -> Iterator[Hit]:
    yield from hits(line, ("travel", _TRAVEL))


_ROUTE: Final = whole(
    r"(?:omw|otw|on my way|on the way|on route|en route|setting off|set off|just left|leaving now|about <to> leave|"
    r"left (?:the house|home|already))(?: (?:now|there|over|down|<to> [^\s.?!]+))?",
    r"(?:just |only )?(?:getting|got|stepping|hopping) (?:off|out of) (?:the|my|a) (?:train|bus|coach|tram|tube|"
    r"taxi|uber|cab|car|metro)",
    r"i can see (?:you|u|ya)(?! (?:are|are|there|point|have|what|why|how|like|later|on|in|at|tomorrow|after|this|"
    r"next)\b)",
    r"(?:<i'll> |i'?ll |ill |i will )be (?:there|with <you>|outside|here) in (?:about |like |a )?(?:\d+|five|ten|"
    r"couple|few|minute|min|sec)",
    r"(?:nearly|almost|just about) (?:there|here)(?=\W*$|[.,!?]| (?:now|x|where|wait|u|you)\b)",
    r"(?:<i'm>|just|i) (?:here|outside|there|nearly there|almost there|just (?:outside|here|parked|arrived|got here|"
    r"pulling (?:in|up))|parked|arrived|got here|pulling (?:in|up)|waiting (?:for <you>|outside|here|by|at))(?: "
    r"(?:now|outside|at|by|in)(?: [^\s.?!]+){0,3}?)?",
    r"(?:be there|there|with <you>|see <you>) in (?:about |like )?(?:\d+|five|ten|twenty|a|an|half)(?: an?)? "
    r"?(?:mins?|"
    r"minutes?|m|hours?|sec|bit)",
    r"eta(?: (?:about |like )?\d+(?: ?(?:mins?|minutes?|m|hours?))?)?|be there (?:by|soon)|be there in \d+",
    r"(?:\d+|five|ten|couple|few) ?(?:mins?|minutes?)(?: away|(?= out\b))",
    r"where (?:<are> )?<you>(?= (?:i'?m|im) (?:here|outside|at)|\W*\?)",
    r"<i'm> (?:at|by|outside|near|in) the (?:station|bus stop|car ?park|park|entrance|front|gate|gates|door|corner|"
    r"maccies|cinema|fountain|bench)(?: now)?",
    r"(?:train|bus|coach|taxi|uber) (?:gets in|arrives|is here|just left|leaving|got in|due)",
    r"on the (?:train|bus|coach|motorway|m\d+)(?: now)?",
)
_NOT_ON_THE_WAY: Final = before(
    "he'?s|she'?s|they'?re|hes|shes|theyre|parcel|order|baby|mum'?s|dad'?s|mum|dad|is|was|were"
)


def _under_way(line: Line) -> Iterator[Hit]:
    for found in _ROUTE.all_in(line):
        if not follows(_NOT_ON_THE_WAY, line.text, found.start()):
            yield Hit("on_the_way", found.start(), found.end())


NEAR: Final = 10
"""Messages after a proposal in which a place or a way to travel is told (analysis.md section 6)."""

NEAR_THE_WAY: Final = 200
"""The same for being on the way: a meeting that was agreed today or yesterday, in a busy chat."""

WORD_RULES: Final = (
    WordRule(MEETING_PROPOSAL, (_PROPOSES, _WEAK), _proposed),
    WordRule(MEETING_PLACE, (_PLACED, POSTCODE), _placed, near=MEETING_PROPOSAL, within=NEAR),
    WordRule(TRAVEL_LOGISTICS, (_TRAVEL,), _travels, near=MEETING_PROPOSAL, within=NEAR),
    WordRule(EN_ROUTE, (_ROUTE,), _under_way, near=MEETING_PROPOSAL, within=NEAR_THE_WAY, otherwise="alone"),
)

BESIDE: Final = (TIME_WORDS, _PARTING, _PLACED, POSTCODE)
"""What is looked for beside a cue of meeting."""
