"""Telegram's pages, made for tests: allotments, in the program's own layout, a line for each tag.

pages("Allotment", [day("9 January 2026"), said(1, "Priya", "09.01.2026 22:27:01 UTC+00:00", "The gate is open")])
{"messages.html": b"<!DOCTYPE html>…"}

The text of a message is given as people write it; what stands in a page is escaped as Telegram Desktop escapes it.
"""

from __future__ import annotations

from collections.abc import Sequence

_REFERENCES = {"\n": "<br>", '"': "&quot;", "&": "&amp;", "'": "&apos;", "<": "&lt;", ">": "&gt;"}

HEAD = """<!DOCTYPE html>
<html>

 <head>

  <meta charset="utf-8"/>
<title>Exported Data</title>
  <meta content="width=device-width, initial-scale=1.0" name="viewport"/>

  <link href="css/style.css" rel="stylesheet"/>

  <script src="js/script.js" type="text/javascript">

  </script>

 </head>

 <body onload="CheckLocation();">

  <div class="page_wrap">
"""


def escaped(text: str) -> str:
    """As Telegram Desktop writes it."""
    return "".join(_REFERENCES.get(char, char) for char in text)


def tag(classes: str, *inside: str, name: str = "div", **attributes: str) -> str:
    """An element on lines of its own."""
    written = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items())
    return f'\n   <{name} class="{classes}"{written}>\n' + "".join(inside) + f"\n   </{name}>\n"


def userpic(name: str) -> str:
    initials = tag("initials", escaped(name[:1]), style="line-height: 42px")
    return tag("pull_left userpic_wrap", tag("userpic userpic2", initials, style="width: 42px; height: 42px"))


def said(
    number: int, name: str | None, when: str, text: str = "", *, before: str = "", after: str = "", raw: str = ""
) -> str:
    """A message; without a name it is joined. ``before`` stands before the text, ``raw`` in its place."""
    words = raw or escaped(text)
    body = tag(
        "body",
        tag("pull_right date details", when[11:16], title=when),
        tag("from_name", escaped(name), " ") if name else "",
        before,
        tag("text", words) if words else "",
        after,
    )
    classes = "message default clearfix" + ("" if name else " joined")
    return tag(classes, userpic(name) if name else "", body, id=f"message{number}")


def told(number: int, text: str, *, raw: str = "") -> str:
    """A line of the platform's own."""
    return tag("message service", tag("body details", raw or escaped(text)), id=f"message{number}")


def day(words: str, number: int = -1) -> str:
    return told(number, words)


def answer(target: int, page: str = "") -> str:
    click = "" if page else f' onclick="return GoToMessage({target})"'
    return tag("reply_to details", f'In reply to <a href="{page}#go_to_message{target}"{click}>this message</a>')


def link(page: str, words: str) -> str:
    return tag("pagination block_link", words, name="a", href=page)


def page(title: str, blocks: Sequence[str]) -> bytes:
    """A whole page."""
    header = tag("page_header", tag("content", tag("text bold", escaped(title), " ")))
    return (
        HEAD + header + '\n   <div class="page_body chat_page">\n\n    <div class="history">\n' + "".join(blocks)
        + "\n    </div>\n\n   </div>\n\n  </div>\n\n </body>\n\n</html>\n"
    ).encode()  # fmt: skip


def pages(title: str, blocks: Sequence[str], per_page: int = 1000) -> dict[str, bytes]:
    """Pages by name, with links between them. Each page but the first should begin with a day and a name."""
    names = ["messages.html", *(f"messages{n}.html" for n in range(2, 2 + (len(blocks) - 1) // per_page))]
    made = {}
    for number, name in enumerate(names):
        inside = list(blocks[number * per_page : (number + 1) * per_page])
        if number:
            inside.insert(0, link(names[number - 1], "Previous messages"))
        if number + 1 < len(names):
            inside.append(link(names[number + 1], "Next messages"))
        made[name] = page(title, inside)
    return made
