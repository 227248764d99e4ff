"""What the templates of a case are given: frozen values in words, made from what the actions give.

    reader.py           a page of messages            ── rows.py      one message and its panel
    original.py         source bytes beside them         ├─ said.py   what it says, by kind
    conversations.py    the list                         ├─ marks.py  text cut at what was found
    evidence.py         checks and account of bytes      ├─ times.py  whose clock, in words
    pointers.py         what points at a message         ├─ gutter.py which candidates are marked, and the next
    indicators.py       what each rule points to         ├─ citations.py what officers say of a message
    mentions.py         who raised what first            │
    whole.py            where it may not be whole        │
    sides.py            two exports beside each other
    found.py            what a search found              └─ doubts.py what is not sure, in words
    seen.py             who saw what                  strip.py        the activity strip

Nothing here opens a case, asks who may see it, or writes. Names come through to the reader alone.
"""
