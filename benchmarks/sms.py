"""Text messages: how fast a backup is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/sms.py --messages 1000000
"""

from __future__ import annotations

from make_sms import make_sms
from measure_reading import EXPAT, Made, tell_forms

RATE = 100_000
FORM = Made("sms", "Text messages, as SMS Backup & Restore writes them", "sms.xml", make_sms, RATE, EXPAT)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
