"""How to be reached, and moving somewhere else. Rules 17 and 19.

    "07700 900123"              contact_share  phone
    "my snap is plot_nine"      contact_share  handle
    "u got snap?"               platform_move  asks

No number is looked up and no link is fetched: what stands there is pointed to, and that is all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from safehand.analysis.indicators.everyday import COMMON, COMMONEST
from safehand.analysis.indicators.folding import words
from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.needs import DIGIT
from safehand.analysis.indicators.patterns import before, follows, needing, open_end, whole
from safehand.analysis.indicators.rule import Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule, hits, spread
from safehand.analysis.stated import NAMES

CONTACT_SHARE: Final = Rule(
    "contact_share",
    title="How to be reached",
    number=17,
    version=3,
    towards="There is another way to reach the writer, and perhaps more was said there.",
    away="People swap numbers all day; who gave it first, and who asked, is another matter.",
    why="It may help to find out whose account it is, with a second source; it says where else to look.",
    false_alarms=("numbers of shops and schools", "order numbers that look like telephones", "handles of other people"),
    kinds=(
        Kind("phone", Points.CONTEXT, "holds what looks like a telephone number"),
        Kind("email", Points.CONTEXT, "holds what looks like an e-mail address"),
        Kind("handle", Points.CONTEXT, "gives a name on a platform"),
        Kind("address", Points.CONTEXT, "holds what looks like a postal address or a postcode"),
    ),
)

PLATFORM_MOVE: Final = Rule(
    "platform_move",
    title="Another platform",
    number=19,
    version=3,
    towards="Whoever wrote it wanted to carry on where less is kept or seen.",
    away="Friends move from one app to another for no reason at all.",
    why="Evidence may be elsewhere, and may vanish there: another export has to be asked for.",
    false_alarms=("friends who play or call", "something that was seen on another app"),
    kinds=(Kind("asks", Points.BOTH, "asks to use, or whether the other has, another way to talk"),),
)

PLATFORM_WORDS: Final = tuple(
    sorted(
        {
            word
            for platform, words in NAMES.items()
            if platform not in {"x", "line", "phone", "sms", "mail"}
            for word in words
        }
        | {
            "ig",
            "snapchat",
            "sc",
            "wa",
            "tele",
            "facetime",
            "ft",
            "zoom",
            "wickr",
            "session",
            "threema",
            "dms",
            "dm",
            "vc",
            "msn",
        }
        | {"monkey app", "bereal", "pinterest", "tumblr", "tinder", "grindr", "spond", "teams"},
        key=lambda word: (-len(word), word),
    )
)
"""Words for places to talk: those of analysis/stated.py, and what chats call them. Reviewed once a year."""

_PLATFORM: Final = "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in PLATFORM_WORDS) + ")"


def _handle_words() -> frozenset[str]:
    """Words of which a message that gives a handle has one: platforms, as they are written before it."""
    everyday = COMMON.union(COMMONEST)
    names = [words(name) for name in PLATFORM_WORDS]
    last = {name[-1] for name in names if name[0] in everyday or len(name) == 1} | spread("sc snap insta ig kik disc")
    first = {name[0] for name in names if name[0] not in everyday}
    tags = ("", "name", "username", "user", "handle", "id", "tag")
    return frozenset(word + tag + s for word in last for tag in tags for s in ("", "s")) - {"was"} | first | {"add"}


_FIGURES: Final = frozenset({DIGIT})
_PHONE: Final = needing(
    _FIGURES,
    # Written so that it begins with a sign that is looked for at once; nothing like a number stands before either.
    r"(?:\+(?<![\w.+/£$-].)44\s?(?:\(0\)\s?)?|0(?<![\w.+/£$-].)(?:044\s?)?)(?:\d[\s-]?){8,9}\d(?![\w/])(?![.]\d)",
)
_DIGIT_WORDS: Final = "(?:oh|zero|nought|o|one|two|three|four|five|six|seven|eight|nine)"
_NOUGHTS: Final = spread("oh zero nought o double triple")
"""A number that is spelt out has one of these: without, somebody counts."""

_SPOKEN: Final = needing(_NOUGHTS, rf"\b(?:(?:(?:double|triple)\s+)?{_DIGIT_WORDS}[\s,-]+){{7,}}{_DIGIT_WORDS}\b")
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,63}){1,4}(?![\w-])")
_TAG: Final = r"(?: ?(?:name|user ?name|user|handle|id|tag))?"
_SHORT: Final = "(?:sc|snap|insta|ig|kik|disc)"
_NAMED: Final = r"(?!was(?![^\W_]))" + _PLATFORM
"""A platform before a handle; "was" is a word, not somebody's "wa"."""

_HANDLE: Final = needing(
    _handle_words(),
    open_end(
        "(?:(?:my|mine|add|me on|add me on|the) )"
        + _NAMED
        + _TAG
        + r"(?:(?:'?s| is| its|:|=|-|~)\s*@?| @)(?:called )?([a-z0-9][a-z0-9._-]{2,29})(?![^\W_])",
        _NAMED + _TAG + r"\s*[:=@~-]\s*@?([a-z0-9][a-z0-9._-]{2,29})(?![^\W_])",
        _SHORT + r"(?:name)?(?![^\W_]) ?(?:is |name )?([a-z0-9.-]*[_0-9][a-z0-9._-]{2,})(?![^\W_])",
        "add me(?: on " + _PLATFORM + r")?\W{1,3}@?([a-z0-9._-]*[0-9._][a-z0-9._-]*)(?![^\W_])",
    ).pattern.pattern,
)
_NO_HANDLE: Final = spread(
    "the and not for full open down dead gone here there that this better best yours mine banned new old off"
)
_AT_NAME: Final = re.compile(r"(?<![\w.])@[a-z0-9][a-z0-9._]{2,29}")
_INWARD: Final = "abdefghjlnpqrstuwxyz"
"""Letters that the second half of a postcode may have (Royal Mail: all but c, i, k, m, o and v)."""

POSTCODE: Final = needing(_FIGURES, rf"(?<![^\W_])[a-z]{{1,2}}\d[a-z\d]?\s?\d[{_INWARD}]{{2}}(?![^\W_])")

_NO_STREET: Final = (
    r"(?!(?:i|i'?ll|i'?m|i'?d|u|you|we|they|to|my|her|his|or|on|in|by|all|later|nearly|mins?|minutes?|hours?|hrs?|"
    r"miles?|am|pm|x|and|can|could|will|would|gets?|is|a|of|from|your|ur)\b)"
)
_STREET: Final = open_end(
    r"\d{1,4}[a-z]? (?:" + _NO_STREET + r"[a-z']+ ){1,3}"
    r"(?:road|rd|street|avenue|ave|lane|crescent|drive|gardens|terrace|grove|way|court)(?![^\W_])"
)


def _shared(line: Line) -> Iterator[Hit]:
    yield from hits(line, ("phone", _PHONE))
    if not _NOUGHTS.isdisjoint(line.words):
        yield from hits(line, ("phone", _SPOKEN))
    has_at = "@" in line.text
    if has_at:
        yield from (Hit("email", found.start(), found.end()) for found in _EMAIL.finditer(line.text))
    yield from hits(line, ("address", POSTCODE), ("address", _STREET))
    taken = -1
    for found in _HANDLE.all_in(line):
        name = next(group for group in found.groups() if group)
        if name not in _NO_HANDLE:
            taken = found.end()
            yield Hit("handle", found.start(), found.end())
    for found in _AT_NAME.finditer(line.text) if has_at else ():
        if found.start() >= taken:
            yield Hit("handle", found.start(), found.end())


_MOVE: Final = whole(
    r"(?:(?:do|have|r|are|does) )?<you> (?:still |even |ever |not )?(?:got|have|on|use|using|get)(?: (?:any|a|an|the|"
    r"ur|your|my))?(?: (?:other|new))? " + _PLATFORM,
    r"(?:<what's>|what|give me|gimme|send me|drop|drop me|can i (?:have|get)|can i have|u got|got) <your> "
    r"" + _PLATFORM,
    r"(?:add|message|msg|dm|text|hmu|hit me up|find|inbox|pop up|snap|ring|call|talk to|speak to) (?:me |us |you |u |"
    r"ya )?(?:back )?(?:up )?(?:on|over on|at|thru|through|via) (?:my |the )?" + _PLATFORM,
    r"(?:let'?s|lets|we (?:can|could|should|shud)|can we|could we|shall we|<want to>|want <to>|we'?ll|should we|"
    r"better <to>|rather|prefer <to>|easier <to>|safer <to>|i'?ll|come|try <to>)"
    r" (?:just |both |maybe |all )?(?:(?:talk|chat|move|switch|go|swap|carry on|continue|speak|message|msg|text|use|"
    r"do|call|come|get) )(?:<a few>)(?:on(?:to)? |over <to> |<to> |via |over on )?(?:my |the )?" + _PLATFORM,
    r"(?:move|switch|swap|come|go|hop|jump|get)(?: over)? (?:<to>|on|onto|over <to>) (?:my |the )?"
    + _PLATFORM
    + r"(?: instead|\W*\?|\W*$)",
    r"(?:download|install|get) (?:the )?" + _PLATFORM,
    _PLATFORM + r"(?: is)? (?:instead|safer|more private|better for)",
    r"(?:text|ring|phone|message) me (?:instead|properly|on my (?:phone|number|other))",
    _PLATFORM + r"(?=\s*\?)",
)
_SEEN_THERE: Final = before(
    "saw|seen|see|watched|watching|was|it|them|that|video|funny|photo|post|posted|reel|thing|an?|he|she|they"
)
_OH_SNAP: Final = before("oh|cold|ginger|brandy")


def _moved(line: Line) -> Iterator[Hit]:
    for found in _MOVE.all_in(line):
        if follows(_OH_SNAP, line.text, found.start()):
            continue
        if found[0].startswith(("go", "come", "get", "on")) and follows(_SEEN_THERE, line.text, found.start()):
            continue
        yield Hit("asks", found.start(), found.end())


WORD_RULES: Final = (
    WordRule(CONTACT_SHARE, (_PHONE, _SPOKEN, POSTCODE, _STREET, _HANDLE), _shared, signs=("@",)),
    WordRule(PLATFORM_MOVE, (_MOVE,), _moved),
)
