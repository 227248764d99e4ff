"""Being in two minds. Rule 32. Asked of both sides: it may be the child's, the decoy's, or whoever led the talk's.

    "not sure about this"            hesitation  unsure
    "i feel weird about it"          hesitation  uneasy
    "can we slow down"               hesitation  waits
    A: send a pic?   B: idk          hesitation  unsure   (1, 2)

Of whoever says "not sure" alone nothing is told: half of all plans are made so. It is told in answer to a request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import before, follows, whole
from safehand.analysis.indicators.rule import Found, Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule
from safehand.analysis.indicators.topics import TOPICS, topics_in

HESITATION: Final = Rule(
    "hesitation",
    title="Hesitation",
    number=32,
    version=1,
    towards="Whoever hesitated may have known that something was wrong, or the other side was not willing and saw it.",
    away="Whoever hesitated was in two minds, and may have given it up had the other side not gone on.",
    why="A wavering will bears on intent; of the other side it bears on what was plain to whoever went on asking.",
    false_alarms=("nerves before a test or a match", "plans that are not made yet", "shyness in front of a camera"),
    kinds=(
        Kind("unsure", Points.BOTH, "may be unsure of what is asked or done here"),
        Kind("uneasy", Points.BOTH, "may be uneasy about it"),
        Kind("waits", Points.BOTH, "may want to wait, or to go slower"),
    ),
)

_IT: Final = (
    r"(?:this|it|that|us|you|all this|meeting|meeting up|meeting you|coming|sending|doing (?:this|it|that)|going|"
    r"talking "
    r"<to> you|seeing you|the (?:pic|photo|meeting|plan|whole thing))"
)
_SO: Final = (
    r"(?:really |so |very |a bit |kinda |kind of |sort of |quite |just |well |pure |proper |not |still |getting )"
)
_UNSURE: Final = whole(
    r"(?:not|never|isnt|arent|unsure|in two minds|undecided|torn|having doubts|got doubts|have doubts|having second "
    r"thoughts|got second thoughts|second thoughts)(?: (?:really|too|so|that|at all|quite|all that))* (?:sure |"
    r"certain |"
    r"convinced |keen |happy )?(?:about|of|on|over) " + _IT,
    r"(?:dont|don'?t|do not|not sure|unsure|not certain|wondering|idk|dunno|i doubt|not know)(?: (?:know|think|feel))? "
    r"(?:if |whether |that )?(?:i|we|you) (?:should|ought|can|want|could|wanna|dare|will|shud)(?: <to>)? (?:do|send|"
    r"meet|"
    r"come|go|talk|be|show|see|keep|tell|carry|say|give|continue|trust)",
    r"(?:should|shud) (?:i|we) (?:really |even |actually )?(?:be )?(?:doing|talking|meeting|sending|telling|chatting|"
    r"messaging|saying|seeing|do|send|meet|trust)(?! (?:at|the|mum|dad|homework|them|him|her)\b)",
    r"(?:is|are|was|isnt|isn'?t) (?:this|we) (?:really |even |actually |a )*(?:ok|okay|right|wrong|allowed|"
    r"good "
    r"idea|bad idea|a good idea|a bad idea|safe|weird|wise|sensible)(?: <to> (?:do|send|meet|talk|be))?(?=\W*\?)(?! "
    r"?mum)",
    r"(?:maybe|perhaps|probably|might be|i think) (?:we|i|you) (?:should|ought|better|had better)(?:nt|n'?t| "
    r"not)(?![^\W_])",
    r"maybe (?:not|another time|its not|it isnt|we dont)(?=\W*$|[.,!]| (?:a|such|good)\b)",
)
_UNEASY: Final = whole(
    r"(?:i feel|i'?m feeling|im feeling|i am feeling|feeling|feels?|makes me feel|this is|its|it'?s|i'?m|im|i am|i get|"
    r"getting|me feel) " + _SO + r"*(?:weird|funny|bad|guilty|strange|odd|uneasy|nervous|scared|anxious|worried|afraid|"
    r"awkward|embarrassed|shy|ashamed|unsure|frightened|uncomfortable|sick) (?:about|of|doing|with|sending|saying|"
    r"meeting|"
    r"talking|showing|<to>) (?:" + _IT + r"|send|meet|come|show|do|talk|tell|say|go)",
    r"(?:this|it|that|something) (?:feels|seems|is|sounds|just feels) " + _SO + r"*(?:wrong|off|weird|odd|funny|"
    r"strange|"
    r"risky|not right|too much|dodgy|sketchy|sus|scary)(?=\W*$|[.,!?]| (?:<to> me|about|and|but|when|tbh|ngl)\b)",
    r"i (?:have|got|'?ve got|ve got|had)(?: a)? (?:bad|funny|weird|strange|horrible) (?:feeling|vibe)(?: about)?",
    r"(?:nervous|scared|afraid|frightened|feart|shaking|panicking) (?:now|tho|though|about (?:tomorrow|tonight|"
    r"saturday|"
    r"sunday|later|friday|meeting))",
    r"what if (?:<anyone>|someone|somebody|<parents>|my <parents>|we|i|they|he|she|it) (?:see|sees|find|finds|get|gets|"
    r"catch|catches|ask|asks|know|knows|hear|hears|come|comes)(?: (?:out|us|me|home|back|caught|this|in trouble))?",
)
_WAITS: Final = whole(
    r"(?:can|could|should|shall|lets|let'?s|please|maybe|need <to>|rather|want <to>|prefer <to>) (?:we |i |you |just |"
    r"please |maybe |rather )*(?:slow (?:it |this |things )?down|take (?:it|this|things) slow(?:ly|er)?|take our "
    r"time|wait "
    r"(?:a bit|a while|till (?:im|i'?m|i am|we)|until (?:im|i'?m|i am|we)|longer|for (?:now|a bit))|go slow(?:er|"
    r"ly)?|hold "
    r"off|not rush|think about (?:it|this|that)|sleep on it|get <to> know (?:each other|you) (?:first|more|better))",
    r"(?:too|so|very|bit|really|moving|going) (?:fast|quick|soon|quickly|early) (?:for me|for us)|(?:its|it'?s|this is|"
    r"thats|that'?s|ur|you'?re|we'?re|going|moving) (?:a bit |all |way |just |going |moving )*(?:too|so) (?:fast|soon|"
    r"quick|sudden|much for me)",
    r"(?:im|i'?m|i am|not|dont feel|don'?t feel|am) (?:just |really |not |quite )*ready (?:yet|for (?:this|that|it)|"
    r"<to> "
    r"(?:meet|send|do|come|talk))|not ready(?=\W*$|[.,!])",
    r"(?:i'?ll|ill|i will|need <to>|let me|have <to>|want <to>|give me) (?:have a |time <to> |a bit of time <to> |"
    r"some time "
    r"<to> )?(?:think|have a think|think (?:about|on) (?:it|this|that)|time|a bit of time|some time)(?=\W*$|[.,!])",
)
_NOT_OF_THIS: Final = before("exam", "test", "match", "interview", "results", "dentist", "driving")

_WEAKLY: Final = re.compile(
    r"\W*(?:(?:um+|erm*|hm+|oh|well|i|im|i'm|maybe|lol|haha|so|just|really|tbh|like) )*(?:idk|dunno|dont know|don't "
    r"know|not "
    r"sure|unsure|maybe|perhaps|dont no|hmm+|um+|erm+|not really sure|we'll see|well see|i guess|suppose|might|"
    r"possibly|"
    r"depends|will think|let me think|need think|think first)(?: (?:yet|tbh|really|if|about|lol|tho|though|maybe|"
    r"sorry|x+|now|"
    r"man|bruv|hen|pal|mate|love|ngl))*(?=\W*$|[.,!?])"
)
_ASKED: Final = frozenset({"sexual", "image", "gift", "supervision", "platform", "secrecy"})
_ANSWERS: Final = 3
"""Messages of the other side after a request among which an answer in few words is looked for."""

_SAYS: Final = (("unsure", _UNSURE), ("uneasy", _UNEASY), ("waits", _WAITS))


def _wavers(line: Line) -> Iterator[Hit]:
    for kind, phrases in _SAYS:
        found = phrases.first_in(line)
        if found is not None and not follows(_NOT_OF_THIS, line.text, found.start()):
            yield Hit(kind, *found.span())
            return


class Wavering:
    """Hesitation in few words, in answer to a request that is no everyday one: "idk", "maybe"."""

    wakes = frozenset(TOPICS)

    def __init__(self) -> None:
        self.waiting = False
        self._asked: Found | None = None
        self._answers = 0

    def look(self, line: Line) -> Iterable[Found]:
        """The next message."""
        told: tuple[Found, ...] = ()
        if self._asked is not None and line.by != self._asked.by:
            self._answers += 1
            told = tuple(self._told(line, self._asked))
            if told or self._answers >= _ANSWERS:
                self._asked = None
        for topic, found in topics_in(line):
            if topic in _ASKED:
                self._asked = found
                self._answers = 0
        self.waiting = self._asked is not None
        return told

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    @staticmethod
    def _told(line: Line, asked: Found) -> Iterator[Found]:
        words = None if line.has(HESITATION) else _WEAKLY.match(line.text)
        if words is not None:
            numbers = (*asked.numbers[-1:], line.number)
            yield Found(HESITATION, "unsure", numbers, (line.place(*words.span()),), line.by)


WORD_RULES: Final = (WordRule(HESITATION, (_UNSURE, _UNEASY, _WAITS), _wavers),)
