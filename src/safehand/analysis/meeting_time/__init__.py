"""The time of a planned meeting in British informal English: "half 5", "sat arvo", "a week on Tuesday".

    meeting_times("meet at half 5 by the shop", message.sent)      every reading, earliest first
    earliest_ahead(times, now)                                     the one that drives the clock

What words should be read as: docs/spec/meeting-time.md. How it goes:

    text → sentence.py (a letter a word: words.py, expressions.py, risky.py)
         → finding.py  (the rules: date_, day_, clock_, moment_, part_rules.py; figures beside them: beside.py)
         → joining.py  (which time on which day) → resolving.py (stretches of the message's clock; tense.py marks)
         → own_time.py (UTC) → times.py
"""

from safehand.analysis.meeting_time.reading import meeting_times, words_of_time
from safehand.analysis.meeting_time.sentence import WORTH
from safehand.analysis.meeting_time.times import MeetingTime, TimeDoubt, earliest_ahead

__all__ = ["WORTH", "MeetingTime", "TimeDoubt", "earliest_ahead", "meeting_times", "words_of_time"]
