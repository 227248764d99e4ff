"""Thoughts about conversations: pure functions over the model's values. No keys, no package, no log, no I/O.

gaps        where a record may not be whole, from the messages and from what was stated     gap.py, gaps.py
overlaps    one conversation in two exports, laid side by side                               overlap.py
times       what words such as "half 5" or "a week on Tuesday" can mean                      meeting_time/
"""
