"""Samples of Omegle's logs, for test_promises.py."""

import html

from sample import Builder, Sample, text

_CHATTING = "You're now chatting with a random stranger. Say hi!"
_LEFT = "Stranger has disconnected."


def _who(number: int) -> str:
    return ("Stranger", "You")[number % 2]


def log(messages: int) -> Sample:
    said = "".join(f"{_who(n)}: {text(n)}\n" for n in range(messages))
    data = f"Omegle conversation log\n2026-01-04\n\n{_CHATTING}\n{said}{_LEFT}\n"
    return Sample("omegle", "text", {"omegle.txt": data.encode()}, messages)


def page(messages: int) -> Sample:
    def item(kind: str, inner: str) -> str:
        return f'<div class="logitem"><p class="{kind}">{inner}</p></div>\n'

    said = ""
    for n in range(messages):
        words = html.escape(text(n)).replace("\n", "<br>")
        said += item(f"{_who(n).lower()}msg", f'<strong class="msgsource">{_who(n)}:</strong> <span>{words}</span>')
    head = '<!DOCTYPE html>\n<html><head><title>Omegle conversation log</title></head><body><div id="header"><h2>'
    begin = f'{head}2026-01-04</h2></div><div id="log">\n{item("statuslog", _CHATTING)}'
    data = f"{begin}{said}{item('statuslog', _LEFT)}</div></body></html>\n"
    return Sample("omegle", "page", {"omegle.html": data.encode()}, messages)


SAMPLES: dict[str, Builder] = {"omegle, text": log, "omegle, page": page}
