"""What is offered or asked for, and warm words. Rules 21 and 22.

"ill send u £20"             inducement         money
"can u buy me a vape"        inducement         asks
"ur so special to me"        relationship_talk  praise
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.lists import WordClass, WordList, finder
from safehand.analysis.indicators.patterns import open_end, whole
from safehand.analysis.indicators.rule import Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule, hits

INDUCEMENT: Final = Rule(
    "inducement",
    title="Something offered or asked for",
    number=21,
    version=3,
    towards="Something was offered, perhaps for something.",
    away="Families and friends give and lend; where the other side asks for it first, that is told apart.",
    why="It bears on purpose, on exploitation, and on who led, whichever side it comes from.",
    false_alarms=("presents in a family", "loans among friends", "sales"),
    kinds=(
        Kind("money", Points.BOTH, "offers money"),
        Kind("credit", Points.BOTH, "offers credit, coins or things for a game"),
        Kind("gift", Points.BOTH, "offers a present or a thing"),
        Kind("substance", Points.BOTH, "offers drink, tobacco, vapes or drugs"),
        Kind("lift", Points.BOTH, "offers a lift or to pay for travel"),
        Kind("asks", Points.BOTH, "asks for money, credit or a thing"),
    ),
)

RELATIONSHIP_TALK: Final = Rule(
    "relationship_talk",
    title="Warm words",
    number=22,
    version=2,
    towards="Warm words may be part of how trust was won.",
    away="All friendship has them. Alone they mean nothing.",
    why="Context for a reader who asks for it. It never ranks and never counts.",
    false_alarms=("friends, families, couples of one age", "lyrics"),
    kinds=(
        Kind("affection", Points.CONTEXT, "speaks of love, or of being a couple"),
        Kind("praise", Points.CONTEXT, "praises the other or how they look"),
    ),
)

_GIVE: Final = (
    r"(?:<i'll>|i'?ll|ill|let me|shall i|should i|do <you> <want to>|<want to>|want me <to>|wud|would <you> like me "
    r"<to>|i can|i could|if <you> [^.?!]{2,40} i'?ll|might|will)"
    r" (?:also |even |just |always |defo |deffo |happily |maybe )?(?:buy|get|give|send|pay|treat|top|lend|bring|"
    r"transfer|order|sort|paypal|gift|bung|chuck|drop)"
    r" (?:some (?:more )?)?(?:<you>|<you> (?:some|a|an|the))?(?: up)?"
)
_ITEM_MONEY: Final = (
    r"(?:£ ?\d+|\d+ ?(?:quid|pounds|p|pound|£)|a (?:tenner|"
    r"fiver|ton|grand)|money|cash|dosh|pocket money|paypal|"
    r"for it|bank transfer)"
)
_ITEM_CREDIT: Final = (
    r"(?:v-?bucks|robux|credit|skins?|fifa points|coins|"
    r"gift ?cards?|vouchers?|nitro|battle ?pass|gems|itunes "
    r"card|phone top ?up|data|game pass|steam card)"
)
_ITEM_SUBSTANCE: Final = (
    r"(?:vapes?|elf ?bars?|lost marys?|vodka|alcohol|booze|"
    r"beers?|ciders?|drinks?|wine|weed|spliffs?|joints?|"
    r"fags?|cigs?|cigarettes?|baccy|pills?|drugs?|bud|ket)"
)
_ITEM_GIFT: Final = (
    r"(?:presents?|gifts?|something (?:nice|special)|a (?:new )?(?:phone|iphone|ipad|laptop|tablet|ps5|xbox|switch|"
    r"game|bike|watch|necklace|ring|teddy|outfit|dress|top|hoodie)|"
    r"(?:new )?(?:clothes|trainers|airpods|shoes|makeup|make up|nails|jewellery|sweets|underwear|tickets?|concert "
    r"tickets?)|whatever <you> (?:want|like)|anything <you> (?:want|like))"
)
_BETWEEN: Final = r"(?: (?!(?:no|not|nothing)\b)[^\s.?!]+){0,4}? "
_OFFERS: Final = tuple(
    (kind, open_end(_GIVE + _BETWEEN + item + r"(?![^\W_])"))
    for kind, item in (
        ("money", _ITEM_MONEY),
        ("credit", _ITEM_CREDIT),
        ("substance", _ITEM_SUBSTANCE),
        ("gift", _ITEM_GIFT),
    )
)
_BROUGHT: Final = whole(
    r"(?:i'?ll|ill|i will|i can|i could|i'?ve|ive|i) (?:bring|brought|got|bought|get|buy|sort)(?: (?:<you>|us))? "
    r"(?:some |a (?:few|bottle of|bit "
    r"of) |the )?" + _ITEM_SUBSTANCE,
)
_GOT_FOR_YOU: Final = whole(
    r"(?:i|ive|i'?ve|i have) (?:just )?(?:got|bought|ordered|found) <you> (?:some |a |an |the )?(?:new |little |"
    r"nice )?" + _ITEM_GIFT
)
_LIFT: Final = whole(
    r"(?:<i'll>|i'?ll|ill|i can|i could|let me|shall i|want me <to>|do <you> want me <to>|happy <to>)(?: come)?(?: "
    r"and)? (?:give <you> a (?:lift|ride)|pick <you> up|collect <you>|drive <you>|drop <you> (?:off|home|back)|"
    r"(?:pay|get|book|buy|sort) (?:for )?<your> (?:\w+ )?(?:train|bus|taxi|uber|cab|ticket|fare)|(?:pay|book|get|"
    r"order|send) (?:for )?(?:<you> )?(?:an? |the )(?:taxi|uber|cab))",
    r"(?:want|need) a (?:lift|ride)(?= (?:home|off me|from me|with me|to mine)\b|\W*\?)",
)
_PAYS: Final = whole(
    r"(?:<i'll>|i'?ll|ill|i will|i can|i could) (?:pay|top up|treat) (?:<you>|<your> (?:phone|credit|"
    r"snap))(?: (?:for it|well|up|back))?(?! back)",
    r"(?:want|need|fancy|like) (?:me to get <you> )?(?:some|any|a) (?:more |free )?(?:money|cash|robux|"
    r"v-?bucks|credit|vapes?|vodka|weed|alcohol|beers?|skins?|nitro)(?=\W*\?|\W*$)",
)
_ASKS: Final = open_end(
    r"(?:can|could|will|would|wud|pls|please) <you> (?:please |pls |plz )?(?:buy|get|give|send|lend|pay|transfer|top|"
    r"order|paypal) (?:me|us)(?: up)?"
    r"(?:"
    + _BETWEEN
    + "(?:"
    + _ITEM_MONEY
    + "|"
    + _ITEM_CREDIT
    + "|"
    + _ITEM_SUBSTANCE
    + "|"
    + _ITEM_GIFT
    + r"))(?![^\W_])",
    r"(?:buy|send|lend|give|paypal) (?:me|us) (?:some |the |a |an )?(?:"
    + _ITEM_MONEY
    + "|"
    + _ITEM_CREDIT
    + "|"
    + _ITEM_SUBSTANCE
    + r")(?![^\W_])",
    r"<what> (?:do|will|would) i get (?:for it|if|in return)",
    r"how much (?:will|would|can) <you> (?:pay|give|send)",
)


def _offered(line: Line) -> Iterator[Hit]:
    yield from hits(
        line,
        *_OFFERS,
        ("substance", _BROUGHT),
        ("gift", _GOT_FOR_YOU),
        ("money", _PAYS),
        ("lift", _LIFT),
        ("asks", _ASKS),
    )


_AFFECTION: Final = whole(
    r"(?:i )?(?:really |do |still )?(?:love|luv|lv|adore) <you>(?: (?:so much|loads|too|2|more|xx*))?",
    r"ily(?:sm|t)?|ilysm",
    r"(?:be|<you're>|are|r) (?:<you> )?my (?:gf|bf|girlfriend|boyfriend|girl|baby|babe|princess|world|everything)",
    r"(?:will|wanna|would|do) <you> (?:wanna |want <to> )?(?:go out with me|be with me|date me|be mine)",
    r"(?:miss|missed|missing) <you>(?: (?:so much|loads|too|xx*))?",
    r"(?:thinking|dreaming|dreamt|dreamed|thought) (?:of|about) <you>",
    r"(?:soul ?mates?|meant <to> be together|(?:my|our) relationship|in love with <you>|feelings for <you>|fancy "
    r"<you>|crush on <you>)",
)
_PRAISE: Final = whole(
    r"(?:<you're>|<you> look|<you> looked|looking) (?:(?:so|very|really|well|absolutely|the most|such an?|too|"
    r"actually|proper|just|pretty) ){0,3}"
    r"(?:special|beautiful|gorgeous|pretty|cute|fit|stunning|handsome|mature|amazing|perfect|lovely|sexy|hot|peng|"
    r"buff|different from (?:the )?other)",
    r"(?:special|mature) (?:<to> me|for <your> age)",
    r"<you're> not like (?:other|the other)",
)


def word_rules(words: WordList) -> tuple[WordRule, ...]:
    """Rules 21 and 22. Compliments of the list are praise."""
    compliments = finder(words, WordClass.COMPLIMENT)

    def _warm(line: Line) -> Iterator[Hit]:
        yield from hits(line, ("affection", _AFFECTION), ("praise", _PRAISE), ("praise", compliments))

    return (
        WordRule(
            INDUCEMENT, (*(phrases for _, phrases in _OFFERS), _BROUGHT, _GOT_FOR_YOU, _PAYS, _LIFT, _ASKS), _offered
        ),
        WordRule(RELATIONSHIP_TALK, (_AFFECTION, _PRAISE, compliments), _warm),
    )
