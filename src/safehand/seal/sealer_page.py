"""The sealer as one file, made for a unit's key: what goes on a USB stick.

    sealer_page(template, load_desk_public(Path("desk.pub")))

The template is built with the rest of the pages (frontend/sealer/page.mjs) and holds everything: scripts, styles and
fonts stand in it, its own policy forbids every connection, and the scripts that run are named there by their hashes.
Filling it in changes none of them: the key goes into one attribute, escaped, and is read from there as text.
"""

from __future__ import annotations

import html
from typing import Final

from safehand.errors import CannotRead
from safehand.signing.keys import DeskPublic, format_desk_public

PLACE: Final = '<meta name="safehand-desk" content="%DESK%">'
"""Where the key goes. It stands in the template once."""


def sealer_page(template: str, desk: DeskPublic) -> str:
    """The page with the unit's key in it, or CannotRead when this is not the template."""
    before, place, after = template.partition(PLACE)
    if not place or PLACE in after:
        raise CannotRead("This is not the sealer's page.", todo="Install Safehand again, or run make styles.")
    return f'{before}<meta name="safehand-desk" content="{_attribute(format_desk_public(desk))}">{after}'


def _attribute(text: str) -> str:
    """Text that an HTML reader gives back unchanged, line ends too, whatever the unit calls itself."""
    return html.escape(text, quote=True).replace("\n", "&#10;")
