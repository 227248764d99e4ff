"""What each account of a conversation did, counted: computed from who wrote and when, and from nothing that was said.

sides.py        the values: one SideConduct for each account
watch.py        one pass over the messages of a conversation
hours.py        the hours of the day in which somebody usually wrote
formulas.py     every figure's formula in words, and where it is known to mislead

Nothing here knows what an account is, adds one figure to another, or says what any of them means.
"""
