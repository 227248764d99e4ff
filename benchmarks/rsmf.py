"""RSMF: how fast a manifest is read, alone and in its mail, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/rsmf.py --messages 1000000
"""

from __future__ import annotations

from make_rsmf import make_rsmf, make_rsmf_mail
from measure_reading import INFLATE, ORJSON, Made, tell_forms

RATE = 100_000
MAIL_RATE = 40_000
"""A member of an archive is unpacked when it is first looked at and in each pass: three times."""

FORMS = (
    Made("rsmf", "RSMF, a manifest of mixed conversations", "rsmf_manifest.json", make_rsmf, RATE, ORJSON),
    Made("rsmf.mail", "RSMF, the same in its mail", "talk.rsmf", make_rsmf_mail, MAIL_RATE, INFLATE),
)

if __name__ == "__main__":
    tell_forms(__doc__ or "", *FORMS)
