"""A Telegram chat as one page, of any length, in the layout of Telegram Desktop: the same bytes every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

NAMES = ("Priya", "Tom", "Zoë 🌻")
TEXTS = (
    "The seed potatoes are in &amp; the gate is open",
    "Plot 7 is dug<br>and the kettle is on",
    "Is the 10:15 on time today?",
)
BEGIN = datetime(2023, 1, 4, 9, 2, 11, tzinfo=UTC)

HEAD = """<!DOCTYPE html>
<html>

 <head>

  <meta charset="utf-8"/>
<title>Exported Data</title>

 </head>

 <body onload="CheckLocation();">

  <div class="page_wrap">

   <div class="page_header">

    <div class="content">

     <div class="text bold">
Allotment
     </div>

    </div>

   </div>

   <div class="page_body chat_page">

    <div class="history">
"""
USERPIC = """
      <div class="pull_left userpic_wrap">

       <div class="userpic userpic2" style="width: 42px; height: 42px">

        <div class="initials" style="line-height: 42px">
P
        </div>

       </div>

      </div>
"""


def make_telegram_pages(path: Path, messages: int) -> None:
    """Write ``messages`` of them; every third is joined, every eleventh answers, every fortieth has a link."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD)
        days = 0
        last = None
        for number in range(1, messages + 1):
            at = BEGIN + timedelta(seconds=37 * number)
            if at.date() != last:
                last, days = at.date(), days + 1
                words = f"{at.day} {at:%B %Y}"
                out.write(f'\n     <div class="message service" id="message-{days}">\n\n')
                out.write(f'      <div class="body details">\n{words}\n      </div>\n\n     </div>\n')
                joined = False
            else:
                joined = number % 3 == 0
            out.write(_message(number, at, joined=joined))
        out.write("\n    </div>\n\n   </div>\n\n  </div>\n\n </body>\n\n</html>\n")


def _message(number: int, at: datetime, *, joined: bool) -> str:
    name = "" if joined else f'\n       <div class="from_name">\n{NAMES[number // 3 % 3]} \n       </div>\n'
    answered = (
        f'\n       <div class="reply_to details">\nIn reply to <a href="#go_to_message{number - 5}"'
        f' onclick="return GoToMessage({number - 5})">this message</a>\n       </div>\n'
        if number % 11 == 0
        else ""
    )
    text = TEXTS[number % 3] + (' <a href="https://example.org/">https://example.org/</a>' if number % 40 == 0 else "")
    return (
        f'\n     <div class="message default clearfix{" joined" if joined else ""}" id="message{number}">\n'
        f'{"" if joined else USERPIC}\n      <div class="body">\n\n'
        f'       <div class="pull_right date details" title="{at:%d.%m.%Y %H:%M:%S} UTC+00:00">\n{at:%H:%M}\n'
        f"       </div>\n{name}{answered}\n"
        f'       <div class="text">\n{text}\n       </div>\n\n      </div>\n\n     </div>\n'
    )
