"""The table of spellings, its phrases: what only several words together mean in a way of writing. Data; ours.

"am 13", "send us one", "link me later", "i have 14 years", "finish talk", "i do not wish to": each word of these is
everyday English, so that each phrase says what has to stand beside it. spellings.py has the words, and says more.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Phrase(NamedTuple):
    """``pattern`` is Python's ``re``, over a text in which WORDS are already plain; ``plain`` is what is read there.

    ``cues`` are sets of words parted by "&", the rarest first: a text is looked at only where it has one of each. None
    at all: only where a word of WORDS stood, so that nobody else's "ma" and "the day" are read as Scots.
    """

    cues: str
    pattern: str
    plain: str


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_N: Final = (
    r"(\d{1,2}|"
    + _any("eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")[3:]
)
_BREAK: Final = r"(?:(?<=\A)|(?<=[.!?,;:\n])|(?<=[.!?,;:\n] ))"
_JOIN: Final = "but and n cos cause cuz coz because yeah yes no lol hi hey well so say said know ok sorry then btw"
_JOINS: Final = "(?:" + _BREAK + "".join(rf"|(?<=\b{word} )" for word in _JOIN.split()) + ")"
"""Before a word that begins something: a break, or a word that joins."""

_TALK: Final = "talk speak chat text message send call ask contact"
_ACTS: Final = (
    f"{_TALK} meet see write tell go come stop leave do know want like love think feel play wait give show keep"
)
_KIN: Final = "mum dad nan sister brother mother father parents"
_NOBODY: Final = "anyone anybody nobody someone somebody people them him her me police"

PHRASES: Final = (
    # Scots and Northern: "am 13", "am no talking", "a dinnae ken", "see you the night".
    Phrase("am", r"\ba'm\b", "im"),
    Phrase("am", _JOINS + r"am(?= (?!(?:i|and|or|on)\b)\w)", "im"),
    Phrase(
        "", r"\ba(?= (?:dont|didnt|cant|couldnt|wont|wouldnt|shouldnt|havent|know|think|want|told|said|ken)\b)", "i"
    ),
    Phrase("", r"(?<=\bi |\bu )ken\b|(?<=\byou )ken\b|(?<=\bdont )ken\b|(?<=\bdidnt )ken\b", "know"),
    Phrase(
        "am & no",
        r"\b(im|i'm|i am) no(?= (?!\d)(?:\w+(?:ing|ed)|your|the|a|to|sure|well|real|happy|in)\b)",
        r"\1 not",
    ),
    Phrase("", r"\b(is|its|that's|thats|youre|will|can|could|would|should|do|did|does|have) no(?= \w)", r"\1 not"),
    Phrase(
        "ye",
        r"(?<!\boh )(?<!\bye )(?<!\byeah )(?<!\bno )(?<=[a-z] )ye\b"
        r"|\bye(?= (?:coming|going|alone|there|want|know|can|cant|will|were|are|said|been|have|got|look|should)\b)",
        "you",
    ),
    Phrase("", r"\bma(?= \w)", "my"),
    Phrase("", r"(?<=\bmy )da\b|(?<=\byour )da\b", "dad"),
    Phrase("ma", r"(?<=\byour )ma\b|(?<=\bur )ma\b|(?<=\bmy )ma\b", "mum"),
    Phrase("", r"\bthe day\b(?= ?(?:at|after|or|\W*\Z))", "today"),
    Phrase("", r"\bthe night\b(?= ?(?:at|or|\W*\Z))", "tonight"),
    Phrase("morra morn", r"\b(?:the )?morra\b|\bthe morn\b", "tomorrow"),
    Phrase("canny", r"(?<=\bi |\ba )canny\b|(?<=\byou )canny\b|(?<=\bwe )canny\b", "cant"),
    Phrase("", r"\bover(?= (?:young|old|wee|late|much|far)\b)", "too"),
    # Northern: "send us one", "me mam", "i were only joking".
    Phrase(
        "us & send give show text message tell meet call ring snap drop add get",
        r"\b(send|give|show|text|message|tell|meet|call|ring|snap|drop|add|get) us\b(?! (?:all|both|two))",
        r"\1 me",
    ),
    Phrase(
        f"me mi & {_KIN} mate mates phone house room number teacher school",
        rf"\b(?:me|mi)(?= {_any(_KIN)}\b|(?: mates?| phone| house| room| number| teacher| school)\b)",
        "my",
    ),
    Phrase(
        "were & i it he she", r"\b(i|it|he|she) were(?= (?:just|only|joking|going|wrong|at|in|a|not|too)\b)", r"\1 was"
    ),
    # Multicultural London English: "link me later", "allow it", "on ur ones", "ur yard".
    Phrase("link", r"\blink(?= (?:up|me|you|u|man|later|tomorrow|tonight|today|tmrw|there|at|by)\b|\W*\Z)", "meet"),
    Phrase("linking", r"\blinking(?= (?:up|me|you|u|later|tomorrow|tonight)\b)", "meeting"),
    Phrase("allow low", r"\b(?:allow|low) (?:it|me|this|that)\b(?! (?:\w+ )?to\b)", "leave it"),
    Phrase("ones jacks tod lonesome", r"\bon (your|ur|my|yr) (?:ones|jacks|tod|lonesome)\b", r"on \1 own"),
    Phrase("yard crib gaff drum", r"\b(my|your|ur|yr) (?:yard|crib|gaff|drum)\b", r"\1 house"),
    # Learners: "i have 14 years", "how many years you have", "do not say it to", "stop to write", "it is not problem".
    Phrase(
        "years year",
        r"\b(?:i|me) (?:am )?(?:have|having|has|got) (?:(?:only|just|already|now|almost) )*" + _N + r" years?(?: old)?"
        r"(?=\W*\Z|[.,!?;]| (?:and|but|now|only|i|you|so|is)\b)",
        r"im \1",
    ),
    Phrase(
        "years & many",
        r"\bhow many years (?:do |have |are |is )?(?:you|u)\b(?: have| got| are| old)?",
        "how old are you",
    ),
    Phrase(
        "age & have has got are", r"\b(?:what|which) age (?:do )?(?:you|u) (?:have|has|got|are)\b", "how old are you"
    ),
    Phrase(
        "say & to for at",
        r"\b(?:do not|don'?t|dont|not|never|no) say (?:it |this |that |anything |about (?:it|this|us) )?(?:to|for|at)"
        rf"(?= (?:(?:your|ur|my|any|no|the) |{_any(_KIN)}\b|{_any(_NOBODY)}\b))",
        "dont tell",
    ),
    Phrase(
        "not & say tell show",
        r"(?<!\bdo )(?<!\bto )\bnot(?= (?:say|tell|show) (?:to )?"
        rf"(?:(?:your|ur|any)\b|{_any(_KIN)}\b|{_any(_NOBODY)}\b))",
        "dont",
    ),
    Phrase(
        "tell telling told & to with",
        rf"\b(tell|telling|told) (?:to|with)(?= (?:(?:your|ur|any|no|the) |{_any(_KIN)}\b|{_any(_NOBODY)}\b))",
        r"\1",
    ),
    Phrase("stop finish end & to", rf"\b(?:stop|finish|end) to ({_any(_TALK)})\b", r"stop \1ing"),
    Phrase("write", r"\b(?:stop|finish|end) to write\b", "stop messaging"),
    Phrase(
        "writing", r"\b(stop|keep|start) writing\b(?= (?:to |with )?(?:me|you|u|here|each)\b|\W*\Z)", r"\1 messaging"
    ),
    Phrase("writing write", r"\bwriting (?:to|with)?(?= ?(?:me|you|u)\b)", "messaging "),
    Phrase("write", r"\bwrite(?: to| with)?(?= (?:me|you|u)\b)", "message"),
    Phrase("problem & not no", r"\b(?:it )?(?:is|its|it's) (?:not|no) (?:a )?problem\b", "its ok"),
    Phrase("send show & to", r"\b(send|show|give) to me\b", r"\1 me"),
    Phrase("photo picture video & make do", r"\b(?:make|do)(?= (?:a |one |some )?(?:photo|picture|video)\b)", "take"),
    Phrase(
        "want & that & meet see come talk send stop",
        r"\bwant that (?:we|you and me|you)(?= (?:meet|see|come|talk|send|stop)\b)",
        "want to",
    ),
    Phrase("must & tell say show", r"\byou must not(?: to)?(?= (?:tell|say|show)\b)", "dont"),
    Phrase(
        "must may & not & know see find",
        rf"\b(?:your )?(?:he|she|they|{_any(_KIN)}) (?:must|may) not(?= (?:know|see|find)\b)",
        "nobody must",
    ),
    # Deaf writers, in the order of BSL: "me 13", "you how old", "not want", "finish talk", "meet where".
    Phrase(
        "me",
        _JOINS
        + r"me (?:(?:am|only|just|now) )*"
        + _N
        + r"(?=\W*\Z|[.,!?;]| (?:and|but|you|not|years?|yrs?|only|now|girl|boy|deaf)\b)",
        r"im \1",
    ),
    Phrase(
        "age & you your u ur",
        r"\b(?:you|your|u|ur) age (?:what|how)(?: old| much)?\b|\b(?:you|u) age(?=\s*\?)",
        "how old are you",
    ),
    Phrase(
        "old & you u",
        r"\b(?:you|u) how old\b|\b(?:you|u) old how(?: much| many)?\b|\bold you(?=\W*\?)",
        "how old are you",
    ),
    Phrase("want & not no", r"\b(?:i |me )?(?:not|no) want\b(?! (?:of|it all))", "i dont want"),
    Phrase(
        "want & meet see talk speak chat come visit message",
        r"\bwant(?= (?:meet|see|talk|speak|chat|come|visit|message)\b)",
        "want to",
    ),
    Phrase(
        "me & not dont cant will want go come leave stop block know think report",
        _JOINS + r"me(?= (?:not|dont|cant|will|want|go|come|leave|stop|block|know|think|report)\b)",
        "i",
    ),
    Phrase(f"not & i & {_ACTS}", rf"\bi not(?= {_any(_ACTS)}\b)", "i dont"),
    Phrase(
        "finish finished end & talk talking chat text",
        r"\b(?:finish|end) (?:talk|chat|text)(?:ing)?\b|\b(?:talk|chat|text)(?:ing)? finish(?:ed)?\b",
        "stop talking",
    ),
    Phrase("finish", r"\A\W*finish(?: now| ok| please)?\W*\Z", "stop"),
    Phrase("meet & where when what", r"\bmeet (where|when|what time)\b", r"\1 shall we meet"),
    Phrase("meet & me we", _BREAK + r"(?:you me|me you|you and me|we) meet\b", "shall we meet"),
    Phrase(
        "tell & not no dont never",
        rf"\btell (?:your |ur )?({_any(_KIN)}|anyone|teacher|people) (?:not|no|dont|never)\b",
        r"dont tell your \1",
    ),
    Phrase("tell & not no dont never", rf"\b({_any(_KIN)}) tell (?:not|no|dont|never)\b", r"dont tell your \1"),
    Phrase("photo picture pic & send", r"\b(photo|picture|pic) (?:you )?send(?: me)?\b", r"send me \1"),
    # Formal writers: no contractions, wishes for wants.
    Phrase(
        "not & do did does is was were would should could have has had must",
        r"\b(do|did|does|is|was|were|would|should|could|have|has|had|must) not\b(?! (?:only|just|because)\b)",
        r"\1nt",
    ),
    Phrase("not & will shall", r"\b(?:will|shall) not\b", "wont"),
    Phrase("not & can", r"\bcan not\b", "cant"),
    Phrase("cannot", r"\bcannot\b", "cant"),
    Phrase("wish", r"\b(i|you|we|dont|didnt|doesnt|longer|also) wish to\b", r"\1 want to"),
    Phrase("prefer rather & not", r"\b(?:i )?(?:would |i'?d |id )?(?:prefer|rather) not(?: to)?\b", "i dont want to"),
    Phrase("may & we i", r"\bmay(?= (?:we|i)\b)", "can"),
    Phrase("refrain desist", r"\b(?:refrain|desist) from\b", "stop"),
    Phrase(
        "willing care able prepared happy & would",
        r"\bwould you (?:be (?:willing|able|prepared|happy)|care) to\b",
        "do you want to",
    ),
    Phrase(
        "age aged myself",
        _JOINS
        + r"(?:my age is|my age|me age|i am aged|im aged|i'm aged|aged|age|myself|myself is) "
        + _N
        + r"(?=\W*\Z|[.,!?;]| (?:and|but|only|now|btw)\b)",
        r"im \1",
    ),
    Phrase("years", _BREAK + _N + r" years? (?:me|i|only)\b", r"im \1"),
    Phrase("am", _BREAK + _N + r" (?:years? |yrs? )?(?:old )?(?:only )?i am\b", r"im \1"),
    Phrase(
        "running completed",
        r"\b(?:i am |im |i'm |i have |i )?(?:running|completed)(?= \d{1,2}(?:\W*\Z| (?:years|only|now)\b))",
        "im",
    ),
    Phrase("age & good", r"\b(?:what is |whats |what's )?your good age\b", "whats your age"),
    Phrase(
        "showing saying telling & profile account bio page snap insta id",
        r"\b(profile|account|bio|page|snap|insta|id) (?:is |are )?(?:showing|saying|telling)\b",
        r"\1 says",
    ),
)
"""In the order in which they are read."""
