"""References in addresses."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import StringConverter

from safehand.desk.core.reference import PATTERN


class ReferenceConverter(StringConverter):
    """``<reference:reference>``: what does not look like a reference is no address of the desk.

    ``<notice:reference>`` looks the same and is another thing: a notice belongs to no case.
    """

    regex = PATTERN


register_converter(ReferenceConverter, "reference")
register_converter(ReferenceConverter, "notice")
