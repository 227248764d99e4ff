"""Words that say it is play, a story, or imagined. Rule 31.

"its only a roleplay"               fantasy  play
"id never do it in real life"       fantasy  not_meant
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safehand.analysis.indicators.line import Line
from safehand.analysis.indicators.patterns import before, follows, open_end, whole
from safehand.analysis.indicators.rule import Hit, Kind, Points, Rule
from safehand.analysis.indicators.sorts import WordRule

FANTASY: Final = Rule(
    "fantasy",
    title="Play and fantasy",
    number=31,
    version=2,
    towards="Play or a story may be how a topic was brought in, and what was agreed may have been meant all the same.",
    away="Whoever wrote it may have taken all of it for play, meant nothing of it, or doubted that the other is real.",
    why="What was meant, and what was believed of the other, is asked by ss.10-15 and by every defence of fantasy.",
    false_alarms=("games and fan fiction", "drama at school", "fantasy football and fantasy books"),
    kinds=(
        Kind("play", Points.BOTH, "says that it is role play, a story or a fantasy"),
        Kind("not_meant", Points.AWAY, "says that it is not meant, or is not real"),
    ),
)

_PLAY: Final = whole(
    r"role ?play(?:ing|s|ed)?",
    r"(?:just|only|all|a|my|your|ur|our|this) (?:big |little |bit of )?(?:a |an )?fantas(?:y|ies)",
    r"(?:just|only) (?:a |some )?(?:make believe|pretend|pretending|play acting)",
    r"(?:just|only) (?:a story|an? imaginary)",
    r"(?:out of|in) character",
)
_NOT_MEANT: Final = whole(
    r"(?:not|none of (?:it|this)(?:'?s| is)?|isn'?t|isnt|aint|wasn'?t|wasnt) (?:even |actually |really |all )?(?:real|"
    r"for real|serious)",
    r"(?:would|'?d|i'?d|id|wouldn'?t|wouldnt) (?:never |not )?(?:actually |really |ever )?(?:do|meant?|act on) (?:it|"
    r"this|that|anything)(?: (?:irl|in real life|for real))",
    r"(?:it'?s|its|it was|this is|that was) (?:just |only |all ){0,2}(?:made up|in my (?:head|imagination)|my "
    r"imagination)",
    r"(?:i )?(?:didn'?t|didnt|never|don'?t|dont) (?:actually |really )?(?:mean|meant) (?:it|any of (?:it|this|that))",
)
_A_THING: Final = open_end(r" ?(?:football|league|team|book|novel|film|series|game|world|author|in drama|for drama)\b")
_NOT_PLAY: Final = before("drama", "school", "class", "training")


def _imagined(line: Line) -> Iterator[Hit]:
    for found in _PLAY.all_in(line):
        after = found.end() + 1
        if not _A_THING.pattern.match(line.text, after) and not follows(_NOT_PLAY, line.text, found.start()):
            yield Hit("play", found.start(), found.end())
    for found in _NOT_MEANT.all_in(line):
        yield Hit("not_meant", found.start(), found.end())


WORD_RULES: Final = (WordRule(FANTASY, (_PLAY, _NOT_MEANT), _imagined),)
