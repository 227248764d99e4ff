"""Pictures asked for, and pictures sent near such a request. Rules 09 and 10. No picture is ever opened.

"send me a pic of you"      image_request  photo
"turn ur cam on"            image_request  camera
"pic?" … <Media omitted>    image_sent     after_request
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.lists import WordClass, WordList, finder
from safehand.analysis.indicators.patterns import before, follows, whole
from safehand.analysis.indicators.rule import Found, Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import PICTURE, WordRule, hits, spread
from safehand.model.message import Kind as MessageKind
from safehand.model.message import Message

IMAGE_REQUEST: Final = Rule(
    "image_request",
    title="Picture asked for",
    number=9,
    version=3,
    towards="Whoever wrote it wanted a picture, or to see the other.",
    away="Friends, buyers and families ask for pictures; whether it is sexual is for a person to say.",
    why="It may be about indecent images, and it tells which exhibits to ask for. Asking for a picture may also be a "
    "way "
    "to check whether the other is who they say.",
    false_alarms=("selfies among friends", "pictures of things that are sold or grown"),
    kinds=(
        Kind("photo", Points.BOTH, "asks for a photo or a video"),
        Kind("camera", Points.BOTH, "asks for the camera, or for a video call"),
        Kind("looks", Points.BOTH, "asks what the other looks like"),
        Kind("listed", Points.BOTH, "holds words of the list for asking for a picture"),
    ),
)

IMAGE_SENT: Final = Rule(
    "image_sent",
    title="Picture near a request",
    number=10,
    version=2,
    towards="A picture or video was sent close to a request for one. Nobody here has seen it.",
    away="It may be of anything at all.",
    why="It names exhibits to be obtained by those who may.",
    false_alarms=("memes", "pictures of things"),
    kinds=(
        Kind("after_request", Points.BOTH, "comes with a picture or video soon after one was asked for"),
        Kind("before_request", Points.BOTH, "came with a picture or video soon before one was asked for"),
    ),
)

NEAR: Final = 10
"""Messages between a request and a picture that are told together (analysis.md section 6)."""

_PICTURE_WORDS: Final = spread(
    "pic pics photo photos picture pictures selfie selfies vid vids video videos pix pictur piccy piccies snap snaps"
)
_PICTURE: Final = r"(?:pics?|photos?|picture|pictures|selfies?|vids?|videos?|pix|pictur|piccy|piccies|snaps?)"
_ASKS: Final = whole(
    r"(?:send|show|give|gis|gimme|snap|drop|dm)(?: (?:me|us))?(?: (?:a|an|another|some|some more|more|any|<your>|one|"
    r"the|that|few|couple))*(?: [^\s.?!]+){0,2}? " + _PICTURE,
    r"(?:can|could|may) (?:i|we|<you>) (?:please )?(?:see|have|get|send|show)(?: (?:me|us))?(?: (?:a|an|another|some|"
    r"more|any|<your>|one))*(?: [^\s.?!]+){0,2}? " + _PICTURE,
    r"(?:got|have|take|send|any|do) (?:<you> (?:got )?)?(?:any|a|some|more|another|recent|other|new|one)(?: "
    r"[^\s.?!]+){0,2}? " + _PICTURE + r"(?= of <you>|\W*\?)",
    r"(?:got|have <you> got|<you> got|have <you>) (?:any|some) (?:selfies?|(?:pics?|photos?|pictures?) of <you>)",
    r"(?:go on|come on|please|pls|plz|then|just) (?:just |send )?(?:one|a|1|another) (?:little |quick |small "
    r")?" + _PICTURE,
    r"(?:<you>|u) (?:promised|owe)(?: me)? (?:a |an |one |the |another )?" + _PICTURE,
    r"(?:go on |please |just |come on )?send me (?:one|it|another|some|more)(?=\W*$| (?:then|please|pls|now|of)\b)",
    r"(?:take|do) (?:a|an|some|another) (?:[^\s.?!]+ )?" + _PICTURE + r" (?:<for> me|of <your>self)",
    _PICTURE + r" of <you>(?:rself|rselves)?",
    _PICTURE + r"(?= (?:plz|pls|please)\W*$)",
    r"show me (?:one|more|another)(?=\W*$)",
)
_AND_SEND: Final = whole(
    r"take (?:an?|some|another) " + _PICTURE + r" (?:and|n|then) (?:send|show|snap)",
    r"(?:let'?s|lets|let me) see (?:an?|some|<your>|another)(?: [^\s.?!]+){0,1}? " + _PICTURE,
    r"send (?:me )?(?:another|one more)(?: one)?(?=\W*$)",
)
_ONLY: Final = re.compile(r"\W*(" + _PICTURE + r")\s*\?+\W*")
_OF_A_THING: Final = re.compile(
    r"\s+(?:of|from|for)\s+(?:the|my|our|his|her|their|its|it|that|this|these|those|any|all|some|a|an|old|mum|dad|"
    r"nan|us|them|him|last|today|yesterday|homework|school|saturday|sunday)\b"
)
_SENT_ALREADY: Final = before(
    "i|i'll|ill|already|they|she|he|we|to|gonna|going to|let me|i can|can i|shall i|should i|could i|did you|"
    "did u|you|u"
)
_CAMERA: Final = whole(
    r"(?:turn|put|switch) (?:<your> |the )?(?:cam|camera|webcam|video)(?: back)? on",
    r"(?:turn|put) on <your> (?:cam|camera|webcam)",
    r"(?:go|come|get|be) on (?:cam|camera|webcam|video|facetime|ft|skype)",
    r"(?:<want to>|can we|can i|shall we|let'?s|could we|will <you>) (?:just )?(?:video ?call|vid ?call|facetime|ft|"
    r"cam|skype|video chat|vc|see <you> on (?:cam|camera))",
    r"(?:cam|facetime|ft|video ?call|vid ?call|webcam)(?=\s*\?)",
    r"(?:<you> got|got|have|have <you> got) (?:a )?(?:cam|webcam|camera)(?=\W*\?)",
)
_CALL_ME: Final = whole(
    r"(?:video ?call|vid ?call|facetime|ft|cam|skype) (?:me|with me)(?: (?:now|when|tonight|later|then|please))?",
)
_LOOKS: Final = whole(
    r"<what> (?:do|does|d|did) <you> look like",
    r"describe <your>self",
    r"(?:show me|see|tell me) <what> <you> look like",
    r"<what> <are> <you> wearing",
    r"<what> <you> wearing",
)


def word_rules(words: WordList) -> tuple[WordRule, ...]:
    """Rule 09. Words of the list for asking count too."""
    listed = finder(words, WordClass.IMAGE_REQUEST)

    def _asked(line: Line) -> Iterator[Hit]:
        text = line.text
        end = -1
        for found in _ASKS.all_in(line):
            own = found[0].split(None, 1)[0] in {"can", "could", "may"}
            if not _OF_A_THING.match(text, found.end()) and (own or not follows(_SENT_ALREADY, text, found.start())):
                end = found.end()
                yield Hit("photo", found.start(), found.end())
        alone = _ONLY.fullmatch(text)
        if alone and end < 0:
            yield Hit("photo", alone.start(1), alone.end(1))
        yield from hits(
            line, ("photo", _AND_SEND), ("camera", _CAMERA), ("camera", _CALL_ME), ("looks", _LOOKS), ("listed", listed)
        )

    phrases = (_ASKS, _AND_SEND, _CAMERA, _CALL_ME, _LOOKS, listed)
    return (WordRule(IMAGE_REQUEST, phrases, _asked, _PICTURE_WORDS),)


def shows_picture(message: Message) -> bool:
    """Whether a picture or a video went with a message, or something of a sort that the source does not name."""
    if message.kind is MessageKind.MEDIA and not message.attachments:
        return True
    return any(_is_picture(one.type, one.mime, one.name) for one in message.attachments)


def _is_picture(type_: str | None, mime: str | None, name: str | None) -> bool:
    if mime:
        return mime.startswith(("image/", "video/"))
    if type_:
        return type_.casefold() in _PICTURES
    return name is None or name.casefold().endswith(_ENDINGS)


_PICTURES: Final = frozenset({"photo", "photos", "image", "picture", "video", "videos", "gif", "media", "snap"})
_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".gif", ".mp4", ".mov", ".3gp", ".webm")


class PicturesSent:
    """Pictures near a request, in both directions."""

    wakes = frozenset({IMAGE_REQUEST.id, PICTURE})
    waiting = False

    def __init__(self) -> None:
        self._asked: int | None = None
        self._shown: deque[tuple[int, str | None]] = deque(maxlen=NEAR)

    def look(self, line: Line) -> Iterable[Found]:
        """The next message in which something was found, or with which a file came."""
        shown = shows_picture(line.message)
        if not shown and not line.found:
            return ()
        return tuple(self._told(line, shown=shown))

    def end(self) -> Iterable[Found]:
        """Nothing is left over."""
        return ()

    def _told(self, line: Line, *, shown: bool) -> Iterator[Found]:
        if line.has(IMAGE_REQUEST):
            for number, by in self._shown:
                if line.number - number <= NEAR:
                    yield Found(IMAGE_SENT, "before_request", (line.number, number), by=by)
            self._shown.clear()
            self._asked = line.number
        if shown:
            if self._asked is not None and line.number - self._asked <= NEAR:
                yield Found(IMAGE_SENT, "after_request", (self._asked, line.number), by=line.by)
            else:
                self._shown.append((line.number, line.by))
