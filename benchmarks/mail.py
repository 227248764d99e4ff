"""E-mail: how fast a mailbox is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/mail.py --messages 1000000
"""

from __future__ import annotations

from make_mail import make_mail
from measure_reading import LINES, Made, tell_forms

RATE = 10_000
"""No bound was asked of e-mail: letters have headers, parts and encodings. Python's own mailbox reads about as many."""

FORM = Made("mail", "E-mail, a mailbox, thread by thread", "mailbox.mbox", make_mail, RATE, LINES)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
