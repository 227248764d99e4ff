"""Indicators: rules that point to messages. A prompt to look, never a score or a word of a person.

indicator    the value                                   rule       what is told of a rule: both ways, and where it errs
folding      one plain spelling, and the way back        line       a message as rules look at it
patterns     how a rule's words are written down         lists      words from a published package, by class
sorts        word rules and thread rules                 catalogue  every rule there is
watch        a reading goes by, indicators come out      tally      how many, per 1,000 messages; what was not analysed

Families: age, age_gap, age_thread; sexual; image; meeting, meeting_rules, meeting_times, meeting_thread; contact;
secrecy; inducement; danger; withdrawal, pressure; timing, topics; language. acts is what a message does in answer.
The catalogue is analysis.md section 6. A word list, and where times are read a reader of times, are handed in.
"""
