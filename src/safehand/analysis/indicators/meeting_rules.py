"""What is told of the rules of meeting: 11 to 16. The functions are meeting.py, meeting_times.py, meeting_thread.py."""

from __future__ import annotations

from typing import Final

from safehand.analysis.indicators.rule import Kind, Points, Rule

MEETING_PROPOSAL: Final = Rule(
    "meeting_proposal",
    title="Meeting spoken of",
    number=11,
    version=5,
    towards="A meeting of the two was spoken of.",
    away="People who know each other meet; who spoke of it first, and whether it was agreed, is told apart.",
    why="Whether a meeting is planned decides how urgent a report is, and s.15 asks for it.",
    false_alarms=("see you tomorrow", "plans with other people", "play dates that parents arrange"),
    kinds=(
        Kind("proposes", Points.TOWARDS, "speaks of the two meeting"),
        Kind("with_time", Points.TOWARDS, "speaks of the two meeting, with a day or a time beside it"),
        Kind("with_place", Points.TOWARDS, "speaks of the two meeting, with a place beside it"),
        Kind("parting", Points.CONTEXT, "parts until a day, as people do who see each other anyway"),
    ),
)

PROPOSALS: Final = ("proposes", "with_time", "with_place")
"""The kinds of rule 11 that speak of a meeting: all but parting."""

MEETING_TIME: Final = Rule(
    "meeting_time",
    title="Time near a meeting",
    number=12,
    version=2,
    towards="A time was named near talk of a meeting.",
    away="The time may be of something else, or past, or already given up.",
    why="The earliest reading that is still to come sets the clock.",
    false_alarms=("times of lessons and matches", "prices and scores", "times that are past"),
    kinds=(Kind("time", Points.TOWARDS, "names a time near talk of a meeting"),),
)

MEETING_PLACE: Final = Rule(
    "meeting_place",
    title="Place near a meeting",
    number=13,
    version=4,
    towards="A place was named near talk of a meeting.",
    away="The place may be where somebody merely is.",
    why="It tells where to send somebody.",
    false_alarms=("words that are places and other things too", "places somebody only speaks of"),
    kinds=(
        Kind("venue", Points.TOWARDS, "names a place near talk of a meeting"),
        Kind("postcode", Points.TOWARDS, "holds what looks like a postcode near talk of a meeting"),
    ),
)

TRAVEL_LOGISTICS: Final = Rule(
    "travel_logistics",
    title="Travel near a meeting",
    number=14,
    version=2,
    towards="How to get to a meeting was spoken of.",
    away="It may be about the way to school or to work.",
    why="Travelling with that intent, or arranging it, is an element of s.15.",
    false_alarms=("commuting", "lifts to football"),
    kinds=(Kind("travel", Points.TOWARDS, "speaks of travel near talk of a meeting"),),
)

EN_ROUTE: Final = Rule(
    "en_route",
    title="On the way, or there",
    number=15,
    version=4,
    towards="Somebody may be on the way, or there.",
    away="It may be to anywhere: work, a shop, a game.",
    why="If it is now, it is the most urgent of all.",
    false_alarms=("gamers", "deliveries", "parents at the school gate"),
    kinds=(
        Kind("on_the_way", Points.TOWARDS, "says that somebody is on the way or there, after talk of a meeting"),
        Kind("alone", Points.CONTEXT, "says that somebody is on the way or there, and no talk of a meeting is near"),
    ),
)

MEETING_OUTCOME: Final = Rule(
    "meeting_outcome",
    title="What became of a meeting",
    number=16,
    version=4,
    towards="The other side agreed.",
    away="It was refused, called off, or never answered.",
    why="It makes a meeting more urgent or less, and giving up is to be told as plainly as agreeing.",
    false_alarms=("sarcasm", "an answer to something else"),
    kinds=(
        Kind("agreed", Points.TOWARDS, "may agree to a meeting"),
        Kind("refused", Points.AWAY, "may refuse a meeting"),
        Kind("cancelled", Points.AWAY, "may call a meeting off"),
        Kind("unanswered", Points.BOTH, "spoke of a meeting and had no answer to it"),
    ),
)
