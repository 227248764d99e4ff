"""Snapchat: how fast each of its forms is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/snapchat.py --messages 1000000
"""

from __future__ import annotations

from make_snapchat import make_page, make_sections, make_snapchat, make_snaps
from measure_reading import HTML, ORJSON, Made, tell_forms

RATE = 100_000
PAGE_RATE = 40_000
FORMS = (
    Made("snapchat.chats", "Snapchat, its own chat history as JSON", "chat_history.json", make_snapchat, RATE, ORJSON),
    Made(
        "snapchat.sections", "Snapchat, its own chat history until 2022", "until_2022.json", make_sections, RATE, ORJSON
    ),
    Made("snapchat.snaps", "Snapchat, its own history of snaps", "snap_history.json", make_snaps, RATE, ORJSON),
    Made("snapchat.page", "Snapchat, a page of its own", "subpage_account_1.html", make_page, PAGE_RATE, HTML),
)

if __name__ == "__main__":
    tell_forms(__doc__ or "", *FORMS)
