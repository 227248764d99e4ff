"""What becomes of a page where somebody forces their own colours on it, and what becomes of it on paper.

    media_faults(page)       what vanishes, where focus is not shown, what is printed that nobody can press or read

Chromium gives the colours that it forces as the computed ones, so they can be compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from journey_pages import unmarked

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEAST: Final = 3
"""Of text on paper against white: what WCAG 2.2 asks of large text (1.4.3). Grounds are not printed."""

_WORDS: Final = """
  const words = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const box = node.parentElement.getBoundingClientRect();
    const isSeen = box.width > 1 && box.height > 1 && node.parentElement.checkVisibility();
    if (isSeen && node.data.trim() && !node.parentElement.matches("script, style")) words.push(node);
  }
"""

_VANISHED: Final = f"""() => {{
  {_WORDS}
  const isClear = colour => /^rgba\\(.*, 0\\)$/.test(colour);
  const ground = each => {{
    for (let at = each; at; at = at.parentElement) {{
      const colour = getComputedStyle(at).backgroundColor;
      if (!isClear(colour)) return colour;
    }}
    return "none";
  }};
  return words
    .filter(({{ parentElement: each }}) => [ground(each), "rgba(0, 0, 0, 0)"].includes(getComputedStyle(each).color))
    .map(({{ data }}) => `vanishes where colours are forced: ${{data.trim()}}`);
}}"""

_ON_PAPER: Final = f"""least => {{
  {_WORDS}
  const pressed = "button, input[type=file], input[type=submit], .govuk-button, .govuk-exit-this-page";
  const found = [...document.querySelectorAll(pressed)]
    .filter(each => each.checkVisibility())
    .map(each => `printed, and nobody can press it: ${{each.textContent.trim() || each.id}}`);
  const light = part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const contrast = colour => {{
    const [red, green, blue] = colour.match(/[0-9.]+/g).map(part => light(Number(part) / 255));
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
  }};
  const pale = words.filter(({{ parentElement: each }}) => contrast(getComputedStyle(each).color) < least);
  return [...found, ...pale.map(({{ data }}) => `cannot be read on paper: ${{data.trim()}}`)];
}}"""


def media_faults(page: Page) -> list[str]:
    """What is wrong with it under forced colours and on paper, a line each."""
    page.emulate_media(forced_colors="active")
    found: list[str] = page.evaluate(_VANISHED) + unmarked(page)
    page.emulate_media(media="print", forced_colors="none")
    found += page.evaluate(_ON_PAPER, LEAST)
    page.emulate_media(media="screen")
    return found
