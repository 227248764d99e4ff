"""The table of spellings, its words: ways of writing that the rules read as chat English. Data; no list was copied.

A rule is written once, in plain chat English. People write in Scots, in Northern and Multicultural London English, as
learners, as Deaf writers in the order of BSL, formally, in Indian English; a rule that knows none of it finds nothing
there, and that is no finding. WORDS has the plain word by the way it is written, folded (folding.py) and without
apostrophes. A word stands here only where it is no everyday word of chat English itself; what is one ("am", "me",
"not") stands in spelling_phrases.py, with what must be beside it. The plain word is what the rules need, no
translation. respelling.py applies both.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = 3
"""Raised with every change of the table, of its words or its phrases: it changes what every rule finds."""


_SCOTS: Final = {
    "i": "ah",
    "im": "ahm",
    "you": "yous youse yez yis yiz",
    "your": "yer",
    "youre": "yere",
    "youve": "yeve",
    "yourself": "yersel yerself",
    "myself": "masel maself",
    "dont": "dinnae dinna dinny divnae",
    "didnt": "didnae didny",
    "cant": "cannae canna cannie",
    "wont": "wullnae willnae winnae",
    "wouldnt": "widnae wouldnae widny",
    "couldnt": "couldnae couldny cudnae",
    "shouldnt": "shouldnae shouldny shudnae",
    "isnt": "isnae isny",
    "wasnt": "wisnae wasnae wisny",
    "arent": "arenae arny",
    "havent": "havenae huvnae",
    "hasnt": "hasnae",
    "hadnt": "hadnae",
    "doesnt": "doesnae disnae",
    "mustnt": "mustnae",
    "no": "naw nae",
    "yes": "aye",
    "to": "tae",
    "too": "tae",
    "with": "wi",
    "without": "withoot",
    "on": "oan",
    "out": "oot",
    "outside": "ootside",
    "down": "doon",
    "about": "aboot",
    "round": "roon roond",
    "house": "hoose",
    "home": "hame",
    "now": "noo",
    "old": "auld",
    "older": "aulder",
    "mum": "maw mammy",
    "going to": "gonnae gonny gaunae gaunnae",
    "going": "gaun goan",
    "give": "gie",
    "give me": "gies gimmi",
    "gave": "gied",
    "have": "huv hae",
    "has": "huz",
    "do": "dae",
    "doing": "daein",
    "who": "wha",
    "what": "whit",
    "whats": "whits",
    "where": "whaur",
    "how": "hoo",
    "was": "wis",
    "would": "wid",
    "will": "wull",
    "just": "jist",
    "half": "hauf",
    "more": "mair",
    "one": "wan yin",
    "two": "twa",
    "none": "nane",
    "nobody": "naebody",
    "anybody": "onybody",
    "anyone": "onyone",
    "everybody": "awbody",
    "from": "fae frae",
    "after": "efter",
    "before": "afore",
    "over": "ower",
    "our": "oor",
    "away": "awa",
    "take": "tak",
    "make": "mak",
    "told": "telt",
    "dead": "deid",
    "alright": "awright",
    "phone": "phoan",
    "photo": "photie",
    "child": "wean bairn",
    "children": "weans bairns",
    "girl": "lassie lassy",
    "boy": "laddie",
    "hang": "hing",
    "hanging": "hingin",
    "afraid": "feart",
    "police": "polis",
    "cold": "cauld",
    "saturday": "setterday",
}
_NORTHERN: Final = {
    "nothing": "nowt",
    "anything": "owt",
    "something": "summat",
    "mum": "mam",
    "have": "av",
    "dont": "dunt",
    "didnt": "dint",
    "myself": "mesen mesel mysen",
    "yourself": "yersen thisen",
    "alright": "arite areet alreet",
    "right": "reet",
    "your": "thi",
    "you": "thee",
    "do you": "dyou",
}
_LONDON: Final = {
    "mum": "mumzy mumsy mumz",
    "friends": "mandem",
    "girl": "gyal gyally",
    "girls": "gyaldem",
    "child": "yute yout youte",
    "that": "dat",
    "this": "dis",
    "them": "dem",
    "nothing": "nuttin nuffin nuffink",
    "something": "suttin sumthin",
    "thing": "ting",
    "trying to": "tryna tryina",
    "going to": "finna",
    "about to": "boutta",
    "with": "wiv",
    "hello": "wagwan",
}
_INDIAN: Final = {
    "mum": "amma ammi mumma mama",
    "dad": "papa abbu appa daddyji",
    "please": "kindly",
}
_FORMAL: Final = {
    "photo": "photograph",
    "photos": "photographs",
    "phone": "telephone",
    "phoned": "telephoned",
    "stop": "cease",
    "tell": "inform",
    "meeting": "rendezvous",
}
_CHATS: Final = {
    "want to": "wana wonna",
    "dont know": "dunno",
    "something": "sumthing sumthin somethin",
    "anything": "anythin",
    "nothing": "nothin",
    "would": "wud",
    "could": "cud",
    "should": "shud",
}
_ING: Final = (
    "talk chat speak text messag snap meet com go leav mov stay stop tell ask see play send get show do be look mak "
    "giv hav try sleep wait pick driv bring call ring block report delet lie jok kid kill hurt think feel liv hid keep "
    "bother sit walk turn work start wear pull park watch wak tak cancel miss lov stalk push press say hang chill"
)
"""Verbs whose "-ing" is written "-in" everywhere: "talkin", "comin". Without the end."""

_DOUBLED: Final = {"stop": "stopp", "get": "gett", "kid": "kidd", "snap": "snapp", "sit": "sitt", "chat": "chatt"}


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for group in (_SCOTS, _NORTHERN, _LONDON, _INDIAN, _FORMAL, _CHATS):
        for plain, written in group.items():
            for word in written.split():
                table.setdefault(word, plain)
    for verb in _ING.split():
        stem = _DOUBLED.get(verb, verb)
        table.setdefault(f"{stem}in", f"{stem}ing")
    return table


WORDS: Final = _table()
"""By the way a word is written, the plain one."""
